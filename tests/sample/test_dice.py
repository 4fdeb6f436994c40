"""Seeded chance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sample.dice import Dice

SEEDS = st.integers(0, 2**64)


def test_the_stream_of_a_seed_never_changes() -> None:
    """The first numbers of a stream are these, whatever NumPy's version."""
    expected = [0.4543236106018268, 0.8980073419940565, 0.8737253460981776]

    assert expected == Dice(7, "a stream").uniforms(3).tolist()


def test_streams_are_told_apart_by_name_and_seed() -> None:
    """Another name or seed gives other numbers."""
    streams = [Dice(7, "one"), Dice(7, "two"), Dice(8, "one")]

    assert len({stream.uniform() for stream in streams}) == 3


@given(SEEDS)
def test_uniforms_lie_between_zero_and_one(seed: int) -> None:
    """Zero may come, one never."""
    numbers = Dice(seed, "x").uniforms(1000)

    assert (numbers >= 0).all()
    assert (numbers < 1).all()


@given(SEEDS, st.integers(-50, 50), st.integers(0, 3))
def test_whole_numbers_include_both_ends(seed: int, low: int, width: int) -> None:
    """In 200 draws each of up to four numbers comes, and no other."""
    dice = Dice(seed, "x")

    assert set(range(low, low + width + 1)) == {dice.whole(low, low + width) for _ in range(200)}


def test_indices_come_in_proportion_to_their_weights() -> None:
    """A weight of nothing is never drawn; the others within four standard deviations of their share."""
    weights = np.array([0.0, 1.0, 3.0, 0.0, 4.0])

    found = np.bincount(Dice(1, "x").indices(weights, 8000), minlength=5)

    assert found[0] == found[3] == 0
    assert found[[1, 2, 4]] == pytest.approx([1000, 3000, 4000], abs=4 * math.sqrt(2000))


@pytest.mark.parametrize("rate", [0.0, 0.5, 3.0, 8.0])
def test_counts_follow_poissons_law(rate: float) -> None:
    """Mean and variance are the rate, and the share of zeros is exp(-rate)."""
    counts = Dice(3, "x").counts(np.full(20_000, rate))

    assert counts.mean() == pytest.approx(rate, abs=4 * math.sqrt(rate / 20_000))
    assert counts.var() == pytest.approx(rate, rel=0.06)
    assert (counts == 0).mean() == pytest.approx(math.exp(-rate), abs=0.015)
