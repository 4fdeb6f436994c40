"""Reads one raw record of todo.txt: a line with the id it was given, or word that a task is gone.

``{"id", "line"}``; with ``priority`` and ``created`` where the line has lost what it had; ``{"gone": id}``.
"""

from __future__ import annotations

import re

import msgspec

from worklens.sources.base import UNFIT, Parsed, Reading, Unreadable, unreadable
from worklens.sources.todotxt.lines import Line
from worklens.tasks import Moment, Removal, Task, after, day

LEAST = 9  # of RFC 5545's scale; what comes after I is no more urgent than that
UNITS = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}
_EVERY = re.compile(r"\+?(\d+)([dwmyb])")
WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


class Record(msgspec.Struct, omit_defaults=True, gc=False):
    """A raw record."""

    id: str = ""
    line: str = ""
    priority: str = ""
    created: str = ""
    gone: str = ""


_decode = msgspec.json.Decoder(Record).decode


def read(record: bytes, reading: Reading) -> Parsed:
    """The task of a raw record, or that it is gone. Raises Unreadable."""
    try:
        raw = _decode(record)
        if raw.gone:
            return Removal(account=reading.feed, task=raw.gone)
        return _task(raw, Line(raw.line), reading.feed)
    except UNFIT as error:
        raise unreadable(error) from None


def _task(raw: Record, line: Line, account: str) -> Task:
    if not raw.id:
        raise Unreadable("wrong-shape", error="it has no id")
    created = _day(line.created or raw.created)
    priority = line.priority or raw.priority
    completed = _day(line.completed)
    return Task(
        account=account,
        task=raw.id,
        collection=line.projects[0] if line.projects else "",
        title=line.title,
        labels=(*line.contexts, *(f"+{name}" for name in line.projects[1:])),
        priority=min(ord(priority) - ord("A") + 1, LEAST) if priority else None,
        created=created,
        due=_day(line.due),
        completed=completed,
        closed=after(created) if line.done and not completed else None,
        recurrence=rule(line.keys.get("rec", "")),
    )


def _day(text: str) -> Moment | None:
    return day(text) if text else None


def rule(phrase: str) -> str:
    """A repetition (``1w``, strict ``+1w``, working days ``1b``) as an RRULE, or as it is written."""
    every = _EVERY.fullmatch(phrase)
    if every is None or not int(every[1]):
        return phrase
    if every[2] == "b":
        return WORKDAYS if int(every[1]) == 1 else phrase
    return f"FREQ={UNITS[every[2]]}" + (f";INTERVAL={int(every[1])}" if int(every[1]) > 1 else "")
