"""Reads one raw record of TickTick or Dida365 (its shape stands at the top of ``source.py``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo

import msgspec

from worklens.sources.base import UNFIT, Parsed, Reading, Unreadable, unreadable
from worklens.sources.spans import LONGEST
from worklens.tasks import Collection, Moment, Removal, Task, after, day, instant

# The service counts 5 (high), 3, 1 and 0 (none). RFC 5545 has 1, 5 and 9 for those who know three levels.
PRIORITIES = {5: 1, 3: 5, 1: 9}
OPEN, DONE, ABANDONED = 0, 2, -1  # of a task
CHECKED = 1  # of an item of its checklist, where done is another number
NOTE = "NOTE"  # the kind of what is no task
LINKS = {
    "ticktick": "https://ticktick.com/webapp/#q/all/tasks/{}",
    "dida365": "https://dida365.com/webapp/#q/all/tasks/{}",
}


class Item(msgspec.Struct, rename="camel", gc=False):
    """An item of a task's checklist, as the service has it."""

    id: str
    title: str | None = None
    status: int | None = None
    completed_time: str | None = None
    start_date: str | None = None
    is_all_day: bool | None = None
    time_zone: str | None = None


class Focus(msgspec.Struct, rename="camel", gc=False):
    """Seconds of work on a task that the service's timers took down."""

    pomo_duration: int | None = None
    stopwatch_duration: int | None = None
    estimated_duration: int | None = None


class Raw(msgspec.Struct, rename="camel", gc=False):
    """A task, as the service has it."""

    id: str
    project_id: str | None = None
    parent_id: str | None = None
    title: str | None = None
    content: str | None = None
    desc: str | None = None
    kind: str | None = None
    status: int | None = None
    priority: int | None = None
    tags: list[str] | None = None
    is_all_day: bool | None = None
    start_date: str | None = None
    due_date: str | None = None
    time_zone: str | None = None
    created_time: str | None = None
    modified_time: str | None = None
    completed_time: str | None = None
    repeat_flag: str | None = None
    assignee_username: str | None = None
    items: list[Item] | None = None
    focus_summaries: list[Focus] | None = None


class Project(msgspec.Struct, gc=False):
    """A list, as the service has it."""

    id: str
    name: str | None = None


class Record(msgspec.Struct, gc=False):
    """A raw record: a list, the id of the inbox, a task, or the id of a task that is gone."""

    project: Project | None = None
    inbox: str | None = None
    task: Raw | None = None
    removed: str | None = None


_decode = msgspec.json.Decoder(Record).decode


def read(record: bytes, reading: Reading, service: str) -> Sequence[Parsed]:
    """What a raw record holds: a task comes with its items. Raises Unreadable, without quoting what people wrote."""
    try:
        return list(_read(_decode(record), reading, service))
    except UNFIT as error:
        raise unreadable(error) from None


def _read(record: Record, reading: Reading, service: str) -> Iterator[Parsed]:
    account = reading.feed
    if record.task is not None:
        yield from _task(record.task, reading, service)
    elif record.project is not None:
        yield Collection(account=account, collection=record.project.id, title=record.project.name or "")
    elif record.inbox is not None:
        yield Collection(account=account, collection=record.inbox, title="Inbox")
    elif record.removed is not None:
        yield Removal(account=account, task=record.removed)
    else:
        raise Unreadable("wrong-shape", error="Object holds none of `task`, `project`, `inbox`, `removed`")


def _task(raw: Raw, reading: Reading, service: str) -> Iterator[Parsed]:
    """The task with its items; or its removal, where it was made a note."""
    if raw.kind == NOTE:
        yield Removal(account=reading.feed, task=raw.id)
        return
    completed, closed = _ends(raw)
    yield Task(
        account=reading.feed,
        task=raw.id,
        collection=raw.project_id or "",
        parent=raw.parent_id or "",
        title=raw.title or "",
        notes="\n".join(text for text in (raw.content, raw.desc) if text),
        labels=tuple(sorted(set(raw.tags or ()))),
        priority=PRIORITIES.get(raw.priority or 0),
        created=_instant(raw.created_time, "createdTime"),
        due=_due(raw.due_date or raw.start_date, raw.is_all_day, raw.time_zone, reading.home),
        completed=completed,
        closed=closed,
        recurrence=(raw.repeat_flag or "").removeprefix("RRULE:"),
        estimate_seconds=_seconds(raw, "estimated_duration"),
        spent_seconds=_seconds(raw, "pomo_duration", "stopwatch_duration"),
        assignee=raw.assignee_username or "",
        link=LINKS[service].format(raw.id),
        updated=_instant(raw.modified_time, "modifiedTime"),
    )
    for item in raw.items or ():
        yield _item(item, raw, reading)


def _item(item: Item, task: Raw, reading: Reading) -> Task:
    """An item is named within its task. When it was made nobody says."""
    checked = item.status == CHECKED
    completed = _instant(item.completed_time, "completedTime") if checked else None
    return Task(
        account=reading.feed,
        task=f"{task.id}/{item.id}",
        collection=task.project_id or "",
        parent=task.id,
        title=item.title or "",
        due=_due(item.start_date, item.is_all_day, item.time_zone or task.time_zone, reading.home),
        completed=completed,
        closed=after(None) if checked and completed is None else None,
    )


def _ends(raw: Raw) -> tuple[Moment | None, Moment | None]:
    """When it was completed; or closed, where it was given up or nobody says when it was done."""
    if raw.status not in {DONE, ABANDONED}:
        return None, None
    ended = _instant(raw.completed_time, "completedTime")
    if raw.status == DONE and ended is not None:
        return ended, None
    return None, ended or after(_instant(raw.created_time, "createdTime"))


def _due(text: str | None, is_all_day: bool | None, zone: str | None, home: tzinfo) -> Moment | None:
    """A day, read where it was set and then cut; or an instant with its zone."""
    moment = _instant(text, "dueDate")
    if moment is None or not text:
        return None
    if is_all_day:
        return day(moment.datetime.astimezone(_zone(zone) or home).date())
    return msgspec.structs.replace(moment, zone=zone) if _zone(zone) else moment


def _zone(name: str | None) -> tzinfo | None:
    """The zone of this name; None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (LookupError, ValueError, OSError):
        return None


def _seconds(raw: Raw, *fields: str) -> int | None:
    """The sum over all people who work on it; None where nothing was taken down."""
    sums = sum(getattr(focus, field) or 0 for focus in raw.focus_summaries or () for field in fields)
    if not 0 <= sums <= LONGEST:
        raise ValueError("not a span of time")
    return sums or None


def _instant(text: str | None, field: str) -> Moment | None:
    """A time with an offset, which comes without a colon."""
    if not text:
        return None
    try:
        return instant(text)
    except (ValueError, OverflowError):
        raise Unreadable("unreadable-date", field=field) from None
