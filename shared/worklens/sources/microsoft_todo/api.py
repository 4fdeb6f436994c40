"""What the pull asks of Microsoft Graph, and how its answers become raw records, as the text they came as."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import quote

import msgspec

from worklens.sources.base import Answer, Request, Response
from worklens.sources.microsoft_todo.records import Time

OK = 200
TOP = 100  # of a page; without it the service has been seen to stop at 16 lists and say nothing of the rest
AT_ONCE = 20  # questions in one request, which is all that the service takes
WITH = "$expand=checklistItems,linkedResources"
LOST = (400, 404, 410)  # how a link that is no longer known is refused; the documents say "410" and "40X"
FORBIDDEN = 403
NOT_SHOWN = (FORBIDDEN, 404)  # of a list: gone meanwhile, or shared with the person no more
UNBATCHED = (400, 403, 404, 405, 501)  # should a tenant not take several questions at once

Found = TypeVar("Found")
Asking = Generator[Request, Answer, Found]


class ListHead(msgspec.Struct, rename="camel", gc=False):
    """What the pull must know of a list."""

    id: str
    is_owner: bool | None = None
    wellknown_list_name: str | None = None


class Removed(msgspec.Struct, gc=False):
    """That a task is gone; the reason may be left out."""

    reason: str | None = None


class TaskHead(msgspec.Struct, gc=False):
    """What the pull must know of a task. A change may come with no more than what changed."""

    id: str
    removed: Removed | None = msgspec.field(name="@removed", default=None)
    title: str | None = None
    status: str | None = None
    created: Time | None = msgspec.field(name="createdDateTime", default=None)
    updated: Time | None = msgspec.field(name="lastModifiedDateTime", default=None)
    steps: list[msgspec.Raw] | None = msgspec.field(name="checklistItems", default=None)

    @property
    def is_whole(self) -> bool:
        """Whether it has what every task has, so that what it lacks is not set."""
        return self.status is not None and self.created is not None and self.title is not None

    @property
    def age(self) -> datetime:
        """When it was last changed, as far as it says."""
        return self.updated or datetime.min.replace(tzinfo=UTC)


class Row(msgspec.Struct, frozen=True):
    """A task of an answer: its text, and its head where it can be read."""

    raw: msgspec.Raw
    head: TaskHead | None


class Round(msgspec.Struct, gc=False):
    """A page of an answer: the next page's link, or in the end that of the changes since."""

    value: list[msgspec.Raw]
    next_link: str | None = msgspec.field(name="@odata.nextLink", default=None)
    delta_link: str | None = msgspec.field(name="@odata.deltaLink", default=None)

    def rows(self) -> list[Row]:
        """The tasks on it."""
        return [Row(raw, _read_head(raw)) for raw in self.value]


class Inner(msgspec.Struct, gc=False):
    """An answer among several."""

    id: str
    status: int
    body: msgspec.Raw = msgspec.Raw(b"{}")


class Inners(msgspec.Struct, gc=False):
    """Several answers in one, in any order."""

    responses: list[Inner]


_round = msgspec.json.Decoder(Round)
_inners = msgspec.json.Decoder(Inners)
_list_head = msgspec.json.Decoder(ListHead)
_task_head = msgspec.json.Decoder(TaskHead)


