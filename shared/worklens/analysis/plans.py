"""What was planned against what came: due dates that moved, and time spent against its estimate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints


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
    known = with_both(estimate, spent)
    logs = np.sort(np.log(spent[known] / estimate[known]))
    n = logs.size
    if not n:
        return EstimateRatio(0, math.nan, math.nan, math.nan)
    low, high = (math.nan, math.nan) if n < 6 else (logs[rank] for rank in _median_ranks(n))
    return EstimateRatio(n, math.exp(np.median(logs)), math.exp(low), math.exp(high))


def with_both(estimate: Floats, spent: Floats) -> Bools:
    """Which tasks have an estimate and a time spent that can be compared: (tasks,)."""
    known: Bools = (estimate > 0) & (spent > 0) & np.isfinite(estimate) & np.isfinite(spent)
    return known


def _median_ranks(n: int) -> tuple[int, int]:
    """The ranks, from 0, that hold the median between them with at least 95 %: a sign test turned round."""
    below = np.arange(n)  # how many of n fall under the median: binomial with a half
    log_chance = np.concatenate([[0.0], np.cumsum(np.log((n - below) / (below + 1)))]) - n * math.log(2)
    rank = int(np.searchsorted(np.cumsum(np.exp(log_chance)), 0.025, side="right")) - 1
    return rank, n - 1 - rank


@dataclass(frozen=True, eq=False)
class KindRatios:
    """How many times its estimate a typical task of each kind took: (kinds,) each; NaN where a kind has no task."""

    n: Ints
    ratio: Floats  # the kind's own median
    shrunk: Floats  # drawn towards that of all kinds together, the more the fewer tasks it has
    weight: Floats  # what its own median weighs in that, 0 to 1


def kind_ratios(estimate: Floats, spent: Floats, kind: Ints, kinds: int) -> KindRatios:
    """`estimate_ratio` of each kind of work (`kind` is a code below `kinds`), and what to believe of the small ones.

    Medians of logarithms are drawn towards the median of all tasks with the weight that least squared error asks for
    (empirical Bayes, after Efron and Morris, 1975): `own / (own + noise)`, where `own` is how much kinds differ beyond
    chance (DerSimonian and Laird's moments, 1986) and `noise` the variance of a median of so many tasks, pi / 2 times that
    of a mean. The spread within kinds is taken as one for all. A kind without tasks is believed to be as all are.
    """
    known = with_both(estimate, spent)
    logs, codes = np.log(spent[known] / estimate[known]), kind[known]
    n = np.bincount(codes, minlength=kinds)
    if not logs.size:
        return KindRatios(n, *(np.full(kinds, np.nan) for _ in range(3)))
    medians = _medians(logs, codes, kinds)
    noise = math.pi / 2 * _within(logs, codes, n) / np.maximum(n, 1)
    weight = _weights(medians, noise, n)
    middle = float(np.median(logs))
    shrunk = middle + weight * np.where(n > 0, medians - middle, 0.0)
    return KindRatios(n, np.exp(medians), np.exp(shrunk), weight)


def _medians(logs: Floats, codes: Ints, kinds: int) -> Floats:
    """The median of each kind's logarithms: (kinds,), NaN where it has none."""
    order = np.lexsort((logs, codes))
    sorted_logs, n = logs[order], np.bincount(codes, minlength=kinds)
    first = np.cumsum(n) - n
    low, high = (np.clip(first + rank, 0, logs.size - 1) for rank in ((n - 1) // 2, n // 2))
    return np.where(n > 0, (sorted_logs[low] + sorted_logs[high]) / 2, np.nan)


def _within(logs: Floats, codes: Ints, n: Ints) -> float:
    """The variance of a task around its kind, over all kinds; 0 where no kind has two."""
    means = np.bincount(codes, weights=logs, minlength=n.size) / np.maximum(n, 1)
    freedom = logs.size - np.count_nonzero(n)
    return float(((logs - means[codes]) ** 2).sum() / freedom) if freedom else 0.0


def _weights(medians: Floats, noise: Floats, n: Ints) -> Floats:
    """What each kind's own median weighs: (kinds,), 0 where it has no task."""
    seen = n > 0
    weights = np.zeros(n.size)
    if seen.sum() < 2 or not (noise[seen] > 0).all():
        weights[seen] = 1.0
        return weights
    trust, middles = 1 / noise[seen], medians[seen]
    middle = (trust * middles).sum() / trust.sum()
    excess = (trust * (middles - middle) ** 2).sum() - (seen.sum() - 1)
    own = max(excess / (trust.sum() - (trust**2).sum() / trust.sum()), 0.0)
    weights[seen] = own / (own + noise[seen])
    return weights
