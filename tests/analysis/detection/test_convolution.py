"""Convolution, and windows slid by it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.detection.convolution import as_filters, convolved, pooled


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 0), (1, 2), (3, 1)])
def test_it_is_the_sum_over_each_window(stride: int, padding: int) -> None:
    """Beside four loops, for any stride and padding."""
    rng = np.random.default_rng(1)
    pictures, filters = rng.normal(size=(2, 7, 6, 3)), rng.normal(size=(3, 2, 3, 4))
    edged = np.pad(pictures, ((0, 0), (padding, padding), (padding, padding), (0, 0)))

    made = convolved(pictures, filters, stride=stride, padding=padding)

    assert made.shape[1:3] == ((7 + 2 * padding - 3) // stride + 1, (6 + 2 * padding - 2) // stride + 1)
    for picture, row, column, unit in np.ndindex(*made.shape):
        top, left = row * stride, column * stride
        window = edged[picture, top : top + 3, left : left + 2]
        assert_allclose(made[picture, row, column, unit], (window * filters[..., unit]).sum())


def test_a_dense_layer_slides_as_a_convolution() -> None:
    """At every place it says what the layer says of the window cut out there."""
    rng = np.random.default_rng(2)
    picture, weights = rng.normal(size=(1, 9, 8, 2)), rng.normal(size=(4 * 3 * 2, 5))

    slid = convolved(picture, as_filters(weights, (4, 3, 2)))

    for row, column in np.ndindex(6, 6):
        window = picture[0, row : row + 4, column : column + 3]
        assert_allclose(slid[0, row, column], window.ravel() @ weights)


def test_pooling_keeps_the_largest() -> None:
    """Of each two by two."""
    picture = np.arange(16.0).reshape(1, 4, 4, 1)

    assert_array_equal(pooled(picture, 2)[0, :, :, 0], [[5, 7], [13, 15]])
    assert pooled(picture, 2, stride=1).shape == (1, 3, 3, 1)


def test_filters_must_fit() -> None:
    """Other channels, or larger than the picture."""
    with pytest.raises(ValueError, match="don't fit"):
        convolved(np.zeros((1, 4, 4, 2)), np.zeros((3, 3, 1, 1)))
    with pytest.raises(ValueError, match="don't fit"):
        convolved(np.zeros((1, 2, 4, 1)), np.zeros((3, 3, 1, 1)))
