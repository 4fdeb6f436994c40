"""Taking a prejudice out of word vectors: find its direction, neutralise what it must not touch, equalise pairs.

Deep Learning Specialization, course 5, week 2 (Bolukbasi et al. 2016). All vectors are taken at length 1. What a direction
doesn't hold stays: debiased words can still be told apart by their company (Gonen and Goldberg 2019).
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.cosine import unit


def bias_direction(vectors: Reals, pairs: Ints) -> Reals:
    """(units,), of length 1: along which the two of each pair (pairs, 2) differ most, from the second to the first.

    Raises ValueError if no pair differs.
    """
    apart = unit(vectors[pairs[:, 0]]) - unit(vectors[pairs[:, 1]])
    if not apart.any():
        raise ValueError("no pair of these words differs, so they show no direction; give she and he, say")
    found: Reals = np.linalg.svd(apart, full_matrices=False)[2][0]
    return found * found.dtype.type(1 if (apart @ found).sum() >= 0 else -1)


def neutralise(vectors: Reals, direction: Reals) -> Reals:
    """The vectors (..., units) at length 1, with nothing left along a direction of length 1."""
    rows = unit(vectors)
    left: Reals = rows - (rows @ direction)[..., None] * direction
    return unit(left)


def equalise(vectors: Reals, pairs: Ints, direction: Reals) -> Reals:
    """All vectors (words, units) at length 1, the two of each pair (pairs, 2) alike but for the direction.

    So whatever is neutral is as like the one as the other.
    """
    rows = unit(vectors)
    one, other = rows[pairs[:, 0]], rows[pairs[:, 1]]
    shared = (one + other) / 2
    shared = shared - (shared @ direction)[:, None] * direction
    rest = np.sqrt(np.maximum(1 - (shared * shared).sum(axis=1), 0))
    side = np.where((one - other) @ direction >= 0, rest, -rest)[:, None] * direction
    equal: Reals = rows.copy()
    equal[pairs[:, 0]], equal[pairs[:, 1]] = shared + side, shared - side
    return equal


def debias(vectors: Reals, pairs: Ints, neutral: Ints, direction: Reals) -> Reals:
    """All vectors at length 1: the `neutral` words neutralised, the pairs equalised, the rest as they were.

    Raises ValueError for a word that is to be both: it would lose what tells it from its partner.
    """
    if both := np.intersect1d(pairs, neutral).size:
        raise ValueError(
            f"{both} words are in a pair and to be neutral; leave them out of the one or the other"
        )
    equal = equalise(vectors, pairs, direction)
    equal[neutral] = neutralise(equal[neutral], direction)
    return equal
