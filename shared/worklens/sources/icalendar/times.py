"""The times of iCalendar: a date, a floating time, one in a zone, or an instant in UTC; and spans of time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec.structs import replace

from worklens.sources.dates import read_iso
from worklens.sources.icalendar.lines import Line
from worklens.sources.icalendar.zones import Zone, zone_of
from worklens.tasks import DAY, Moment

_SPAN = re.compile(
    r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE,
)
_LEAP = re.compile(r"(?<=T\d{4})60")

Definitions = Mapping[str, str]
"""The VTIMEZONE of each TZID that IANA doesn't know, as text."""


def moment_of(line: Line, definitions: Definitions, home: tzinfo) -> Moment:
    """The time a property gives. A floating time, or one in a zone that nobody defines, is read in ``home``.

    Raises ValueError where it is none.
    """
    text = _written(line)
    if len(text) <= 10 or text.endswith("Z"):
        return read_iso(text, UTC)
    zone = _zone(line, definitions)
    moment = read_iso(text, zone.info if zone else home)
    return replace(moment, zone=zone.name) if zone and zone.name else moment


def key_of(line: Line, definitions: Definitions) -> str:
    """A RECURRENCE-ID as the key of an occurrence, the same however a client writes it.

    A date stays a date and a floating time floats; what has a zone is in UTC.
    """
    text = _written(line)
    try:
        is_floating = len(text) > 10 and not text.endswith("Z") and not _zone(line, definitions)
        if is_floating:
            return datetime.fromisoformat(text).isoformat()
        return str(moment_of(line, definitions, UTC))
    except (ValueError, OverflowError):
        return line.value


def span_of(text: str) -> timedelta:
    """A DURATION such as ``P1DT12H``; ValueError where it is none."""
    found = _SPAN.fullmatch(text.strip())
    if not found or not any(found.groups()[1:]):
        raise ValueError("not a span of time")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] == "-" else span


def later(start: Moment, span: timedelta) -> Moment:
    """The moment a span after another; after a date it is a date, and hours don't count."""
    micros = start.micros + span // timedelta(microseconds=1)
    return replace(start, micros=micros // DAY * DAY if start.precision == "day" else micros)


def _written(line: Line) -> str:
    text = _LEAP.sub("59", line.value.strip().upper())
    return text[:8] if line.param("VALUE").upper() == "DATE" and "-" not in text else text


def _zone(line: Line, definitions: Definitions) -> Zone | None:
    tzid = line.param("TZID")
    return zone_of(tzid, definitions.get(tzid, "")) if tzid else None
