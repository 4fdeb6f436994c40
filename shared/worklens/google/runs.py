"""Runs in Datastore: an entity each by its id, and one more by which it is found from its number."""

from __future__ import annotations

from typing import Any

from worklens.google.entities import Entities
from worklens.google.records import FEED, NUMBERED, RUN, run_entity, run_of
from worklens.messages import SyncRequested
from worklens.ports import Run


class Runs:
    """The part of the state store that looks for runs and numbers them."""

    entities: Entities

    def run(self, run: str) -> Run | None:
        """The run by its id."""
        found = self.entities.get(RUN, run)
        return run_of(found) if found else None

    def runs(self, feed: str | None = None) -> list[Run]:
        """The runs, newest first."""
        found = self.entities.query(RUN) if feed is None else self.entities.query(RUN, feed=feed)
        return sorted(map(run_of, found), key=lambda run: (run.now, run.number), reverse=True)

    def latest(self, feed: str) -> Run | None:
        """The feed's newest run that was not withdrawn, whatever became of it."""
        known = self.entities.get(FEED, feed)
        for number in range(known["runs"] if known else 0, 0, -1):
            named = self.entities.get(NUMBERED, _numbered(feed, number))
            run = self.run(named["run"]) if named else None
            if run is None or run.status != "withdrawn":
                return run
        return None

    def _number(self, transaction: Any, feed: Any, request: SyncRequested, now: int) -> Any:
        """The entity of a new run, which is the feed's next: both are still to be put."""
        number = feed["runs"] + 1
        run = Run(
            run=request.run,
            feed=request.feed,
            number=number,
            window=request.window,
            now=min(now, request.seen_at or now),
            full=request.full,
            input=request.input,
            name=request.name,
        )
        feed["runs"] = number
        transaction.put(self.entities.make(NUMBERED, _numbered(request.feed, number), {"run": request.run}))
        return run_entity(self.entities, run, now)

    def _delete_runs(self, feed: str) -> None:
        """Remove the feed's runs with their numbers."""
        runs = self.runs(feed)
        keys = [self.entities.key(RUN, run.run) for run in runs]
        self.entities.delete(
            keys + [self.entities.key(NUMBERED, _numbered(feed, run.number)) for run in runs]
        )


def _numbered(feed: str, number: int) -> str:
    return f"{feed}#{number}"
