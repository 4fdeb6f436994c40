"""Competing ends: a task is done or it is deleted, and each takes away the other's chance.

Counting the deleted as still open would promise that they are done some day. Here the chances add up to one: done
by then, deleted by then, or still open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.risk_table import risk_table
from worklens.analysis.survival import ROUNDING, at_risk_after, step

DONE, DELETED = 1, 2  # the causes by their place in `cause`; 0 is still open


@dataclass(frozen=True, eq=False)
class Incidence:
    """The share that has ended by each cause just after each age, and the share still open."""

    time: Floats  # (times,)
    at_risk: Ints  # (times,)
    events: Ints  # (causes, times)
    survival: Floats  # (times,): ended by no cause
    incidence: Floats  # (causes, times)

    def by(self, age: ArrayLike, cause: int = DONE) -> Floats:
        """The share that has ended by this cause up to each age; NaN past the last age seen while tasks are open."""
        return step(self.time, self.incidence[cause - 1], 0.0, age, ends=self._is_over())

    def still_open(self, age: ArrayLike) -> Floats:
        """The share that no cause has ended by each age; NaN past the last age seen while tasks are open."""
        return step(self.time, self.survival, 1.0, age, ends=self._is_over())

    def at_risk_after(self, age: ArrayLike) -> Ints:
        """How many tasks were watched beyond each age; callers say "not enough evidence" where this is small."""
        return at_risk_after(self.time, self.at_risk, age)

    def within(self, age: ArrayLike, horizon: ArrayLike, cause: int = DONE) -> Floats:
        """The chance that a task still open after `age` ends by this cause within `horizon` more, broadcast.

        `(F(age + horizon) - F(age)) / S(age)`, where F is this cause's incidence and S the share still open. NaN where
        no task was open at that age, and where age + horizon is past what has been seen.
        """
        ages, more = np.asarray(age, dtype=np.float64), np.asarray(horizon, dtype=np.float64)
        if (more < 0).any():
            raise ValueError("a horizon is negative; it counts forward from the age")
        open_then = self.still_open(ages)
        gained = self.by(ages + more, cause) - self.by(ages, cause)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(open_then > 0, np.minimum(gained / open_then, 1.0), np.nan)

    def residual_quantile(self, age: ArrayLike, share: ArrayLike = 0.5, cause: int = DONE) -> Floats:
        """How much longer until this share of the tasks still open after `age` has ended by this cause, broadcast.

        NaN where it never comes to that share in what has been seen: with deletions it may never come at all.
        """
        ages, part = np.asarray(age, dtype=np.float64), np.asarray(share, dtype=np.float64)
        open_then, risen = self.still_open(ages), self.incidence[cause - 1]
        target = self.by(ages, cause) + part * open_then
        reached = np.concatenate([self.time, [np.nan]])[np.searchsorted(risen, target - ROUNDING)]
        return np.where(open_then > 0, np.maximum(reached - ages, 0.0), np.nan)

    def _is_over(self) -> bool:
        return self.time.size > 0 and self.survival[-1] == 0


def aalen_johansen(
    time: ArrayLike, cause: ArrayLike, *, causes: int = DELETED, entry: ArrayLike | None = None
) -> Incidence:
    """The cumulative incidence of each cause (Aalen and Johansen, 1978), tied times taken together.

    `time`, `cause` and `entry` are as in `risk_table`: cause 0 is still open, 1 done, 2 deleted. At each time the share
    still open just before is split by `events / at_risk`.
    """
    table = risk_table(time, cause, causes=causes, entry=entry)
    survival = np.cumprod((table.at_risk - table.events.sum(axis=0)) / table.at_risk)
    before = np.concatenate([[1.0], survival[:-1]]) if survival.size else survival
    incidence = np.cumsum(before * table.events / table.at_risk, axis=1)  # (causes, times)
    return Incidence(table.time, table.at_risk, table.events, survival, incidence)
