"""Calibration mends chances that are too sure, and can't be made sure by few examples."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.calibration import Isotonic, Platt
from worklens.analysis.learning.gradient_check import numeric_gradient
from worklens.analysis.learning.losses import binary
from worklens.analysis.learning.metrics import calibration_error

RNG = np.random.default_rng(0)
LOGITS = RNG.normal(0, 1, 20_000)  # so many that chance alone makes an error of 0.01
TRUTH = RNG.random(20_000) < 1 / (1 + np.exp(-LOGITS))
SCORES = 3 * LOGITS + 1  # three times too sure, and shifted


@pytest.mark.parametrize("kind", [Platt, Isotonic])
def test_mends_what_is_too_sure(kind: type[Platt | Isotonic]) -> None:
    """On examples that neither saw, the error falls below 0.03 from above 0.15."""
    chances = kind().fit(SCORES[:10_000], TRUTH[:10_000]).predict(SCORES[10_000:])

    assert calibration_error(TRUTH[10_000:], np.asarray(sigmoid(SCORES[10_000:]))) > 0.15
    assert calibration_error(TRUTH[10_000:], chances) < 0.03


def test_platt_finds_the_planted_sigmoid() -> None:
    """Slope a third and offset minus a third, within what 20,000 examples tell."""
    fitted = Platt().fit(SCORES, TRUTH)

    assert_allclose([fitted.slope_, fitted.offset_], [1 / 3, -1 / 3], atol=0.03)


def test_platt_is_at_the_optimum_of_his_targets() -> None:
    """There the log loss against Platt's drawn-in truths is flat."""
    fitted, true = Platt().fit(SCORES, TRUTH), TRUTH.sum()
    target = np.where(TRUTH, (true + 1) / (true + 2), 1 / (TRUTH.size - true + 2))

    def cost(theta: Floats) -> float:
        return binary((theta[0] * SCORES + theta[1])[:, None], target[:, None])

    assert_allclose(numeric_gradient(cost, np.array([fitted.slope_, fitted.offset_])), 0, atol=1e-8)


def test_four_separable_examples_are_no_certainty() -> None:
    """Two against two: Platt's targets keep every chance between a quarter and three quarters."""
    chances = Platt().fit([-2.0, -1.0, 1.0, 2.0], [0, 0, 1, 1]).predict([-2.0, 2.0])

    assert 0.1 < chances[0] < 0.26
    assert 0.74 < chances[1] < 0.9


def test_scores_that_tell_nothing() -> None:
    """One score for all gives one chance, about how often it came true."""
    assert_allclose(Platt().fit(np.ones(1000), TRUTH[:1000]).predict([1.0]), TRUTH[:1000].mean(), atol=1e-3)
    assert_allclose(Isotonic().fit(np.zeros(9), [0, 1] * 4 + [1]).predict([-5.0, 0.0]), 5 / 9)


def test_isotonic_equals_scikit_learn() -> None:
    """The same chances for scores between, at and beyond those it learnt from."""
    peer = pytest.importorskip("sklearn.isotonic", reason="scikit-learn is a peer, of the bench extra")
    scores, asked = SCORES.round(1), np.linspace(-20, 20, 301)
    theirs = peer.IsotonicRegression(out_of_bounds="clip").fit(scores, TRUTH)

    assert_allclose(Isotonic().fit(scores, TRUTH).predict(asked), theirs.predict(asked), atol=1e-9)


@pytest.mark.parametrize("kind", [Platt, Isotonic])
def test_what_nothing_can_be_learnt_from(kind: type[Platt | Isotonic]) -> None:
    """One class, three, NaN, and asking before it learnt."""
    for scores, y, says in (
        ([1.0], [1], "one class"),
        ([1, 2, 3], [0, 1, 2], "3 classes"),
        ([np.nan], [1], "finite"),
    ):
        with pytest.raises(ValueError, match=says):
            kind().fit(scores, y)
    with pytest.raises(ValueError, match="call fit first"):
        kind().predict([1.0])
