"""Kaplan-Meier: the share of tasks still open at each age, counting those that are open today.

Leaving out open tasks makes work look faster than it is; here each counts for as long as it was watched.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.risk_table import risk_table

LEVEL = 0.95  # of a confidence band, the field's habit
ROUNDING = 1e-12  # a product of fractions that should be 0.5 may miss it by this much


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """The share still open just after each age, and the evidence under it."""

    time: Floats  # (times,)
    at_risk: Ints  # (times,)
    events: Ints  # (times,)
    survival: Floats  # (times,)

    def at(self, age: ArrayLike) -> Floats:
        """The share still open after each age; NaN past the last age seen, unless nothing was left open there.

        For an open task of that age it is the share that took longer: 0.05 means that 95 % were done sooner.
        """
        return step(self.time, self.survival, 1.0, age, ends=self._is_over())

    def at_risk_after(self, age: ArrayLike) -> Ints:
        """How many tasks were watched beyond each age: the evidence for what happens to one that got there."""
        return at_risk_after(self.time, self.at_risk, age)

    def quantile(self, share: ArrayLike = 0.5) -> Floats:
        """The age by which each share of the tasks is done; NaN where the curve doesn't reach it. 0.5: the median."""
        return _first_at_most(self.time, self.survival, 1 - np.asarray(share, dtype=np.float64))

    def quantile_band(self, share: ArrayLike = 0.5, level: float = LEVEL) -> tuple[Floats, Floats]:
        """The ages between which that quantile lies (Brookmeyer and Crowley, 1982); NaN where not reached."""
        lower, upper = self.band(level)
        left = 1 - np.asarray(share, dtype=np.float64)
        lowest, highest = np.nan_to_num(lower, nan=0.0), np.nan_to_num(upper, nan=1.0)
        return _first_at_most(self.time, lowest, left), _first_at_most(self.time, highest, left)

    def band(self, level: float = LEVEL) -> tuple[Floats, Floats]:
        """The lower and upper confidence limits after each age: (times,) each.

        Greenwood's variance on the scale of log(-log S), which keeps the limits within 0 and 1. They are 1 before
        the first event and NaN once nothing is left open, where the formula has nothing to say.
        """
        z = NormalDist().inv_cdf((1 + level) / 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            lower = np.log(self.survival)
            spread = (
                self._greenwood()
            )  # from here on in place: for a million ages memory costs more than arithmetic
            np.multiply(np.sqrt(spread, out=spread), z, out=spread)
            np.exp(np.divide(spread, lower, out=spread), out=spread)
            upper = lower * spread
            lower /= spread
            np.exp(lower, out=lower), np.exp(upper, out=upper)
        untouched = np.count_nonzero(self.survival == 1)  # the share only falls: 1 comes first, 0 last
        left = self.survival.size - np.count_nonzero(self.survival == 0)
        lower[:untouched], upper[:untouched] = 1.0, 1.0
        lower[left:], upper[left:] = np.nan, np.nan
        return lower, upper

    def _greenwood(self) -> Floats:
        """The running sum of events / (at risk x left): (times,)."""
        events, terms = self.events.astype(np.float64), self.at_risk.astype(np.float64)
        terms *= terms - events
        return np.cumsum(np.divide(events, terms, out=terms), out=terms)

    def _is_over(self) -> bool:
        return self.time.size > 0 and self.survival[-1] == 0


def kaplan_meier(time: ArrayLike, done: ArrayLike, entry: ArrayLike | None = None) -> SurvivalCurve:
    """The product-limit estimate (Kaplan and Meier, 1958).

    `time` (tasks,) is each task's age when done, or when last seen open; `done` (tasks,) says which. Whole days and
    other times are both taken. `entry` is as in `risk_table`; the curve then starts from the youngest entry.
    Where tasks are also deleted, deletion hides what would have come: see `competing.aalen_johansen`.
    """
    table = risk_table(time, np.asarray(done, dtype=bool), entry=entry)
    events = table.events[0]
    survival = (table.at_risk - events).astype(np.float64)
    survival /= table.at_risk
    np.cumprod(survival, out=survival)
    return SurvivalCurve(table.time, table.at_risk, events, survival)


def step(time: Floats, values: Floats, start: float, age: ArrayLike, *, ends: bool) -> Floats:
    """Read a step function at each age: `start` before the first time; NaN after the last unless it `ends` there."""
    ages = np.asarray(age, dtype=np.float64)
    read = np.concatenate([[start], values])[np.searchsorted(time, ages, side="right")]
    last = np.inf if ends else time[-1] if time.size else -np.inf
    return np.where(ages <= last, read, np.nan)


def at_risk_after(time: Floats, at_risk: Ints, age: ArrayLike) -> Ints:
    """The number at risk at the first time after each age, 0 past the last."""
    later = np.searchsorted(time, np.asarray(age, dtype=np.float64), side="right")
    return np.concatenate([at_risk, [0]])[later]


def _first_at_most(time: Floats, falling: Floats, level: Floats) -> Floats:
    """The first time at which a curve has come down to each level; NaN where it never does."""
    climbing = -np.minimum.accumulate(falling)
    return np.concatenate([time, [np.nan]])[np.searchsorted(climbing, -level - ROUNDING)]
