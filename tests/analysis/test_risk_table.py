"""The counts under the curves: whole days and other times, ties, causes, late entries and bad input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from worklens.analysis.arrays import NEVER
from worklens.analysis.risk_table import RiskTable, risk_table

Row = tuple[float, int, float]  # age, cause, how long before it the task was first watched


def assert_counted(table: RiskTable, rows: list[Row], causes: int) -> None:
    """The table is what counting the rows one by one gives."""
    grid = sorted({age for age, _, _ in rows})
    at_risk = [sum(max(end - early, 0) <= age <= end for end, _, early in rows) for age in grid]
    events = [[sum(row[:2] == (age, kind) for row in rows) for age in grid] for kind in range(1, causes + 1)]

    assert table.time.tolist() == grid
    assert table.at_risk.tolist() == at_risk
    assert table.events.tolist() == events


def counted(rows: list[Row], causes: int, dtype: str) -> RiskTable:
    """The table of these rows, their ages of this type."""
    ages = np.array([row[0] for row in rows], dtype=dtype)
    entry = np.array([max(age - early, 0) for age, _, early in rows])
    return risk_table(ages, np.array([row[1] for row in rows], dtype=int), causes=causes, entry=entry)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 12))))
def test_whole_days_are_counted_as_by_hand(rows: list[Row]) -> None:
    """Ties, causes and late entries of whole days come out as one by one, and the same as floats."""
    assert_counted(counted(rows, 3, "int64"), rows, 3)
    assert_counted(counted(rows, 3, "float64"), rows, 3)


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1e300) | st.sampled_from([0.0, -0.0, 0.5, 1.0]), st.integers(0, 1), st.just(1e308)
        )
    )
)
def test_other_times_are_told_apart_to_the_last_bit(rows: list[Row]) -> None:
    """Any float from 0 up keeps its place and its value, the smallest next to the largest."""
    assert_counted(counted(rows, 1, "float64"), rows, 1)


def test_neighbouring_floats_are_two_times() -> None:
    """The event travels beside the time's bits, not in them."""
    table = risk_table([1.0, np.nextafter(1.0, 2)], [1, 0])

    assert table.time.tolist() == [1.0, np.nextafter(1.0, 2)]
    assert table.events.tolist() == [[1, 0]]


@pytest.mark.parametrize("dtype", [np.int32, np.uint16, np.int64, np.float32])
def test_days_of_any_number_type(dtype: type) -> None:
    """The type of the ages makes no difference, far-off days need no bins of their own."""
    table = risk_table(np.array([3, 1, 3, 40_000], dtype=dtype), [1, 0, 1, 1])

    assert table.time.tolist() == [1, 3, 40_000]
    assert table.at_risk.tolist() == [4, 3, 1]
    assert table.events.tolist() == [[0, 2, 1]]


def test_a_day_that_never_comes_takes_no_memory() -> None:
    """An age of 2 ** 40 is sorted, not binned."""
    assert_array_equal(risk_table(np.array([1, NEVER]), [1, 0]).time, [1, NEVER])


def test_nothing_is_an_empty_table() -> None:
    """No tasks, no ages."""
    table = risk_table([], [], causes=2)

    assert table.time.shape == (0,)
    assert table.events.shape == (2, 0)


@pytest.mark.parametrize("bad", [[-1], [-0.5], [np.nan], [np.inf]])
def test_impossible_ages_are_refused(bad: list[float]) -> None:
    """A task done before it was created is the caller's to settle."""
    with pytest.raises(ValueError, match="negative or not finite"):
        risk_table(bad, [1])


def test_unknown_causes_are_refused() -> None:
    """A cause that isn't counted would vanish."""
    with pytest.raises(ValueError, match="runs from 0 to 2"):
        risk_table([1, 2], [0, 2])


def test_rows_must_match() -> None:
    """Ages without causes, or entries without ages, are mistakes."""
    with pytest.raises(ValueError, match="one length"):
        risk_table([1, 2], [1])
    with pytest.raises(ValueError, match="one age a task"):
        risk_table([1, 2], [1, 1], entry=[0])
    with pytest.raises(ValueError, match="no later"):
        risk_table([1, 2], [1, 1], entry=[0, 3])
