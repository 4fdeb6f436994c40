"""What the pull asks of the Open API, and how the answers become raw records, as the text they came as."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from hashlib import blake2b
from typing import TypeVar
from urllib.parse import quote

import msgspec

from worklens.sources.base import Answer, Json, Request, Response

OK, FORBIDDEN, MISSING = 200, 403, 404
CAP = 200  # tasks in one answer, which says nothing of the rest; and projects on a page
INBOX = "inbox"  # goes for the inbox's own id, which begins with it and which no list of projects has
NOT_OFFERED = (400, FORBIDDEN, MISSING, 405)  # should an older deployment not know a question
NOTHING = (b"", b"null", b"{}")  # of a task: another way to say that there is none

Found = TypeVar("Found")
Asking = Generator[Request, Answer, Found]


class ProjectHead(msgspec.Struct, gc=False):
    """What the pull must know of a project."""

    id: str
    closed: bool | None = None
    kind: str | None = None

    @property
    def is_listed(self) -> bool:
        """Whether its tasks are asked for: not of an archived one, nor of one that holds notes."""
        return not self.closed and (self.kind or "").upper() != "NOTE"


class TaskHead(msgspec.Struct, rename="camel", gc=False):
    """What the pull must know of a task."""

    id: str
    project_id: str | None = None
    status: int | None = None
    completed_time: str | None = None


class Row(msgspec.Struct, frozen=True):
    """A task of an answer: its text, and its head where it can be read."""

    raw: msgspec.Raw
    head: TaskHead | None

    @property
    def print(self) -> str:
        """What tells it from itself with any change: a hash of 64 bits."""
        return fingerprint(self.raw)

    @property
    def record(self) -> bytes:
        """As a raw record."""
        return b'{"task":%b}' % self.raw


class _Data(msgspec.Struct, gc=False):
    tasks: list[msgspec.Raw] | None = None


_elements = msgspec.json.Decoder(list[msgspec.Raw])
_data = msgspec.json.Decoder(_Data)
_project_head = msgspec.json.Decoder(ProjectHead)
_task_head = msgspec.json.Decoder(TaskHead)


class Api:
    """The endpoints the pull needs."""

    def __init__(self, base: str) -> None:
        """``base`` is the address with its version, without a slash at its end."""
        self.base = base

    def projects(self) -> Asking[dict[str, tuple[ProjectHead, msgspec.Raw]]]:
        """All projects but the inbox, by id. One that can't be read ends it: it would seem deleted."""
        found: dict[str, tuple[ProjectHead, msgspec.Raw]] = {}
        offset = 0
        while True:
            params = {"offset": str(offset), "limit": str(CAP)}
            answer = yield from _ask(Request(url=f"{self.base}/project", params=params))
            page = _elements.decode(answer.body)
            before = len(found)
            for raw in page:
                head = _project_head.decode(raw)
                found[head.id] = head, raw
            if len(page) < CAP or len(found) == before:
                return found
            offset += CAP

    def project(self, project: str) -> Asking[int]:
        """How the service answers when it is asked for a project: 200, 403 or 404."""
        url = f"{self.base}/project/{quote(project, safe='')}"
        answer = yield from _ask(Request(url=url, accept=(OK, FORBIDDEN, MISSING)))
        return answer.status

    def undone(self, project: str) -> Asking[list[Row] | None]:
        """All open tasks of a project; None where it is not shown."""
        url = f"{self.base}/project/{quote(project, safe='')}/data"
        answer = yield from _ask(Request(url=url, accept=(OK, FORBIDDEN, MISSING)))
        return rows_of(_data.decode(answer.body).tasks or ()) if answer.status == OK else None

    def some_undone(self) -> Asking[list[Row] | None]:
        """At most 200 open tasks of all projects and the inbox; None where that can't be asked."""
        rows = yield from self._post("filter", {"status": [0]})
        return None if rows is None else [row for row in rows if row.head is None or not row.head.status]

    def done(self, start: str, end: str) -> Asking[list[Row] | None]:
        """The 200 tasks completed last between two times, both included; None where that can't be asked."""
        bounds = {"startDate": start, "endDate": end}
        return (yield from self._post("completed", {name: text for name, text in bounds.items() if text}))

    def task(self, project: str, task: str) -> Asking[Row | int]:
        """A task, or the status with which it is not shown."""
        url = f"{self.base}/project/{quote(project, safe='')}/task/{quote(task, safe='')}"
        answer = yield from _ask(Request(url=url, accept=(OK, FORBIDDEN, MISSING)))
        if answer.status != OK:
            return answer.status
        if answer.body.strip() in NOTHING:
            return MISSING
        (row,) = rows_of([msgspec.Raw(answer.body)])
        return row

    def _post(self, question: str, about: Json) -> Asking[list[Row] | None]:
        url = f"{self.base}/task/{question}"
        answer = yield from _ask(Request(method="POST", url=url, json=about, accept=(OK, *NOT_OFFERED)))
        return rows_of(_elements.decode(answer.body)) if answer.status == OK else None


def _ask(request: Request) -> Asking[Response]:
    answer = yield request
    if not isinstance(answer, Response):
        raise TypeError("a request is answered with a response")
    return answer


def rows_of(elements: Iterable[msgspec.Raw]) -> list[Row]:
    """The tasks of an answer, each once; what can't be read goes on too, for parse to say what is wrong with it."""
    found: dict[str, Row] = {}
    unread: list[Row] = []
    for raw in elements:
        try:
            head = _task_head.decode(raw)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            unread.append(Row(raw, None))
            continue
        found[head.id] = Row(raw, head)
    return [*unread, *found.values()]


def fingerprint(raw: bytes | msgspec.Raw) -> str:
    """A hash of a text, of 64 bits."""
    return blake2b(bytes(raw), digest_size=8).hexdigest()
