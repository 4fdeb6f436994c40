"""Principal axes and the t-SNE map."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.words.neighbourhoods import neighbourhoods, squared_distances
from worklens.analysis.words.principal import principal
from worklens.analysis.words.tsne import cost, slope, tsne

GROUPS = 3


def grouped(each: int = 20) -> Floats:
    """Rows in ten dimensions around three middles, group by group."""
    rng = np.random.default_rng(0)
    middles = rng.normal(size=(GROUPS, 10)) * 4
    return np.asarray(np.repeat(middles, each, axis=0) + rng.normal(size=(GROUPS * each, 10)))


def test_axes_are_scikit_learns() -> None:
    """Places and shares of variance, but for the side an axis points to."""
    rows, theirs = grouped(), PCA(2)
    placed = theirs.fit_transform(rows)
    axes = principal(rows)

    assert np.allclose(np.abs(axes.place(rows)), np.abs(placed))
    assert np.allclose(axes.shares, theirs.explained_variance_ratio_)


def test_hardly_any_rows_have_axes() -> None:
    """One row has one direction without variance; no row has none, and that is said."""
    assert principal(np.ones((1, 4))).shares.tolist() == [0]
    with pytest.raises(ValueError, match="one at least"):
        principal(np.zeros((0, 4)))


def test_each_row_has_as_many_neighbours_as_asked() -> None:
    """Two to the entropy of each row's chances is the perplexity; before both directions are joined they differ."""
    rows = grouped()
    joined = neighbourhoods(rows, 5)

    assert np.isclose(joined.sum(), 1)
    assert np.allclose(joined, joined.T)
    assert np.allclose(neighbourhoods(rows * 100, 5), joined)
    even = neighbourhoods(np.eye(6), 5)
    assert np.allclose(even[~np.eye(6, dtype=bool)], 1 / 30)


def test_the_slope_of_the_map() -> None:
    """To 1e-7."""
    chances, placed = neighbourhoods(grouped(4), 3), np.random.default_rng(1).normal(size=(12, 2))

    assert gradient_error(lambda y: cost(chances, y), placed, slope(chances, placed)) < 1e-7


def test_neighbours_stay_neighbours() -> None:
    """On the map the nearest of every row is of its own group."""
    placed = tsne(grouped(), np.random.default_rng(0), perplexity=10, steps=350)
    apart = squared_distances(placed) + np.diag(np.full(len(placed), np.inf))

    assert (apart.argmin(axis=1) // 20 == np.arange(60) // 20).all()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_a_map_of_hardly_any_or_of_equals(count: int) -> None:
    """It has a place for each."""
    placed = tsne(np.ones((count, 3), dtype=np.float32), np.random.default_rng(0), steps=20)

    assert placed.shape == (count, 2)
    assert np.isfinite(placed).all()
