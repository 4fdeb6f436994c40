"""How likely each row takes each other for its neighbour: a bell around each, as wide as its surroundings are sparse.

The first half of t-SNE (van der Maaten and Hinton 2008): each row's bell is made to hold `perplexity` neighbours, in the sense
of 2 to the entropy.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals

HALVINGS = 60  # of the width's range: float64 tells no more apart


def squared_distances(rows: Reals) -> Floats:
    """(rows, rows), never below 0."""
    x = rows.astype(np.float64)
    squares = (x * x).sum(axis=1)
    found: Floats = np.maximum(squares[:, None] + squares - 2 * (x @ x.T), 0)
    np.fill_diagonal(found, 0)
    return found


def neighbourhoods(rows: Reals, perplexity: float) -> Floats:
    """(rows, rows): the chance of each pair, symmetric, of sum 1, and 0 of a row with itself. Two rows at least."""
    distances = squared_distances(rows)
    chances = _bells(distances, _steepness(distances, perplexity))
    both: Floats = (chances + chances.T) / (2 * len(rows))
    return both


def _bells(distances: Floats, steepness: Floats) -> Floats:
    """Each row's chances for the others; the nearest is taken off first, so that not all vanish."""
    others = distances + np.diag(np.full(len(distances), np.inf))
    bells: Floats = np.exp(-steepness[:, None] * (others - others.min(axis=1, keepdims=True)))
    bells /= bells.sum(axis=1, keepdims=True)
    return bells


def _steepness(distances: Floats, perplexity: float) -> Floats:
    """(rows,): found by halving, all rows at once, since the entropy falls as a bell grows steeper."""
    usual = distances.mean() or 1.0
    low, high = np.full(len(distances), -30.0), np.full(len(distances), 60.0)  # powers of 2, around the usual
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        chances = _bells(distances, 2.0**middle / usual)
        entropy = -(chances * np.log2(np.where(chances > 0, chances, 1))).sum(axis=1)
        wide = entropy > np.log2(perplexity)
        low, high = np.where(wide, middle, low), np.where(wide, high, middle)
    found: Floats = 2.0 ** ((low + high) / 2) / usual
    return found
