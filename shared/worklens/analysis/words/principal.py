"""The directions in which rows differ most, and the rows seen from there: principal components (Pearson 1901)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.learning.arrays import Reals


@dataclass(frozen=True, eq=False)
class Axes:
    """Directions at right angles, the one with the most variance first."""

    middle: Reals  # (units,): the mean of the rows
    directions: Reals  # (axes, units), each of length 1
    shares: Reals  # (axes,): of all the variance; zeros where the rows are all the same

    def place(self, rows: Reals) -> Reals:
        """Rows (rows, units) on these axes: (rows, axes)."""
        placed: Reals = (rows - self.middle) @ self.directions.T
        return placed


def principal(rows: Reals, axes: int = 2) -> Axes:
    """The first `axes` of rows (rows, units), fewer where there are fewer rows or units. Raises ValueError for no row.

    A direction and its opposite are as good; the one is taken whose largest part is positive.
    """
    if not len(rows):
        raise ValueError("no row has no direction; give one at least")
    middle = rows.mean(axis=0)
    _, lengths, directions = np.linalg.svd(rows - middle, full_matrices=False)
    kept = directions[:axes]
    largest = np.take_along_axis(kept, np.abs(kept).argmax(axis=1)[:, None], axis=1)
    variance = lengths**2
    shares: Reals = variance[:axes] / (variance.sum() or 1)
    return Axes(middle, kept * np.where(largest < 0, -1, 1).astype(rows.dtype), shares)
