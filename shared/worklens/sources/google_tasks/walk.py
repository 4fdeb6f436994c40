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
ROUNDS = 3  # after a whole walk; a person who goes on longer is listed whole another time

Walking = Generator[Request | Page, Answer, None]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to walk, and how far a whole walk has come; saved as the checkpoint of one.

    ``start``: the service's clock (microseconds) when the lists were looked up. ``left``: of a whole walk, with the
    token of the next page of the first of them. ``gone``: lists that were known and are no more. ``unread``: lists
    that went away meanwhile.
    """

    start: int
    whole: bool
    lists: tuple[str, ...]
    left: tuple[str, ...] = ()
    token: str = ""
    gone: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class Walk:
    """One run's walk. ``calm``: at the end of a whole walk nothing changed any more, so that absence means deleted."""

    def __init__(self, api: Api, plan: Plan) -> None:
        """Nothing is walked but what the plan says."""
        self.api, self.plan = api, plan
        self.calm = False
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
            self._advance(key, token, gone=found is None)
            records = list(self._records(found.rows, key)) if found else []
            if records:
                yield self._page(records)
            if not token:
                return

    def _advance(self, key: str, token: str, *, gone: bool) -> None:
        left = self.plan.left if token else tuple(name for name in self.plan.left if name != key)
        unread = (*self.plan.unread, key) if gone else self.plan.unread
        self.plan = replace(self.plan, left=left, token=token if left else "", unread=unread)

    def _page(self, records: list[bytes]) -> Page:
        """A run that asks only for changes is short: cut off, it begins anew."""
        checkpoint = msgspec.json.encode(self.plan).decode() if self.plan.whole else ""
        return Page(records=records, checkpoint=checkpoint)

    def _records(self, rows: Iterable[Row], key: str) -> Iterable[bytes]:
        """What can't be read goes on as it is: parse will say what is wrong with it."""
        for raw, head in rows:
            if head is None or self._take(head, key):
                yield record(raw, key)

    def _take(self, head: Head, key: str) -> bool:
        """Whether the row counts in this run."""
        is_dead = bool(head.deleted)
        if head.changed >= self.plan.start - OVERLAP:
            mark = (head.id, key, head.changed, is_dead)
            self._news = self._news or mark not in self._recent
            self._recent.add(mark)
        if is_dead and head.changed >= self.plan.start:
            return False
        (self._dead if is_dead else self._alive)[head.id] = key
        return True


def record(raw: msgspec.Raw, key: str) -> bytes:
    """The raw record of a task in a list."""
    return b'{"task":%b,"list_id":%b}' % (raw, msgspec.json.encode(key))
