"""The rows of the table ``calendar``: weekday, week and month of each day, on which the two engines would not agree."""

from __future__ import annotations

from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1990, 2060  # before the oldest to-do service, and past anyone's plans


def calendar_rows(first: int = FIRST_YEAR, last: int = LAST_YEAR) -> dict[str, list[date] | list[int]]:
    """The days of the years ``first`` to ``last`` by column: day, weekday (1 Monday to 7 Sunday), week, month.

    A week is named by its Monday, a month by its first day.
    """
    start = date(first, 1, 1)
    days = [start + timedelta(n) for n in range((date(last + 1, 1, 1) - start).days)]
    return {
        "day": days,
        "weekday": [day.isoweekday() for day in days],
        "week": [day - timedelta(day.weekday()) for day in days],
        "month": [day.replace(day=1) for day in days],
    }
