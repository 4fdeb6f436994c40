"""What arrived, what was done and what stood open, day by day: plain counts from arrays of days.

A day that has not come is `arrays.NEVER`. `code` says which of `codes` accounts (or collections, or labels) a row
belongs to; without it there is one. A row that ends before it starts is the caller's to settle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worklens.analysis import weeks
from worklens.analysis.arrays import NEVER, Bools, Ints


@dataclass(frozen=True, eq=False)
class DailyFlow:
    """One row an account, one column a day from the first asked for to the last."""

    arrived: Ints  # (codes, days)
    done: Ints  # (codes, days)
    gone: Ints  # (codes, days): left without being done
    open: Ints  # (codes, days): at the day's end


def daily_counts(day: Ints, first: int, last: int, code: Ints | None = None, codes: int = 1) -> Ints:
    """How many rows fall on each day from `first` to `last`: (codes, days). Days outside are left out."""
    width = last - first + 1
    inside = (day >= first) & (day <= last)
    slot = day[inside] - first
    if code is not None:
        slot = slot + width * code[inside]
    return np.bincount(slot, minlength=codes * width).reshape(codes, width)


def weekly_counts(day: Ints, first: int, last: int, code: Ints | None = None, codes: int = 1) -> Ints:
    """How many rows fall in each ISO week: (codes, weeks), from the week of day `first` to that of day `last`."""
    first_week, last_week = weeks.week(np.array([first, last]))
    return daily_counts(weeks.week(day), int(first_week), int(last_week), code, codes)


def cumulative(day: Ints, first: int, last: int, code: Ints | None = None, codes: int = 1) -> Ints:
    """How many rows had happened by the end of each day, those before `first` too: (codes, days)."""
    return daily_counts(np.maximum(day, first), first, last, code, codes).cumsum(axis=1)


def standing(
    entered: Ints, left: Ints, first: int, last: int, code: Ints | None = None, codes: int = 1
) -> Ints:
    """How many rows had entered and not left by the end of each day: (codes, days).

    From created to closed this is the open work; from started to closed it is the work in progress (WIP).
    """
    return cumulative(entered, first, last, code, codes) - cumulative(left, first, last, code, codes)


def daily_flow(
    created: Ints, done: Ints, gone: Ints, first: int, last: int, code: Ints | None = None, codes: int = 1
) -> DailyFlow:
    """Arrivals, completions, other departures and open work; `done` is the throughput a day.

    `gone` is the day a row was deleted or closed without being done. A row leaves on the earlier of the two.
    """
    left = np.minimum(done, gone)
    return DailyFlow(
        arrived=daily_counts(created, first, last, code, codes),
        done=daily_counts(done, first, last, code, codes),
        gone=daily_counts(np.where(gone < done, gone, NEVER), first, last, code, codes),
        open=standing(created, left, first, last, code, codes),
    )


def cumulative_flow(
    stages: Sequence[Ints], first: int, last: int, code: Ints | None = None, codes: int = 1
) -> Ints:
    """The cumulative flow diagram: (stages, codes, days), each stage's arrivals so far.

    `stages` are the days on which each row reached created, started, done and so on. The height between two lines is
    the work standing between those stages.
    """
    return np.stack([cumulative(day, first, last, code, codes) for day in stages])


def weekday_hour(day: Ints, hour: Ints, code: Ints | None = None, codes: int = 1) -> Ints:
    """How many rows fall on each weekday and hour: (codes, 7, 24), from Monday and midnight.

    An hour outside 0 to 23 is unknown (a date without a time) and left out.
    """
    slot = weeks.weekday(day) * 24 + hour
    known = (hour >= 0) & (hour < 24)
    picked = None if code is None else code[known]
    return daily_counts(slot[known], 0, 7 * 24 - 1, picked, codes).reshape(codes, 7, 24)


def is_open(created: Ints, left: Ints, as_of: int) -> Bools:
    """Which rows were open at the end of day `as_of`."""
    return (created <= as_of) & (left > as_of)


def open_ages(created: Ints, left: Ints, as_of: int) -> Ints:
    """The age in days of each row open at the end of day `as_of`, in the order of the rows: (open rows,)."""
    return as_of - created[is_open(created, left, as_of)]
