"""The zones of iCalendar: IANA's where the name leads to one, else as the file's own VTIMEZONE defines it."""

from __future__ import annotations

import contextlib
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from worklens.sources.icalendar.lines import Line, lines_of, properties

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NOWHERE = frozenset(
    {"localtime", "posixrules", "Factory"}
)  # names that mean another zone on each machine, or none
_END = re.compile(r"(?:(?:^|/)[A-Za-z0-9_+-]{1,40}){1,3}$")  # no zone's name has more than three parts


class Zone(NamedTuple):
    """A zone with its IANA name, where it has one."""

    info: tzinfo
    name: str | None


@lru_cache(maxsize=256)
def iana(name: str) -> str:
    """The IANA zone that a TZID names, also at its end (``/example.org/20260101_1/Europe/Paris``); "" for none."""
    end = _END.search(name.strip())
    parts = end[0].strip("/").split("/") if end else []
    return next(filter(_exists, ("/".join(parts[first:]) for first in range(len(parts)))), "")


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # OSError: a folder of zones
        return False
    return name not in NOWHERE


@lru_cache(maxsize=256)
def zone_of(tzid: str, definition: str = "") -> Zone | None:
    """The zone of a TZID, with the text of its VTIMEZONE where the file has one; None where nobody says what it is.

    IANA's zone goes before the definition, which is often years old.
    """
    if found := iana(tzid):
        return Zone(ZoneInfo(found), found)
    lines = list(properties(lines_of(definition)))
    for line in lines:
        if line.name == "X-LIC-LOCATION" and (found := iana(line.value)):
            return Zone(ZoneInfo(found), found)
    changes = tuple(_changes(lines))
    return Zone(Defined(changes), None) if changes else None


class Change(NamedTuple):
    """The clocks are changed (STANDARD or DAYLIGHT): first at ``start``, then every year by the rule if there is one.

    All times are local ones, of the clock as it was before the change.
    """

    start: datetime
    before: timedelta
    after: timedelta
    rule: Mapping[str, str]
    dates: tuple[datetime, ...]

    def last(self, local: datetime) -> datetime | None:
        """The last such change up to then."""
        found = [at for at in (self.start, *self.dates, *self._yearly(local.year)) if at <= local]
        return max(found, default=None)

    def _yearly(self, year: int) -> Iterator[datetime]:
        if self.rule.get("FREQ") != "YEARLY":
            return
        until = self.rule.get("UNTIL", "99991231")[:8]
        for one in (year - 1, year):
            at = self._in(one)
            if at and at >= self.start and f"{at:%Y%m%d}" <= until:
                yield at

    def _in(self, year: int) -> datetime | None:
        """When the clocks are changed in a year; None where the rule names a day that this year doesn't have."""
        try:
            return self._day_in(year)
        except (ValueError, IndexError):
            return None

    def _day_in(self, year: int) -> datetime:
        month = int(self.rule.get("BYMONTH", self.start.month))
        byday = self.rule.get("BYDAY", "")
        within = [int(text) for text in self.rule.get("BYMONTHDAY", "").split(",") if text]
        if not byday:
            return self.start.replace(year=year, month=month, day=within[0] if within else self.start.day)
        weekday, nth = WEEKDAYS.index(byday[-2:]), int(byday[:-2] or 0)
        days = [day for day in _days(year, month, weekday) if not within or day in within]
        return self.start.replace(year=year, month=month, day=days[nth - 1 if nth > 0 else nth])


def _days(year: int, month: int, weekday: int) -> list[int]:
    first, length = monthrange(year, month)
    return list(range(1 + (weekday - first) % 7, length + 1, 7))


class Defined(tzinfo):
    """A zone as its VTIMEZONE has it."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        """At least one change."""
        self.changes = changes

    def utcoffset(self, local: datetime | None) -> timedelta:
        """How far a clock that shows this is ahead of UTC."""
        local = (local or self.changes[0].start).replace(tzinfo=None)
        lasts = [(at, change.after) for change in self.changes if (at := change.last(local))]
        if lasts:
            return max(lasts)[1]
        return min(self.changes, key=lambda change: change.start).before

    def dst(self, local: datetime | None) -> timedelta | None:
        """Nobody asks."""
        return None

    def tzname(self, local: datetime | None) -> str | None:
        """Nobody asks."""
        return None


def _changes(lines: list[Line]) -> Iterator[Change]:
    """What a VTIMEZONE says of the clocks, as far as it can be read."""
    inside: dict[str, str] | None = None
    for line in lines:
        if line.name == "BEGIN" and line.value.upper() in {"STANDARD", "DAYLIGHT"}:
            inside = {}
        elif line.name == "END" and inside:
            with contextlib.suppress(ValueError, KeyError, OverflowError):
                yield _change(inside)
            inside = None
        elif inside is not None:
            inside[line.name] = line.value


def _change(found: Mapping[str, str]) -> Change:
    rule = dict(part.split("=", 1) for part in found.get("RRULE", "").upper().split(";") if part)
    dates = tuple(datetime.fromisoformat(text[:15]) for text in found.get("RDATE", "").split(",") if text)
    start = datetime.fromisoformat(found["DTSTART"][:15])
    return Change(start, _offset(found["TZOFFSETFROM"]), _offset(found["TZOFFSETTO"]), rule, dates)


def _offset(text: str) -> timedelta:
    """``+0100`` or ``-053000``."""
    digits = text.strip().lstrip("+-")
    hours, minutes, seconds = (int(digits[at : at + 2] or 0) for at in (0, 2, 4))
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if span >= timedelta(days=1):
        raise ValueError("no zone is so far ahead")
    return -span if text.strip().startswith("-") else span
