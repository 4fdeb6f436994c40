"""What corrected estimates were worth on tasks that are done: each from what was finished on earlier days alone."""

from __future__ import annotations

import math
from bisect import insort
from dataclasses import dataclass
from typing import Literal

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.estimates import LEAST, Correction, Corrector, Task
from worklens.analysis.plans import with_both

By = Literal["ours", "median", "own"]


@dataclass(frozen=True, eq=False)
class Corrections:
    """One row a task that had an estimate and a time spent, in the order of completion: (tasks,) each."""

    person: Ints
    ratio: Floats  # logarithm of spent / estimate: what the person's own estimate missed by
    factor: Floats  # logarithm of our correction
    median: Floats  # logarithm of the plain one: the median ratio of the person's earlier tasks
    low: Floats
    high: Floats
    known: Ints  # how many of the person's tasks had been finished before

    def those(self, which: Bools) -> Corrections:
        """Some of them."""
        return Corrections(**{name: values[which] for name, values in vars(self).items()})

    def error(self, by: By = "ours") -> float:
        """The median absolute logarithm of spent / estimate, the estimate corrected by ours or not; NaN without tasks."""
        return float(np.median(self._apart(by))) if self.ratio.size else math.nan

    def mean_error(self, by: By = "ours") -> float:
        """The mean of the same, which the few that ran away decide."""
        return float(self._apart(by).mean()) if self.ratio.size else math.nan

    def close(self, by: By = "ours", within: float = 0.2) -> float:
        """The share of the tasks that came so close."""
        return float((self._apart(by) <= within + 1e-9).mean()) if self.ratio.size else math.nan

    def covered(self) -> float:
        """How often the time spent lay within the limits."""
        inside = (self.low <= self.ratio) & (self.ratio <= self.high)
        return float(inside.mean()) if inside.size else math.nan

    def width(self) -> float:
        """How many times the lower limit the upper one is, in the middle of the tasks."""
        return float(np.exp(np.median(self.high - self.low))) if self.ratio.size else math.nan

    def _apart(self, by: By) -> Floats:
        corrected = {"ours": self.factor, "median": self.median, "own": np.zeros(self.ratio.size)}[by]
        apart: Floats = np.abs(self.ratio - corrected)
        return apart


def corrections(person: Ints, kind: Ints, done: Ints, estimate: Floats, spent: Floats) -> Corrections:
    """Correct each finished task from those of earlier days, then learn from it.

    `done` (tasks,) is the day of completion, `estimate` and `spent` (tasks,) seconds; rows without either are left out.
    """
    both = with_both(estimate, spent)
    rows = np.flatnonzero(both)[np.argsort(done[both], kind="stable")]
    ratio = np.log(spent[rows] / estimate[rows])
    corrector, table = Corrector(), []
    earlier: dict[int, list[float]] = {}  # each person's ratios so far, sorted
    for of_day in np.split(np.arange(rows.size), np.flatnonzero(np.diff(done[rows])) + 1):
        tasks = [Task(int(person[row]), int(kind[row]), float(estimate[row])) for row in rows[of_day]]
        table += [_row(corrector.correct(task), _median(earlier.get(task.person, []))) for task in tasks]
        for task, place in zip(tasks, of_day, strict=True):
            corrector.learn(task, float(spent[rows[place]]))
            insort(earlier.setdefault(task.person, []), float(ratio[place]))
    factor, median, low, high, known = np.array(table, dtype=np.float64).reshape(rows.size, 5).T
    return Corrections(person[rows], ratio, factor, median, low, high, known.astype(np.int64))


def _row(found: Correction, median: float) -> tuple[float, ...]:
    return math.log(found.factor), median, math.log(found.low), math.log(found.high), found.tasks


def _median(ordered: list[float]) -> float:
    """The middle of a person's ratios; 0, which leaves the estimate as it is, below LEAST."""
    half = len(ordered) // 2
    return (ordered[half] + ordered[-half - 1]) / 2 if len(ordered) >= LEAST else 0.0


def enough(graded: Corrections) -> Bools:
    """Which rows had enough behind them for a correction: (tasks,)."""
    return graded.known >= LEAST
