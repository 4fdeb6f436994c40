"""What is usual: how often each hour would be worked if weeks, weekdays and hours of the day knew nothing of one another.

The hours of the day are smooth: that people sleep and have lunch is usual, that they write from nine to eleven is a block.
Proportional fitting (Deming and Stephan, 1940) of rates, with a factor for each block already found, so that it neither
hides in the margins nor is found again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.week_hours import cut

ROUNDS = 12  # within 0.04 of the likeliest log-likelihood, of which one block is worth ten and more
WIDTH = 1.5  # hours: the bell that smooths the hours of the day; at 2.5 the best hours of any day are a block
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
    """How likely each hour of (weeks, 7, 24) is to have work in it, by its week, weekday, hour and the blocks it is in.

    `open_` (weeks, 7) are the days on which work was possible; on others nothing is expected. Events come at a rate that is
    the product of these four, and an hour is worked if any comes: so no chance is above 1, however many factors meet.
    The rates are the likeliest (by expectation and maximisation: an hour with work in it stands for rate / chance events),
    but for the hours of the day being smooth.
    """
    lift = np.repeat(open_.astype(np.float64)[:, :, None], worked.shape[2], axis=2)
    week, day, hour = (np.ones(size) for size in worked.shape)
    seen, rate = worked * lift, lift
    for _ in range(ROUNDS):
        events = seen * _ratio(rate, -np.expm1(-rate))
        hour = _smooth(_ratio(events.sum(axis=(0, 1)), np.einsum("wdh,w,d->h", lift, week, day)))
        day = _ratio(events.sum(axis=(0, 2)), np.einsum("wdh,w,h->d", lift, week, hour))
        week = _ratio(events.sum(axis=(1, 2)), np.einsum("wdh,d,h->w", lift, day, hour))
        rate = lift * week[:, None, None] * day[:, None] * hour
        for box in blocks:  # each once those before it fit: two may share hours
            by = _ratio(cut(events, box).sum(), cut(rate, box).sum())
            cut(lift, box)[...] *= by
            cut(rate, box)[...] *= by
    chance: Floats = -np.expm1(-rate)
    return chance


def _ratio(seen: Floats, expected: Floats) -> Floats:
    """Seen by expected, and 0 where nothing is expected."""
    return np.divide(seen, expected, out=np.zeros(np.shape(seen)), where=expected > 0)


def dispersion(worked: Floats, expected: Floats) -> float:
    """How much more days vary than independent hours would: 1 for chance, more where work comes in sessions.

    Pearson's, over whole days, where what goes together within a day adds up; never less than 1.
    """
    off, spread = (worked - expected).sum(axis=2), (expected * (1 - expected)).sum(axis=2)
    counts = spread > 0
    freedom = max(1, int(counts.sum()) - sum(worked.shape[:2]))
    return max(1.0, float((off[counts] ** 2 / spread[counts]).sum()) / freedom)
