"""Landmark rows: each task at each origin at whose end it was open, and what became of it after.

Everything a row may know is frozen at its origin, so that it can be used to foretell (van Houwelingen 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.hazard.records import Records

STEP = 5  # days between origins: not a multiple of a week, so that all weekdays take their turn
MOST_ROWS = 250_000  # of one fit; with more the origins lie further apart


@dataclass(frozen=True, eq=False)
class Landmarks:
    """(rows,) each, in the order of tasks."""

    grid: Ints  # (origins,): days, rising
    task: Ints  # place in the records
    origin: Ints  # place in the grid
    age: Ints  # days since its creation
    left: Ints  # days from the origin to its end; large where it hasn't ended
    cause: Ints  # of that end

    @property
    def day(self) -> Ints:
        """The day of each row's origin."""
        days: Ints = self.grid[self.origin]
        return days

    def those(self, which: Bools | Ints) -> Landmarks:
        """Some of the rows."""
        parts = (self.task, self.origin, self.age, self.left, self.cause)
        return Landmarks(self.grid, *(part[which] for part in parts))


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Each place repeated `counts` times, and the number of the repetition from 0: (sum of counts,) each."""
    place = np.repeat(np.arange(counts.size), counts)
    ends = np.cumsum(counts)
    return place, np.arange(place.size) - (ends - counts)[place]


def landmarks(records: Records, grid: Ints) -> Landmarks:
    """A row for each task and each day of the grid on which `born <= day < ended`."""
    first = np.searchsorted(grid, records.born)
    after = np.searchsorted(grid, records.ended)
    task, more = spread(np.maximum(after - first, 0))
    origin = first[task] + more
    day = grid[origin]
    left = records.ended[task] - day
    return Landmarks(grid, task, origin, day - records.born[task], left, records.cause[task])


def grid_of(records: Records, today: int, step: int = 0) -> Ints:
    """The origins: back from `today` to the first task, `step` days apart, or as many as keep to MOST_ROWS."""
    known = records.born <= today
    if not known.any():
        return np.array([today], dtype=np.int64)
    born = records.born[known]
    days = int((np.minimum(records.ended[known], today) - born).sum())
    apart = step or max(STEP, -(-days // MOST_ROWS))
    if not step and apart % 7 == 0:
        apart += 1
    return np.arange(today, int(born.min()) - 1, -apart, dtype=np.int64)[::-1]


@dataclass(frozen=True, eq=False)
class Periods:
    """Person-period rows: a landmark row in each period that it began and that was wholly watched: (periods,) each."""

    row: Ints  # place in the landmarks
    period: Ints
    cause: Ints  # what ended it in this period, 0 where nothing did


def periods(rows: Landmarks, edges: Ints, today: int) -> Periods:
    """Of rows open at the first edge, with what is known at the end of `today`.

    A period counts once its last day is over, however early the task ended in it: else short lives would come first. The
    period in which a task was lost from sight doesn't count.
    """
    watched = np.minimum(today - rows.day, np.where(rows.cause == 0, rows.left, NEVER))
    whole = np.searchsorted(edges, watched, side="right") - 1
    last = np.where(
        rows.cause == 0, edges.size, np.searchsorted(edges, rows.left) - 1
    )  # the one in which it ends
    row, period = spread(np.clip(np.minimum(whole, last + 1), 0, edges.size - 1))
    cause = np.where(period == last[row], rows.cause[row], 0)
    return Periods(row, period, cause)


def done_within(rows: Landmarks, horizon: float | Floats, today: int) -> Floats:
    """1 for a row that was done within the horizon, 0 for one that was not, NaN where nobody knows: (rows,)."""
    done = (rows.cause == 1) & (rows.left <= horizon)
    lost = (rows.cause == 0) & (rows.left < horizon)
    unknown = lost | (today - rows.day < horizon)
    return np.where(unknown, np.nan, done.astype(np.float64))


def due_missed(rows: Landmarks, until_due: Ints, today: int) -> Floats:
    """1 for a row not done by the due date it had, 0 for one that was; NaN without one, once it is over, or where unknown."""
    coming = (until_due > 0) & (until_due < NEVER)
    days = np.where(coming, until_due, 0).astype(np.float64)
    return np.where(coming, 1 - done_within(rows, days, today), np.nan)
