"""Reads one raw record of Microsoft To Do (its shape stands at the top of ``source.py``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Annotated
from urllib.parse import quote

import msgspec

from worklens.sources.base import UNFIT, Parsed, Reading, Unreadable, unreadable
from worklens.sources.microsoft_todo.html import text_of
from worklens.sources.microsoft_todo.midnights import day_of
from worklens.sources.microsoft_todo.recurrence import Recurrence, rule
from worklens.tasks import Collection, Moment, Removal, Task, after, day, micros

# Normal is what every task has unless told otherwise; RFC 5545 has 1 for the most urgent and 9 for the least.
PRIORITIES = {"high": 1, "low": 9}
LINK = "https://to-do.office.com/tasks/id/{}/details"  # opens a task in the browser

Time = Annotated[datetime, msgspec.Meta(tz=True)]


class Stamp(msgspec.Struct, rename="camel", gc=False):
    """A time without a zone, and the zone's name beside it."""

    date_time: str | None = None
    time_zone: str | None = None


class Body(msgspec.Struct, rename="camel", gc=False):
    """The notes, as text or HTML."""

    content: str | None = None
    content_type: str | None = None


class Step(msgspec.Struct, rename="camel", gc=False):
    """An item of a task's checklist, as the service has it. Its times are instants."""

    id: str
    display_name: str | None = None
    is_checked: bool | None = None
    created_date_time: Time | None = None
    checked_date_time: Time | None = None


class Resource(msgspec.Struct, rename="camel", gc=False):
    """What a task is linked to: a mail, a message, a page."""

    web_url: str | None = None


class Item(msgspec.Struct, rename="camel", gc=False):
    """A task, as the service has it."""

    id: str
    title: str | None = None
    body: Body | None = None
    status: str | None = None
    importance: str | None = None
    categories: list[str] | None = None
    created_date_time: Time | None = None
    last_modified_date_time: Time | None = None
    completed_date_time: Stamp | None = None
    due_date_time: Stamp | None = None
    recurrence: Recurrence | None = None
    checklist_items: list[Step] | None = None
    linked_resources: list[Resource] | None = None


class TaskList(msgspec.Struct, rename="camel", gc=False):
    """A list, as the service has it."""

    id: str
    display_name: str | None = None


class Record(msgspec.Struct, gc=False):
    """A raw record: a list; a task with the list it is in; or the id of a task that is gone."""

    list: TaskList | None = None
    task: Item | None = None
    list_id: str = ""
    removed: str | None = None


_decode = msgspec.json.Decoder(Record).decode


def read(record: bytes, reading: Reading) -> Sequence[Parsed]:
    """What a raw record holds: a task comes with its steps. Raises Unreadable, without quoting what people wrote."""
    try:
        return list(_read(_decode(record), reading))
    except UNFIT as error:
        raise unreadable(error) from None


def _read(record: Record, reading: Reading) -> Iterator[Parsed]:
    if record.task is not None:
        yield _task(record.task, record.list_id, reading)
        for step in record.task.checklist_items or ():
            yield _step(step, record.task.id, record.list_id, reading.feed)
    elif record.list is not None:
        title = record.list.display_name or ""
        yield Collection(account=reading.feed, collection=record.list.id, title=title)
    elif record.removed is not None:
        yield Removal(account=reading.feed, task=record.removed)
    else:
        raise Unreadable("wrong-shape", error="Object holds none of `task`, `list`, `removed`")


def _task(item: Item, collection: str, reading: Reading) -> Task:
    completed, closed = _ends(item)
    return Task(
        account=reading.feed,
        task=item.id,
        collection=collection,
        title=item.title or "",
        notes=_notes(item.body) if item.body else "",
        labels=tuple(sorted(set(item.categories or ()))),
        priority=PRIORITIES.get(item.importance or ""),
        created=_moment(item.created_date_time),
        due=_day(item.due_date_time, "dueDateTime", reading.home),
        completed=completed,
        closed=closed,
        recurrence=rule(item.recurrence) if item.recurrence else "",
        link=_link(item),
        updated=_moment(item.last_modified_date_time),
    )


def _step(step: Step, parent: str, collection: str, account: str) -> Task:
    """A step is named within its task: nobody says that its own id is used only once."""
    checked, created = _moment(step.checked_date_time), _moment(step.created_date_time)
    return Task(
        account=account,
        task=f"{parent}/{step.id}",
        collection=collection,
        parent=parent,
        title=step.display_name or "",
        created=created,
        completed=checked if step.is_checked else None,
        closed=after(created) if step.is_checked and checked is None else None,
    )


def _ends(item: Item) -> tuple[Moment | None, Moment | None]:
    """The day it was completed; or closed, known open last at its creation, where it is done but no day is given."""
    if item.status != "completed":
        return None, None
    completed = _day(item.completed_date_time, "completedDateTime", UTC)
    return completed, None if completed else after(_moment(item.created_date_time))


def _day(stamp: Stamp | None, field: str, home: tzinfo) -> Moment | None:
    """The day a time means; whatever the hour, the service cuts completions to UTC's midnight, not the person's."""
    if stamp is None or not stamp.date_time:
        return None
    try:
        return day(day_of(stamp.date_time, stamp.time_zone or "", home))
    except (ValueError, OverflowError):
        raise Unreadable("unreadable-date", field=field) from None


def _notes(body: Body) -> str:
    content = body.content or ""
    return text_of(content) if body.content_type == "html" else content


def _link(item: Item) -> str:
    """What the task is about, where it is linked to something; else the task itself."""
    urls: Iterable[str] = (found.web_url for found in item.linked_resources or () if found.web_url)
    return next(iter(urls), LINK.format(quote(item.id, safe="=")))


def _moment(when: datetime | None) -> Moment | None:
    return None if when is None else Moment(micros(when))
