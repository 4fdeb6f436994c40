"""Reads one raw Todoist record (its shape stands at the top of ``todoist.py``) into tasks, removals and projects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Annotated

import msgspec

from worklens.sources.base import UNFIT, Parsed, Reading, Unreadable, unreadable
from worklens.sources.dates import read_iso
from worklens.sources.spans import LONGEST
from worklens.tasks import Collection, Moment, Removal, Task, after, instant, micros

# The service counts 4 (p1, urgent) to 1 (p4, none). RFC 5545 has 1, 5 and 9 for those who know three levels.
PRIORITIES = {4: 1, 3: 5, 2: 9}
HEADER = "* "  # what begins so is a heading among the tasks and can't be completed
LINK = "https://app.todoist.com/app/task/"
LAST_SECOND = "T23:59:59"  # how the log writes the due time of an occurrence that was due on a day

Id = str | int
Time = Annotated[datetime, msgspec.Meta(tz=True)]
Flag = bool | int | None  # older versions of the API sent 0 and 1


class Due(msgspec.Struct, gc=False):
    """When a task is due: ``date`` is a day, a floating time, or an instant ending in Z."""

    date: str | None = None
    timezone: str | None = None
    string: str | None = None
    is_recurring: Flag = None


class Deadline(msgspec.Struct, gc=False):
    """The day a task must be done by."""

    date: str | None = None


class Duration(msgspec.Struct, gc=False):
    """How long a task is planned to take."""

    amount: int | float | None = None
    unit: str | None = None


class Item(msgspec.Struct, gc=False):
    """A task, as the service has it; a tombstone may hold no more than its id."""

    id: Id
    project_id: Id | None = None
    parent_id: Id | None = None
    content: str | None = None
    description: str | None = None
    priority: int | None = None
    due: Due | None = None
    deadline: Deadline | None = None
    duration: Duration | None = None
    labels: list[str] | None = None
    checked: Flag = None
    is_deleted: Flag = None
    added_at: Time | None = None
    completed_at: Time | None = None
    updated_at: Time | None = None
    responsible_uid: Id | None = None

    @property
    def is_done(self) -> bool:
        """Completed, whatever is said of deletion: of an archived task the service once said both."""
        return bool(self.checked) or self.completed_at is not None


class Project(msgspec.Struct, gc=False):
    """A project, as the service has it."""

    id: Id
    name: str | None = None
    parent_id: Id | None = None
    is_deleted: Flag = None
    is_archived: Flag = None


class EventData(msgspec.Struct, gc=False):
    """What the log tells of a completed task. Events of older years lack all but the content."""

    content: str | None = None
    labels: list[str] | None = None
    is_recurring: Flag = None
    completed_due_date: str | None = None
    completed_due_date_local: str | None = None


class Event(msgspec.Struct, gc=False):
    """An entry of the activity log. Ids are beyond every number's precision and are never read."""

    event_date: Time
    event_type: str
    object_type: str
    object_id: Id
    parent_project_id: Id | None = None
    parent_item_id: Id | None = None
    extra_data: EventData | None = None


