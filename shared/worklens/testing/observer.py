"""What a perfect observer, who may look only now and then, should record of a world: the truth a source is held to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from worklens.tasks import Precision
from worklens.testing.truth import Fact, History, WorldTask

# The field whose change is an event kind of its own; changes of EDITED fields together are one "edited", which
# names them as a canonical task does.
KIND_OF_FIELD = {"title": "renamed", "due": "rescheduled", "collection": "moved", "priority": "reprioritized"}
EDITED = {"notes": "notes", "labels": "labels", "repeat": "recurrence", "parent": "parent"}


def _same(text: str) -> str:
    return text


def _whole(task: WorldTask) -> WorldTask:
    return task


def _never(task: WorldTask) -> bool:
    return False


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """What a service reveals.

    ``dated``: kinds whose instant the task's state carries (only the last such change is there to see).
    ``logged``: kinds of which the service delivers each one with its instant, though it was undone since.
    ``stamped``: whether a task says when it last changed, at which any change without an instant of its own was seen.
    ``by_day``: whether a task's completion is known to the day only; ``shown`` cuts it to that.
    ``task_id`` and ``list_id`` make the service's ids (as Worklens records them) of the world's.
    ``shown`` strips a task to what the service can hold. ``tombstones``: a deleted task is there to be read as it
    last was.
    """

    name: str
    dated: frozenset[str] = frozenset({"created", "completed"})
    logged: frozenset[str] = frozenset()
    task_id: Callable[[str], str] = _same
    list_id: Callable[[str], str] = _same
    shown: Callable[[WorldTask], WorldTask] = _whole
    tombstones: bool = False
    stamped: Callable[[WorldTask], bool] = _never
    by_day: Callable[[WorldTask], bool] = _never


class Sighting(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """An event that should be recorded.

    ``at`` is None where the service hides the instant (precision ``seen``: the event's time is then ``seen_at``).
    A reopening that is only inferred, from a completion that was replaced by a later one, lies before that
    completion: its ``at`` is the completion's, with precision ``seen``.
    ``before`` and ``after`` are texts of the changed field ("" for none); ``fields`` names edited ones.
    """

    seen_at: int
    task: str
    kind: str
    at: int | None = None
    precision: Precision = "seen"
    before: str = ""
    after: str = ""
    fields: tuple[str, ...] = ()


def expected(
    histories: Mapping[str, History[WorldTask]], facts: Sequence[Fact], syncs: Sequence[int], service: Service
) -> list[Sighting]:
    """All that can be known by looking at these instants (ascending), sorted by when it is seen, then by task."""
    found = [sighting for history in histories.values() for sighting in _changes(history, syncs, service)]
    return sorted(
        [*found, *_logged(facts, syncs, service)], key=lambda s: (s.seen_at, s.task, s.kind, s.at or 0)
    )


def _logged(facts: Sequence[Fact], syncs: Sequence[int], service: Service) -> Iterator[Sighting]:
    for fact in facts:
        sync = bisect_left(syncs, fact.at)
        if fact.kind in service.logged and sync < len(syncs):
            named = service.list_id if fact.kind == "moved" else _same
            yield Sighting(
                seen_at=syncs[sync],
                task=service.task_id(fact.task),
                kind=fact.kind,
                at=fact.at,
                precision="instant",
                before=named(fact.before),
                after=named(fact.after),
                fields=tuple(EDITED[field] for field in fact.fields),
            )


def _changes(history: History[WorldTask], syncs: Sequence[int], service: Service) -> Iterator[Sighting]:
    """What consecutive looks at one task show."""
    known: WorldTask | None = None
    gone = False
    for sync in syncs:
        now = history.at(sync)
        if now is None:
            last = history.last(sync)
            if service.tombstones and last is not None:
                last = service.shown(last)
                yield from _difference(_Look(service, sync, None), known, last)
                known = last
            if known is not None and not gone:
                at = history.since(sync)
                yield from _Look(service, sync, None).seen(known, "deleted", at=at)
            gone = known is not None
            continue
        now = service.shown(now)
        look = _Look(service, sync, history.since(sync) if service.stamped(now) else None)
        if gone:
            yield from look.seen(now, "restored")
        yield from _difference(look, known, now)
        known, gone = now, False


class _Look(NamedTuple):
    """A look at a task through a service; ``changed`` is when the service says that it last changed."""

    service: Service
    sync: int
    changed: int | None

    def seen(
        self,
        task: WorldTask,
        kind: str,
        *,
        at: int | None = None,
        before: str = "",
        after: str = "",
        fields: tuple[str, ...] = (),
    ) -> Iterator[Sighting]:
        """The sighting, unless the service's log delivers this kind anyway."""
        if kind in self.service.logged:
            return
        dated = at is not None and kind in self.service.dated
        by_day = kind == "completed" and self.service.by_day(task)
        yield Sighting(
            seen_at=self.sync,
            task=self.service.task_id(task.id),
            kind=kind,
            at=at if dated else self.changed,
            precision=("day" if by_day else "instant") if dated else "seen",
            before=before,
            after=after,
            fields=fields,
        )


def _difference(look: _Look, old: WorldTask | None, new: WorldTask) -> Iterator[Sighting]:
    if old is None:
        yield from look.seen(new, "created", at=new.created)
        if new.completed is not None:
            yield from look.seen(new, "completed", at=new.completed)
        return
    yield from _completion(look, old, new)
    for field, kind in KIND_OF_FIELD.items():
        before, after = text_of(old, field, look.service), text_of(new, field, look.service)
        advanced = field == "due" and new.occurrence != old.occurrence
        if before != after and not advanced:
            yield from look.seen(new, kind, before=before, after=after)
    fields = tuple(name for field, name in EDITED.items() if getattr(old, field) != getattr(new, field))
    if fields:
        yield from look.seen(new, "edited", fields=fields)


def _completion(look: _Look, old: WorldTask, new: WorldTask) -> Iterator[Sighting]:
    if old.completed == new.completed:
        return
    if new.completed is None:
        yield from look.seen(new, "reopened")
        return
    service = look.service
    if old.completed is not None:
        if "completed" not in service.dated:
            return
        if "reopened" not in service.logged:
            task = service.task_id(new.id)
            yield Sighting(seen_at=look.sync, task=task, kind="reopened", at=new.completed)
    yield from look.seen(new, "completed", at=new.completed)


def text_of(task: WorldTask, field: str, service: Service) -> str:
    """A field as an event's detail has it."""
    value = getattr(task, field)
    if field == "collection":
        return service.list_id(value)
    return "" if value is None else str(value)
