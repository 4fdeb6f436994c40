"""A block of the week as its row says it: whether it goes on, and when its next day is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

STILL = 28  # days: as short a pause is a holiday, and the block isn't over
DAY_BEGINS = 4  # a block's hours before belong to the night of its weekday
LONGEST = 56  # days looked ahead: who is away for longer has no next block


def goes_on(row: Mapping[str, Any], looked: date) -> bool:
    """Does it last, as far as the weeks till the last look can tell?"""
    monday = looked.toordinal() - looked.weekday()
    return not row["gone"] and bool(row["until"].toordinal() >= monday - STILL)


def next_day(row: Mapping[str, Any], today: date, hour: int, free: Collection[date] = ()) -> date | None:
    """The first day on which it comes and isn't over, by the clock; none that is `free`, and None where there is none soon."""
    start, end = row["from_hour"], row["to_hour"]
    night = (
        timedelta(1) if start < DAY_BEGINS else timedelta(0)
    )  # its weekday's night is the next day's morning
    for ahead in range(-1, LONGEST):
        weekday = today + timedelta(ahead)
        day = weekday + night
        over = day < today or (day == today and start < end <= hour)
        if row["weekday"] <= weekday.isoweekday() <= row["last_weekday"] and not over and weekday not in free:
            return day
    return None
