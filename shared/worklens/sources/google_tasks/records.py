"""Reads one raw Google Tasks record (its shape stands at the top of ``source.py``) into a task, its removal or a list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from worklens.sources.base import UNFIT, Parsed, Reading, Unreadable, unreadable
from worklens.tasks import NO_TIME, Collection, Moment, Removal, Task, day, micros

COMPLETED = "completed"
DATE = len("2026-01-05")  # of a due time: the rest is always midnight in UTC and means nothing

Time = Annotated[datetime, msgspec.Meta(tz=True)]


class TaskRecord(msgspec.Struct, rename="camel", gc=False):
    """A task, as the service has it; a tombstone may hold no more than its id."""

    id: str
    title: str | None = None
    updated: Time | None = None
    parent: str | None = None
    notes: str | None = None
    status: str | None = None
    due: str | None = None
    completed: Time | None = None
    deleted: bool | None = None
    web_view_link: str | None = None

    @property
    def is_done(self) -> bool:
        """Completed; by its status, and by its time where no status is there."""
        return self.completed is not None if self.status is None else self.status == COMPLETED


class ListRecord(msgspec.Struct, gc=False):
    """A list, as the service has it."""

    id: str
    title: str | None = None


class Record(msgspec.Struct, gc=False):
    """A raw record: a list, or a task with the id of its list, which the service leaves out."""

    task: TaskRecord | None = None
    list_id: str = ""
    list: ListRecord | None = None


_decode = msgspec.json.Decoder(Record).decode


def read(record: bytes, reading: Reading) -> Parsed:
    """The task, removal or list of a raw record. Raises Unreadable, without quoting what people wrote."""
    try:
        raw = _decode(record)
        if raw.task is not None:
            return _task(raw.task, raw.list_id, reading.feed)
        if raw.list is not None:
            return Collection(account=reading.feed, collection=raw.list.id, title=raw.list.title or "")
    except UNFIT as error:
        raise unreadable(error) from None
    raise Unreadable("wrong-shape", error="Object holds none of `task`, `list`")


def _task(raw: TaskRecord, collection: str, account: str) -> Parsed:
    """The task; its removal, where it was deleted while open: then no more of it need be known than before."""
    updated = _moment(raw.updated)
    deleted = _by(updated) if raw.deleted else None
    if raw.deleted and not raw.is_done:
        return Removal(account=account, task=raw.id, at=deleted)
    return Task(
        account=account,
        task=raw.id,
        collection=collection,
        parent=raw.parent or "",
        title=raw.title or "",
        notes=raw.notes or "",
        due=_due(raw.due) if raw.due else None,
        completed=_moment(raw.completed) if raw.is_done else None,
        closed=NO_TIME if raw.is_done and raw.completed is None else None,
        deleted=(deleted or NO_TIME) if raw.deleted else None,
        link=raw.web_view_link or "",
        updated=updated,
    )


def _by(updated: Moment | None) -> Moment | None:
    """By its last change it was deleted: the service says no more."""
    return Moment(updated.micros, "seen") if updated else None


def _due(text: str) -> Moment:
    """The date as it is written, whatever the zone: its time is midnight in UTC by decree."""
    try:
        return day(text[:DATE])
    except (ValueError, OverflowError):
        raise Unreadable("unreadable-date", field="due") from None


def _moment(when: datetime | None) -> Moment | None:
    return None if when is None else Moment(micros(when))
