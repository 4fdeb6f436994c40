"""Which boxes may touch at all: candidate pairs as windows of a sorted order, counted before any is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints

CELLS = 2**20  # along a side at most, so that a cell's number fits into 64 bits
SLACK = 1e-9  # a cell is wider by this part, so that rounding parts no pair
AT_ONCE = 2_000_000  # pairs looked at in one go: some 100 MB


@dataclass(frozen=True, eq=False)
class Windows:
    """Each place of a sorted order beside a window of it: (windows,) each, windows of several kinds in a row."""

    order: Ints  # (things,) the thing at each place
    place: Ints
    start: Ints
    stop: Ints

    @property
    def pairs(self) -> int:
        """How many candidate pairs there are."""
        return int((self.stop - self.start).sum())


def grid_windows(boxes: Floats) -> Windows:
    """Every pair of (n, 4) boxes that may touch, each once: those in the same or neighbouring cells of a grid.

    A cell is as wide and high as the widest and highest box, so boxes further apart share nothing. Cells are numbered
    along the rows: what is right of a box, and the three cells below it, are two windows of the sorted numbers.
    """
    column, row = _cells(boxes[:, 0], boxes[:, 2]), _cells(boxes[:, 1], boxes[:, 3])
    across = int(column.max(initial=0)) + 3  # an empty cell on either side
    number = row * across + column + 1
    order = np.argsort(number, kind="stable")
    cell = number[order]
    place = np.arange(cell.size)
    right = np.searchsorted(cell, cell + 1, side="right")
    below = np.searchsorted(cell, cell + across - 1, side="left")
    after = np.searchsorted(cell, cell + across + 1, side="right")
    return Windows(
        order,
        np.concatenate([place, place]),
        np.concatenate([place + 1, below]),
        np.concatenate([right, after]),
    )


def _cells(first: Floats, last: Floats) -> Ints:
    """The cell of each box along one side, from 0."""
    if not first.size:
        return np.empty(0, dtype=np.int64)
    offset = first - first.min()
    side = max(float((last - first).max()), float(offset.max()) / CELLS)
    if side <= 0:
        return np.zeros(first.size, dtype=np.int64)
    cells: Ints = (offset / (side * (1 + SLACK))).astype(np.int64)
    return cells


def touching(windows: Windows, above: Callable[[Ints, Ints], Bools]) -> tuple[Ints, Ints]:
    """The candidate pairs of which `above` is true, each as (lower, higher): (pairs,) and (pairs,)."""
    lower, higher = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for first, second in _expanded(windows):
        holds = above(first, second)
        one, other = first[holds], second[holds]
        lower.append(np.minimum(one, other))
        higher.append(np.maximum(one, other))
    return np.concatenate(lower), np.concatenate(higher)


def _expanded(windows: Windows) -> Iterator[tuple[Ints, Ints]]:
    """The pairs themselves, some two million at a time."""
    counts = windows.stop - windows.start
    portions = np.cumsum(counts) // AT_ONCE
    edges = [0, *(np.flatnonzero(np.diff(portions)) + 1).tolist(), counts.size]
    for begin, end in pairwise(edges):
        number = counts[begin:end]
        before = np.cumsum(number) - number
        place = np.repeat(windows.start[begin:end] - before, number) + np.arange(number.sum())
        yield windows.order[np.repeat(windows.place[begin:end], number)], windows.order[place]
