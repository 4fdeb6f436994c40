"""Networks: gradients of every layer, activation and loss by the one checker, and what must not break the symmetry."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.activations import ACTIVATIONS
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.learning.initialisation import initialise
from worklens.analysis.learning.layers import count, cut
from worklens.analysis.learning.logistic import propagate
from worklens.analysis.learning.network import Network, answers, backward, cost, dropout_masks
from worklens.analysis.learning.one_hot import one_hot

RNG = np.random.default_rng(0)
X = RNG.normal(size=(7, 4))


def truths(loss: str) -> Floats:
    """(7, answers): three classes, two answers of 0 or 1, or two numbers."""
    if loss == "categorical":
        return np.asarray(one_hot(RNG.integers(0, 3, 7), 3))
    return RNG.integers(0, 2, (7, 2)).astype(np.float64) if loss == "binary" else RNG.normal(size=(7, 2))


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("loss", ["binary", "categorical", "squared"])
@pytest.mark.parametrize("keep", [1.0, 0.7])
def test_gradient(hidden: str, loss: str, keep: float) -> None:
    """Each layer's gradient is right to 1e-7 by itself, with L2, and with dropout's masks held still."""
    y = truths(loss)
    network = Network((4, 5, 3, y.shape[1]), hidden, loss, penalty=0.3)
    theta = initialise(network.sizes, "he", np.random.default_rng(1))
    theta += np.random.default_rng(2).normal(0, 0.1, theta.size)
    masks = dropout_masks(network, 7, keep, X, np.random.default_rng(3))
    gradient = np.empty_like(theta)
    backward(network, theta, X, y, gradient, masks)

    at = 0
    for layer in cut(theta, network.sizes):
        end = at + layer.weights.size + layer.bias.size

        def of_layer(part: Floats, at: int = at, end: int = end) -> float:
            return cost(network, np.concatenate([theta[:at], part, theta[end:]]), X, y, masks)

        assert gradient_error(of_layer, theta[at:end].copy(), gradient[at:end]) < 1e-7
        at = end
    assert at == count(network.sizes)


def test_gradient_of_one_answer() -> None:
    """A last layer of one unit, as for two classes, is right to 1e-7 too."""
    network, y = Network((4, 5, 1), "tanh", penalty=0.3), RNG.integers(0, 2, (7, 1)).astype(np.float64)
    theta = initialise(network.sizes, "xavier", np.random.default_rng(1))
    gradient = np.empty_like(theta)
    backward(network, theta, X, y, gradient)

    assert gradient_error(lambda at: cost(network, at, X, y), theta, gradient) < 1e-7


def test_no_hidden_layer_is_logistic_regression() -> None:
    """Gradient and loss are those of the course's first model."""
    network, y = Network((4, 1)), RNG.integers(0, 2, 7).astype(np.float64)
    theta, gradient = RNG.normal(size=5), np.empty(5)
    loss = backward(network, theta, X, y[:, None], gradient)
    dw, db, mean = propagate(theta[:4], float(theta[4]), X, y)

    assert_allclose(gradient, np.append(dw, db))
    assert loss == pytest.approx(mean)


def test_zeros_fail_to_break_the_symmetry() -> None:
    """From zeros every hidden unit gets the same gradient, so that all stay one; drawn weights differ."""
    network, y = Network((4, 3, 1), "sigmoid"), RNG.integers(0, 2, (7, 1)).astype(np.float64)
    for kind, alike in (("zeros", True), ("xavier", False)):
        theta = initialise(network.sizes, kind, np.random.default_rng(0))
        gradient = np.empty_like(theta)
        for _ in range(20):
            backward(network, theta, X, y, gradient)
            theta -= gradient
        weights = cut(theta, network.sizes)[0].weights
        assert (float(np.ptp(weights, axis=1).max()) == 0) is alike
        assert np.abs(weights).max() > 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_keeps_the_type(hidden: str, dtype: type) -> None:
    """Not one array on the way there and back is of another type."""
    network = Network((4, 3, 2), hidden, "categorical", penalty=0.1)
    theta: Reals = initialise(network.sizes, "he", np.random.default_rng(0)).astype(dtype)
    x: Reals = X.astype(dtype)
    gradient = np.empty_like(theta)
    masks = dropout_masks(network, 7, 0.5, x, np.random.default_rng(0))
    backward(network, theta, x, one_hot(RNG.integers(0, 2, 7), 2, dtype), gradient, masks)

    assert answers(network, theta, x).dtype == dtype
    assert masks is not None
    assert masks[0] is not None
    assert masks[0].dtype == dtype


def test_single_precision_agrees() -> None:
    """The gradient in float32 is that in float64 to its digits."""
    network, y = Network((4, 5, 1), "tanh"), RNG.integers(0, 2, (7, 1)).astype(np.float64)
    theta = initialise(network.sizes, "xavier", np.random.default_rng(0))
    wide, narrow = np.empty_like(theta), np.empty(theta.size, np.float32)
    backward(network, theta, X, y, wide)
    backward(network, theta.astype(np.float32), X.astype(np.float32), y.astype(np.float32), narrow)

    assert_allclose(narrow, wide, atol=1e-6)


def test_parameters_that_do_not_fit() -> None:
    """The error says how many there should be."""
    with pytest.raises(ValueError, match=r"\(19,\) would"):
        cut(np.zeros(18), (4, 3, 1))
