"""Follows a source and settles what it tells, as the pipeline would, without one."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from tests.pipeline.services import Service, Told, told
from tests.stages.reference import first_facts
from worklens.sources.base import Parsed
from worklens.sources.registry import source
from worklens.stages.settling import changes
from worklens.tasks import Collection, Happened, Moment, Removal, Task
from worklens.testing.follow import Follower

Key = tuple[str, str]  # task and occurrence


class Observer(Follower):
    """A follower that settles what it learns without a warehouse: ``events`` are those that would be recorded."""

    def __init__(self, service: Service, fake: Any) -> None:
        """Nothing is known yet."""
        local = getattr(fake, "run", None)
        super().__init__(source(service.source), service.token, fake.settings, service.feed, local)
        self.events: list[Told] = []
        self._known: dict[Key, Task] = {}
        self._gone: dict[Key, Task | Removal] = {}
        self._heard: set[str] = set()  # of what the service told itself, by its ids
        self._words: list[Happened] = []  # of this run

    def _take(self, item: Parsed) -> None:
        super()._take(item)
        if isinstance(item, Happened):
            self._words.append(item)
        elif not isinstance(item, Collection):
            gone = isinstance(item, Removal) or item.deleted
            key = (item.task, item.occurrence)
            if gone:
                self._gone[key] = item
            else:
                self._gone.pop(key, None)

    def observe(self, now: int, **how: Any) -> None:
        """Sync to the end, and settle."""
        while not self.sync(now, **how):
            how.pop("pages", None)
        for word in self._words:
            if word.event not in self._heard:
                self._heard.add(word.event)
                key = (word.task, word.occurrence)
                self.events.append(told(now, key, word.kind, word.at.micros, word.at.precision, None))
        for key, task in self.tasks.items():
            self._settle(key, task, now)
        for key in [*self._known, *self._gone]:
            if key not in self.tasks:
                self._settle(key, self._ended(key, now), now)
        self._gone.clear()
        self._words.clear()

    def _ended(self, key: Key, now: int) -> Task | None:
        """The state of a task that is not there; None where no more than that was ever known of it."""
        old, gone = self._known.get(key), self._gone.get(key)
        if isinstance(gone, Task):
            return gone
        if old is None or old.deleted:
            return old
        at = gone.at if gone else None
        return replace(old, deleted=at or Moment(now, "seen"))

    def _settle(self, key: Key, task: Task | None, now: int) -> None:
        old = self._known.get(key)
        if task is None:
            return
        self._known[key] = task
        known = {word.kind for word in self._words if (word.task, word.occurrence) == key}
        for fact in first_facts(task, now) if old is None else changes(old, task, now):
            if fact.kind not in known:
                self.events.append(told(now, key, fact.kind, fact.at.micros, fact.at.precision, fact.detail))
