"""Sequences of different lengths in one array: which steps are there, and a reversal that leaves the padding in place."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals


def mask_of(lengths: Ints, dtype: DTypeLike = np.float64, steps: int | None = None) -> Reals:
    """1 where a step is within its sequence, else 0: (steps, batch), for lengths (batch,)."""
    longest = int(lengths.max(initial=0)) if steps is None else steps
    within: Reals = (np.arange(longest)[:, None] < lengths).astype(dtype)
    return within


def whole(mask: Reals) -> bool:
    """Whether nothing is padding, so that masking may be left out."""
    return bool(mask.all())
