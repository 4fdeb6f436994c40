"""Gradients that explode are cut to a length, their direction kept (Pascanu, Mikolov and Bengio 2013)."""

from __future__ import annotations

import numpy as np

from worklens.analysis.learning.arrays import Reals


def clip(gradient: Reals, longest: float) -> float:
    """Scale `gradient` (parameters,) in place to at most `longest` in Euclid's length; return how long it was."""
    length = float(np.linalg.norm(gradient))
    if length > longest:
        gradient *= longest / length
    return length
