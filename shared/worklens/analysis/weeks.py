"""Weekdays and ISO weeks of days counted from 1970-01-01, which was a Thursday."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints

_THURSDAY = 3  # of 1970-01-01, when Monday is 0


def weekday(day: Ints) -> Ints:
    """The weekday of each day: Monday is 0, Sunday is 6."""
    return (day + _THURSDAY) % 7


def week(day: Ints) -> Ints:
    """The number of each day's week: weeks start on Monday, and week 0 holds 1970-01-01."""
    return (day + _THURSDAY) // 7


def monday(week_number: Ints) -> Ints:
    """The first day of each week that `week` numbers."""
    return week_number * 7 - _THURSDAY


def iso_week(day: Ints) -> tuple[Ints, Ints]:
    """The ISO 8601 year and week number of each day; a week belongs to the year of its Thursday."""
    thursday = monday(week(day)) + 3
    years = thursday.astype("datetime64[D]").astype("datetime64[Y]")
    new_year = years.astype("datetime64[D]").astype(np.int64)
    return years.astype(np.int64) + 1970, (thursday - new_year) // 7 + 1
