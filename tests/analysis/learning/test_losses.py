"""Losses against their formulas and numeric gradients."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.learning.losses import LOSSES
from worklens.analysis.learning.one_hot import one_hot

Z = np.random.default_rng(0).normal(0, 2, (5, 3))
TRUTHS = {
    "binary": np.random.default_rng(1).integers(0, 2, Z.shape).astype(np.float64),
    "categorical": one_hot(np.array([0, 2, 1, 1, 0]), 3),
    "squared": np.random.default_rng(2).normal(size=Z.shape),
}


@pytest.mark.parametrize("name", LOSSES)
def test_gradient(name: str) -> None:
    """The gradient of every loss through its activation is right to 1e-7."""
    loss, y = LOSSES[name], TRUTHS[name]

    def cost(z: Floats) -> float:
        return loss.of(z, y)

    assert gradient_error(cost, Z, loss.back(loss.activation(Z), y)) < 1e-7


def test_the_stable_forms_are_the_formulas() -> None:
    """Where the textbook's forms don't overflow, ours give the same."""
    for name in ("binary", "categorical"):
        a, y = LOSSES[name].activation(Z), TRUTHS[name]
        terms = y * np.log(a) + (1 - y) * np.log(1 - a) if name == "binary" else y * np.log(a)
        assert_allclose(LOSSES[name].of(Z, y), -terms.sum(axis=1).mean())


def test_sure_and_wrong_is_dear_but_finite() -> None:
    """A sum of 1,000 on the wrong side costs 1,000, where the textbook's form gives infinity."""
    assert LOSSES["binary"].of(np.array([[1000.0]]), np.array([[0.0]])) == 1000
    assert LOSSES["categorical"].of(np.array([[1000.0, 0.0]]), np.array([[0.0, 1.0]])) == 1000


def test_two_classes_are_a_softmax_of_two() -> None:
    """Binary cross-entropy of z is categorical cross-entropy of (0, z)."""
    z, y = Z[:, :1], TRUTHS["binary"][:, :1]

    both = LOSSES["categorical"].of(np.hstack([0 * z, z]), np.hstack([1 - y, y]))
    assert_allclose(LOSSES["binary"].of(z, y), both)
