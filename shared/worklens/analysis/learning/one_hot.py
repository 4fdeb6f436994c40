"""Classes as columns: a 1 in the column of the class, 0 elsewhere (Deep Learning Specialization, course 2, week 3)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from worklens.analysis.learning.arrays import Reals


def one_hot(which: NDArray[np.integer[Any]], count: int, dtype: DTypeLike = np.float64) -> Reals:
    """(examples,) of class numbers below `count` to (examples, count). Raises ValueError for a number out of range."""
    if which.size and (which.min() < 0 or which.max() >= count):
        raise ValueError(
            f"class numbers run from {which.min()} to {which.max()}; they must lie in 0 to {count - 1}"
        )
    columns: NDArray[Any] = np.zeros((which.size, count), dtype)
    columns[np.arange(which.size), which] = 1
    return columns


def classes(columns: Reals) -> NDArray[np.int64]:
    """The class number of each row, the largest column's: the way back, and the choice among probabilities."""
    which: NDArray[np.int64] = columns.argmax(axis=1)
    return which
