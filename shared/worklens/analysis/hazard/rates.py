"""The chance a day that an open task is done, of groups of days, where known factors multiply it: with what the days leave open.

`P(done on a day) = min(cap, rate of its group * factor)`; the likelihood has one top in each rate, and the interval is where it
lies within a chi-square's 95 % of it (Cox and Hinkley 1974), which holds for groups with few completions, or none, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints

WITHIN = (
    3.841459 / 2
)  # the log likelihood may fall so far: half the 95 % point of chi-square with one degree of freedom
LEAST, MOST = 1e-9, 10.0  # rates that are looked among
HALVINGS = 60  # of the logarithms between: to one part in 1e16


@dataclass(frozen=True, eq=False)
class Rates:
    """(groups,) each; NaN for a group without a day. Of a group without completions rate and low are 0, or nearly."""

    rate: Floats
    low: Floats
    high: Floats
    days: Ints
    done: Ints


def daily_rates(group: Ints, factor: Floats, done: Bools, cap: float = 1.0, groups: int = 0) -> Rates:
    """Of days at risk, (days,) each: their group from 0, what multiplies the rate (above 0), whether the task was done on it."""
    count = groups or int(group.max(initial=-1)) + 1
    days, ends = np.bincount(group, minlength=count), np.bincount(group[done], minlength=count)

    def slope(log_rate: Floats) -> Floats:
        chance = np.exp(log_rate)[group] * factor
        free = chance < cap  # a day at the cap says no more
        odds = chance / (1 - np.minimum(chance, cap)) if cap < 1 else chance / np.maximum(1 - chance, 1e-12)
        return np.asarray(np.bincount(group, np.where(free, np.where(done, 1.0, -odds), 0.0), count))

    def height(log_rate: Floats) -> Floats:
        chance = np.minimum(np.exp(log_rate)[group] * factor, min(cap, 1 - 1e-12))
        return np.asarray(np.bincount(group, np.log(np.where(done, chance, 1 - chance)), count))

    low, high = np.full(count, np.log(LEAST)), np.full(count, np.log(MOST))
    top = _crossing(slope, low, high)
    edge = height(top) - WITHIN
    below = _crossing(lambda rate: edge - height(rate), low, top)
    above = _crossing(lambda rate: height(rate) - edge, top, high)
    rate, least, most = (np.where(days > 0, np.exp(each), np.nan) for each in (top, below, above))
    return Rates(rate, least, most, days.astype(np.int64), ends.astype(np.int64))


def _crossing(values: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Where values that fall from above 0 to below it cross it, between the bounds."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = values(middle) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.asarray((low + high) / 2)
