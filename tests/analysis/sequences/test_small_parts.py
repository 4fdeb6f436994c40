"""Parameters, embedding, clipping, masks, buckets."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.sequences.buckets import buckets
from worklens.analysis.sequences.clipping import clip
from worklens.analysis.sequences.embedding import FEW, scatter
from worklens.analysis.sequences.masks import mask_of, whole
from worklens.analysis.sequences.parameters import cut


def test_arrays_are_views() -> None:
    """What is written into an array is in the vector; a vector of another length is refused."""
    theta = np.zeros(5)
    cut(theta, {"a": (2, 2), "b": (1,)})["b"][:] = 7

    assert theta.tolist() == [0, 0, 0, 0, 7]
    with pytest.raises(ValueError, match=r"\(5,\) would"):
        cut(np.zeros(4), {"a": (2, 2), "b": (1,)})


@pytest.mark.parametrize("symbols", [7, FEW + 1])
def test_scattered_sums_are_those_of_add_at(symbols: int) -> None:
    """Symbols that don't occur get zeros, whether there are few or many."""
    rng = np.random.default_rng(0)
    which, values = rng.integers(0, 5, 20), rng.normal(size=(20, 3))
    right, into = np.zeros((symbols, 3)), np.full((symbols, 3), np.nan)
    np.add.at(right, which, values)
    scatter(which, values, into)

    assert_allclose(into, right, atol=1e-12)


def test_long_gradients_are_cut_in_place() -> None:
    """To the length asked for, in the same direction; shorter ones stay."""
    long, short = np.array([3.0, 4.0]), np.array([0.3, 0.4])

    assert (clip(long, 1.0), clip(short, 1.0)) == (5.0, 0.5)
    assert_allclose(long, [0.6, 0.8])
    assert_allclose(short, [0.3, 0.4])


def test_masks() -> None:
    """A column a sequence."""
    assert_array_equal(mask_of(np.array([2, 0])), [[1, 0], [1, 0]])
    assert whole(mask_of(np.array([2, 2])))


def test_buckets_hold_each_example_once() -> None:
    """Alike in length, and no more than the size."""
    lengths = np.random.default_rng(1).integers(1, 9, 100)
    batches = buckets(lengths, 16, np.random.default_rng(2))

    assert sorted(np.concatenate(batches).tolist()) == list(range(100))
    assert max(np.ptp(lengths[rows]) for rows in batches) <= 3
    assert max(map(len, batches)) == 16
