"""What a perfect observer records of a scripted Todoist, where a task that repeats is many occurrences.

Written apart from the source and from settling: it looks at the world's own histories, sync by sync. The log is taken
to reach back to the beginning, and what is deleted to keep its fields. A whole listing does not show what is deleted:
of that only the log tells, and no more than that it is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tests.pipeline.services import Told
from worklens.tasks import iso
from worklens.testing.todoist import advances, opaque, shown
from worklens.testing.truth import Fact, WorldTask
from worklens.testing.world import World

EDITED = {"notes": "notes", "labels": "labels", "repeat": "recurrence"}
SECOND = 1_000_000


class View(NamedTuple):
    """An occurrence as it shows: when it began and ended, with the fields of its task."""

    task: WorldTask
    deleted: int | None = None

    @property
    def due(self) -> str:
        """The due text as events have it: in UTC, where this person lives."""
        due = self.task.due
        return due if len(due) <= len("2026-01-05") else due.removesuffix("Z") + "Z"


class Look(NamedTuple):
    """What may be said at one sync about one occurrence; ``noticed`` is the service's word on the last change."""

    seen_at: int
    task: str
    occurrence: str
    noticed: int

    def told(self, kind: str, at: int | None = None, **detail: str | tuple[str, ...]) -> Told:
        """An event, at its instant where that is known."""
        when, precision = (min(self.noticed, self.seen_at), "seen") if at is None else (at, "instant")
        return Told(self.seen_at, self.task, self.occurrence, kind, when, precision, **detail)  # type: ignore[arg-type]


def todoist_truth(world: World, syncs: Sequence[int], whole: Collection[int]) -> list[Told]:
    """All that can be known by looking at these instants (ascending), some of which saw a whole listing."""
    names = dict.fromkeys(fact.task for fact in world.facts if fact.task)
    return sorted(told for name in names for told in _story(world, name, syncs, whole))


def _story(world: World, name: str, syncs: Sequence[int], whole: Collection[int]) -> Iterator[Told]:
    facts = [fact for fact in world.facts if fact.task == name]
    known: dict[str, View] = {}
    for before, sync in zip([0, *syncs], syncs, strict=False):
        past = [fact for fact in facts if fact.at <= sync]
        if not past:
            continue
        there = world.tasks_at(sync).get(name)
        deleted = None if there else max(fact.at for fact in past if fact.kind == "deleted")
        task = shown(there or world.tasks_at((deleted or 0) - 1)[name])
        times = advances(world, name, sync)
        for view, key in _completions(task, past, times, known):
            yield from _seen(known, key, view, Look(sync, opaque(name), key, view.task.completed or 0))
        key = iso(times[-1]) if times else ""
        look = Look(sync, opaque(name), key, max(fact.at for fact in past) // SECOND * SECOND)
        began = times[-1] if times else task.created
        if deleted is None or (task.completed is not None and sync not in whole and deleted > before):
            yield from _seen(known, key, View(replace(task, created=began), deleted), look)
        elif key in known and known[key].deleted is None:
            known[key] = View(known[key].task, deleted)
            yield look.told("deleted", deleted)


def _completions(
    task: WorldTask, past: Sequence[Fact], times: Sequence[int], known: dict[str, View]
) -> Iterator[tuple[View, str]]:
    """The occurrences that were completed since the last look, as the task now is; they keep the due date they had."""
    dues = {fact.at: fact.before or iso(task.created)[:10] for fact in past}
    for began, ended in zip([0, *times], times, strict=False):
        key = iso(began) if began else ""
        old = known.get(key)
        if old is None or old.task.completed != ended:
            due = old.task.due if old and old.task.repeat else dues[ended]
            yield View(replace(task, created=began or task.created, completed=ended, due=due)), key


def _seen(known: dict[str, View], key: str, new: View, look: Look) -> Iterator[Told]:
    old = known.get(key)
    done = new.task.completed
    known[key] = new
    if old is None:
        yield look.told("created", new.task.created)
        if done is not None:
            yield look.told("completed", done)
        if new.deleted is not None:
            yield look.told("deleted", new.deleted)
        return
    if old.deleted is not None and new.deleted is None:
        yield look.told("restored")
    yield from _changed(old, new, look)
    if new.deleted is not None and old.deleted is None:
        yield look.told("deleted", new.deleted)


def _changed(old: View, new: View, look: Look) -> Iterator[Told]:
    before, after = old.task, new.task
    if before.title != after.title:
        yield look.told("renamed")
    if before.collection != after.collection:
        yield look.told("moved", before=opaque(before.collection), after=opaque(after.collection))
    if before.priority != after.priority:
        yield look.told("reprioritized", before=_text(before.priority), after=_text(after.priority))
    if old.due != new.due:
        yield look.told("rescheduled", before=old.due, after=new.due)
    edited = [name for field, name in EDITED.items() if getattr(before, field) != getattr(after, field)]
    if edited:
        yield look.told("edited", fields=tuple(sorted(edited)))
    if before.completed == after.completed:
        return
    if after.completed is None:
        yield look.told("reopened")
        return
    if before.completed is not None:
        yield look._replace(noticed=after.completed).told("reopened")
    yield look.told("completed", after.completed)


def _text(priority: int | None) -> str:
    return "" if priority is None else str(priority)
