"""What a cycle time known on the day was worth: monthly snapshots, each beside what its own tasks came to.

A snapshot sees no later day. Its truth is the quantile of the same tasks once they were done, so that nobody is graded
on other tasks than asked about.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.survival import kaplan_meier
from worklens.analysis.tail import LATELY, LEAST, SHARE, cycle_time


@dataclass(frozen=True, eq=False)
class Snapshots:
    """One row a snapshot: (snapshots,) each, in days."""

    day: Ints  # the last day that was known: a month's last
    truth: Floats
    ours: Floats
    low: Floats
    high: Floats
    kaplan_meier: Floats  # of the same tasks; NaN: not reached
    closed: Floats  # the usual statistic: of what was done in the last 90 days; NaN: nothing was

    def those(self, which: Bools) -> Snapshots:
        """Some of them."""
        return Snapshots(**{name: values[which] for name, values in vars(self).items()})

    def error(self, name: str) -> float:
        """The mean absolute error of `ours`, `kaplan_meier` or `closed`, where it has an answer, and NaN without any."""
        apart = np.abs(getattr(self, name) - self.truth)
        known = apart[np.isfinite(apart)]
        return float(known.mean()) if known.size else math.nan

    def covered(self) -> float:
        """How often the truth lay within our interval."""
        within = (self.low <= self.truth) & (self.truth <= self.high)
        return float(within.mean()) if within.size else math.nan


def joined(parts: Sequence[Snapshots]) -> Snapshots:
    """Several people's snapshots as one."""
    return Snapshots(*(np.concatenate([vars(part)[name] for part in parts]) for name in vars(parts[0])))


def snapshots(started: Ints, ended: Ints, done: Bools) -> Snapshots:
    """Look at a history, as `tail.cycle_time` takes it, at each month's end.

    Left out are snapshots with fewer than `LEAST` tasks, and those of which it isn't known yet what they came to: where
    more than 15 % of the tasks are open still, or some that are may yet come below. Deleted tasks have no cycle time.
    """
    sound = started <= ended
    started, ended, done = started[sound], ended[sound], done[sound]
    rows = [row for day in _months(started, ended[done]) if (row := _look(started, ended, done, day))]
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 7)
    return Snapshots(table[:, 0].astype(np.int64), *table[:, 1:].T)


def _months(started: Ints, ended: Ints) -> list[int]:
    """The last day of each month from the first start to the last completion."""
    if not ended.size:
        return []
    first, last = (np.int64(day).astype("M8[D]").astype("M8[M]") for day in (started.min(), ended.max()))
    firsts = np.arange(first + 1, last + 1).astype("M8[D]").astype(np.int64)
    return [int(day) - 1 for day in firsts]


def _look(started: Ints, ended: Ints, done: Bools, day: int) -> tuple[float, ...] | None:
    """One row: day, truth, ours with its limits, Kaplan-Meier, the usual; None where there is no truth."""
    begun = (started <= day) & (started > day - LATELY)
    seen = done & (ended <= day)
    if begun.sum() < LEAST:
        return None
    truth = _truth((ended - started)[begun & done], (_last(ended, done) - started)[begun & (ended == NEVER)])
    if math.isnan(truth):
        return None
    ours = cycle_time(started, ended, done, day)
    curve = kaplan_meier(np.minimum(ended, day)[begun] - started[begun], seen[begun])
    closed = _quantile((ended - started)[seen & (ended > day - LATELY)])
    return day, truth, ours.days, ours.low, ours.high, float(curve.quantile(SHARE)), closed


def _truth(took: Ints, open_for: Ints) -> float:
    """The quantile over the done and the open; NaN where it depends on how much longer these will be open."""
    at_least = _quantile(np.concatenate([took, open_for]))
    at_most = _quantile(np.concatenate([took, np.full(open_for.size, math.inf)]))
    return at_least if at_least == at_most else math.nan


def _last(ended: Ints, done: Bools) -> int:
    """The last completion: until then the open ones are known to have been open."""
    return int(ended[done].max())


def _quantile(days: Floats | Ints) -> float:
    """The smallest of them that at least the share doesn't exceed, as Kaplan-Meier has it; NaN of none."""
    return float(np.quantile(days, SHARE, method="inverted_cdf")) if days.size else math.nan
