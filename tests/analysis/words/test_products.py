"""Texts times vectors and back: with SciPy and without the same as the matrix written out."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.words.products import RUN, product
from worklens.analysis.words.texts import of

WORDS = 7


@pytest.mark.parametrize("sparse", [True, False])
@pytest.mark.parametrize("texts", [0, 3, RUN + 50])
def test_both_ways_are_the_matrix(texts: int, sparse: bool) -> None:
    """Also where a word stands in more places than are summed at once, a text has none, and a word is never met."""
    rng = np.random.default_rng(0)
    lengths = rng.integers(0, 4, texts)
    read = of([np.minimum(rng.integers(0, 12, length), WORDS - 2) for length in lengths])
    weights = rng.random(len(read.words))
    matrix = np.zeros((texts, WORDS))
    np.add.at(matrix, (read.which, read.words), weights)
    made = product(read, weights, WORDS, sparse=sparse)
    x, y = rng.random((WORDS, 2)), rng.random((texts, 2))

    assert np.allclose(made.forth(x), matrix @ x)
    assert np.allclose(made.back(y), matrix.T @ y)
