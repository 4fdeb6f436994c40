"""Weekdays and ISO weeks against the standard library."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from worklens.analysis.weeks import iso_week, monday, week, weekday

EPOCH = date(1970, 1, 1)
DAYS = np.arange(-20_000, 40_000, dtype=np.int64)  # 1915 to 2079


def test_each_day_is_as_the_standard_library_says() -> None:
    """Weekday, ISO year and ISO week agree over 160 years, before 1970 too."""
    expected = [(EPOCH + timedelta(days=int(day))).isocalendar() for day in DAYS]
    years, numbers = iso_week(DAYS)

    assert years.tolist() == [each.year for each in expected]
    assert numbers.tolist() == [each.week for each in expected]
    assert weekday(DAYS).tolist() == [each.weekday - 1 for each in expected]


def test_a_week_runs_from_monday_to_sunday() -> None:
    """A day is its week's Monday and its weekday."""
    assert (monday(week(DAYS)) + weekday(DAYS) == DAYS).all()
