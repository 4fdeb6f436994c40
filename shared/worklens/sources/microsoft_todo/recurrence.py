"""Graph's pattern of recurrence as an RRULE."""

from __future__ import annotations

import msgspec

FREQUENCIES = {
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "absoluteMonthly": "MONTHLY",
    "relativeMonthly": "MONTHLY",
    "absoluteYearly": "YEARLY",
    "relativeYearly": "YEARLY",
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
POSITIONS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


class Pattern(msgspec.Struct, rename="camel", gc=False):
    """How often, and on which days; what a type has no use for is 0 or empty."""

    type: str | None = None
    interval: int | None = None
    days_of_week: list[str] | None = None
    day_of_month: int | None = None
    month: int | None = None
    index: str | None = None


class Range(msgspec.Struct, rename="camel", gc=False):
    """Until when."""

    type: str | None = None
    end_date: str | None = None
    number_of_occurrences: int | None = None


class Recurrence(msgspec.Struct, gc=False):
    """A task's recurrence, as the service has it."""

    pattern: Pattern | None = None
    range: Range | None = None


def rule(recurrence: Recurrence) -> str:
    """The RRULE; of a type we don't know the service's own word."""
    pattern = recurrence.pattern or Pattern()
    kind = pattern.type or "repeating"
    if kind not in FREQUENCIES:
        return kind
    parts = [f"FREQ={FREQUENCIES[kind]}", *_interval(pattern), *_days(kind, pattern), *_end(recurrence.range)]
    return ";".join(parts)


def _interval(pattern: Pattern) -> list[str]:
    return [f"INTERVAL={pattern.interval}"] if pattern.interval and pattern.interval > 1 else []


def _days(kind: str, pattern: Pattern) -> list[str]:
    month = [f"BYMONTH={pattern.month}"] if kind.endswith("Yearly") and pattern.month else []
    if kind.startswith("absolute"):
        return month + ([f"BYMONTHDAY={pattern.day_of_month}"] if pattern.day_of_month else [])
    if kind == "daily":
        return []
    return month + _weekdays(pattern) + (_position(pattern) if kind.startswith("relative") else [])


def _weekdays(pattern: Pattern) -> list[str]:
    """In the week's order, whatever theirs is."""
    named = {day.lower() for day in pattern.days_of_week or ()}
    days = [day[:2].upper() for day in DAYS if day in named]
    return [f"BYDAY={','.join(days)}"] if days else []


def _position(pattern: Pattern) -> list[str]:
    return [f"BYSETPOS={POSITIONS.get(pattern.index or '', 1)}"]


def _end(range_: Range | None) -> list[str]:
    if range_ is None:
        return []
    if range_.type == "endDate" and range_.end_date:
        return [f"UNTIL={range_.end_date.replace('-', '')}"]
    if range_.type == "numbered" and range_.number_of_occurrences:
        return [f"COUNT={range_.number_of_occurrences}"]
    return []
