"""Optimisers against their formulas, whose averages are those of `analysis/smoothing.py`."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.optimisers import EPSILON, OPTIMISERS
from worklens.analysis.smoothing import ewma

STEPS, RATE = 40, 0.1
GRADIENTS = np.random.default_rng(0).normal(size=(3, STEPS))  # (parameters, steps)


def expected(name: str) -> Floats:
    """(parameters, steps): what each step takes off, from the definition over all steps at once."""
    g = GRADIENTS
    if name == "descent":
        return RATE * g
    if name == "momentum":
        return RATE * ewma(g, 0.9, corrected=False)
    if name == "rmsprop":
        return RATE * g / (np.sqrt(ewma(g**2, 0.9, corrected=False)) + EPSILON)
    return RATE * ewma(g, 0.9) / (np.sqrt(ewma(g**2, 0.999)) + EPSILON)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_steps(name: str) -> None:
    """Forty steps are the formula's, bias correction and all."""
    optimiser, theta, path = OPTIMISERS[name](), np.zeros(3), []
    for step in range(STEPS):
        optimiser.step(theta, GRADIENTS[:, step].copy(), RATE)
        path.append(theta.copy())

    assert_allclose(np.array(path).T, -np.cumsum(expected(name), axis=1), rtol=1e-10)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_single_precision_stays(name: str) -> None:
    """No state of float32 parameters is in float64, which would slow every later step."""
    optimiser, theta = OPTIMISERS[name](), np.zeros(3, np.float32)
    for step in range(3):
        optimiser.step(theta, GRADIENTS[:, step].astype(np.float32), RATE)

    kept = [value for value in vars(optimiser).values() if isinstance(value, np.ndarray)]
    assert all(value.dtype == np.float32 for value in [theta, *kept])


@pytest.mark.parametrize("name", OPTIMISERS)
def test_finds_the_bottom_of_a_long_valley(name: str) -> None:
    """A bowl fifty times as long as wide: each comes within a tenth of its middle."""
    optimiser, theta, bend = OPTIMISERS[name](), np.array([1.0, 1.0]), np.array([1.0, 50.0])
    for step in range(2000):
        optimiser.step(theta, bend * theta, 0.03 / (1 + step / 200))

    assert np.abs(theta).max() < 0.1
