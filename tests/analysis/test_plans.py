"""Due dates that moved, and estimates against the time spent."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.plans import estimate_ratio, rescheduling


def test_moves_are_counted_and_added() -> None:
    """A task put off twice and brought forward once has moved three times and as far as it now stands."""
    moves = rescheduling(np.array([2, 2, 0, 2]), np.array([5, 7, 1, 20]), np.array([7, 20, 1, 19]), 4)

    assert moves.times.tolist() == [0, 0, 3, 0]
    assert moves.days.tolist() == [0, 0, 14, 0]


def test_no_moves_are_zeros() -> None:
    """Tasks that never moved are there all the same."""
    none = np.array([], dtype=np.int64)

    assert rescheduling(none, none, none, 2).times.tolist() == [0, 0]


def test_twice_and_half_as_long_cancel() -> None:
    """The median is taken on logarithms; estimates that are missing or 0 don't count."""
    estimate = np.array([1.0, 2.0, 0.0, np.nan, 3.0])
    spent = np.array([2.0, 1.0, 5.0, 5.0, np.nan])
    result = estimate_ratio(estimate, spent)

    assert result.n == 2
    assert result.ratio == pytest.approx(1.0)
    assert math.isnan(result.low)


def test_no_estimates_are_no_ratio() -> None:
    """Without evidence the ratio is NaN, not 1."""
    result = estimate_ratio(np.array([0.0]), np.array([1.0]))

    assert result.n == 0
    assert math.isnan(result.ratio)


def test_the_interval_is_that_of_the_sign_test() -> None:
    """Of 10 values the 2nd and the 9th hold the median with 97.9 %; the 3rd and 8th would with 89 %. Of 6: all."""
    ten = estimate_ratio(np.ones(10), np.arange(1.0, 11))
    six = estimate_ratio(np.ones(6), np.arange(1.0, 7))

    assert (ten.low, ten.high) == pytest.approx((2, 9))
    assert (six.low, six.high) == pytest.approx((1, 6))


@given(n=st.integers(6, 3000))
def test_the_interval_holds_the_median_with_95_percent(n: int) -> None:
    """The chance that a half-and-half count falls outside its ranks is at most 5 %, and one rank less would exceed it."""
    result = estimate_ratio(np.ones(n), np.arange(1.0, n + 1))
    outside = round(result.low) - 1  # values below the interval
    below = sum(math.comb(n, count) for count in range(outside + 1)) / 2**n

    assert 2 * below <= 0.05 < 2 * (below + math.comb(n, outside + 1) / 2**n)
    assert result.low + result.high == pytest.approx(n + 1)
