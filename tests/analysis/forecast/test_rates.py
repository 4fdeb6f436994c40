"""Rates, the week's profile and how many average days lie ahead."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.forecast.rates import HALF_LIVES, IDLE, decayed_sums, idle, pace


def test_a_steady_pace_is_every_memory_s_rate() -> None:
    """And the pace ahead is that rate, with what an idle person does."""
    known = pace(np.full(70, 3))

    assert known.rates[:, 0].tolist() == [0] * len(HALF_LIVES)
    assert known.rates[:, 1:] == pytest.approx(3)
    assert known.ahead(30)[:, 1:] == pytest.approx(3 + idle(30))


def test_what_sets_a_week_apart_dies_away() -> None:
    """After a burst the rate ahead lies between the short memory's and the long one's, the longer the horizon the lower."""
    known = pace(np.array([1] * 700 + [9] * 7))
    short, long = known.rates[0, -1], known.long[-1]

    ahead = [known.ahead(horizon)[0, -1] - idle(horizon) for horizon in (1, 30, 365)]

    assert short > ahead[0] > ahead[1] > ahead[2] > long


def test_nobody_is_idle_for_good() -> None:
    """Little comes back within a week, nearly all within a year."""
    assert idle(7) < IDLE / 5
    assert idle(365) == pytest.approx(IDLE, rel=0.01)


def test_the_week_s_profile_is_learnt() -> None:
    """Five working days: a week ahead is a week, and from the fifth day on two nearly empty days come first."""
    done = np.array(([4] * 5 + [0, 0]) * 60)
    known, origins = pace(done), np.array([done.size, done.size - 2])

    exposure = known.exposure(origins, np.array([2, 5, 7, 14]))

    assert exposure[:, 2:] == pytest.approx(np.array([[7, 14], [7, 14]]))
    assert exposure[0, 1] == pytest.approx(7, abs=0.3)
    assert exposure[1, 0] < 0.3


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_a_flat_week_until_there_is_evidence(days: list[int]) -> None:
    """With few tasks seen, no weekday stands out by more than the prior lets it."""
    week = pace(np.array(days)).week

    assert week.mean(axis=1) == pytest.approx(1)
    assert (week > 0).all()
    assert week[0].tolist() == [1] * 7


def test_decayed_sums_by_hand() -> None:
    """A value counts half as much a half-life later."""
    assert decayed_sums(np.array([4.0, 0, 1]), 1) == pytest.approx([4, 2, 2])


@pytest.mark.parametrize("half_life", [0.5, 3.0, 365.0])
def test_decayed_sums_lose_no_digits(half_life: float) -> None:
    """Over many years the same as day by day, also where what is long past weighs less than a number can hold."""
    values = np.random.default_rng(4).poisson(0.5, (2, 2_000)).astype(np.float64)
    expected, beta = np.zeros_like(values), 0.5 ** (1 / half_life)
    for day in range(values.shape[1]):
        expected[:, day] = beta * expected[:, day - 1] * (day > 0) + values[:, day]

    assert decayed_sums(values, half_life) == pytest.approx(expected, rel=1e-12, abs=1e-300)
