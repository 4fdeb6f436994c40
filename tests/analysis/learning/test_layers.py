"""Layers are views of one vector."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.learning.activations import relu
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


@pytest.mark.parametrize("examples", [0, 1, 15, 16, 17, 64, 96, 100])
def test_any_number_of_examples_is_summed_row_by_row(examples: int) -> None:
    """However many rows are taken as one, each gets its own sums, biases and zeros."""
    rng = np.random.default_rng(0)
    layer, given = cut(rng.normal(size=count((4, 3))), (4, 3))[0], rng.normal(size=(examples, 4))
    sums = layer.sums(given)

    assert np.array_equal(sums, given @ layer.weights + layer.bias)
    assert np.array_equal(relu(sums), np.maximum(sums, 0))
