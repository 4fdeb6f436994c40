"""What may be had both ways of a GitHub, and what a perfect observer records of one, apart from the source.

Nobody deletes or transfers an issue here: that is known only when it is asked for, and that of few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from tests.pipeline.services import GITHUB, Told
from worklens.tasks import Task
from worklens.testing import github
from worklens.testing.chance import Habits
from worklens.testing.truth import Fact, WorldTask
from worklens.testing.world import World

NEVER = ("subtask", "prioritize", "repeat", "move", "delete", "delete_list")


def habits(switches: Mapping[str, Any]) -> Habits:
    """Everything by whole seconds."""
    return Habits(
        resolution=github.SECOND, weights={**Habits().weights, **dict.fromkeys(NEVER, 0.0), "review": 2}
    )


def switches(random: Random) -> dict[str, Any]:
    """How the service tells that nothing has changed, and how much it tells at once."""
    return {"etags": random.choice(["strong", "weak", "none"]), "page": random.choice([3, 100])}


def tasks(world: World) -> dict[tuple[str, str], Task]:
    """The issues that are there, none of which has occurrences."""
    return {(key, ""): task for key, task in github.current_tasks(world, GITHUB.feed).items()}


class Look(NamedTuple):
    """What may be said at one sync about one issue; ``noticed`` is the service's word on the last change."""

    seen_at: int
    task: str
    noticed: int

    def told(self, kind: str, at: int | None = None, precision: str = "seen", **detail: object) -> Told:
        """An event, at the last change where no instant is given."""
        when = self.noticed if at is None else at
        return Told(self.seen_at, self.task, "", kind, when, precision, **detail)  # type: ignore[arg-type]

    def logged(self, fact: Fact) -> Iterator[Told]:
        """What the service tells of itself, though it was undone since: it was done, or it was closed after that instant."""
        if fact.kind == "completed" and github.is_dropped(fact.task):
            yield self.told("closed", fact.at, "unknown")
        elif fact.kind in github.TIMELINE:
            yield self.told(fact.kind, fact.at, "instant")


def events(world: World, syncs: Sequence[int], whole: set[int]) -> list[Told]:
    """All that can be known by looking at these instants (ascending)."""
    names = dict.fromkeys(fact.task for fact in world.facts if fact.task)
    return sorted(told for name in names for told in _story(world, name, syncs))


def _story(world: World, name: str, syncs: Sequence[int]) -> Iterator[Told]:
    facts = [fact for fact in world.facts if fact.task == name]
    times = [fact.at for fact in facts]
    known: WorldTask | None = None
    before = 0
    for sync in syncs:
        there = world.tasks_at(sync).get(name)
        if there is None:
            continue
        look = Look(sync, github.issue_id(name), max(at for at in times if at <= sync))
        now = github.shown(there)
        yield from (told for fact in facts if before < fact.at <= sync for told in look.logged(fact))
        before = sync
        yield from _first(now, look) if known is None else _changed(known, now, look)
        known = now


def _first(task: WorldTask, look: Look) -> Iterator[Told]:
    yield look.told("created", task.created, "instant")
    if github.is_pull(task.id):
        yield look.told("started", github.first_commit(task), "instant")
    if task.reviewed is not None:
        yield look.told("reviewed", task.reviewed, "instant")


def _changed(before: WorldTask, after: WorldTask, look: Look) -> Iterator[Told]:
    if before.due != after.due:
        yield look.told("rescheduled", before=before.due, after=after.due)
    edited = tuple(name for name in ("labels", "notes") if getattr(before, name) != getattr(after, name))
    if edited:
        yield look.told("edited", fields=edited)
    if after.reviewed != before.reviewed:
        yield look.told("reviewed", after.reviewed, "instant")
