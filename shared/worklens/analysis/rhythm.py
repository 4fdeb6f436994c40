"""Is a weekday unusual: its share of what is done against an even share, from week to week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

import numpy as np

from worklens.analysis.arrays import Floats, Ints

ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)
SHUFFLES = 1999  # the smallest p is then 1 / 2000
AT_ONCE = 2_000_000  # numbers held by one round of shuffles: 16 MB


@dataclass(frozen=True, eq=False)
class WeekdayShares:
    """Each compared weekday beside the even share: (weekdays,) each."""

    weekdays: tuple[int, ...]  # Monday is 0
    share: Floats  # of the tasks done on these weekdays; NaN where none were
    ratio: Floats  # share over the even share; above 1 is more than even
    p: Floats  # two-sided, corrected for the number of weekdays; NaN where nothing differs
    n: int  # tasks
    weeks: int  # weeks with any


def weekday_shares(
    weekly: Ints, rng: np.random.Generator, weekdays: Sequence[int] = ALL_DAYS, shuffles: int = SHUFFLES
) -> WeekdayShares:
    """Test each weekday's share on (weeks, 7) of counts from Monday.

    `weekdays` are the ones to compare: with all seven, a free weekend is the finding, so pass the working days to ask
    about those. The days of each week are shuffled among themselves, so that busy and quiet weeks do no harm; square
    roots are compared, so that one burst doesn't outweigh a year; p is how often any weekday comes to differ as much
    from its weeks. A weekday whose share and roots point to different sides has p = 1.
    """
    counts = weekly[:, list(weekdays)]  # (weeks, weekdays)
    total = counts.sum()
    share = counts.sum(axis=0) / total if total else np.full(len(weekdays), np.nan)
    ratio = share * len(weekdays)
    return WeekdayShares(
        weekdays=tuple(weekdays),
        share=share,
        ratio=ratio,
        p=_p_of_weekdays(np.sqrt(counts[counts.any(axis=1)] + 0.375), ratio, rng, shuffles),
        n=int(total),
        weeks=int(counts.any(axis=1).sum()),
    )


def _p_of_weekdays(roots: Floats, ratio: Floats, rng: np.random.Generator, shuffles: int) -> Floats:
    """How often a shuffle of (weeks, weekdays) lets some weekday stray as far as each one did: (weekdays,)."""
    scores = roots - roots.mean(axis=1, keepdims=True)
    if not np.abs(scores).max(initial=0.0) > 1e-9:
        return np.full(ratio.shape, np.nan)
    strayed = scores.sum(axis=0)
    rounds = max(1, shuffles * scores.size // AT_ONCE)
    each = max(1, shuffles // rounds)
    largest = np.concatenate([_largest(scores, rng, each) for _ in range(rounds)])  # (shuffles,)
    reached = (largest[:, None] >= np.abs(strayed) - 1e-9).sum(axis=0)
    return np.where(strayed * (ratio - 1) >= 0, (1 + reached) / (1 + largest.size), 1.0)


def _largest(scores: Floats, rng: np.random.Generator, shuffles: int) -> Floats:
    """The largest sum of any weekday in each of some shuffles within weeks: (shuffles,).

    One of all orders is drawn for each week: three times as fast as to shuffle its days.
    """
    weeks, days = scores.shape
    orders = _orders(days)
    drawn = rng.integers(len(orders), size=(weeks, shuffles), dtype=np.uint16)
    sums = np.zeros((shuffles, days))
    for week, order in zip(scores, drawn, strict=True):
        sums += week[orders][order]
    largest: Floats = np.abs(sums).max(axis=1)
    return largest


@cache
def _orders(days: int) -> Ints:
    """Every order of so many days: (days!, days)."""
    return np.array(list(permutations(range(days))))
