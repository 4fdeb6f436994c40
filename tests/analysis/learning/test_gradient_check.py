"""The checker is checked: it passes right gradients and catches wrong ones."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.gradient_check import gradient_error, numeric_gradient, relative_difference

THETA = np.random.default_rng(0).normal(size=(3, 2))


def cost(theta: Floats) -> float:
    """Its gradient is `3 theta**2 + cos(theta)`."""
    return float((theta**3 + np.sin(theta)).sum())


def test_a_right_gradient_passes() -> None:
    """A gradient derived by hand is within 1e-7, whatever the shape."""
    right = 3 * THETA**2 + np.cos(THETA)

    assert_allclose(numeric_gradient(cost, THETA), right, rtol=1e-8)
    assert gradient_error(cost, THETA, right) < 1e-7


@pytest.mark.parametrize("wrong", [-1.0, 2.0, 1.001])
def test_a_wrong_gradient_is_caught(wrong: float) -> None:
    """A sign, a factor or a thousandth is far above the limit."""
    assert gradient_error(cost, THETA, wrong * (3 * THETA**2 + np.cos(THETA))) > 1e-4


def test_one_wrong_entry_is_caught() -> None:
    """One bad parameter among many can't hide."""
    gradient = 3 * THETA**2 + np.cos(THETA)
    gradient[1, 1] = 0

    assert gradient_error(cost, THETA, gradient) > 1e-3


def test_two_zeros_are_equal() -> None:
    """A flat place has a gradient of 0, and that is no division by 0."""
    assert relative_difference(np.zeros(2), np.zeros(2)) == 0


def test_another_shape() -> None:
    """A transposed gradient is refused rather than broadcast."""
    with pytest.raises(ValueError, match="can't belong"):
        gradient_error(cost, THETA, THETA.T)
