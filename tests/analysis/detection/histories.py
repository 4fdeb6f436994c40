"""Histories with a plain week and planted blocks, as rates an hour."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.week_hours import cut

WEEKS = 40
AWAKE = np.roll(np.array([0, 0, 0, 0, 0, 0, 1, 4, 6, 8, 8, 7, 6, 6, 6, 6, 6, 5, 5, 5, 4, 3, 2, 0.5]), -4)
WORKED = np.array([1.0, 1.0, 1.0, 1.0, 0.9, 0.4, 0.3])  # by weekday
HOURS = 2.0  # worked on a usual day


def plain(weeks: int = WEEKS) -> Floats:
    """The chance of each hour to be worked, without blocks: (weeks, 7, 24)."""
    return np.broadcast_to(WORKED[:, None] * AWAKE / AWAKE.sum() * HOURS, (weeks, 7, 24)).copy()


def drawn(rates: Floats, rng: np.random.Generator) -> Ints:
    """A history from its rates, several events in some hours."""
    return (rng.random(rates.shape) < rates) * rng.integers(1, 4, rates.shape)


def planted(box: Ints, rate: float, rng: np.random.Generator, weeks: int = WEEKS) -> Ints:
    """A history in which one block is worked at some rate."""
    rates = plain(weeks)
    cut(rates, box)[...] = rate
    return drawn(rates, rng)


def every_day(weeks: int = WEEKS) -> Bools:
    """No day off."""
    return np.ones((weeks, 7), dtype=np.bool_)
