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


@pytest.mark.parametrize("perplexity", [2.5, 7])
def test_each_row_has_as_many_neighbours_as_asked(perplexity: float) -> None:
    """On a circle all rows see the same, so a row's share is its own chances, and two to their entropy what was asked."""
    turns = np.arange(24) * np.pi / 12
    circle = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    chances = neighbourhoods(circle, perplexity) * 24
    own = np.where(chances > 0, chances, 1)

    assert np.allclose(2 ** -(own * np.log2(own)).sum(axis=1), perplexity)
    assert np.allclose(neighbourhoods(circle * 100, perplexity) * 24, chances)


def test_chances_are_of_pairs() -> None:
    """Of sum 1, the same in both orders, and none of a row with itself."""
    chances = neighbourhoods(grouped(), 5)

    assert np.isclose(chances.sum(), 1)
    assert np.allclose(chances, chances.T)
    assert not np.diag(chances).any()


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
