"""Word vectors at once: the leading eigenvectors of who stands in whose titles, by a randomised method.

With N the (titles, words) matrix, each column divided by the root of the word's count and a constant, `N'N` less its
diagonal is the normalised co-occurrence of a graph of words (Ng, Jordan and Weiss 2002; regularised as in Chaudhuri et al.
2012). It is never built: only products with it are needed (Halko, Martinsson and Tropp 2011).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.products import product
from worklens.analysis.words.texts import Texts

STEADIER = 10.0  # added to each count: a word met once is drawn to the middle, not thrown to the edge
SPARE = 16  # directions beyond those asked for, which the random start needs
POWERS = 1  # further multiplications; the quality on titles no longer rose with a second


def vectors(
    texts: Texts, words: int, dimensions: int, rng: np.random.Generator, *, sparse: bool | None = None
) -> Reals:
    """(words, dimensions) in float32, the strongest direction first; fewer where there are fewer words."""
    counts = np.bincount(texts.words, minlength=words).astype(np.float32)
    scale = (1 / np.sqrt(counts + np.float32(STEADIER))).astype(np.float32)
    matrix = product(texts, scale[texts.words], words, sparse=sparse)
    own = counts * scale * scale  # a word's company with itself

    def times(x: Reals) -> Reals:
        found: Reals = matrix.back(matrix.forth(x)) - own[:, None] * x
        return found

    width = min(words, dimensions + SPARE)
    start = rng.standard_normal((words, width), dtype=np.float32)
    values, directions = leading(times, start)
    kept = directions[:, :dimensions] * np.sqrt(np.maximum(values[:dimensions], 0))
    return kept.astype(np.float32, copy=False)


def leading(times: Callable[[Reals], Reals], start: Reals, powers: int = POWERS) -> tuple[Reals, Reals]:
    """The largest eigenvalues (width,) and their directions (words, width) of a symmetric matrix, given as its product."""
    basis = orthonormal(times(start))
    for _ in range(powers):
        basis = orthonormal(times(basis))
    small = basis.T @ times(basis)
    values, turn = np.linalg.eigh((small + small.T) / 2)
    return values[::-1], basis @ turn[:, ::-1]


def orthonormal(columns: Reals) -> Reals:
    """The same span at right angles, by QR."""
    q: Reals = np.linalg.qr(columns)[0]
    return q
