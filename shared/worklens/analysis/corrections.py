"""What corrected estimates were worth on tasks that are done: each from what was finished on earlier days alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.estimates import LEAST, Corrector, Task
from worklens.analysis.plans import with_both


@dataclass(frozen=True, eq=False)
class Corrections:
    """One row a task that had an estimate and a time spent, in the order of completion: (tasks,) each."""

    person: Ints
    ratio: Floats  # logarithm of spent / estimate: what the person's own estimate missed by
    factor: Floats  # logarithm of ours
    low: Floats
    high: Floats
    known: Ints  # how many of the person's tasks had been finished before

    def those(self, which: Bools) -> Corrections:
        """Some of them."""
        return Corrections(**{name: values[which] for name, values in vars(self).items()})

    def error(self, corrected: bool = True) -> float:
        """The median absolute logarithm of spent / corrected estimate, or / the person's own; NaN without tasks."""
        return float(np.median(self._apart(corrected))) if self.ratio.size else math.nan

    def mean_error(self, corrected: bool = True) -> float:
        """The mean of the same, which the few that ran away decide."""
        return float(self._apart(corrected).mean()) if self.ratio.size else math.nan

    def close(self, corrected: bool = True, within: float = 0.2) -> float:
        """The share of the tasks that came so close."""
        return float((self._apart(corrected) <= within + 1e-9).mean()) if self.ratio.size else math.nan

    def covered(self) -> float:
        """How often the time spent lay within the limits."""
        inside = (self.low <= self.ratio) & (self.ratio <= self.high)
        return float(inside.mean()) if inside.size else math.nan

    def width(self) -> float:
        """How many times the lower limit the upper one is, in the middle of the tasks."""
        return float(np.exp(np.median(self.high - self.low))) if self.ratio.size else math.nan

    def _apart(self, corrected: bool) -> Floats:
        return np.abs(self.ratio - self.factor if corrected else self.ratio)


def corrections(person: Ints, kind: Ints, done: Ints, estimate: Floats, spent: Floats) -> Corrections:
    """Correct each finished task from those of earlier days, then learn from it.

    `done` (tasks,) is the day of completion, `estimate` and `spent` (tasks,) seconds; rows without either are left out.
    """
    known = with_both(estimate, spent)
    rows = np.flatnonzero(known)[np.argsort(done[known], kind="stable")]
    corrector, table = Corrector(), []
    days = np.flatnonzero(np.diff(done[rows], prepend=-1)) if rows.size else rows
    for of_day in np.split(rows, days[1:]):
        tasks = [Task(int(person[row]), int(kind[row]), float(estimate[row])) for row in of_day]
        found = [corrector.correct(task) for task in tasks]
        table += [(each.factor, each.low, each.high, each.tasks) for each in found]
        for task, row in zip(tasks, of_day, strict=True):
            corrector.learn(task, float(spent[row]))
    columns = np.array(table, dtype=np.float64).reshape(len(table), 4)
    factor, low, high = np.log(columns[:, :3]).T
    ratio = np.log(spent[rows] / estimate[rows])
    return Corrections(person[rows], ratio, factor, low, high, columns[:, 3].astype(np.int64))


def enough(graded: Corrections) -> Bools:
    """Which rows had enough behind them for a correction: (tasks,)."""
    return graded.known >= LEAST
