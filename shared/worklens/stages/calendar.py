"""The person's working calendar: a feed's setting, and the mask of working days that the forecasts are given.

Public holidays are looked up when the setting is made and kept in it as days, so that no function needs a library of them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, Any

import msgspec
import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.calendar import learnt_off, learnt_week, working_days
from worklens.analysis.days import date_of, day_number
from worklens.ports import Feed

log = logging.getLogger(__name__)

EVERY = tuple(range(7))
ROUND_THE_CLOCK = (0, 24)
LONGEST = 3 * 366  # days of one span: what is longer is a slip of the pen, or another way of living

_Weekday = Annotated[int, msgspec.Meta(ge=0, le=6)]
_Hour = Annotated[int, msgspec.Meta(ge=0, le=24)]
Spans = tuple[str, ...]
"""Days as ISO 8601 text: ``2026-12-24``, or ``2026-12-24..2027-01-02`` with both ends in it."""


class Calendar(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A feed's setting ``calendar``. With nothing in it every day is a working day.

    What was given last for a single day wins: ``on`` before ``off``, these before the holidays, and those before the week.
    """

    week: tuple[_Weekday, ...] = EVERY  # 0 is Monday
    hours: tuple[_Hour, _Hour] = ROUND_THE_CLOCK  # when a working day begins and ends
    off: Spans = ()  # days off
    on: Spans = ()  # days that are worked although they would be free
    country: str = ""  # whose public holidays are free: ISO 3166
    region: str = ""  # of the country
    holidays: Spans = ()
    shifted: Spans = ()  # days that the country's order makes working days, for others that it makes free
    until: str = ""  # the last day for which its holidays were looked up
    learn: bool = False  # take free weekdays and past days off from what was done


def calendar_for(feed: Feed) -> Calendar:
    """The feed's calendar; where the setting can't be read, the empty one."""
    try:
        return msgspec.convert(feed.settings.get("calendar", {}), Calendar)
    except msgspec.ValidationError as error:
        log.warning("calendar-unreadable", extra={"fields": {"feed": feed.name, "problem": str(error)}})
        return Calendar()


def with_calendar(feed: Feed, calendar: Calendar) -> Feed:
    """The feed with this calendar, kept only where it says something. Raises msgspec.ValidationError."""
    setting: dict[str, Any] = msgspec.to_builtins(calendar)
    msgspec.convert(setting, Calendar)
    others = {key: one for key, one in feed.settings.items() if key != "calendar"}
    return msgspec.structs.replace(feed, settings=others | ({"calendar": setting} if setting else {}))


def calendar_of(feed: Feed, first_day: int, days: int, done: Ints | None = None) -> Bools | None:
    """Which of the `days` days from day `first_day` on are worked: (days,); None where every one is.

    `done` are the counts of the first of these days, all that had happened by the forecast's origin, for calendars that
    learn: the weekdays learnt hold for all days, days off learnt are past ones only, since no one can know of the next.
    """
    calendar = calendar_for(feed)
    if calendar.learn and done is not None and done.size:
        week, off = learnt(calendar, first_day, done)
        mask = mask_of(calendar, first_day, days, week)
        mask[off[off < first_day + days] - first_day] = False
    else:
        mask = mask_of(calendar, first_day, days)
    return None if mask.all() else mask


def learnt(calendar: Calendar, first_day: int, done: Ints) -> tuple[Bools, Ints]:
    """What there is to learn from the counts of each day since day `first_day`: the weekdays worked, (7,), and days off.

    A week that was given is not learnt.
    """
    given = np.isin(np.arange(7), calendar.week)
    week = learnt_week(done, first_day) if given.all() else given
    off = learnt_off(done, mask_of(calendar, first_day, done.size, week))
    return week, first_day + np.flatnonzero(off)


def mask_of(calendar: Calendar, first_day: int, days: int, week: Bools | None = None) -> Bools:
    """What the calendar itself says of these days, with nothing learnt: (days,). `week` goes before its own."""
    if week is None:
        week = np.isin(np.arange(7), calendar.week)
    span = (first_day, first_day + days)
    on, off, shifted, holidays = (
        days_in(some, span) for some in (calendar.on, calendar.off, calendar.shifted, calendar.holidays)
    )
    free = np.concatenate([np.setdiff1d(holidays, shifted), off])
    return working_days(first_day, days, week, free, np.concatenate([np.setdiff1d(shifted, off), on]))


# ----- Spans of days -----


def days_in(spans: Iterable[str], within: tuple[int, int] | None = None) -> Ints:
    """The days of the spans, counted from 1970-01-01, in order and each once; only those from ``within``'s first to before
    its last. Raises ValueError for what is no span."""
    ends = [ends_of(span) for span in spans]
    if within:
        ends = [(max(first, within[0]), min(last, within[1] - 1)) for first, last in ends]
    parts = [np.arange(first, last + 1, dtype=np.int64) for first, last in ends if first <= last]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)


def ends_of(span: str) -> tuple[int, int]:
    """A span's first and last day. Raises ValueError for what is none, ends before it begins, or is too long."""
    first, _, last = span.partition("..")
    days = [day_number(date.fromisoformat(text)) for text in (first, last or first)]
    if not 0 <= days[1] - days[0] < LONGEST:
        raise ValueError(f"{span} is no span of days")
    return days[0], days[1]


def spans_of(days: Sequence[int] | Ints) -> Spans:
    """Days as spans, in order, neighbours together."""
    found = np.unique(np.asarray(days, dtype=np.int64)).tolist()
    cuts = [0, *(place + 1 for place, (a, b) in enumerate(pairwise(found)) if b - a > 1), len(found)]
    return tuple(_span(found[start], found[stop - 1]) for start, stop in pairwise(cuts) if stop > start)


def _span(first: int, last: int) -> str:
    one, other = (date_of(day).isoformat() for day in (first, last))
    return one if first == last else f"{one}..{other}"
