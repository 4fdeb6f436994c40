"""Due dates that moved, and estimates against the time spent."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.plans import estimate_ratio, kind_ratios, rescheduling


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


# ----- Kinds of work -----


def test_kinds_by_hand() -> None:
    """Medians of each kind alone; with kinds that are all alike, all of them are believed to be as everyone."""
    alike = kind_ratios(np.full(6, 100.0), np.array([100, 200, 400.0] * 2), np.array([0, 0, 0, 1, 1, 1]), 3)

    assert alike.n.tolist() == [3, 3, 0]
    assert alike.ratio[:2] == pytest.approx([2, 2])
    assert np.isnan(alike.ratio[2])
    assert alike.weight.tolist() == [0, 0, 0]
    assert alike.shrunk == pytest.approx([2, 2, 2])


def test_a_small_kind_is_drawn_towards_all_more_than_a_large_one() -> None:
    """Two large kinds that differ stay; one task of a third kind says little."""
    rng = np.random.default_rng(0)
    kind = np.repeat([0, 1, 2], [400, 400, 1])
    spent = 100 * np.exp(np.array([0.0, 0.7, 2.0])[kind] + rng.normal(0, 0.5, kind.size))
    found = kind_ratios(np.full(kind.size, 100.0), spent, kind, 3)

    assert found.shrunk[:2] == pytest.approx(found.ratio[:2], rel=0.02)
    assert found.shrunk[2] < found.ratio[2]
    assert found.weight[2] < 0.8 < 0.98 < found.weight[0]


def test_shrinking_comes_closer_to_the_truth() -> None:
    """Over many small kinds whose truth is known, the drawn-in ratios miss by a quarter less than their own medians."""
    rng = np.random.default_rng(1)
    truth = rng.normal(0, 0.3, 200)
    kind = np.repeat(np.arange(200), rng.integers(1, 8, 200))
    spent = 100 * np.exp(truth[kind] + rng.normal(0, 0.8, kind.size))
    found = kind_ratios(np.full(kind.size, 100.0), spent, kind, 200)
    own, drawn = (np.mean((np.log(ratio) - truth) ** 2) for ratio in (found.ratio, found.shrunk))

    assert drawn < 0.75 * own


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0.1, 1000), st.floats(0.1, 1000)), max_size=40))
def test_kinds_hold_together(tasks: list[tuple[int, float, float]]) -> None:
    """Whatever they are: medians are those of NumPy, and what is believed lies between them and everyone's."""
    kind = np.array([one[0] for one in tasks], dtype=np.int64)
    estimate, spent = (np.array([one[place] for one in tasks], dtype=np.float64) for place in (1, 2))
    found = kind_ratios(estimate, spent, kind, 5)
    everyone = estimate_ratio(estimate, spent).ratio

    for code in range(5):
        mine = (spent / estimate)[kind == code]
        assert found.n[code] == mine.size
        if mine.size:
            assert found.ratio[code] == pytest.approx(np.exp(np.median(np.log(mine))))
            low, high = sorted([found.ratio[code], everyone])
            assert low * (1 - 1e-9) <= found.shrunk[code] <= high * (1 + 1e-9)
        elif tasks:
            assert found.shrunk[code] == pytest.approx(everyone)
