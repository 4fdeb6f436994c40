"""The batches of a run in Datastore, an entity each: a run is whole when none of them is published and not yet parsed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from worklens.google.entities import Entities
from worklens.google.records import BATCH

SENT, DONE = "sent", "done"  # published; parsed
EARLY = "early"  # parsed before it was noted as published


class Batches:
    """What is known of each batch that is not settled yet."""

    def __init__(self, entities: Entities) -> None:
        """Asks nothing yet."""
        self.entities = entities

    def note(self, transaction: Any, run: str, names: Sequence[str], state: str) -> None:
        """Note that batches were published (SENT) or parsed (DONE), in whichever order that comes."""
        named = {f"{run}/{name}": self.entities.key(BATCH, f"{run}/{name}") for name in names}
        have = {one.key.name: one["state"] for one in self.entities.get_many(list(named.values()))}
        for name in named:
            after = _after(have.get(name, ""), state)
            if after != have.get(name):
                about = {"run": run, "state": after}
                transaction.put(self.entities.make(BATCH, name, about, frozenset(about)))

    def any_unparsed(self, run: str) -> bool:
        """Whether one of the run's is published and not parsed yet."""
        return any(True for _ in self.entities.query(BATCH, 1, run=run, state=SENT))

    def unparsed(self, run: str | None = None) -> int:
        """How many are published and not parsed yet: of a run, or of all."""
        of = {} if run is None else {"run": run}
        return len(list(self.entities.query(BATCH, None, state=SENT, **of)))

    def delete(self, run: str) -> None:
        """Remove what is known of a run's."""
        self.entities.delete([found.key for found in self.entities.query(BATCH, run=run)])


def _after(have: str, state: str) -> str:
    """A batch's state after one more thing is known of it."""
    if state == SENT:
        return {"": SENT, EARLY: DONE}.get(have, have)
    return {"": EARLY, SENT: DONE}.get(have, have)
