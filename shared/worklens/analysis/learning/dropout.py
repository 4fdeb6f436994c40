"""Inverted dropout: at each step units stay with a chance, and what stays is made larger, so that the mean stays the same.

Srivastava et al. 2014; Deep Learning Specialization, course 2, week 1. Nothing is dropped when a network is asked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from worklens.analysis.learning.arrays import Reals


def mask(
    shape: tuple[int, ...], keep: float, rng: np.random.Generator, dtype: DTypeLike = np.float64
) -> Reals:
    """`1 / keep` for the units that stay, 0 for the others: of `shape`, to be multiplied with the activations."""
    if not 0 < keep <= 1:
        raise ValueError(
            f"a chance to stay of {keep} keeps nothing or too much; it must be above 0 and at most 1"
        )
    stays: Reals = (rng.random(shape, dtype=np.float32) < keep).astype(dtype)
    stays /= np.asarray(keep, dtype)
    return stays
