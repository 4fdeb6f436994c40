"""The working calendar: which days are worked, what that makes of a history, and how far a number of working days reaches.

A mask of working days is (days,) Bools, True where work is done. It is taken out of the history and skipped in the
future: counts are put on working days, and an answer in working days is read back as days of the calendar.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis import weeks
from worklens.analysis.arrays import Bools, Floats, Ints

HOUR = 3600  # seconds
LEARNT_FROM = 364  # days back from the end: the week of years ago may have been another
LEAST_WEEKS = 12  # before a weekday's idleness says anything
IDLE = 0.25  # of the usual weekday's share of active days: one that surely has less is a free day
Z = 1.645  # surely: one-sided, one time in twenty
LEAST_OFF = 3  # working days: shorter gaps belong to how one works
FIRST_GAP = 2  # working days: a gap that is taken for granted, so that a single one compares with something
LUCK = 0.05  # that some gap of the history is called days off by mistake


def working_days(first: int, days: int, week: Bools, off: Ints, on: Ints) -> Bools:
    """Which of the `days` days from day `first` on are worked: (days,).

    `week` (7,) says it of each weekday from Monday. Days in `off` are free all the same, and days in `on` are worked
    whatever the others say. Days outside the span are left out.
    """
    working = week[weeks.weekday(np.arange(first, first + days))]
    for some, worked in ((off, False), (on, True)):
        inside = some[(some >= first) & (some < first + days)]
        working[inside - first] = worked
    return working


def on_working_days(counts: Ints, working: Bools) -> Ints:
    """The daily counts with the days off taken out: (..., working days), nothing lost.

    What was done on a day off counts on the next working day, or on the last one if none follows; so the sum stays.
    With no working day at all, or with every day one, the counts come back as they are.
    """
    if working.all() or not working.any():
        return counts
    place = np.minimum(np.cumsum(working) - working, np.count_nonzero(working) - 1)  # (days,)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(place)) + 1])
    return np.add.reduceat(counts, starts, axis=-1)


def calendar_days(worked: ArrayLike, ahead: Bools) -> Floats:
    """How many days of the calendar it takes to get to the end of each number of working days.

    `ahead` (days,) begins with today; 0 working days are 0 days. Where `ahead` doesn't reach, infinity. A part of a
    working day counts as a whole one.
    """
    ends = np.concatenate([[0.0], np.flatnonzero(ahead) + 1.0, [np.inf]])
    wanted = np.minimum(np.ceil(np.asarray(worked, dtype=np.float64)), ends.size - 1)
    return ends[np.maximum(wanted, 0).astype(np.int64)]


def days_worked(since: ArrayLike, until: ArrayLike, first: int, working: Bools) -> Ints:
    """How many working days lie after each day `since`, up to and with `until`; the mask begins on day `first`.

    Days outside the mask count as free.
    """
    so_far = np.concatenate([[0], np.cumsum(working)])
    after, up_to = (np.clip(np.asarray(day) - first + 1, 0, working.size) for day in (since, until))
    gained: Ints = so_far[up_to] - so_far[after]
    return gained


def hours_worked(
    since: ArrayLike, until: ArrayLike, first: int, working: Bools, hours: tuple[int, int]
) -> Floats:
    """How many working hours lie between two instants of the wall clock, seconds since 1970 as that clock shows them.

    `hours` are when a working day begins and ends, such as (9, 17). Time outside the mask is free.
    """
    return _hours_until(until, first, working, hours) - _hours_until(since, first, working, hours)


def _hours_until(at: ArrayLike, first: int, working: Bools, hours: tuple[int, int]) -> Floats:
    """Working hours from the mask's beginning to each instant."""
    seconds = np.clip(np.asarray(at, dtype=np.int64) - first * 24 * HOUR, 0, working.size * 24 * HOUR)
    day, rest = np.divmod(seconds, 24 * HOUR)
    whole = np.concatenate([[0], np.cumsum(working)])[day] * (hours[1] - hours[0])
    part = np.clip(rest / HOUR - hours[0], 0, hours[1] - hours[0])
    hours_so_far: Floats = whole + part * np.concatenate([working, [False]])[day]
    return hours_so_far


# ----- Learnt from what was done -----


def learnt_week(daily: Ints, first: int) -> Bools:
    """On which weekdays one works, from (days,) counts that begin on day `first`: (7,) from Monday.

    A weekday is free if the share of it on which anything was done surely (Wilson's upper limit) stays below a quarter
    of the median weekday's. With too few weeks, every weekday is worked.
    """
    recent = daily[-LEARNT_FROM:]
    days = weeks.weekday(np.arange(first + daily.size - recent.size, first + daily.size))
    seen = np.bincount(days, minlength=7)
    if seen.min() < LEAST_WEEKS:
        return np.ones(7, dtype=np.bool_)
    share = np.bincount(days, weights=recent > 0, minlength=7) / seen
    spread = Z * np.sqrt(share * (1 - share) / seen + Z**2 / (4 * seen**2))
    upper = (share + Z**2 / (2 * seen) + spread) / (1 + Z**2 / seen)
    return np.asarray(upper >= IDLE * np.median(share), dtype=np.bool_)


def learnt_off(daily: Ints, working: Bools) -> Bools:
    """Which days belong to stretches off: (days,), among the working days, from counts of the same days.

    A gap is a run of working days on which nothing was done. Gaps of chance are geometric; one so long that only about one
    history in twenty would hold it (by the other gaps, and for the number of gaps there are) is time off. Found ones
    are taken out and the rest asked again, so that a long leave doesn't hide a short one.
    """
    worked = np.flatnonzero(working)
    idle = daily[worked] == 0
    starts, lengths = (
        _gaps(idle) if not idle.all() else _gaps(idle[:0])
    )  # who did nothing at all took no leave
    off = np.zeros(lengths.size, dtype=np.bool_)
    while True:
        others = 1 + np.count_nonzero(~off) - ~off  # the usual gaps that each is held against
        days = FIRST_GAP + lengths[~off].sum() - lengths * ~off
        stays = 1 - others / days  # the chance that an idle day is followed by another
        found = (lengths >= LEAST_OFF) & (lengths.size * stays ** (lengths - 1) < LUCK)
        if not (found & ~off).any():
            break
        off |= found
    marked = np.zeros(daily.size, dtype=np.bool_)
    for start, length in zip(starts[off], lengths[off], strict=True):
        marked[worked[start] : worked[start + length - 1] + 1] = True
    return marked & working


def _gaps(idle: Bools) -> tuple[Ints, Ints]:
    """Where each run of idle days begins, and how long it is."""
    edges = np.diff(np.concatenate([[0], idle.astype(np.int64), [0]]))
    starts = np.flatnonzero(edges == 1)
    return starts, np.flatnonzero(edges == -1) - starts
