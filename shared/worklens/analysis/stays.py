"""How long tasks stood open, and how many stood at each age on each day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Ints

AGE_EDGES = (1, 2, 4, 8, 15, 29, 57, 113, 225)
"""Where age bins start, in days, each about twice as wide as the last: chances to finish fall about so with age.

Age 0 is left out. Of the tasks created on a day, those created early had more of it to be finished in.
"""


@dataclass(frozen=True, eq=False)
class Stays:
    """When tasks were open, one row a stay: (rows,) each. A task whose group changes has one row for each group."""

    born: Ints  # the day from which age is counted
    left: Ints  # its last day, done or otherwise; NEVER if still open
    done: Bools  # it left by being done
    entered: Ints  # the first day it counts, `born` for most
    finisher: Bools  # its task is done at some time, in this stay or a later one

    def rows(self, keep: Bools) -> Stays:
        """Only the rows where `keep` is true."""
        return Stays(*(getattr(self, name)[keep] for name in ("born", "left", "done", "entered", "finisher")))


def stays(
    born: Ints, left: Ints, done: Bools, entered: Ints | None = None, finisher: Bools | None = None
) -> Stays:
    """The rows as they are where nothing changes on the way: entered when born, a finisher if done."""
    return Stays(
        born, left, done, born if entered is None else entered, done if finisher is None else finisher
    )


def exposure(rows: Stays, code: Ints, groups: int, first: int, last: int) -> Ints:
    """How many rows stood in each age bin and group on each day: (bins, groups, days).

    Each row adds one on the day it comes into a bin and takes it away on the day after it leaves it.
    """
    starts = np.array(AGE_EDGES)[:, None]  # (bins, 1)
    stops = np.array([*AGE_EDGES[1:], NEVER])[:, None] - 1
    come = np.maximum(np.maximum(rows.born + starts, rows.entered), first)  # (bins, rows)
    go = np.minimum(np.minimum(rows.born + stops, rows.left), last)
    bins, which = np.nonzero(come <= go)
    width = last - first + 2
    slot = (bins * groups + code[which]) * width - first
    size = len(AGE_EDGES) * groups * width
    steps = np.bincount(slot + come[bins, which], minlength=size)
    steps -= np.bincount(slot + go[bins, which] + 1, minlength=size)
    return steps.reshape(len(AGE_EDGES), groups, width).cumsum(axis=2)[:, :, :-1]


def finishes(rows: Stays, code: Ints, groups: int, first: int, last: int) -> Ints:
    """How many rows were finished in each age bin and group on each day: (bins, groups, days)."""
    age = rows.left - rows.born
    counted = rows.done & (age >= AGE_EDGES[0]) & (rows.left >= first) & (rows.left <= last)
    bins = np.searchsorted(AGE_EDGES, age[counted], side="right") - 1
    width = last - first + 1
    slot = (bins * groups + code[counted]) * width + rows.left[counted] - first
    size = len(AGE_EDGES) * groups * width
    return np.bincount(slot, minlength=size).reshape(len(AGE_EDGES), groups, width)
