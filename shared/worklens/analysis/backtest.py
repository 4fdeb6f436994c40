"""What was known on an earlier day, and what came of the tasks open then: a model is graded on a future it didn't see.

Read from how long each task lived, so that an origin costs no look at the store. What can't be seen in a task's last
state (that it was done before, and opened again) is not there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints

ROUNDING = 1e-9  # days: two ways to one instant may differ by this


@dataclass(frozen=True, eq=False)
class Lives:
    """How long each task stood open, what ended it, and how long it could have been watched: (tasks,) each, in days."""

    age: Floats  # at its end, or when it was last known to be open
    cause: Ints  # 1 done, 2 deleted, 0 open when last known
    since: Floats  # from its creation to the last look

    def those(self, which: Bools) -> Lives:
        """Some of them, which (tasks,) marks."""
        return Lives(self.age[which], self.cause[which], self.since[which])

    def quiet(self) -> float:
        """How many days before the last look anything came or ended last; 0 without any tasks."""
        ended = np.where(self.cause > 0, self.since - self.age, np.inf)
        return float(np.minimum(self.since, ended).min(initial=np.inf)) if self.age.size else 0.0

    def past(self, back: float) -> Lives:
        """As they stood `back` days before the last look, more than 0; tasks that came later are left out."""
        since = self.since - back
        there = since >= 0
        ended = self.age <= since + ROUNDING
        age, cause = np.minimum(self.age, since), np.where(ended, self.cause, 0)
        return Lives(age, cause, since).those(there)

    def open_at(self, back: float) -> Bools:
        """Which were open `back` days before the last look, more than 0: (tasks,)."""
        since = self.since - back
        return (since >= 0) & (self.age > since + ROUNDING)

    def done_within(self, back: float, horizon: float) -> Floats:
        """1 for a task that was done within `horizon` days of the day `back` days ago, 0 for one that was not: (tasks,).

        NaN where nobody knows: it was last known to be open before that time was over. What was deleted was not done.
        """
        left = self.age - (self.since - back)
        within = left <= horizon + ROUNDING
        done = (self.cause == 1) & within
        unknown = (self.cause == 0) & (left < horizon - ROUNDING)
        return np.where(unknown, np.nan, done.astype(np.float64))


def squared_errors(chance: Floats, outcome: Floats) -> Floats:
    """The Brier score of each chance (Brier, 1950), NaN where chance or outcome is unknown: of the same shape.

    Its mean is the smaller, the better; unlike the log loss it bears a chance of 0 or 1, which an empirical curve gives.
    """
    errors: Floats = (chance - outcome) ** 2
    return errors


def by_median(median: float, horizon: Floats) -> Floats:
    """The chance to be done within each horizon, if half of what is open is done in each `median` days: (horizons,).

    The plain baseline: one number of the person's, which knows nothing of a task's age.
    """
    if median <= 0:
        return np.ones_like(horizon)
    return 1 - np.exp2(-horizon / median)