class Occurrence(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Which occurrence of its task a record tells of, as ``series`` found out. Instants are ISO texts.

    ``key`` is when the occurrence before it was completed, "" for the first. ``unborn``: that this first one began
    with the task is not known. ``completed`` and ``deleted`` say when, where the item itself doesn't. ``due`` and
    ``zone`` are its due date, where the service has moved the item's on.
    """

    key: str = ""
    unborn: bool = False
    completed: str = ""
    deleted: str = ""
    due: str | None = None
    zone: str | None = None


class Record(msgspec.Struct, gc=False):
    """A raw record: a project, or an item or a log entry with the occurrence it tells of."""

    item: Item | None = None
    event: Event | None = None
    project: Project | None = None
    occurrence: Occurrence = Occurrence()


_decode = msgspec.json.Decoder(Record).decode


def read(record: bytes, reading: Reading) -> Iterable[Parsed]:
    """What a raw record holds. Raises Unreadable, without quoting what people wrote."""
    try:
        return _read(_decode(record), reading)
    except UNFIT as error:
        raise unreadable(error) from None


def _read(record: Record, reading: Reading) -> Iterable[Parsed]:
    if record.item is not None:
        return (_item(record.item, record.occurrence, reading),)
    if record.event is not None:
        return (_completion(record.event, record.occurrence, reading),)
    if record.project is not None:
        return (_project(record.project, reading.feed),)
    raise Unreadable("wrong-shape", error="Object holds none of `item`, `event`, `project`")


def _item(item: Item, which: Occurrence, reading: Reading) -> Parsed:
    """The task; or its removal, where it is deleted and was not completed, or is a heading and no task."""
    deleted = instant(which.deleted) if which.deleted else None
    done = item.is_done or which.completed
    if (item.is_deleted and not done) or (item.content or "").startswith(HEADER):
        return Removal(account=reading.feed, task=str(item.id), occurrence=which.key, at=deleted)
    completed, closed = _ends(item, which)
    return Task(
        account=reading.feed,
        task=str(item.id),
        occurrence=which.key,
        collection=_text(item.project_id),
        parent=_text(item.parent_id),
        title=item.content or "",
        notes=item.description or "",
        labels=_labels(item.labels),
        priority=PRIORITIES.get(item.priority or 1),
        created=_began(which, item.added_at),
        due=_due(item, which, reading.home),
        completed=completed,
        closed=closed,
        deleted=deleted,
        recurrence=_recurrence(item.due) if item.due else "",
        estimate_seconds=_seconds(item.duration) if item.duration else None,
        assignee=_text(item.responsible_uid),
        link=f"{LINK}{item.id}",
        updated=completed if which.completed else _moment(item.updated_at),
    )


def _completion(event: Event, which: Occurrence, reading: Reading) -> Task:
    """A completed occurrence of a task of which no more is left than the log."""
    data = event.extra_data or EventData()
    completed = Moment(micros(event.event_date))
    return Task(
        account=reading.feed,
        task=str(event.object_id),
        occurrence=which.key,
        collection=_text(event.parent_project_id),
        parent=_text(event.parent_item_id),
        title=data.content or "",
        labels=_labels(data.labels),
        created=_began(which, None),
        due=_read_due(which.due, which.zone, reading.home) if which.due else None,
        completed=completed,
        link=f"{LINK}{event.object_id}",
        updated=completed,
    )


def _project(project: Project, account: str) -> Collection:
    return Collection(
        account=account,
        collection=str(project.id),
        title=project.name or "",
        parent=_text(project.parent_id),
        deleted=bool(project.is_deleted),
    )


def _ends(item: Item, which: Occurrence) -> tuple[Moment | None, Moment | None]:
    """When it was completed; or closed, known open last at its creation, where it is done but nobody says since when."""
    if which.completed:
        return instant(which.completed), None
    if item.completed_at or not item.checked:
        return _moment(item.completed_at), None
    return None, after(_moment(item.added_at))


def _began(which: Occurrence, added: datetime | None) -> Moment | None:
    if which.key:
        return instant(which.key)
    return None if which.unborn else _moment(added)


def _due(item: Item, which: Occurrence, home: tzinfo) -> Moment | None:
    """The due date, or where there is none the deadline. Of a completed occurrence the item has only the next one's."""
    if which.completed or which.due:
        return _read_due(which.due, which.zone, home) if which.due else None
    if item.due and item.due.date:
        return _read_due(item.due.date, item.due.timezone, home)
    return _read_due(item.deadline.date, None, home) if item.deadline and item.deadline.date else None


def _read_due(date: str, zone: str | None, home: tzinfo) -> Moment:
    """A day, a floating time (read where the person lives), or an instant with the zone it is fixed to."""
    try:
        moment = read_iso(date, home)
    except (ValueError, OverflowError):
        raise Unreadable("unreadable-date", field="due") from None
    is_fixed = zone and moment.precision == "instant" and date.endswith("Z")
    return msgspec.structs.replace(moment, zone=zone) if is_fixed else moment


def _recurrence(due: Due) -> str:
    """The person's own phrase; the service has no rule to give."""
    return (due.string or "repeating") if due.is_recurring else ""


def _seconds(duration: Duration) -> int | None:
    """Minutes are work; a duration in days is a span on the calendar, and how much work it holds nobody says."""
    if duration.unit != "minute" or not duration.amount:
        return None
    if not 0 < duration.amount * 60 <= LONGEST:
        raise ValueError("not a span of time")
    return round(duration.amount * 60)


def _labels(labels: list[str] | None) -> tuple[str, ...]:
    """In one order, for theirs means nothing."""
    return tuple(sorted(set(labels))) if labels else ()


def _moment(when: datetime | None) -> Moment | None:
    return None if when is None else Moment(micros(when))


def _text(value: Id | None) -> str:
    return "" if value is None else str(value)
