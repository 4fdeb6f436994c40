"""What a perfect observer records of a scripted Google Tasks, written apart from the source and from settling.

The service is taken to leave whole tombstones, for ever, and none of what was moved. A deletion is known by its
tombstone, unless the list went with it; what left its list without a word is missed when that list is gone too, or
everything is listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from tests.pipeline.services import Told
from worklens.tasks import DAY
from worklens.testing.google_tasks import opaque, shown
from worklens.testing.truth import WorldTask
from worklens.testing.world import World

SECOND = 1_000_000
WEEK = 7 * DAY


class View(NamedTuple):
    """A task as it shows."""

    task: WorldTask
    deleted: int | None = None


class Look(NamedTuple):
    """What may be said at one sync about one task; ``noticed`` is the service's word on the last change."""

    seen_at: int
    task: str
    noticed: int

    def told(self, kind: str, at: int | None = None, precision: str = "seen", **detail: object) -> Told:
        """An event, at the last change where no instant is given."""
        when = min(self.noticed, self.seen_at) if at is None else at
        return Told(self.seen_at, self.task, "", kind, when, precision, **detail)  # type: ignore[arg-type]


def google_truth(world: World, syncs: Sequence[int], whole: Collection[int]) -> list[Told]:
    """All that can be known by looking at these instants (ascending), some of which saw a whole listing."""
    names = dict.fromkeys(fact.task for fact in world.facts if fact.task)
    listed = set(_listings(syncs, whole))
    return sorted(told for name in names for told in _story(world, name, syncs, listed))


def _listings(syncs: Sequence[int], whole: Collection[int]) -> Iterator[int]:
    """The syncs that listed everything: those that were asked to, and by itself one a week later."""
    last: int | None = None
    for sync in syncs:
        start = sync // SECOND * SECOND  # by the service's clock, which counts seconds
        if last is None or sync in whole or start - last >= WEEK:
            last = start
            yield sync


def _story(world: World, name: str, syncs: Sequence[int], whole: Collection[int]) -> Iterator[Told]:
    facts = [fact for fact in world.facts if fact.task == name]
    known: View | None = None
    for sync in syncs:
        past = [fact for fact in facts if fact.at <= sync]
        if not past:
            continue
        look = Look(sync, opaque(name), max(fact.at for fact in past))
        there = world.tasks_at(sync).get(name)
        if there:
            yield from _seen(known, View(shown(there)), look)
            known = View(shown(there))
            continue
        deleted = max(fact.at for fact in past if fact.kind == "deleted")
        last = View(shown(world.tasks_at(deleted - 1)[name]), deleted)
        lists = world.lists_at(sync)
        if last.task.collection in lists and last.task.completed is not None:
            yield from _seen(known, last, look)
            known = last
        elif known and known.deleted is None:
            if last.task.collection in lists:
                yield look.told("deleted", deleted)
                known = View(known.task, deleted)
            elif sync in whole or known.task.collection not in lists:
                yield look.told("deleted", sync)
                known = View(known.task, sync)


def _seen(old: View | None, new: View, look: Look) -> Iterator[Told]:
    done = new.task.completed
    if old is None:
        yield look.told("created", min(at for at in (look.seen_at, done, new.deleted) if at is not None))
        if done is not None:
            yield look.told("completed", done, "instant")
        if new.deleted is not None:
            yield look.told("deleted", new.deleted)
        return
    if old.deleted is not None and new.deleted is None:
        yield look.told("restored")
    yield from _changed(old.task, new.task, look)
    if new.deleted is not None and old.deleted is None:
        yield look.told("deleted", new.deleted)


def _changed(before: WorldTask, after: WorldTask, look: Look) -> Iterator[Told]:
    if before.title != after.title:
        yield look.told("renamed")
    if before.collection != after.collection:
        yield look.told("moved", before=opaque(before.collection), after=opaque(after.collection))
    if before.due != after.due:
        yield look.told("rescheduled", before=before.due, after=after.due)
    if before.notes != after.notes:
        yield look.told("edited", fields=("notes",))
    if before.completed == after.completed:
        return
    if before.completed is not None:
        yield look.told("reopened", after.completed)
    if after.completed is not None:
        yield look.told("completed", after.completed, "instant")
