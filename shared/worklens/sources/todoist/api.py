"""The four questions that are asked of Todoist's API v1: what changed, what was done, what was logged, what is this."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple, TypeVar

import msgspec

from worklens.sources.base import Answer, Refused, Request, Response
from worklens.sources.todoist.records import Flag, Project, Time
from worklens.sources.todoist.series import Head
from worklens.tasks import DAY, iso, micros

EVERYTHING = "*"  # as a sync token
RESOURCES = '["items","projects","user_plan_limits"]'  # never "user", which holds the token
EVENTS = '["item:completed","item:uncompleted","item:deleted","project:deleted"]'
COMPLETED_PAGE = "200"  # the most there is; the default is 50
LOG_PAGE = "100"
STALE = 60_000_000  # microseconds a whole listing may lag behind before its changes are asked for too
SYNCS = 3  # answers in one run: the listing, what changed since it was prepared, and once more
RESTARTS = 3  # of a paged listing whose cursor the service no longer knows
REJECTED = 400  # how a sync token or a page's cursor is refused

Found = TypeVar("Found")
Asking = Generator[Request, Answer, Found]


class Changes(msgspec.Struct):
    """An answer to a sync. What isn't an object we know is kept as it came."""

    sync_token: str
    full_sync: bool = False
    full_sync_date_utc: Time | None = None
    items: list[msgspec.Raw] | None = None
    projects: list[msgspec.Raw] | None = None
    user_plan_limits: msgspec.Raw = msgspec.Raw(b"null")


class Plan(msgspec.Struct):
    """What the person's plan allows: how many days back the activity log goes (-1: to the beginning)."""

    activity_log: Flag = None
    activity_log_limit: int | None = None


class Limits(msgspec.Struct):
    """The plan's limits."""

    current: Plan | None = None


class Page(msgspec.Struct):
    """A page of completed tasks (``items``) or of the log (``results``)."""

    items: list[msgspec.Raw] | None = None
    results: list[msgspec.Raw] | None = None
    next_cursor: str | None = None


class Row(NamedTuple):
    """An item as it came, with what the pull must know of it; None where it can't be read.

    It is a part of the answer, not a copy: a first answer may hold a hundred thousand.
    """

    raw: msgspec.Raw
    head: Head | None


class Synced:
    """The items and projects of one or more answers, the later ones prevailing."""

    def __init__(self, now: int) -> None:
        """``now`` (microseconds) stands in for the service's clock, where it doesn't tell the time."""
        self.token = ""
        self.is_full = False
        self.items: dict[str, Row] = {}  # until they are handed on
        self.over: set[str] = set()  # those handed on that were done or deleted
        self.projects: dict[str, bytes] = {}
        self.log_days: int | None = None
        self.now = now
        self.end: int | None = None  # the last instant these answers can know of

    def take(self, changes: Changes, at: int | None) -> None:
        """Add an answer; a whole listing replaces what came before it."""
        if changes.full_sync:
            self.is_full, self.items, self.projects = True, {}, {}
        self.token = changes.sync_token
        for row in rows(changes.items):
            name = bytes(row.raw).decode("utf-8", "replace") if row.head is None else str(row.head.id)
            self.items[name] = row
        for project in changes.projects or ():
            self.projects[project_of(project)[0] or bytes(project).decode("utf-8", "replace")] = bytes(
                project
            )
        self._take_limits(changes.user_plan_limits)
        if at is not None:
            self.now, self.end = at, at + 1_000_000 - 1  # the clock in the header counts whole seconds

    def _take_limits(self, raw: msgspec.Raw) -> None:
        try:
            limits = msgspec.json.decode(raw, type=Limits | None)
        except msgspec.DecodeError:
            return  # what the log holds shows without it too
        plan = limits.current if limits else None
        if plan is not None:
            has_log = plan.activity_log is None or plan.activity_log
            self.log_days = plan.activity_log_limit if has_log else 0

    def handed_on(self) -> Iterator[Row]:
        """Each item, kept no longer: a large answer lies in memory as long as a part of it does."""
        for name in list(self.items):
            row = self.items.pop(name)
            if row.head and (row.head.is_done or row.head.is_deleted):
                self.over.add(name)
            yield row

    def projects_where(self, *, deleted: bool) -> set[str]:
        """The ids of the projects that are there (neither deleted nor archived), or of those that are deleted."""
        found = (project_of(raw) for raw in self.projects.values())
        if deleted:
            return {name for name, project in found if project and project.is_deleted}
        return {
            name for name, project in found if project and not (project.is_deleted or project.is_archived)
        }


