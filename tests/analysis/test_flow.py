"""Daily counts, open work and their tables, by hand and against a loop over days."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis import flow
from worklens.analysis.arrays import NEVER, Ints

# Five tasks over days 10 to 14: done on day 12, deleted on day 11, still open, created before the window and done on
# its first day, done on the day of its creation.
CREATED = np.array([10, 10, 11, 3, 14])
DONE = np.array([12, NEVER, NEVER, 10, 14])
GONE = np.array([NEVER, 11, NEVER, NEVER, NEVER])


def test_daily_flow_by_hand() -> None:
    """Arrivals, completions, departures and open work at the day's end are those of the five tasks."""
    daily = flow.daily_flow(CREATED, DONE, GONE, 10, 14)

    assert daily.arrived.tolist() == [[2, 1, 0, 0, 1]]
    assert daily.done.tolist() == [[1, 0, 1, 0, 1]]
    assert daily.gone.tolist() == [[0, 1, 0, 0, 0]]
    assert daily.open.tolist() == [[2, 2, 1, 1, 1]]


def test_a_task_leaves_once() -> None:
    """Deleted after it was done it counts as done; deleted before, as gone; it leaves on the earlier day."""
    daily = flow.daily_flow(np.array([0, 0]), np.array([1, 3]), np.array([2, 2]), 0, 3)

    assert daily.open.tolist() == [[2, 1, 0, 0]]
    assert daily.gone.tolist() == [[0, 0, 1, 0]]


def test_accounts_are_counted_apart() -> None:
    """Each code has a row of its own, one without work too."""
    counts = flow.daily_counts(np.array([1, 1, 2, 2]), 1, 3, np.array([0, 2, 2, 2]), 4)

    assert counts.tolist() == [[1, 0, 0], [0, 0, 0], [1, 2, 0], [0, 0, 0]]


def test_no_rows_are_no_work() -> None:
    """An empty history is zeros over the days asked for."""
    empty = np.array([], dtype=np.int64)

    assert flow.daily_flow(empty, empty, empty, 5, 7).open.tolist() == [[0, 0, 0]]


def test_weeks_are_iso_weeks() -> None:
    """1970-01-04 was a Sunday and the 5th a Monday: they fall into two weeks, of which the first also holds day 0."""
    assert flow.weekly_counts(np.array([0, 3, 4, NEVER]), 0, 17).tolist() == [[2, 1, 0]]


def test_cumulative_flow_by_hand() -> None:
    """Each line counts the arrivals at its stage so far, those before the window too."""
    diagram = flow.cumulative_flow([CREATED, DONE], 10, 14)

    assert diagram.tolist() == [[[3, 4, 4, 4, 5]], [[1, 1, 2, 2, 3]]]


def test_weekday_and_hour() -> None:
    """Day 4 was a Monday; a task without a time of day has no place in the table."""
    table = flow.weekday_hour(np.array([4, 4, 5, 10]), np.array([9, 9, 23, -1]))

    assert table.shape == (1, 7, 24)
    assert table[0, 0, 9] == 2
    assert table[0, 1, 23] == 1
    assert table.sum() == 3


def test_weekday_and_hour_of_accounts() -> None:
    """Codes of rows without a time are left out with them."""
    table = flow.weekday_hour(np.array([4, 4, 4]), np.array([-1, 0, 1]), np.array([0, 1, 1]), 2)

    assert table.sum(axis=(1, 2)).tolist() == [0, 2]


def test_ages_of_open_work() -> None:
    """A task is open from the day of its creation until the day before it leaves."""
    left = np.minimum(DONE, GONE)

    assert flow.is_open(CREATED, left, 11).tolist() == [True, False, True, False, False]
    assert flow.open_ages(CREATED, left, 11).tolist() == [1, 0]


days = st.integers(-5, 40)


@given(rows=st.lists(st.tuples(days, st.integers(0, 30), st.booleans(), st.integers(0, 2))), first=days)
def test_open_work_is_what_a_loop_counts(rows: list[tuple[int, int, bool, int]], first: int) -> None:
    """On every day and in every account the open work is the number of tasks open then, one by one."""
    created = np.array([row[0] for row in rows], dtype=np.int64)
    left = np.array([row[0] + row[1] if row[2] else NEVER for row in rows], dtype=np.int64)
    code = np.array([row[3] for row in rows], dtype=np.int64)
    window = range(first, first + 20)

    expected = [
        [int((flow.is_open(created, left, day) & (code == account)).sum()) for day in window]
        for account in range(3)
    ]

    assert flow.standing(created, left, window[0], window[-1], code, 3).tolist() == expected


@given(rows=st.lists(st.tuples(days, st.integers(0, 30))))
def test_open_work_is_arrivals_less_departures(rows: list[tuple[int, int]]) -> None:
    """From one day to the next the open work grows by what arrived and falls by what left."""
    created, done = columns(rows)
    never = np.full_like(done, NEVER)
    daily = flow.daily_flow(created, done, never, -10, 80)

    assert (np.diff(daily.open, prepend=0) == daily.arrived - daily.done).all()
    assert daily.open[0, -1] == 0


def columns(rows: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Created and done from pairs of day and duration."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table.sum(axis=1)


@pytest.mark.parametrize("extra", [0, 1, 30])
def test_a_wider_window_says_the_same(extra: int) -> None:
    """What a day shows doesn't depend on how much is shown around it."""
    left = np.minimum(DONE, GONE)
    wide = flow.standing(CREATED, left, 10 - extra, 14 + extra)

    assert (wide[:, extra : extra + 5] == flow.standing(CREATED, left, 10, 14)).all()
