"""The rising steps nearest to values, by least squares: pool adjacent violators (Ayer et al. 1955; Barlow et al. 1972)."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats


def isotonic(values: Floats, weights: Floats) -> Floats:
    """The never falling sequence nearest to `values` (n,), each distance counting for its weight, above 0: (n,).

    A value not above the one before it must end up equal to it, so that every falling run is pooled at once, and the
    rounds are few. Pooled values are weighted means.
    """
    level, weight, length = (
        values.astype(np.float64),
        weights.astype(np.float64),
        np.ones(values.size, np.int64),
    )
    while level.size > 1 and (falls := np.diff(level) < 0).any():
        first = np.flatnonzero(np.concatenate([[True], ~falls]))  # where each run begins
        total = np.add.reduceat(weight, first)
        level = np.add.reduceat(level * weight, first) / total
        weight, length = total, np.add.reduceat(length, first)
    return np.repeat(level, length)
