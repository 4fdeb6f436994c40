"""Greedy choice over pairs that exclude one another, in rounds instead of one after another."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Bools, Ints


def best_of_pairs(count: int, better: Ints, worse: Ints) -> Bools:
    """Which of `count` things, best first, stay, if none may stay beside a better one that stays: (count,).

    (pairs,) of `better` exclude `worse`. In each round all that have no better rival left stay and drop their rivals,
    which is what one after another gives. A chain of n rivals, each the next one's, takes n / 2 rounds.
    """
    stays = np.zeros(count, dtype=np.bool_)
    open_ = np.ones(count, dtype=np.bool_)
    while better.size:
        free = open_.copy()
        free[worse] = False
        stays |= free
        open_ &= ~free
        open_[worse[free[better]]] = False
        left = open_[better] & open_[worse]
        better, worse = better[left], worse[left]
    return stays | open_
