"""Layers are views of one vector."""

from __future__ import annotations

import numpy as np

from worklens.analysis.learning.layers import count, cut


def test_every_parameter_belongs_to_one_layer() -> None:
    """Weights and biases tile the vector, in order."""
    theta = np.arange(count((2, 3, 1)), dtype=np.float64)
    first, last = cut(theta, (2, 3, 1))

    assert first.weights.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert first.bias.tolist() == [6, 7, 8]
    assert last.weights.tolist() == [[9], [10], [11]]
    assert last.bias.tolist() == [12]


def test_a_layer_changes_the_vector() -> None:
    """Nothing is copied."""
    theta = np.zeros(count((2, 1)))
    cut(theta, (2, 1))[0].weights[:] = 5

    assert theta.tolist() == [5, 5, 0]
