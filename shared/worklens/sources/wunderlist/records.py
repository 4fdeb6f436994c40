"""Reads one raw Wunderlist record (its shape stands at the top of ``wunderlist.py``) into a task or a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

from worklens.sources.base import UNFIT, Parsed, Reading, Unreadable, unreadable
from worklens.tasks import DAY, Collection, Moment, Task, after, day, instant, micros

STARRED = 1  # RFC 5545's most urgent: a star is the only priority there is
FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}

# What the service sends. Ids are integers of any size, or text in the oldest files, and never pass through a float.
# Fields that are not set are absent (API), false or null (files).
Id = int | str
Time = Annotated[datetime, msgspec.Meta(tz=True)]


class ListRecord(msgspec.Struct, gc=False):
    """A list, as the service has it."""

    id: Id
    title: str | None = None


class NoteRecord(msgspec.Struct, gc=False):
    """A note; a task has at most one in the app, but the API doesn't promise it."""

    content: str | None = None


class TaskRecord(msgspec.Struct, gc=False):
    """A task, as the service has it."""

    id: Id
    list_id: Id | None = None
    title: str | None = None
    created_at: Time | None = None
    completed: bool | None = None
    completed_at: Time | None = None
    due_date: str | None = None
    starred: bool | None = None
    recurrence_type: str | None = None
    recurrence_count: int | None = None
    assignee_id: Id | None = None


class SubtaskRecord(msgspec.Struct, gc=False):
    """A subtask, as the service has it."""

    id: Id
    task_id: Id
    title: str | None = None
    created_at: Time | None = None
    completed: bool | None = None
    completed_at: Time | None = None


class Record(msgspec.Struct, gc=False):
    """A raw record: a list, a task with its notes, or a subtask with the list it is in."""

    task: TaskRecord | None = None
    subtask: SubtaskRecord | None = None
    list: ListRecord | None = None
    notes: Sequence[NoteRecord | None] | None = None
    list_id: Id | None = None


_decode = msgspec.json.Decoder(Record).decode


def read(record: bytes, reading: Reading) -> Parsed:
    """The task, subtask or list of a raw record. Raises Unreadable, without quoting what people wrote."""
    try:
        raw = _decode(record)
        if raw.task is not None:
            return _task(raw.task, raw.notes, reading.feed)
        if raw.subtask is not None:
            return _subtask(raw.subtask, raw.list_id, reading.feed)
        if raw.list is not None:
            return Collection(account=reading.feed, collection=str(raw.list.id), title=raw.list.title or "")
    except UNFIT as error:
        raise unreadable(error) from None
    raise Unreadable("wrong-shape", error="Object holds none of `task`, `subtask`, `list`")


def _task(raw: TaskRecord, notes: Sequence[NoteRecord | None] | None, account: str) -> Task:
    completed, closed = _ends(raw)
    return Task(
        account=account,
        task=str(raw.id),
        collection=_text(raw.list_id),
        title=raw.title or "",
        notes=_notes(notes) if notes else "",
        priority=STARRED if raw.starred else None,
        created=Moment(micros(raw.created_at)) if raw.created_at else None,
        due=_due(raw.due_date) if raw.due_date else None,
        completed=completed,
        closed=closed,
        recurrence=_recurrence(raw.recurrence_type, raw.recurrence_count) if raw.recurrence_type else "",
        assignee=_text(raw.assignee_id),
    )


def _subtask(raw: SubtaskRecord, collection: Id | None, account: str) -> Task:
    completed, closed = _ends(raw)
    return Task(
        account=account,
        task=f"subtask-{raw.id}",
        collection=_text(collection),
        parent=str(raw.task_id),
        title=raw.title or "",
        created=Moment(micros(raw.created_at)) if raw.created_at else None,
        completed=completed,
        closed=closed,
    )


def _ends(raw: TaskRecord | SubtaskRecord) -> tuple[Moment | None, Moment | None]:
    """When it was completed; or closed, known open last at its creation, where it is done but nobody says since when.

    The API leaves ``completed`` out of completed tasks and gives their time alone.
    """
    if raw.completed is False or not (raw.completed or raw.completed_at):
        return None, None
    if raw.completed_at:
        return Moment(micros(raw.completed_at)), None
    return None, after(Moment(micros(raw.created_at)) if raw.created_at else None)


def _due(text: str) -> Moment:
    """A date. The last exports write its midnight in UTC, which is that date too; another time is kept as it is."""
    if len(text) == len("2017-01-16"):
        return day(text)
    moment = instant(text)
    return Moment(moment.micros, "day") if moment.micros % DAY == 0 else moment


def _recurrence(unit: str, count: int | None) -> str:
    """An RRULE, or the service's own words where the unit is none we know."""
    if unit not in FREQUENCIES:
        return f"{count or 1} {unit}"
    interval = f";INTERVAL={count}" if count and count > 1 else ""
    return f"FREQ={FREQUENCIES[unit]}{interval}"


def _notes(notes: Sequence[NoteRecord | None]) -> str:
    """All notes, one below the other; some clients wrote a line's end as a backslash and an n."""
    texts = (note.content for note in notes if note and note.content)
    return "\n".join(texts).replace("\\n", "\n")


def _text(value: Id | None) -> str:
    return "" if value is None else str(value)
