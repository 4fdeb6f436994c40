"""A walk through lists that may change meanwhile: through everything and then through what changed since, or only that.

A row that was moved behind the walker's back shows in the rounds that follow a whole walk; these go on until one shows
nothing new. A deletion after the run's beginning is left to the next run, which is told of it again: until then the
task may turn up in a list that was walked before it was moved there.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping

import msgspec
from msgspec.structs import replace

from worklens.sources.base import Answer, Page, Request
from worklens.sources.google_tasks.api import Api, Head, Row
from worklens.tasks import DAY

OVERLAP = (
    DAY // 144
)  # ten minutes by which changes are asked for again: for those that came late to the answers
FEW = 1_000  # tasks; a walk that was cut off before so many begins anew, and then knows of each where it is
ROUNDS = 3  # after a whole walk; a person who goes on longer is listed whole another time

Walking = Generator[Request | Page, Answer, None]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to walk, and how far a whole walk has come; saved as the checkpoint.

    ``start``: the service's clock (microseconds) when the lists were looked up. ``left``: of a whole walk, with the
    token of the next page of the first of them. ``gone``: lists that were known and are no more. ``unread``: lists
    that went away meanwhile. ``rows``: that were walked.
    """

    start: int
    whole: bool
    lists: tuple[str, ...]
    left: tuple[str, ...] = ()
    token: str = ""
    gone: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    rows: int = 0

    @property
    def saved(self) -> Plan:
        """What an interrupted run goes on with: a short one from its beginning."""
        if self.whole and self.rows >= FEW:
            return self
        left = self.lists if self.whole else ()
        return replace(self, left=left, token="", unread=(), rows=0)


class Walk:
    """One run's walk. ``calm``: at the end of a whole walk nothing changed any more, so that absence means deleted."""

    def __init__(self, api: Api, plan: Plan) -> None:
        """Nothing is walked but what the plan says."""
        self.api, self.plan = api, plan
        self.calm = False
        self._is_blind = plan.rows > 0  # where tasks are that were walked before the interruption
        self._alive: dict[str, str] = {}  # tasks, and the list each was last seen in
        self._dead: dict[str, str] = {}
        self._recent: set[tuple[str, str, int, bool]] = set()
        self._news = False

    @property
    def complete(self) -> bool:
        """Whether everything was seen as it now is."""
        return self.calm and not self.plan.unread

    @property
    def read(self) -> list[str]:
        """The lists that were there to be read."""
        return [key for key in self.plan.lists if key not in self.plan.unread]

    def everything(self) -> Walking:
        """Every list to its end, then again what changed meanwhile, until a round shows nothing new."""
        for key in self.plan.left:
            yield from self._list(key, None, self.plan.token)
        self._is_blind = False  # what changes now comes again with its list
        for _ in range(ROUNDS):
            self._news = False
            yield from self.changes(dict.fromkeys(self.read, self.plan.start - OVERLAP))
            self.calm = not self._news
            if self.calm:
                return

    def changes(self, since: Mapping[str, int]) -> Walking:
        """What changed in each list since then; of a list without an instant, everything."""
        for key in self.read:
            yield from self._list(key, since.get(key), "")

    def moved(self) -> Walking:
        """Tasks that are deleted in one list and there in another: as they are there is the last word on them."""
        for key, collection in self._dead.items():
            if self._alive.get(key, collection) != collection:
                raw = yield from self.api.task(self._alive[key], key)
                if raw is not None:
                    yield self._page([record(raw, self._alive[key])])

    def _list(self, key: str, since: int | None, token: str) -> Walking:
        while True:
            found = yield from self.api.tasks(key, since, token)
            token = found.token if found else ""
            self._advance(key, token, None if found is None else len(found.rows))
            records = list(self._records(found.rows, key)) if found else []
            if records:
                yield self._page(records)
            if not token:
                return

    def _advance(self, key: str, token: str, count: int | None) -> None:
        rows = self.plan.rows + (count or 0)
        left = self.plan.left if token else tuple(name for name in self.plan.left if name != key)
        unread = (*self.plan.unread, key) if count is None else self.plan.unread
        self.plan = replace(self.plan, left=left, token=token if left else "", unread=unread, rows=rows)

    def _page(self, records: list[bytes]) -> Page:
        return Page(records=records, checkpoint=msgspec.json.encode(self.plan.saved).decode())

    def _records(self, rows: Iterable[Row], key: str) -> Iterable[bytes]:
        """What can't be read goes on as it is: parse will say what is wrong with it."""
        for raw, head in rows:
            if head is None or self._take(head, key):
                yield record(raw, key)

    def _take(self, head: Head, key: str) -> bool:
        """Whether the row counts in this run. Of a tombstone that isn't sure until all is walked absence will tell."""
        is_dead = bool(head.deleted)
        if head.changed >= self.plan.start - OVERLAP:
            mark = (head.id, key, head.changed, is_dead)
            self._news = self._news or mark not in self._recent
            self._recent.add(mark)
        if is_dead and (head.changed >= self.plan.start or self._is_blind):
            return False
        (self._dead if is_dead else self._alive)[head.id] = key
        return True


def record(raw: msgspec.Raw, key: str) -> bytes:
    """The raw record of a task in a list."""
    return b'{"task":%b,"list_id":%b}' % (raw, msgspec.json.encode(key))
