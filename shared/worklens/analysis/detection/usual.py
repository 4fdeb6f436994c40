"""What is usual: how often each hour would be worked if weeks, weekdays and hours of the day knew nothing of one another.

The hours of the day are smooth: that people sleep and have lunch is usual, that they write from nine to eleven is a block.
Iterative proportional fitting (Deming and Stephan, 1940), with a factor for each block already found, so that it neither
hides in the margins nor is found again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.week_hours import cut

ROUNDS = 12  # the margins agree to a thousandth after some five
WIDTH = 2.5  # hours: the standard deviation of the bell by which the hours of the day are smoothed

PEAK = 6  # hours: what is as wide is no peak but a part of the day


@lru_cache(maxsize=2)
def _bell(hours: int) -> Floats:
    """What each hour of the day takes from each other one, around the clock: (hours, hours), rows summing to 1."""
    apart = np.abs(np.arange(hours)[:, None] - np.arange(hours))
    bell = np.exp(-0.5 * (np.minimum(apart, hours - apart) / WIDTH) ** 2)
    smooth: Floats = bell / bell.sum(axis=1, keepdims=True)
    return smooth


def _smooth(hour: Floats) -> Floats:
    """The hours of a usual day: what is left when peaks are rounded off, or, if that is more, when they are cut off.

    A peak is narrower than six hours. Rounding blurs the edges of a working day; cutting (a morphological opening) keeps
    them, but takes every noisy hour for a peak.
    """
    size = min(PEAK, hour.size)
    around = (np.arange(hour.size)[:, None] + np.arange(size)) % hour.size
    floor = hour[around].min(axis=1)  # of the hours from each one on
    opened = floor[(np.arange(hour.size)[:, None] - np.arange(size)) % hour.size].max(axis=1)
    smooth: Floats = np.maximum(_bell(hour.size) @ hour, opened)
    return smooth


def usual(worked: Floats, open_: Bools, blocks: Sequence[Ints] = ()) -> Floats:
    """What is to be expected in each cell of (weeks, 7, 24): week by weekday by hour by the blocks' own factors.

    `open_` (weeks, 7) are the days on which work was possible; on others nothing is expected. The sums over each week
    and weekday come out as they were, and nearly those of each block.
    """
    factor = np.ones((len(blocks),))
    week, day, hour = (np.ones(size) for size in worked.shape)
    seen = worked * open_[:, :, None]
    for _ in range(ROUNDS):
        base = open_[:, :, None] * _lifted(worked.shape, blocks, factor)
        hour = _smooth(_ratio(seen.sum(axis=(0, 1)), np.einsum("wdh,w,d->h", base, week, day)))
        day = _ratio(seen.sum(axis=(0, 2)), np.einsum("wdh,w,h->d", base, week, hour))
        week = _ratio(seen.sum(axis=(1, 2)), np.einsum("wdh,d,h->w", base, day, hour))
        expected: Floats = base * week[:, None, None] * day[:, None] * hour
        factor = np.array(
            [
                one * _ratio(cut(seen, box).sum(), cut(expected, box).sum())
                for one, box in zip(factor, blocks, strict=True)
            ]
        )
    return expected


def _lifted(shape: tuple[int, ...], blocks: Sequence[Ints], factor: Floats) -> Floats:
    """1, and in each block its factor: (weeks, 7, 24)."""
    lift = np.ones(shape)
    for box, by in zip(blocks, factor, strict=True):
        cut(lift, box)[...] *= by
    return lift


def _ratio(seen: Floats, expected: Floats) -> Floats:
    """Seen by expected, and 0 where nothing is expected."""
    return np.divide(seen, expected, out=np.zeros(np.shape(seen)), where=expected > 0)


def dispersion(worked: Floats, expected: Floats) -> float:
    """How much more days vary than independent hours would: 1 for chance, more where work comes in sessions.

    Pearson's, over whole days, where what goes together within a day adds up; never less than 1.
    """
    seen, mean = worked.sum(axis=2), expected.sum(axis=2)
    counts = mean > 0
    freedom = max(1, int(counts.sum()) - sum(worked.shape[:2]))
    return max(1.0, float(((seen - mean)[counts] ** 2 / mean[counts]).sum()) / freedom)
