"""Sums of rows by the word they belong to: how the gradients of many places become those of few words.

With SciPy a product with a one-hot matrix in csc, which needs no sorting: its columns are the places, in their order.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.embedding import scatter
from worklens.analysis.words.sparse import library


def summed(which: Ints, values: Reals, count: int, *, sparse: bool | None = None) -> Reals:
    """(count, units): of `values` (places, units) by `which` (places,), numbers below `count`."""
    found = library(sparse)
    if found is None:
        into = np.empty((count, values.shape[1]), values.dtype)
        scatter(which, values, into)
        return into
    ones, ends = np.ones(len(which), values.dtype), np.arange(len(which) + 1)
    product: Reals = found.csc_matrix((ones, which, ends), shape=(count, len(which))) @ values
    return product


def met(which: Ints, count: int) -> tuple[Ints, Ints]:
    """The distinct numbers of `which` (places,), ascending, and for each place which of them: without sorting."""
    there = np.zeros(count, dtype=np.bool_)
    there[which] = True
    rows = np.flatnonzero(there)
    places = np.empty(count, dtype=np.int64)
    places[rows] = np.arange(len(rows))
    return rows, places[which]
