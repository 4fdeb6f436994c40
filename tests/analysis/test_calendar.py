"""Working days are marked, taken out and skipped; what is learnt of them is what was planted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis import calendar
from worklens.analysis.arrays import Bools, Ints

MONDAY = (date(2026, 6, 1) - date(1970, 1, 1)).days
WORKDAYS = np.array([True] * 5 + [False] * 2)
NONE = np.empty(0, dtype=np.int64)
masks = st.lists(st.booleans(), min_size=1, max_size=40).map(lambda days: np.array(days, dtype=np.bool_))


def days(*of_june: int) -> Ints:
    """Days of June 2026, which begins on a Monday."""
    return np.array(of_june, dtype=np.int64) + MONDAY - 1


def test_the_days_that_are_worked() -> None:
    """The week, less the days off, and the days on go before all; what lies outside the span does no harm."""
    mask = calendar.working_days(MONDAY, 14, WORKDAYS, days(3, 4, 99), days(4, 6, -5))

    assert np.flatnonzero(mask).tolist() == [0, 1, 3, 4, 5, 7, 8, 9, 10, 11]


def test_work_on_days_off_counts_on_the_next_working_day() -> None:
    """By hand; after the last working day it counts on that one."""
    mask = np.array([False, True, False, False, True, False])

    assert calendar.on_working_days(np.array([1, 2, 3, 4, 5, 6]), mask).tolist() == [3, 18]
    assert calendar.on_working_days(np.array([[1, 2, 3, 4, 5, 6]] * 2), mask).tolist() == [[3, 18]] * 2


@given(masks, st.integers(0, 2**32 - 1))
def test_no_work_is_lost(mask: Bools, seed: int) -> None:
    """The sum stays, there is a count for each working day, and without days off nothing changes."""
    counts = np.random.default_rng(seed).poisson(2.0, mask.size)
    found = calendar.on_working_days(counts, mask)

    assert found.sum() == counts.sum()
    assert found.size == (mask.sum() or mask.size)
    assert calendar.on_working_days(counts, np.ones_like(mask)) is counts


@given(masks)
def test_days_ahead_are_counted_as_one_counts_them(mask: Bools) -> None:
    """The day on which the n-th working day ends is the first up to which n are worked; beyond the mask, infinity."""
    found = calendar.calendar_days(np.arange(mask.sum() + 2), mask)

    for worked, day in enumerate(found[:-1].tolist()):
        assert mask[: int(day)].sum() == worked
        assert not day or mask[int(day) - 1]
    assert found[-1] == np.inf
    assert calendar.calendar_days(0.5, mask) == found[1]
    assert calendar.calendar_days(np.inf, mask) == np.inf


def test_working_days_between_two_days() -> None:
    """From Friday to Monday is one; a day to itself none; the days before the mask are free."""
    mask = calendar.working_days(MONDAY, 28, WORKDAYS, NONE, NONE)

    assert calendar.days_worked(days(5, 5, 1, -9), days(8, 5, 12, 2), MONDAY, mask).tolist() == [1, 0, 9, 2]


def test_working_hours_between_two_instants() -> None:
    """From Friday 16:00 to Monday 10:30 on days from 9 to 17: an hour and one and a half; round the clock all of it."""
    mask = calendar.working_days(MONDAY, 28, WORKDAYS, NONE, NONE)
    since, until = (MONDAY + 4) * 86400 + 16 * 3600, (MONDAY + 7) * 86400 + 10 * 3600 + 1800

    assert calendar.hours_worked(since, until, MONDAY, mask, (9, 17)) == 2.5
    assert calendar.hours_worked(since, until, MONDAY, np.ones(28, dtype=bool), (0, 24)) == 66.5
    assert calendar.hours_worked(0, until, MONDAY, mask, (9, 17)) == 5 * 8 + 1.5


# ----- Learnt -----


def history(seed: int, weeks: int = 60, rate: float = 1.5) -> Ints:
    """Counts of somebody who works from Monday to Friday, and now and then on a Saturday."""
    rng = np.random.default_rng(seed)
    mean = np.tile([rate] * 5 + [0.03, 0.0], weeks)
    return rng.poisson(mean)


@pytest.mark.parametrize("rate", [1.5, 3.0])
def test_free_weekdays_are_learnt(rate: float) -> None:
    """Saturday too, on which something was done once in a while; from whichever day the counts begin."""
    daily = history(1, rate=rate)

    assert calendar.learnt_week(daily, MONDAY).tolist() == WORKDAYS.tolist()
    assert calendar.learnt_week(daily[3:], MONDAY + 3).tolist() == WORKDAYS.tolist()


def test_too_little_says_nothing() -> None:
    """Eleven weeks, or hardly anything done in a year: every weekday is worked."""
    sparse = np.zeros(364, dtype=np.int64)
    sparse[::30] = 1

    for daily in (history(1, weeks=11), sparse, np.zeros(364, dtype=np.int64), NONE):
        assert calendar.learnt_week(daily, MONDAY).all()


def test_only_the_last_year_tells_the_week() -> None:
    """Somebody who worked on every day until two years ago does so no more."""
    daily = np.concatenate([np.ones(364, dtype=np.int64), history(2, weeks=52)])

    assert calendar.learnt_week(daily, MONDAY).tolist() == WORKDAYS.tolist()


def test_days_off_are_learnt() -> None:
    """Three weeks and one week of leave, days between them counted by the calendar; the week-ends are not days off."""
    daily, mask = history(3, rate=3.0), np.tile(WORKDAYS, 60)
    leave = np.zeros(daily.size, dtype=bool)
    for first, length in ((70, 21), (210, 7)):
        leave[first : first + length] = True
    found = calendar.learnt_off(np.where(leave, 0, daily), mask)

    assert found[leave & mask].all()
    assert found.sum() <= (leave & mask).sum() + 2  # an idle day beside it is taken for part of it


def test_chance_gaps_are_seldom_days_off() -> None:
    """In at most about one history of twenty in which every day is alike, busy or quiet."""
    rng = np.random.default_rng(4)
    found = [
        calendar.learnt_off(rng.poisson(rate, 400), np.ones(400, dtype=bool)).any()
        for rate in (0.3, 1.0, 2.0)
        for _ in range(100)
    ]

    assert sum(found) <= 25  # of 300; 15 are expected at most


def test_who_never_rests_or_never_works_has_no_days_off() -> None:
    """No gap is one, nor is a whole record without anything; but the one gap of somebody who works each day is."""
    mask, always = np.ones(50, dtype=bool), np.ones(50, dtype=np.int64)
    once = np.where(np.arange(50) // 10 == 2, 0, always)

    assert not calendar.learnt_off(always, mask).any()
    assert not calendar.learnt_off(0 * always, mask).any()
    assert np.flatnonzero(calendar.learnt_off(once, mask)).tolist() == list(range(20, 30))
    assert not calendar.learnt_off(always, ~mask).any()
