"""Reads one raw Taskwarrior record, a task as ``task export`` writes it or word that one was purged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import chain

import msgspec

from worklens.sources.base import UNFIT, Json, Parsed, Reading, Unreadable, unreadable
from worklens.tasks import Moment, Removal, Task, after, day, micros

PRIORITIES = {"H": 1, "M": 5, "L": 9}  # others are a person's own, of which nobody knows the order
SECONDS = {"D": 86_400, "H": 3_600, "M": 60, "S": 1}
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_EVERY = re.compile(r"p?(\d+) ?([a-z]+)")

# How Taskwarrior calls a stretch of time, as a rule and how many of its units.
UNITS = {
    **dict.fromkeys(("d", "day", "days"), ("DAILY", 1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), ("WEEKLY", 1)),
    **dict.fromkeys(("m", "mo", "mos", "mth", "mths", "mnth", "mnths", "month", "months"), ("MONTHLY", 1)),
    **dict.fromkeys(("q", "qtr", "qtrs", "qrtr", "qrtrs", "quarter", "quarters"), ("MONTHLY", 3)),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), ("YEARLY", 1)),
}
NAMES = {
    "daily": ("DAILY", 1),
    "weekly": ("WEEKLY", 1),
    "sennight": ("WEEKLY", 1),
    "biweekly": ("WEEKLY", 2),
    "fortnight": ("WEEKLY", 2),
    "monthly": ("MONTHLY", 1),
    "bimonthly": ("MONTHLY", 2),
    "quarterly": ("MONTHLY", 3),
    "semiannual": ("MONTHLY", 6),
    "annual": ("YEARLY", 1),
    "yearly": ("YEARLY", 1),
    "biannual": ("YEARLY", 2),
    "biyearly": ("YEARLY", 2),
}
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


class Annotation(msgspec.Struct, gc=False):
    """A note with its time."""

    description: str = ""
    entry: str = ""


class Record(msgspec.Struct, gc=False):
    """A task as exported. A person's own fields ("UDAs") may be of any type, among them priority and estimate."""

    uuid: str = ""
    status: str = "pending"
    description: str = ""
    entry: str | None = None
    modified: str | None = None
    start: str | None = None
    end: str | None = None
    due: str | None = None
    project: str = ""
    priority: Json = None
    tags: Sequence[str] = ()
    annotations: Sequence[Annotation] = ()
    recur: str = ""
    parent: str = ""
    mask: str | None = None
    estimate: Json = None
    totalactivetime: Json = None
    purged: str = ""


_decode = msgspec.json.Decoder(Record).decode


def read(record: bytes, reading: Reading) -> Parsed:
    """The task of a raw record; of a template of recurring tasks and of a purged task, that there is none.

    Raises Unreadable, without quoting what people wrote.
    """
    try:
        raw = _decode(record)
        if not (raw.purged or raw.uuid):
            raise Unreadable("wrong-shape", error="it has no uuid")
        if raw.purged or is_template(raw):
            return Removal(account=reading.feed, task=raw.purged or raw.uuid)
        return _task(raw, record, reading)
    except UNFIT as error:
        raise unreadable(error) from None


def is_template(raw: Record) -> bool:
    """Whether it only makes tasks and is none; one that was deleted is told by its mask."""
    return raw.status == "recurring" or (raw.mask is not None and not raw.parent)


def _task(raw: Record, record: bytes, reading: Reading) -> Task:
    ended = _moment(raw.end)
    created, updated = _moment(raw.entry), _moment(raw.modified)
    completed = ended if raw.status == "completed" else None
    return Task(
        account=reading.feed,
        task=raw.uuid,
        collection=raw.project,
        title=raw.description,
        notes="\n".join(note.description for note in sorted(raw.annotations, key=lambda note: note.entry)),
        labels=tuple(sorted(raw.tags)),
        priority=PRIORITIES.get(raw.priority) if isinstance(raw.priority, str) else None,
        created=created,
        started=_moment(raw.start),
        due=_due(raw.due, reading) if raw.due else None,
        completed=completed,
        closed=after(updated or created) if raw.status == "completed" and not completed else None,
        deleted=(ended or Moment(reading.seen_at, "seen")) if raw.status == "deleted" else None,
        recurrence=rule(raw.recur) if raw.recur else "",
        estimate_seconds=seconds(raw.estimate),
        spent_seconds=seconds(raw.totalactivetime),
        link=_link(bytes(record)),
        updated=updated,
    )


def _moment(text: str | None) -> Moment | None:
    return Moment(micros(_when(text))) if text else None


def _when(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _due(text: str, reading: Reading) -> Moment:
    """An instant; midnight where the person lives is how Taskwarrior writes a date."""
    when = _when(text)
    at_home = when.astimezone(reading.home)
    return day(at_home.date()) if at_home.time() == time() else Moment(micros(when))


def rule(phrase: str) -> str:
    """A repetition as an RRULE, or in Taskwarrior's own words where it is none we know."""
    name = phrase.strip().lower()
    if name == "weekdays":
        return WEEKDAYS
    every = _EVERY.fullmatch(name)
    times, unit = (int(every[1]), every[2]) if every else (1, name)
    known = UNITS.get(unit) or (None if every else NAMES.get(unit))
    if known is None or not times:
        return phrase
    interval = times * known[1]
    return f"FREQ={known[0]}" + (f";INTERVAL={interval}" if interval > 1 else "")


def seconds(duration: Json) -> int | None:
    """Whole seconds of a duration (``PT1H30M``); None of what is none, for a bare number doesn't say of what."""
    parts = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if parts is None or not any(parts.groups()):
        return None
    return sum(int(count) * unit for count, unit in zip(parts.groups("0"), SECONDS.values(), strict=True))


def _link(record: bytes) -> str:
    """The first address among the fields that are called one, as issue importers write it (``githuburl``)."""
    if b'url"' not in record:
        return ""
    fields: dict[str, Json] = msgspec.json.decode(record)
    named = ([value] for name, value in sorted(fields.items()) if name.endswith("url"))
    links = (value for value in chain(*named) if isinstance(value, str))
    return next((link for link in links if link.startswith(("https://", "http://"))), "")
