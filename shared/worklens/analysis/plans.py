"""What was planned against what came: due dates that moved, and time spent against its estimate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints


@dataclass(frozen=True, eq=False)
class Rescheduling:
    """What happened to each task's due date."""

    times: Ints  # (tasks,): how often it moved to another day
    days: Ints  # (tasks,): how far it moved in all; later is positive


def rescheduling(task: Ints, moved_from: Ints, moved_to: Ints, tasks: int) -> Rescheduling:
    """Count the moves of due dates, one row a move: the task's code below `tasks`, the old day and the new one.

    A move within its day counts as none. A due date set for the first time or taken away is no move: leave it out.
    """
    shift = moved_to - moved_from
    days = np.bincount(task, weights=shift, minlength=tasks)  # whole days are exact in a float up to 2 ** 53
    return Rescheduling(
        times=np.bincount(task[shift != 0], minlength=tasks), days=np.rint(days).astype(np.int64)
    )


@dataclass(frozen=True)
class EstimateRatio:
    """How many times its estimate a typical task took: the median, and the interval it lies in with 95 %."""

    n: int
    ratio: float
    low: float
    high: float


def estimate_ratio(estimate: Floats, spent: Floats) -> EstimateRatio:
    """The median of `spent / estimate` over the tasks where both are above 0; NaN where there are none.

    The median is taken on logarithms, so that twice as long and half as long weigh the same. The interval is
    that of order statistics, which asks nothing of the shape; it is NaN below 6 tasks, where none reaches 95 %.
    """
    known = (estimate > 0) & (spent > 0) & np.isfinite(estimate) & np.isfinite(spent)
    logs = np.sort(np.log(spent[known] / estimate[known]))
    n = logs.size
    if not n:
        return EstimateRatio(0, math.nan, math.nan, math.nan)
    low, high = (math.nan, math.nan) if n < 6 else (logs[rank] for rank in _median_ranks(n))
    return EstimateRatio(n, math.exp(np.median(logs)), math.exp(low), math.exp(high))


def _median_ranks(n: int) -> tuple[int, int]:
    """The ranks, from 0, that hold the median between them with at least 95 %: a sign test turned round."""
    below = np.arange(n)  # how many of n fall under the median: binomial with a half
    log_chance = np.concatenate([[0.0], np.cumsum(np.log((n - below) / (below + 1)))]) - n * math.log(2)
    rank = int(np.searchsorted(np.cumsum(np.exp(log_chance)), 0.025, side="right")) - 1
    return rank, n - 1 - rank