def rows(items: Iterable[msgspec.Raw] | None) -> Iterator[Row]:
    """Each item with its head."""
    for raw in items or ():
        try:
            yield Row(raw, _head.decode(raw))
        except (msgspec.DecodeError, RecursionError):
            yield Row(raw, None)


def project_of(raw: bytes | msgspec.Raw) -> tuple[str, Project | None]:
    """A project and its id, where it can be read."""
    try:
        project = _project.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return "", None
    return str(project.id), project


class Api:
    """The endpoints at a base address without a slash at its end."""

    def __init__(self, base: str) -> None:
        """Nothing is asked yet."""
        self.base = base

    def sync(self, token: str, now: int) -> Asking[Synced]:
        """What changed since the token. A listing that was prepared a while ago is brought up to date at once."""
        synced = Synced(now)
        for _ in range(SYNCS):
            changes, at = yield from self._changes(token)
            synced.take(changes, at)
            token = changes.sync_token
            if not (changes.full_sync and _is_stale(changes.full_sync_date_utc, synced.now)):
                break
        return synced

    def _changes(self, token: str) -> Asking[tuple[Changes, int | None]]:
        accept = (200,) if token == EVERYTHING else (200, REJECTED)
        form = {"sync_token": token, "resource_types": RESOURCES}
        url = f"{self.base}/sync"
        quota = "full" if token == EVERYTHING else ""
        response = yield from _ask(Request(method="POST", url=url, form=form, accept=accept, quota=quota))
        if response.status == REJECTED:  # it no longer knows the token
            return (yield from self._changes(EVERYTHING))
        return _changes.decode(response.body), _date(response)

    def completed(self, since: int, until: int) -> Asking[list[Row]]:
        """The tasks completed in a stretch of time of at most three months, those that repeat for ever left out."""
        params = {"since": iso(since), "until": iso(until), "limit": COMPLETED_PAGE}
        pages = yield from self._pages("/tasks/completed/by_completion_date", params)
        return [row for page in pages for row in rows(page.items)]

    def log(self, since: int) -> Asking[list[msgspec.Raw]]:
        """Completions and deletions since then, and some before; none where the plan has no log."""
        # The log is asked by days, whose zone nobody tells.
        params = {"object_event_types": EVENTS, "date_from": iso(since - DAY)[:10], "limit": LOG_PAGE}
        pages = yield from self._pages("/activities", params, accept=(200, 403))
        return [entry for page in pages for entry in page.results or ()]

    def item(self, name: str) -> Asking[Row | None]:
        """One task, in whatever state it is; None where it is no more."""
        response = yield from _ask(Request(url=f"{self.base}/tasks/{name}", accept=(200, 404)))
        if response.status != 200:
            return None
        row = next(rows([msgspec.Raw(response.body)]))
        return row if row.head is not None and str(row.head.id) == name else None

    def _pages(
        self, path: str, params: Mapping[str, str], accept: tuple[int, ...] = (200,)
    ) -> Asking[list[Page]]:
        """All pages. A short page isn't the last, and rows may shift from one to the next and come twice."""
        for _ in range(RESTARTS):
            pages = yield from self._pages_once(f"{self.base}{path}", params, accept)
            if pages is not None:
                return pages
        raise Refused("request-refused", status=str(REJECTED), path=path)

    def _pages_once(
        self, url: str, params: Mapping[str, str], accept: tuple[int, ...]
    ) -> Asking[list[Page] | None]:
        pages: list[Page] = []
        request = Request(url=url, params=params, accept=accept)
        while True:
            response = yield from _ask(request)
            if response.status == REJECTED:
                return None
            if response.status != 200:
                return pages
            pages.append(_page.decode(response.body))
            cursor = pages[-1].next_cursor
            if not cursor:
                return pages
            request = Request(url=url, params={**params, "cursor": cursor}, accept=(200, REJECTED))


def _ask(request: Request) -> Asking[Response]:
    answer = yield request
    if not isinstance(answer, Response):
        raise TypeError("a request is answered with a response")
    return answer


def _date(response: Response) -> int | None:
    """The service's own clock, in microseconds; None where it doesn't tell."""
    try:
        return micros(parsedate_to_datetime(response.headers.get("date", "")))
    except (ValueError, TypeError):
        return None


def _is_stale(prepared: datetime | None, now: int) -> bool:
    return prepared is not None and micros(prepared) < now - STALE


_head = msgspec.json.Decoder(Head)
_project = msgspec.json.Decoder(Project)
_changes = msgspec.json.Decoder(Changes)
_page = msgspec.json.Decoder(Page)
