"""Who was still open at each age, and what ended there: the counts under every survival curve.

Whole days are counted in bins. Other times are sorted once, as integers that carry the event in their last bit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats, Ints, Numbers

BINS_A_ROW = (
    8  # whole days are counted in bins while those are at most this many a row, beyond a few thousand
)


@dataclass(frozen=True, eq=False)
class RiskTable:
    """One column for each distinct age at which at least one task ended or was last seen open, ascending."""

    time: Floats  # (times,)
    at_risk: Ints  # (times,): open just before, and under watch
    events: Ints  # (causes, times): how many ended by each cause


def risk_table(
    time: ArrayLike, cause: ArrayLike, *, causes: int = 1, entry: ArrayLike | None = None
) -> RiskTable:
    """Count the tasks at risk and the events at each age.

    `time` (tasks,) is the age at which each task ended or was last seen open; `cause` (tasks,) is 0 for still open
    (right-censored) and 1 to `causes` for how it ended. `entry` (tasks,) is the age from which a task was watched,
    that age included (left truncation): tasks that ended before they could be seen would have been missed, so the
    others may count only from there on. Ages that are negative or not finite raise ValueError.
    """
    ages, kinds = np.asarray(time), np.asarray(cause).astype(np.int64)
    _check(ages, kinds, causes)
    grid, earlier, events = _counted(ages, kinds, causes)
    entered = ages.size if entry is None else _entered(np.asarray(entry, dtype=np.float64), ages, grid)
    return RiskTable(grid, entered - earlier, events)


def _check(ages: Numbers, kinds: Ints, causes: int) -> None:
    if ages.shape != kinds.shape or ages.ndim != 1:
        raise ValueError(f"time {ages.shape} and cause {kinds.shape} must be two rows of one length")
    if not ages.size:
        return
    if not (ages.min() >= 0 and ages.max() < np.inf):
        raise ValueError("time holds an age that is negative or not finite; settle those tasks first")
    if not (kinds.min() >= 0 and kinds.max() <= causes):
        raise ValueError(
            f"cause must be 0 (still open) to {causes}; it runs from {kinds.min()} to {kinds.max()}"
        )


def _counted(ages: Numbers, kinds: Ints, causes: int) -> tuple[Floats, Ints, Ints]:
    """The distinct ages, how many rows ended earlier, and by what they ended there: (times,) twice, (causes, times)."""
    if not ages.size:
        return np.empty(0), np.empty(0, dtype=np.int64), np.empty((causes, 0), dtype=np.int64)
    if ages.dtype.kind in "iu" and ages.max() < BINS_A_ROW * ages.size + 4096:
        return _counted_days(ages.astype(np.int64, copy=False), kinds, causes)
    return _counted_times(ages.astype(np.float64, copy=False), kinds, causes)


def _counted_days(days: Ints, kinds: Ints, causes: int) -> tuple[Floats, Ints, Ints]:
    width = causes + 1
    table = np.bincount(days * width + kinds)
    table = np.pad(table, (0, -table.size % width)).reshape(-1, width)  # (days, kinds)
    ended = table.sum(axis=1)
    seen = np.flatnonzero(ended)
    return seen.astype(np.float64), (np.cumsum(ended) - ended)[seen], table[seen, 1:].T


def _counted_times(ages: Floats, kinds: Ints, causes: int) -> tuple[Floats, Ints, Ints]:
    """Sort `bits * 2 + event`: the bits of floats from 0 up are in their order and leave the sign's bit free."""
    keys = (ages + 0.0).view(np.uint64)  # + 0.0 turns -0.0 into 0.0
    keys <<= np.uint64(1)
    keys |= (kinds > 0).view(np.uint8)
    keys.sort()
    bits = keys >> np.uint64(1)
    keys &= np.uint64(1)
    happened = keys.view(np.int64)
    differs = bits[1:] != bits[:-1]
    if causes == 1 and differs.all():  # no two alike, as with times to the second: each is its own column
        return bits.view(np.float64), np.arange(ages.size), happened[None, :]
    first = np.flatnonzero(np.concatenate([[True], differs]))  # of each distinct age: (times,)
    grid = bits[first].view(np.float64)
    if causes == 1:
        return grid, first, np.add.reduceat(happened, first)[None, :]
    rarer = [_on_grid(np.sort(ages[kinds == kind]), grid) for kind in range(2, causes + 1)]
    commonest = np.add.reduceat(happened, first) - np.sum(rarer, axis=0)  # what is left: most are done
    return grid, first, np.stack([commonest, *rarer])


def _on_grid(times: Floats, grid: Floats) -> Ints:
    """How many of the sorted `times` stand at each place of `grid`, which holds them all."""
    return np.bincount(np.searchsorted(grid, times), minlength=grid.size)


def _entered(entry: Floats, ages: Numbers, grid: Floats) -> Ints:
    """How many tasks were watched from each age of the grid or earlier: (times,)."""
    if entry.shape != ages.shape or not (entry <= ages).all():
        raise ValueError("entry must be one age a task, and no later than the age at which it ended")
    return np.searchsorted(np.sort(entry), grid, side="right")
