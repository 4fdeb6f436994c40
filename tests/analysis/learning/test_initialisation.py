"""Initial weights: their spread, and what it does to a signal on its way through many layers."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.learning.initialisation import DEVIATIONS, initialise
from worklens.analysis.learning.layers import cut
from worklens.analysis.learning.network import Network, forward


@pytest.mark.parametrize(
    ("kind", "deviation"),
    [("zeros", 0), ("small", 0.01), ("xavier", (2 / 500) ** 0.5), ("he", (2 / 300) ** 0.5)],
)
def test_the_spread(kind: str, deviation: float) -> None:
    """Weights are spread as the papers say, biases are 0."""
    (layer,) = cut(initialise((300, 200), kind, np.random.default_rng(0)), (300, 200))

    assert layer.weights.std() == pytest.approx(deviation, rel=0.02)
    assert not layer.bias.any()


@pytest.mark.parametrize(
    ("kind", "hidden", "kept"), [("he", "relu", True), ("xavier", "tanh", True), ("small", "relu", False)]
)
def test_the_signal_through_ten_layers(kind: str, hidden: str, kept: bool) -> None:
    """It neither fades nor explodes with the scale that suits the activation; with small weights it is gone."""
    sizes = (64,) * 11
    rng = np.random.default_rng(0)
    theta = initialise(sizes, kind, rng)
    last = forward(Network(sizes, hidden), cut(theta, sizes), rng.normal(size=(100, 64))).active[-1]

    assert (0.1 < float(last.std()) < 10) is kept


@pytest.mark.parametrize("kind", DEVIATIONS)
def test_seeds(kind: str) -> None:
    """The same seed gives the same weights, to the bit."""
    one, two = (initialise((5, 4, 1), kind, np.random.default_rng(7)) for _ in range(2))

    assert (one == two).all()
