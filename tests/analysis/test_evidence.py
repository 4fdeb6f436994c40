"""The tests under findings: right where they can be worked out, and rarely wrong where nothing is to be found."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.evidence import dispersed, excess, holm, sign_flip


def rng(seed: int = 0) -> np.random.Generator:
    """A generator that gives the same draws in every run."""
    return np.random.default_rng(seed)


def test_few_blocks_prove_nothing() -> None:
    """Five blocks that all lean one way do so by chance in 2 of 32 cases; twelve in 2 of 4,096."""
    five, twelve = (sign_flip(np.full((blocks, 1), 3.0), rng())[0] for blocks in (5, 12))

    assert five == pytest.approx(2 / 32, abs=0.02)
    assert twelve < 0.005


def test_blocks_that_cancel_prove_nothing() -> None:
    """Scores that sum to zero are reached by every flip."""
    assert sign_flip(np.array([[1.0], [-1.0]]), rng())[0] == 1


def test_the_best_of_many_groups_is_judged_as_such() -> None:
    """The same scores are less convincing among other groups, one of which had to be the most extreme."""
    scores = rng(1).normal(0, 1, (30, 20))
    scores[:, 0] += 0.5

    assert sign_flip(scores, rng())[0] > sign_flip(scores[:, :1], rng())[0]


def test_nothing_to_compare_is_unknown() -> None:
    """A group without scores has no p, and takes none from the others; no groups at all are no answer."""
    p = sign_flip(np.array([[0.0, 1.0], [0.0, 1.0], [0.0, 1.0]]), rng())
    z, tails = dispersed(np.array([[0.0, 1.0]]), np.array([0.0, 1.0]), np.zeros(2))

    assert np.isnan(p).tolist() == [True, False]
    assert np.isnan(z).tolist() == np.isnan(tails).tolist() == [True, False]
    assert np.isnan(sign_flip(np.zeros((4, 2)), rng())).all()


@pytest.mark.parametrize("expected", [2.0, 5.0, 20.0])
@pytest.mark.parametrize("side", [-1, 1])
def test_tails_of_rare_events_are_those_of_poisson(expected: float, side: int) -> None:
    """Twice the tail is close to Poisson's own, where a normal curve would be far off."""
    count = round(expected + side * 1.3 * math.sqrt(expected))
    score, variance = np.full((50, 1), (count - expected) / 50), np.array([expected])
    tail = poisson_tail(count, expected, side)

    assert dispersed(score, variance, variance)[1][0] == pytest.approx(min(1, 2 * tail), rel=0.15)


def poisson_tail(count: int, mean: float, side: int) -> float:
    """The chance of a count as far out on this side."""
    below = sum(math.exp(-mean) * mean**each / math.factorial(each) for each in range(count + (side < 0)))
    return below if side < 0 else 1 - below


def test_bursts_widen_the_spread() -> None:
    """The same sum is less convincing where the blocks are wild, in this group or in all."""
    calm, variance = np.full((20, 1), 1.0), np.array([20.0])
    wild = calm + np.tile([[6.0], [-6.0]], (10, 1))
    beside = np.hstack([calm, wild])

    z_calm, z_wild = dispersed(calm, variance, variance)[0], dispersed(wild, variance, variance)[0]
    z_beside = dispersed(beside, np.tile(variance, 2), np.tile(variance, 2))[0]

    assert z_wild[0] < z_beside[0] < z_calm[0]


def test_missing_a_rare_event_is_no_finding() -> None:
    """Two events were expected over 26 blocks and none came: flipping alone would call that impossible."""
    scores, variance = np.full((26, 1), -2 / 26), np.array([2.0])

    assert sign_flip(scores, rng())[0] < 0.01
    assert excess(scores, variance, variance, rng()).p[0] > 0.1


@pytest.mark.parametrize("burst", [None, 0.5])
def test_false_findings_stay_rare(burst: float | None) -> None:
    """Where groups share alike, calm or in bursts, no more than 1 in 20 histories has a p of 0.05 or less."""
    random = rng(5)
    found = [excess(*shared(random, burst), random, flips=199).p.min() <= 0.05 for _ in range(200)]

    assert sum(found) <= 18  # of 200; 10 are allowed on average


def shared(random: np.random.Generator, burst: float | None) -> tuple[Floats, Floats, Floats]:
    """Scores of 26 blocks whose events fall on four groups alike, each group with bursts of its own."""
    mean = np.full((26, 4), 6.0)
    counts = random.poisson(mean if burst is None else mean * random.gamma(burst, 1 / burst, mean.shape))
    variance = np.full(4, counts.sum() / 4 * 3 / 4)
    return counts - counts.mean(axis=1, keepdims=True), variance, variance / 2


def test_holm_by_hand() -> None:
    """The smallest of three is tripled, the next doubled, the last left; none falls below one before it."""
    assert_allclose(holm([0.04, 0.01, np.nan, 0.03]), [0.06, 0.03, np.nan, 0.06])
    assert holm([0.9, 0.8]).tolist() == [1, 1]
    assert holm([]).shape == (0,)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_keeps_the_order_and_never_helps(p: list[float]) -> None:
    """A corrected p is no smaller, and a smaller p stays no larger than a larger one."""
    adjusted = holm(p)

    assert (adjusted >= np.array(p) - 1e-12).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()
