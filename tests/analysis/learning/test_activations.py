"""Activations against their definitions, and their ways back against numeric gradients."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.activations import (
    ACTIVATIONS,
    BATCH,
    LEAK,
    leaky_relu,
    relu,
    sigmoid,
    softmax,
)
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.gradient_check import gradient_error

Z = np.random.default_rng(0).normal(0, 2, (4, 3))  # no entry within a step of 0, where ReLU has its corner


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gradient(name: str) -> None:
    """The way back of every activation is its gradient, to 1e-7."""
    activation, da = ACTIVATIONS[name], np.random.default_rng(1).normal(size=Z.shape)

    def cost(z: Floats) -> float:
        return float((activation.of(z) * da).sum())

    assert gradient_error(cost, Z, activation.back(da, Z, activation.of(Z))) < 1e-7


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_keeps_the_type(name: str, dtype: type) -> None:
    """float32 in is float32 out, forth and back."""
    z: Reals = Z.astype(dtype)
    a = ACTIVATIONS[name].of(z)

    assert a.dtype == dtype
    assert ACTIVATIONS[name].back(np.ones_like(z), z, a).dtype == dtype


def test_sigmoid_is_its_formula() -> None:
    """The tanh form gives what the definition gives."""
    assert_allclose(sigmoid(Z), 1 / (1 + np.exp(-Z)), rtol=1e-12)


def test_extremes_neither_overflow_nor_become_nan() -> None:
    """Sums of 1,000 are answered with 0 and 1, without a warning."""
    far = np.array([[-1000.0, 0.0, 1000.0]])

    assert_allclose(sigmoid(far), [[0, 0.5, 1]])
    assert_allclose(softmax(far), [[0, 0, 1]])


def test_softmax_sums_to_one_and_knows_no_level() -> None:
    """Shares sum to 1, and adding the same to every unit changes none."""
    assert_allclose(softmax(Z).sum(axis=1), 1)
    assert_allclose(softmax(Z + 7), softmax(Z))


def test_relu_and_its_leak() -> None:
    """Below 0 a ReLU passes nothing and a leaky one its leak; above both pass all."""
    z = np.array([-2.0, 3.0])

    assert relu(z).tolist() == [0, 3]
    assert leaky_relu(z).tolist() == [-2 * LEAK, 3]


@pytest.mark.parametrize("rows", [BATCH // 4, BATCH])
def test_relu_of_a_batch_and_of_more(rows: int) -> None:
    """With and without kept zeros it is the same, and what was answered once may be changed."""
    z = np.random.default_rng(0).normal(size=(rows, 2))
    relu(z)[:] = 7

    assert np.array_equal(relu(z), np.where(z > 0, z, 0))
