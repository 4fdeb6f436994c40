"""The fast solver: right derivatives, the whole's optimum though it begins with a part, and no way to get lost."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.convex import CHUNK, Cost
from worklens.analysis.learning.gradient_check import gradient_error, numeric_gradient
from worklens.analysis.learning.newton import BLOCK, chord, minimise, newton, part


def cost_of(
    rows: int, features: int = 4, *, seed: int = 0, bias: bool = True, weighted: bool = False
) -> Cost:
    """A problem with an answer."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, features))
    y = (x @ rng.normal(size=features) + rng.logistic(size=rows) > 0.5).astype(np.float64)
    return Cost(x, y, rng.gamma(2, 1, rows) if weighted else None, 1 / rows, bias)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("bias", [False, True])
def test_gradient_and_curvature(bias: bool, weighted: bool) -> None:
    """The gradient is the cost's and the curvature the gradient's, to 1e-7, with and without weights and bias."""
    cost = cost_of(50, bias=bias, weighted=weighted)
    w = np.random.default_rng(1).normal(size=5)
    w[-1] *= bias
    free = slice(None) if bias else slice(-1)

    def value(theta: Floats) -> float:
        return cost.value(np.append(theta, w[theta.size :]))

    assert gradient_error(value, w[free], cost.gradient(w)[free]) < 1e-7
    for k in range(5)[free]:

        def slope(theta: Floats, k: int = k) -> float:
            return float(cost.gradient(np.append(theta, w[theta.size :]))[k])

        assert_allclose(numeric_gradient(slope, w[free]), cost.curvature(w)[k][free], atol=1e-8)


def test_chunks_change_nothing() -> None:
    """Rows over the edge of a chunk count once."""
    cost = cost_of(CHUNK // 4 + 3)
    w = np.ones(5)
    whole = (1 / (1 + np.exp(-(cost.x.sum(axis=1) + 1))) - cost.y) @ np.c_[cost.x, np.ones(len(cost.y))]

    assert_allclose(cost.gradient(w), whole / len(cost.y) + cost.penalty * np.array([1, 1, 1, 1, 0]))


@pytest.mark.parametrize("order", ["as drawn", "by a feature", "by truth"])
def test_the_part_leads_to_the_optimum_of_all(order: str) -> None:
    """Whatever the order of the rows, the answer is full Newton's."""
    cost = cost_of(20_000)
    by = {
        "as drawn": np.arange(20_000),
        "by a feature": cost.x[:, 0].argsort(),
        "by truth": cost.y.argsort(),
    }[order]
    sorted_cost = Cost(cost.x[by], cost.y[by], None, cost.penalty)
    assert part(20_000, 5) is not None

    assert_allclose(
        minimise(sorted_cost, np.zeros(5), 1e-18).w, newton(cost, np.zeros(5), 1e-18).w, atol=1e-8
    )


def test_a_part_that_misleads_does_no_harm() -> None:
    """If the part's rows are nothing like the rest, full Newton takes over and arrives."""
    cost = cost_of(20_000)
    rows = part(20_000, 5)
    assert rows is not None
    cost.x[rows] *= 0.01

    assert_allclose(minimise(cost, np.zeros(5), 1e-18).w, newton(cost, np.zeros(5), 1e-18).w, atol=1e-8)


def test_a_chord_with_a_wrong_curvature_gives_way() -> None:
    """A curvature a hundred times too flat would overshoot for ever; Newton ends it."""
    cost = cost_of(2_000)
    best = newton(cost, np.zeros(5), 1e-18).w

    assert_allclose(chord(cost, np.zeros(5), np.eye(5) * 500, 1e-18).w, best, atol=1e-8)


def test_the_decrement_tells_what_is_left() -> None:
    """Asked for 1e-6, the cost is within 1e-6 of the least."""
    cost = cost_of(20_000)
    least = cost.value(newton(cost, np.zeros(5), 1e-18).w)

    assert cost.value(minimise(cost, np.zeros(5), 1e-6).w) - least < 1e-6


@pytest.mark.parametrize("tolerance", [1e-4, 1e-6, 1e-8])
@pytest.mark.parametrize("kind", ["rare truths", "heavy tails", "a rare column", "weights"])
def test_the_tolerance_is_kept(kind: str, tolerance: float) -> None:
    """Also where a part tells little of the rest: what is left at the end is less than was asked for."""
    rng = np.random.default_rng(3)
    x = rng.standard_t(2.5, (20_000, 8)) if kind == "heavy tails" else rng.normal(size=(20_000, 8))
    if kind == "a rare column":
        x[:, 0] = rng.random(20_000) < 0.002
    z = x @ rng.normal(size=8) - (4 if kind == "rare truths" else 0)
    y = (z + rng.logistic(size=20_000) > 0).astype(np.float64)
    cost = Cost(x, y, rng.pareto(1.5, 20_000) if kind == "weights" else None, 1e-4)
    least = cost.value(newton(cost, np.zeros(9), 1e-20).w)

    assert cost.value(minimise(cost, np.zeros(9), tolerance).w) - least < tolerance


def test_rare_truths_take_more_rows() -> None:
    """What a row of the commoner truth adds is little, so that a part of the same worth has more of them."""
    common, rare = part(100_000, 50), part(100_000, 50, 0.02)

    assert common is not None
    assert rare is not None
    assert rare.size > 4 * common.size
    assert part(100_000, 50, 0.001) is None


def test_few_rows_are_all_taken() -> None:
    """A part of few rows would be too rough; a part of many is in whole blocks, spread over all."""
    assert part(300, 5) is None
    rows = part(100_000, 20)
    assert rows is not None
    assert rows.size % BLOCK == 0
    assert rows.size == pytest.approx(5_000, rel=0.1)
    assert np.diff(rows).max() < 3_000
    assert rows[-1] < 100_000


def test_a_part_with_one_truth_only() -> None:
    """Where all of the part's rows are 0 and the ones lie elsewhere, the answer is still the whole's."""
    cost = cost_of(20_000)
    rows = part(20_000, 5)
    cost.y[rows] = 0

    assert_allclose(minimise(cost, np.zeros(5), 1e-18).w, newton(cost, np.zeros(5), 1e-18).w, atol=1e-8)


def test_a_chord_from_far_away_gives_way() -> None:
    """Where every chance is 0 or 1 the curvature of the optimum leads astray; Newton begins anew, and arrives."""
    cost = cost_of(2_000)
    best = newton(cost, np.zeros(5), 1e-18).w
    bend: Floats = cost.curvature(best)
    found = chord(cost, np.full(5, 300.0), np.linalg.inv(bend).astype(np.float64) * 100, 1e-18)

    assert_allclose(found.w, best, atol=1e-8)
    assert found.steps < 50


def test_the_curvature_is_mended_on_the_way() -> None:
    """From half the right curvature each plain step would halve the way; learning from steps needs far fewer than 25."""
    cost = cost_of(2_000)
    best = newton(cost, np.zeros(5), 1e-18).w
    bend: Floats = cost.curvature(best)
    found = chord(cost, best + 0.01, np.linalg.inv(bend).astype(np.float64) / 1.8, 1e-18)

    assert_allclose(found.w, best, atol=1e-8)
    assert found.steps <= 7


@pytest.mark.parametrize("far", [3.0, 30.0, 300.0, 1e6])
def test_newton_from_far_away(far: float) -> None:
    """A start at which nothing bends any more is no end."""
    cost = cost_of(500)

    assert_allclose(newton(cost, np.full(5, far), 1e-18).w, newton(cost, np.zeros(5), 1e-18).w, atol=1e-8)
