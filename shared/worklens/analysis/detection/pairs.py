"""Which boxes may touch at all: candidate pairs as windows of a sorted order, counted before any is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints

CELLS = 2**20  # along a side at most, so that a cell's number fits into 64 bits
SLACK = 1e-9  # a cell is wider by this part, so that rounding parts no pair
FEW = 2**16  # cells
AT_ONCE = 2**14  # pairs looked at in one go: their numbers stay in a processor's cache


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


@dataclass(frozen=True, eq=False)
class Grid:
    """Boxes by the cells their first corners lie in, numbered along the rows: whatever matters is in neighbouring cells.

    Two boxes whose IoU is above a threshold share more than that part of the wider one, so their corners are nearer than
    the rest of its width; so with heights. A cell is as large as that of the widest and highest box.
    """

    order: Ints  # (boxes,) by cell, and within each as given
    cell: Ints  # (boxes,) their cells' numbers, ascending
    across: int  # cells in a row, an empty one on either side counted

    def windows(self) -> Windows:
        """Every pair that may touch, each once: what is right of a box in two cells, and the three cells below it."""
        place = np.arange(self.cell.size)
        first = self._first()
        many = np.diff(first, append=self.cell.size)
        right, below, after = (np.repeat(ends, many) for ends in self._ends(first))
        both = np.concatenate([place, place])
        return Windows(self.order, both, np.concatenate([place + 1, below]), np.concatenate([right, after]))

    def pairs(self) -> int:
        """How many pairs its windows have, by counting cells alone."""
        first = self._first()
        many = np.diff(first, append=self.cell.size)
        right, below, after = self._ends(first)
        return int((many * (right - first + after - below) - many * (many + 1) // 2).sum())

    def _ends(self, first: Ints) -> tuple[Ints, Ints, Ints]:
        """Of each cell: the place after those right of it, and of the three cells below it the first and the one after."""
        cells, edges = self.cell[first], np.append(first, self.cell.size)
        right = np.searchsorted(cells, cells + 1, side="right")
        below = np.searchsorted(cells, cells + self.across - 1, side="left")
        after = np.searchsorted(cells, cells + self.across + 1, side="right")
        return edges[right], edges[below], edges[after]

    def around(self, place: Ints) -> Windows:
        """All that may touch the boxes at some places of the order: three rows of three cells each, themselves too."""
        middle = np.concatenate([self.cell[place] + step for step in (-self.across, 0, self.across)])
        start = np.searchsorted(self.cell, middle - 1, side="left")
        return Windows(
            self.order, np.tile(place, 3), start, np.searchsorted(self.cell, middle + 1, side="right")
        )

    def peaks(self) -> Ints:
        """The places of the boxes that come before all others in the nine cells around, by their numbers."""
        first = self._first()
        cells, best = self.cell[first], self.order[first]
        around, last = best.copy(), cells.size - 1
        for step in (-self.across, 0, self.across):
            near = np.searchsorted(cells, cells + (step - 1))
            for more in range(3):  # of the next three, those that are neighbours
                place = np.minimum(near + more, last)
                there = np.abs(cells[place] - cells - step) <= 1
                np.minimum(around, np.where(there, best[place], around), out=around)
        places: Ints = first[around == best]
        return places

    def _first(self) -> Ints:
        """The place of the first, and best, box of each cell."""
        return np.flatnonzero(np.diff(self.cell, prepend=-1))

    def only(self, chosen: Ints) -> Grid:
        """Those places alone, in their order."""
        return Grid(self.order[chosen], self.cell[chosen], self.across)


def grid_of(boxes: Floats, threshold: float = 0.0) -> Grid:
    """The grid of (n, 4) boxes, of which those matter whose IoU is above a threshold."""
    column = _cells(boxes[:, 0], boxes[:, 2], 1 - threshold)
    row = _cells(boxes[:, 1], boxes[:, 3], 1 - threshold)
    across = int(column.max(initial=0)) + 3
    number = row * across + column + 1
    # Small numbers are sorted digit by digit, several times sooner.
    order = np.argsort(number.astype(np.uint16) if number.max(initial=0) < FEW else number, kind="stable")
    return Grid(order, number[order], across)


def _cells(first: Floats, last: Floats, apart: float) -> Ints:
    """The cell of each box along one side, from 0, as wide as this part of the widest box and a little more."""
    if not first.size:
        return np.empty(0, dtype=np.int64)
    offset = first - first.min()
    side = max(float((last - first).max()) * (apart + SLACK), float(offset.max()) / CELLS)
    if side <= 0:
        return np.zeros(first.size, dtype=np.int64)
    cells: Ints = (offset / (side * (1 + SLACK))).astype(np.int64)
    return cells


def touching(windows: Windows, above: Callable[[Ints, Ints], Bools]) -> tuple[Ints, Ints]:
    """The candidate pairs of which `above` is true, each as (lower, higher): (pairs,) and (pairs,)."""
    lower, higher = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for first, second in expanded(windows):
        holds = above(first, second)
        one, other = first[holds], second[holds]
        lower.append(np.minimum(one, other))
        higher.append(np.maximum(one, other))
    return np.concatenate(lower), np.concatenate(higher)


def expanded(windows: Windows) -> Iterator[tuple[Ints, Ints]]:
    """The candidate pairs themselves as they stand, some at a time: (pairs,) and (pairs,)."""
    counts = windows.stop - windows.start
    portions = np.cumsum(counts) // AT_ONCE
    edges = [0, *(np.flatnonzero(np.diff(portions)) + 1).tolist(), counts.size]
    for begin, end in pairwise(edges):
        number = counts[begin:end]
        before = np.cumsum(number) - number
        place = np.repeat(windows.start[begin:end] - before, number) + np.arange(number.sum())
        yield windows.order[np.repeat(windows.place[begin:end], number)], windows.order[place]
