"""The process behaviour chart against figures worked out by hand, and its rules one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.behaviour import LONG_RUN, NEAR_LIMIT, NOTHING, OUTSIDE, behaviour, skewness


def test_limits_worked_out_by_hand() -> None:
    """Twelve points with an average of 10 and moving ranges of 2 on average: 10 -+ 2.66 * 2."""
    chart = behaviour([9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11])

    assert (chart.average, chart.lower, chart.upper) == pytest.approx((10, 4.68, 15.32))
    assert (chart.skewness, chart.on_roots) == (0, False)
    assert not chart.signal.any()


def test_a_point_outside() -> None:
    """One week of 40 among tens is a signal; its neighbours are none."""
    chart = behaviour([9, 11, 10, 9, 11, 10, 40, 10, 11, 9, 10, 11])

    assert np.flatnonzero(chart.signal).tolist() == [6]
    assert chart.signal[6] == OUTSIDE
    assert chart.on_roots


def test_a_long_run() -> None:
    """Ten weeks below the average and ten above it, none of them near a limit."""
    chart = behaviour([*[10, 12] * 5, *[13, 15] * 5])

    assert chart.signal.tolist() == [LONG_RUN] * 20


def test_three_of_four_near_a_limit() -> None:
    """Nearer to it than to the average, on the same side; the fourth may lie anywhere."""
    chart = behaviour([*[9, 11] * 10, 14, 14, 10, 14, *[9, 11] * 3])

    assert np.flatnonzero(chart.signal).tolist() == [20, 21, 23]
    assert chart.signal[20] == NEAR_LIMIT
    assert chart.signal[22] == NOTHING


def test_skewed_counts_get_limits_of_their_own() -> None:
    """Mostly quiet weeks and some busy ones: the upper limit lies further off than the lower, which isn't below 0."""
    weekly = np.random.default_rng(0).poisson(np.random.default_rng(1).gamma(0.8, 5, 60))
    chart = behaviour(weekly)

    assert chart.on_roots
    assert chart.skewness > 1
    assert 0 <= chart.lower < chart.average < chart.upper
    assert chart.upper - chart.average > chart.average - chart.lower


def test_luck_is_seldom_a_signal() -> None:
    """Steady counts break the first rule about three times in a thousand."""
    weekly = np.random.default_rng(2).poisson(20, (200, 50))
    outside = sum(int((behaviour(row).signal == OUTSIDE).sum()) for row in weekly)

    assert outside / weekly.size < 0.006


@given(st.lists(st.integers(0, 1000), max_size=40))
def test_any_counts_have_a_chart(weekly: list[int]) -> None:
    """With limits in order, and none from too little; doubling every count doubles the lines where they aren't on roots."""
    chart = behaviour(weekly)

    assert chart.signal.size == len(weekly)
    if len(weekly) < 10:
        assert np.isnan([chart.average, chart.lower, chart.upper]).all()
        return
    assert 0 <= chart.lower <= chart.average <= chart.upper
    if not chart.on_roots:
        twice = behaviour(2 * np.array(weekly))
        assert (twice.average, twice.upper) == pytest.approx((2 * chart.average, 2 * chart.upper))


def test_skewness_by_hand() -> None:
    """Of 0, 0, 3: moments 2 and 2 over 2 ** 1.5; unknown where nothing varies."""
    assert skewness(np.array([0.0, 0.0, 3.0])) == pytest.approx(2 / 2**1.5)
    assert np.isnan(skewness(np.ones(5)))
    assert np.isnan(skewness(np.empty(0)))
