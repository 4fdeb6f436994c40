"""One run over a repository's issues, or those assigned to us: what changed, then now and then what is open still.

What changed is asked by its time and never by a page's number: each question begins at the time of the last answer's
last row, so that a row which moves to the end while we read pushes no other out of sight.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec.structs import replace

from worklens.messages import Rejected
from worklens.sources.base import Answer, Page, Request
from worklens.sources.github.api import Api, Listing
from worklens.sources.github.graph import Story
from worklens.sources.github.records import Gone, Issue, Record, Repository
from worklens.sources.github.rows import Row, kept, mark
from worklens.tasks import DAY, iso

OVERLAP = (
    DAY // 144
)  # ten minutes by which changes are asked for again: for those that came late to the lists
FEW = (
    30  # rows that may come again and again, for the sake of an address whose ETag says that nothing changed
)
UNTOLD = Story(None, ())
LOOKUPS = 100  # issues looked up one by one in a run; the others' turn comes the next day

Walking = Generator[Request | Page, Answer, None]
Open = dict[str, dict[int, int]]
"""The open issues by repository (its name): number by id."""


class Cursor(msgspec.Struct, frozen=True, kw_only=True):
    """What is known: our name, how far we have come, and which issues are open.

    ``since``: changes are asked for from here (microseconds); with ``etag``, what the last answer to that was.
    ``marks``: by id, the rows that this answer had. ``checked``: when the open issues were last listed; ``looked``: when
    anything was last asked.
    """

    schema: int
    scope: str  # the repository; empty for what is assigned to us
    me: str
    since: int
    etag: str = ""
    marks: dict[int, str] = {}
    open: Open = {}
    repositories: dict[int, str] = {}
    checked: int = 0
    looked: int = 0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Where a run stands; saved as its checkpoint. ``since`` None is the beginning of all; ``start`` 0 is not yet known.

    ``home`` is the repository's number, where the feed is one. ``open`` are the issues that the run told as open: should it
    be cut off, they are known all the same, and are looked for when they are gone.
    """

    me: str
    home: int
    whole: bool
    since: int | None
    start: int = 0
    is_resumed: bool = False
    open: Open = {}


