"""What happened between two states of a task, as events: pure, so that the same run settles the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from worklens.tasks import NO_TIME, Moment, Task, state_hash

# A change of one of these is "edited", with the field's name; the others have kinds of their own.
EDITED = (
    "notes", "labels", "parent", "recurrence", "estimate_seconds", "spent_seconds", "assignee", "link", "created",
)  # fmt: skip

EventRow = tuple[str, str, str, str, str, int, str, int, str | None, str, str | None]
"""An event in the order of ``warehouse.rows.EVENT_COLUMNS``."""


class Fact(NamedTuple):
    """An event before it has its keys."""

    kind: str
    at: Moment
    detail: Mapping[str, Any] | None = None


def state_key(run: int, hashed: str) -> str:
    """The key of a task state: its run, and its hash, which account, task and occurrence are a part of."""
    return f"{run}-{hashed}"


def event_id(kind: str, before: str | None, after: str) -> str:
    """The same each time it is found: an event is told by its kind and the two states it lies between."""
    return f"{kind}:{before or ''}:{after}"


def event_row(
    whose: tuple[str, str, str], fact: Fact, seen_at: int, before: str | None, after: str
) -> EventRow:
    """The event, with the keys of the states it lies between."""
    detail = msgspec.json.encode(fact.detail).decode() if fact.detail else None
    at, precision = fact.at.micros, fact.at.precision
    key = event_id(fact.kind, before, after)
    return (key, *whose, fact.kind, at, precision, seen_at, before, after, detail)


def changes(before: Task, after: Task, seen_at: int) -> Iterator[Fact]:
    """The facts between two consecutive states of one task.

    Times that the states themselves give are taken from them; of every other change it is known only that it
    happened by the time it was seen (or by the source's own time of the last update, if that is earlier).
    """
    noticed = _noticed(after, seen_at)
    if before.deleted and not after.deleted:
        yield Fact("restored", noticed)
    yield from _fields(before, after, noticed)
    yield from _progress(before, after, noticed)
    if after.deleted and not before.deleted:
        yield Fact("deleted", _known(after.deleted, noticed))


def _noticed(after: Task, seen_at: int) -> Moment:
    updated = after.updated.micros if after.updated else seen_at
    return Moment(min(updated, seen_at), "seen")


def _fields(before: Task, after: Task, noticed: Moment) -> Iterator[Fact]:
    if before.title != after.title:
        yield Fact("renamed", noticed)
    if before.collection != after.collection:
        yield Fact("moved", noticed, _from_to(before.collection, after.collection))
    if before.priority != after.priority:
        yield Fact("reprioritized", noticed, _from_to(before.priority, after.priority))
    due = _text(before.due), _text(after.due)
    if due[0] != due[1]:  # the same instant named in another zone is no other time
        yield Fact("rescheduled", noticed, _from_to(*due))
    edited = [name for name in EDITED if getattr(before, name) != getattr(after, name)]
    if edited:
        yield Fact("edited", noticed, {"fields": edited})


def _progress(before: Task, after: Task, noticed: Moment) -> Iterator[Fact]:
    if after.started and before.started != after.started:
        yield Fact("started", after.started)
    if after.reviewed and before.reviewed != after.reviewed:
        yield Fact("reviewed", after.reviewed)
    over_before, over_after = _over(before), _over(after)
    if over_before == over_after:
        return
    if over_before:  # opened again; perhaps done again since, and then some time before that
        yield Fact("reopened", Moment(over_after[1].micros, "seen") if over_after else noticed)
    if over_after:
        kind, at = over_after
        yield Fact(kind, _known(at, noticed))


def _known(at: Moment, noticed: Moment) -> Moment:
    """When an end was: of one that has no time at all it is known that it came before it was noticed."""
    return noticed if at == NO_TIME else at


def _over(task: Task) -> tuple[str, Moment] | None:
    """How and when it ended, where it ended by being done or closed."""
    if task.completed:
        return "completed", task.completed
    return ("closed", task.closed) if task.closed else None


def _from_to(before: object, after: object) -> dict[str, object]:
    return {"from": before, "to": after}


def _text(moment: Moment | None) -> str | None:
    return str(moment) if moment else None


class Seen(NamedTuple):
    """A task's state with the run and the instant it was seen in."""

    task: Task
    run: int
    seen_at: int

    @property
    def key(self) -> tuple[str, str, str]:
        """Whose task it is."""
        return (self.task.account, self.task.task, self.task.occurrence)

    @property
    def state(self) -> str:
        """The state's key."""
        return state_key(self.run, state_hash(self.task))


def pair_events(before: Seen, after: Seen) -> list[EventRow]:
    """The events between two states of one task that was known before."""
    facts = changes(before.task, after.task, after.seen_at)
    return [event_row(after.key, fact, after.seen_at, before.state, after.state) for fact in facts]
