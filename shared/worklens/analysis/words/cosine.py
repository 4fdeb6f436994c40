"""Likeness of directions, and what follows from it: Man is to Woman as Boy to Girl.

Deep Learning Specialization, course 5, week 2. Analogies are asked as in Mikolov et al. 2013: the word nearest to
`b - a + c`, all of length 1, that is none of the three.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals


def unit(vectors: Reals) -> Reals:
    """Each row at length 1; a row of zeros stays, and is like nothing."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Reals = vectors / np.where(lengths > 0, lengths, 1)
    return scaled


def cosine(one: Reals, other: Reals) -> Reals:
    """Of rows by rows, or of two vectors: 1 for one direction, 0 for what has nothing in common, -1 for the opposite."""
    found: Reals = (unit(one) * unit(other)).sum(axis=-1)
    return found


def analogy(vectors: Reals, a: int, b: int, c: int, count: int = 1) -> Ints:
    """(count,): the words that are to `c` as `b` is to `a`, the likeliest first; `vectors` is (words, units)."""
    directions = unit(vectors)
    likeness = directions @ (directions[b] - directions[a] + directions[c])
    likeness[[a, b, c]] = -np.inf
    found: Ints = np.argsort(-likeness, kind="stable")[:count]
    return found