class Walk:
    """A run. Afterwards ``cursor`` says where the next one begins."""

    def __init__(self, api: Api, plan: Plan, last: Cursor) -> None:
        """``last`` is an empty cursor for a first run."""
        self.api, self.plan, self.last = api, plan, last
        self.is_same = False
        self._new: Open = {name: dict(some) for name, some in plan.open.items()}
        self._open: Open = {name: dict(some) for name, some in last.open.items()}
        for name, some in plan.open.items():
            self._open.setdefault(name, {}).update(some)
        self._repositories = dict(last.repositories)
        if plan.home:
            self._repositories.setdefault(plan.home, api.repository)
        self._met: set[int] = set()
        self._marks: dict[int, tuple[int, str]] = {}  # with the time of the change
        self._etag = ""
        self._checked = last.checked

    # ----- what changed

    def changes(self) -> Walking:
        """Every issue that changed, or every one there is, to the end."""
        etag = "" if self.plan.whole or self.plan.is_resumed else self.last.etag
        listing = yield from self.api.changed(self.plan.since, etag)
        self.is_same = listing.is_same
        if not (self.plan.is_resumed or listing.next):
            self._etag = listing.etag
        while True:
            self._advance(listing)
            yield from self._told(listing.rows, listing.rejected)
            if not listing.next:
                return
            listing = yield from self._following(listing)

    def _following(self, listing: Listing) -> Generator[Request, Answer, Listing]:
        """From the last row's time on; where all of a page are of one second, by the page's own address."""
        if self._has_moved:
            return (yield from self.api.changed(self.plan.since, ""))
        return (yield from self.api.page(listing.next))

    def _advance(self, listing: Listing) -> None:
        before = self.plan.since
        newest = max((row.changed for row in listing.rows), default=0)
        start = self.plan.start or listing.now or self.last.since + OVERLAP
        if listing.next and newest > (before or 0):
            self.plan = replace(self.plan, since=newest)
        self.plan = replace(self.plan, start=start)
        self._has_moved = self.plan.since != before

    # ----- what is open still

    @property
    def is_due(self) -> bool:
        """Once a day, and after everything was listed."""
        return self.plan.whole or self.plan.start - self.last.checked >= DAY

    def opened(self) -> Walking:
        """List the open issues, and look those up that were known and aren't there."""
        found: Open = {}
        listing = yield from self.api.opened()
        while True:
            for row in listing.rows:
                found.setdefault(self._name(row), {})[row.id] = row.number
            news = [row for row in listing.rows if self._is_unknown(row)]
            yield from self._told(news, listing.rejected)
            if not listing.next:
                break
            listing = yield from self.api.page(listing.next)
        missing = list(self._missing(found))
        self._open, self._checked = found, self.plan.start
        for name, key, number in missing[:LOOKUPS]:
            yield from self._look_up(name, key, number)
        for name, key, number in missing[LOOKUPS:]:
            self._open.setdefault(name, {})[key] = number

    def _is_unknown(self, row: Row) -> bool:
        known = row.id in self._open.get(self._name(row), {})
        return row.id not in self._met and not known

    def _missing(self, found: Open) -> Iterator[tuple[str, int, int]]:
        there = {key for some in found.values() for key in some}  # by whatever name their repository goes now
        for name, some in self._open.items():
            for key, number in some.items():
                if key not in there:
                    yield name, key, number

    def _look_up(self, name: str, key: int, number: int) -> Walking:
        """Closed, given to somebody else, transferred, deleted; or out of our sight, and then nothing is concluded."""
        status, row = yield from self.api.issue(name, number)
        if status == HTTPStatus.GONE:
            yield self._page([Record(gone=Gone(id=key))])
        if row is None:
            return
        is_ours = bool(self.api.repository) or row.is_for(self.plan.me)
        if row.id == key and is_ours:
            yield from self._told([row], ())
            return
        issue = replace(kept(row, self.plan.me), id=key, number=number)
        left = max(iso(self.last.checked), issue.created_at)
        yield self._page([self._record(issue, name, left=left)])

    # ----- what is told

    @property
    def _since(self) -> int | None:
        """What happened before the last run is known; None is the beginning of all."""
        return None if self.plan.whole or not self.last.looked else self.last.looked - OVERLAP

    def _told(self, rows: Sequence[Row], rejected: Sequence[Rejected]) -> Walking:
        """A page of what is new among the rows, with what happened to them, and when pull requests were reviewed."""
        fresh = [(row, issue) for row in rows if self._is_fresh(row, issue := kept(row, self.plan.me))]
        stories = yield from self.api.stories([row.node_id for row, _ in fresh if row.node_id], self._since)
        records = [Record(repository=found) for found in self._new_repositories(rows)]
        records += [
            self._record(issue, self._name(row), story=stories.get(row.node_id, UNTOLD))
            for row, issue in fresh
        ]
        if records or rejected:
            yield self._page(records, rejected)

    def _is_fresh(self, row: Row, issue: Issue) -> bool:
        """Whether the row is another than last time. What is open is noted."""
        self._met.add(row.id)
        known = mark(issue)
        self._marks[row.id] = row.changed, known
        for known_open in (self._open, self._new):
            here = known_open.setdefault(self._name(row), {})
            if row.state == "open":
                here[row.id] = row.number
            else:
                here.pop(row.id, None)
        return self.plan.whole or self.last.marks.get(row.id) != known

    def _new_repositories(self, rows: Sequence[Row]) -> Iterator[Repository]:
        for row in rows:
            found = row.repository
            if found and self._repositories.get(found.id) != found.full_name:
                self._repositories[found.id] = found.full_name
                yield Repository(found.id, found.full_name)

    def _record(self, issue: Issue, name: str, *, story: Story = UNTOLD, left: str = "") -> Record:
        number = self.plan.home or next((key for key, own in self._repositories.items() if own == name), 0)
        return Record(issue=issue, repository_id=number, pull=story.pull, events=story.events, left=left)

    def _name(self, row: Row) -> str:
        return row.repository.full_name if row.repository else self.api.repository

    def _page(self, records: Sequence[Record], rejected: Sequence[Rejected] = ()) -> Page:
        checkpoint = msgspec.json.encode(replace(self.plan, is_resumed=True, open=self._new)).decode()
        return Page(
            records=[msgspec.json.encode(record) for record in records],
            rejected=list(rejected),
            checkpoint=checkpoint,
        )

    # ----- where the next run begins

    def cursor(self, schema: int) -> Cursor:
        """An address that answered with little is kept, since its ETag tells at no cost that nothing changed."""
        about: Mapping[str, Any] = {
            "schema": schema,
            "scope": self.api.repository,
            "me": self.plan.me,
            "open": {name: some for name, some in self._open.items() if some},
            "repositories": self._repositories,
            "checked": self._checked,
            "looked": self.plan.start,
        }
        if self.is_same:
            return Cursor(since=self.last.since, etag=self.last.etag, marks=self.last.marks, **about)
        if self._etag and not self.plan.whole and len(self._marks) <= FEW:
            marks = {key: known for key, (_, known) in self._marks.items()}
            return Cursor(since=self.last.since, etag=self._etag, marks=marks, **about)
        since = self.plan.start - OVERLAP
        marks = {key: known for key, (at, known) in self._marks.items() if at >= since}
        return Cursor(since=since, marks=marks, **about)
