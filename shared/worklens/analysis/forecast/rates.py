"""How fast work is done, as it was known on every day of a history: rates of many memories, and the week's profile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.smoothing import beta_of_half_life, ewma

HALF_LIVES = (
    2,
    4,
    8,
    16,
    32,
    64,
    128,
    256,
    512,
)  # days: from "this week" to "these two years", each twice the last
LONG = 1000.0  # half-life in days of the pace that someone comes back to
RETURN = 365.0  # days after which about a third of what sets this week apart is left
IDLE = (
    1 / 12
)  # tasks a day that come back to every rate: nobody who was at work this quarter is idle for good
BACK = 45.0  # days after which most of them are back: who is quiet mostly stays so for some weeks
WEEK_MEMORY = 180.0  # half-life of the week's profile: habits change with jobs and seasons
WEEK_PRIOR = 8.0  # tasks on each weekday that speak for an even week: with fewer seen, the profile stays flat


@dataclass(frozen=True, eq=False)
class Pace:
    """What a history tells at each origin from 0 to its last day and the day after: `origins` is days + 1."""

    rates: Floats  # (half-lives, origins): tasks a day
    long: Floats  # (origins,): the same over LONG
    week: Floats  # (origins, 7): a weekday's share of the pace, 1 on average; day d is weekday d % 7

    def ahead(self, horizon: int) -> Floats:
        """The mean rate over the next `horizon` days: (half-lives, origins).

        What sets a rate apart from the long one dies away with the time constant RETURN; nobody is idle for good.
        """
        lasting = float(-np.expm1(-horizon / RETURN) / (horizon / RETURN))
        return lasting * self.rates + (1 - lasting) * self.long + idle(horizon)

    def exposure(self, origins: Ints, days: Ints) -> Floats:
        """How many average days there are in the `days` (horizons,) from each origin on: (origins, horizons)."""
        begun = self._begun[origins]
        average: Floats = begun[:, 7:] * (days // 7) + begun[:, days % 7]
        return average

    @cached_property
    def _begun(self) -> Floats:
        """Average days in the first 0 to 7 days from each origin on: (origins, 8)."""
        origins = np.arange(len(self.week))[:, None]
        days = np.cumsum(self.week[origins, (origins + np.arange(7)) % 7], axis=1)
        return np.concatenate([np.zeros_like(origins), days], axis=1)


def pace(done: Ints) -> Pace:
    """The pace known at each origin of (days,) of finished tasks; on the first day it is 0."""
    counts = done.astype(np.float64)
    seen = np.stack([ewma(counts, beta_of_half_life(half_life)) for half_life in (*HALF_LIVES, LONG)])
    rates = np.pad(seen, ((0, 0), (1, 0)))
    return Pace(rates[:-1], rates[-1], _week(counts))


def idle(horizon: int) -> float:
    """The tasks a day within a horizon of someone who does nothing now."""
    return IDLE * -math.expm1(-horizon / BACK)


def decayed_sums(values: ArrayLike, half_life: float) -> Floats:
    """Sums over the last axis in which a value weighs half as much `half_life` steps later; no value is below 0.

    Values that grow as their weights fade need only be added up, as long as they fit: 500 half-lives do.
    """
    grown = np.arange(np.shape(values)[-1]) / half_life
    if grown.size and grown[-1] > 500:
        beta = beta_of_half_life(half_life)
        long: Floats = ewma(values, beta, corrected=False) / (1 - beta)
        return long
    weights = np.exp2(grown)
    sums: Floats = np.cumsum(values * weights, axis=-1) / weights
    return sums


def _week(counts: Floats) -> Floats:
    """(origins, 7): each weekday's tasks against the average weekday's, pulled towards 1."""
    weekdays = np.arange(7)[:, None] == np.arange(counts.size) % 7
    sums = np.pad(decayed_sums(weekdays * counts, WEEK_MEMORY), ((0, 0), (1, 0)))  # (7, origins)
    profile = (sums + WEEK_PRIOR) / (sums.mean(axis=0) + WEEK_PRIOR)
    return np.ascontiguousarray((profile / profile.mean(axis=0)).T)
