"""Nearest neighbours, exactly: all pairs by matrix products, a block of rows at a time.

Finding the largest of each row is what costs. Of `count` groups of columns, the least of their maxima is a bound that at
least `count` columns reach, so one comparison leaves few to sort.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals

BLOCK = 256  # rows at once: with 50,000 columns of float32 some 50 MB


def nearest(queries: Reals, among: Reals, count: int, *, block: int = BLOCK) -> tuple[Ints, Reals]:
    """The `count` rows of `among` with the largest product with each query, largest first, and these products.

    Both (queries, count); fewer where `among` has fewer. Of equals the earlier row comes first. Give rows of length 1 for cosines.
    """
    count = min(count, len(among))
    which = np.empty((len(queries), count), dtype=np.int64)
    products = np.empty((len(queries), count), dtype=np.result_type(queries, among))
    for start in range(0, len(queries), block):
        found = queries[start : start + block] @ among.T
        for row, columns in enumerate(_largest(found, count), start):
            which[row], products[row] = columns, found[row - start, columns]
    return which, products


def _largest(found: Reals, count: int) -> Iterator[Ints]:
    """The columns of the `count` largest of each row, in order."""
    for row, bound in zip(found, _bounds(found, count), strict=True):
        columns = np.flatnonzero(row >= bound)
        yield columns[np.argsort(-row[columns], kind="stable")[:count]]


def _bounds(found: Reals, count: int) -> Reals:
    """(rows,): a value that at least `count` columns of each row reach, and not many more."""
    if not count:
        return np.full(len(found), np.inf, found.dtype)
    groups = np.linspace(0, found.shape[1], count + 1).astype(np.int64)[:-1]
    bounds: Reals = np.maximum.reduceat(found, groups, axis=1).min(axis=1)
    return bounds
