"""What is asked of the Google Tasks API v1: the lists, the tasks of a list, whether a list or a task is still there."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import msgspec

from worklens.sources.base import Answer, Refused, Request, Response
from worklens.sources.google_tasks.records import Time
from worklens.tasks import iso, micros

OK, REJECTED, FORBIDDEN, MISSING = 200, 400, 403, 404
MOST = "100"  # rows in an answer; the default is 20
# What is read and no more: a task's links hold the subjects of mails.
FIELDS = "id,title,updated,parent,notes,status,due,completed,deleted,webViewLink"
RESTARTS = 3  # of a list whose next page the service no longer knows; an interrupted run may come back late
ALL = {"showCompleted": "true", "showHidden": "true", "showDeleted": "true", "showAssigned": "true"}

Found = TypeVar("Found")
Asking = Generator[Request, Answer, Found]


class Answered(msgspec.Struct, rename="camel"):
    """A page of tasks or lists; without any, the service leaves ``items`` out."""

    items: list[msgspec.Raw] | None = None
    next_page_token: str | None = None


class Head(msgspec.Struct, gc=False):
    """What the pull itself must know of a task or list."""

    id: str
    updated: Time | None = None
    deleted: bool | None = None

    @property
    def changed(self) -> int:
        """When it last changed, in microseconds; 0 where the service doesn't say."""
        return 0 if self.updated is None else micros(self.updated)


class Row(NamedTuple):
    """A task or list as it came, with what the pull must know of it; None where it can't be read."""

    raw: msgspec.Raw
    head: Head | None


class Rows(NamedTuple):
    """A page of tasks, and what to ask the next one by; "" where it is the last."""

    rows: list[Row]
    token: str


class Trouble(msgspec.Struct, frozen=True):
    """One reason of an error."""

    reason: str = ""


class Error(msgspec.Struct, frozen=True):
    """Why the service refused."""

    errors: tuple[Trouble, ...] = ()
    status: str = ""


class Failed(msgspec.Struct):
    """The body of every error."""

    error: Error = Error()


def reasons(body: bytes) -> set[str]:
    """The service's words for why it refused; none where the body isn't the service's."""
    try:
        error = msgspec.json.decode(body, type=Failed).error
    except (msgspec.DecodeError, RecursionError):
        return set()
    return {trouble.reason for trouble in error.errors} | {error.status} - {""}


class Api:
    """The endpoints at a base address without a slash at its end."""

    def __init__(self, base: str) -> None:
        """Nothing is asked yet."""
        self.base = base
        self._restarts = 0

    def lists(self) -> Asking[tuple[list[Row], int | None]]:
        """All lists, and the service's clock (microseconds) before it looked for them."""
        found: list[Row] = []
        token, begun = "", None
        while True:
            response = yield from self._ask("/users/@me/lists", {"maxResults": MOST, **_from(token)})
            begun = begun or _date(response)
            answered = _answered.decode(response.body)
            found += rows(answered.items)
            token = answered.next_page_token or ""
            if not token:
                return found, begun

    def has_list(self, key: str) -> Asking[bool]:
        """Whether there is such a list."""
        response = yield from self._ask(f"/users/@me/lists/{quote(key, safe='')}", {}, MISSING)
        return response.status == OK

    def tasks(self, key: str, since: int | None, token: str) -> Asking[Rows | None]:
        """A page of a list's tasks, in whatever state, that changed since then (microseconds); None: no such list.

        A token the service no longer knows begins the list anew.
        """
        params = {"maxResults": MOST, **ALL, "fields": f"nextPageToken,items({FIELDS})"}
        if since is not None:
            params["updatedMin"] = iso(max(0, since))
        path = f"/lists/{quote(key, safe='')}/tasks"
        accept = (MISSING, REJECTED) if token else (MISSING,)
        response = yield from self._ask(path, {**params, **_from(token)}, *accept)
        if response.status == REJECTED:
            self._restarts += 1
            if self._restarts > RESTARTS:
                raise Refused("request-refused", host="Google Tasks", status=str(REJECTED), path=path)
            return (yield from self.tasks(key, since, ""))
        if response.status == MISSING:
            return None
        answered = _answered.decode(response.body)
        return Rows(list(rows(answered.items)), answered.next_page_token or "")

    def open_in(self, key: str) -> Asking[list[str]]:
        """The ids of a list's open tasks; none where there is no such list."""
        params = {
            "maxResults": MOST,
            "showCompleted": "false",
            "showAssigned": "true",
            "fields": "nextPageToken,items(id)",
        }
        found: list[str] = []
        token = ""
        while True:
            path = f"/lists/{quote(key, safe='')}/tasks"
            response = yield from self._ask(path, {**params, **_from(token)}, MISSING)
            if response.status == MISSING:
                return found
            answered = _answered.decode(response.body)
            found += [row.head.id for row in rows(answered.items) if row.head]
            token = answered.next_page_token or ""
            if not token:
                return found

    def task(self, collection: str, key: str) -> Asking[msgspec.Raw | None]:
        """One task; None where it is not in this list."""
        path = f"/lists/{quote(collection, safe='')}/tasks/{quote(key, safe='')}"
        response = yield from self._ask(path, {"fields": FIELDS}, MISSING)
        return msgspec.Raw(response.body) if response.status == OK else None

    def _ask(self, path: str, params: dict[str, str], *accept: int) -> Asking[Response]:
        request = Request(url=self.base + path, params=params, accept=(OK, FORBIDDEN, *accept))
        response = yield request
        if not isinstance(response, Response):
            raise TypeError("a request is answered with a response")
        if response.status == FORBIDDEN:
            raise _forbidden(response)
        return response


def rows(items: Iterable[msgspec.Raw] | None) -> Iterator[Row]:
    """Each task or list with its head."""
    for raw in items or ():
        try:
            head = _head.decode(raw)
            _ = head.changed
            yield Row(raw, head)
        except (msgspec.DecodeError, ValueError, RecursionError):
            yield Row(raw, None)


def _forbidden(response: Response) -> Refused:
    """Why, in words that say what is to be done; that too much was asked the driver has seen before."""
    why = reasons(response.body)
    if "accessNotConfigured" in why:
        return Refused("google-api-off")
    if why & {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}:
        return Refused("google-scope-missing")
    return Refused("token-refused", host="Google Tasks", status=str(FORBIDDEN))


def _from(token: str) -> dict[str, str]:
    return {"pageToken": token} if token else {}


def _date(response: Response) -> int | None:
    try:
        return micros(parsedate_to_datetime(response.headers.get("date", "")))
    except (ValueError, TypeError):
        return None


_head = msgspec.json.Decoder(Head)
_answered = msgspec.json.Decoder(Answered)