class Api:
    """The endpoints the pull needs; links are followed as they came."""

    def __init__(self, base: str) -> None:
        """``base`` is the address with its version, without a slash at its end."""
        self.base = base

    def lists(self) -> Asking[list[tuple[ListHead, msgspec.Raw]]]:
        """All lists, page by page. One that can't be read ends it: what is missing would seem deleted."""
        found: list[tuple[ListHead, msgspec.Raw]] = []
        link: str | None = f"{self.base}/me/todo/lists?$top={TOP}"
        while link:
            page = page_of((yield from ask(link)))
            found += [(_list_head.decode(raw), raw) for raw in page.value]
            link = page.next_link
        return found

    def first_link(self, key: str, *, expand: bool = True) -> str:
        """Where a list is asked for whole, with the link to its changes at the end."""
        return f"{self._tasks(key)}/delta?$top={TOP}" + (f"&{WITH}" if expand else "")

    def plain_link(self, key: str) -> str:
        """Where a list is asked for whole, with steps in any case, but without a link to its changes."""
        return f"{self._tasks(key)}?$top={TOP}&{WITH}"

    def listed(self, key: str) -> Asking[list[Row]]:
        """All tasks of a list, with their steps."""
        found: list[Row] = []
        link: str | None = self.plain_link(key)
        while link:
            page = page_of((yield from ask(link)))
            found += page.rows()
            link = page.next_link
        return found

    def tasks(self, key: str, tasks: Sequence[str]) -> Asking[list[Row]]:
        """These tasks whole, with their steps; without those that are gone meanwhile."""
        links = [f"{self._tasks(key)}/{quote(task, safe='=')}?{WITH}" for task in tasks]
        answers = yield from self.several(links, (OK, 404))
        return [_row(answer.body) for answer in answers if answer.status == OK]

    def several(self, links: Sequence[str], accept: tuple[int, ...]) -> Asking[list[Response]]:
        """The answers to these questions, in their order, twenty a request.

        One that fails among others is asked for by itself, so that the driver deals with the reason.
        """
        found: list[Response] = []
        for start in range(0, len(links), AT_ONCE):
            some = links[start : start + AT_ONCE]
            inner = (yield from self._batch(some)) if len(some) > 1 else {}
            for number, link in enumerate(some):
                answer = inner.get(str(number))
                if answer is None or answer.status not in accept:
                    found.append((yield from ask(link, accept)))
                else:
                    found.append(Response(status=answer.status, headers={}, body=bytes(answer.body)))
        return found

    def _batch(self, links: Sequence[str]) -> Asking[dict[str, Inner]]:
        """The answers by number; none where the service takes no such request."""
        if not all(link.startswith(self.base) for link in links):
            return {}
        asked = [
            {"id": str(number), "method": "GET", "url": link.removeprefix(self.base)}
            for number, link in enumerate(links)
        ]
        answer = yield Request(
            method="POST",
            url=f"{self.base}/$batch",
            json={"requests": asked},
            accept=(OK, *UNBATCHED),
            quota="batch",
        )
        if not isinstance(answer, Response) or answer.status != OK:
            return {}
        return {inner.id: inner for inner in _inners.decode(answer.body).responses}

    def _tasks(self, key: str) -> str:
        return f"{self.base}/me/todo/lists/{quote(key, safe='=')}/tasks"


def ask(link: str, accept: tuple[int, ...] = (OK,)) -> Asking[Response]:
    """The answer to one question."""
    answer = yield Request(url=link, accept=accept)
    if not isinstance(answer, Response):
        raise TypeError("a request is answered with a response")
    return answer


def page_of(response: Response) -> Round:
    """The page of an answer."""
    return _round.decode(response.body)


def record_of(row: Row, key: str) -> bytes:
    """A task of a list as a raw record."""
    return b'{"task":%b,"list_id":%b}' % (row.raw, msgspec.json.encode(key))


def newest(rows: Sequence[Row]) -> Iterator[Row]:
    """Each task once, as last changed; what can't be read goes on too, for parse to say what is wrong with it."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.head is None:
            yield row
            continue
        known = found.get(row.head.id)
        if known is None or known.head is None or _goes_before(row.head, known.head):
            found[row.head.id] = row
    yield from found.values()


def _goes_before(new: TaskHead, old: TaskHead) -> bool:
    """Gone is the last word on a task, whatever the order; of two words the younger counts."""
    if (new.removed is None) != (old.removed is None):
        return new.removed is not None
    return new.age >= old.age


def _row(body: bytes) -> Row:
    raw = msgspec.Raw(body)
    return Row(raw, _read_head(raw))


def _read_head(raw: msgspec.Raw) -> TaskHead | None:
    try:
        return _task_head.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
