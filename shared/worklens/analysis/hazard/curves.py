"""From hazards to chances: what is done, deleted or open by each day ahead, and the day by which a share is done."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import NEVER, Floats, Ints
from worklens.analysis.hazard.design import hazards
from worklens.analysis.hazard.features import Features
from worklens.analysis.hazard.prospects import LONGEST
from worklens.analysis.hazard.ridge import Ridge

NEAR = np.array([0, 1, 3, 7, 14, 30], dtype=np.int64)  # days: edges of the periods
FAR = np.array([30, 60, 120, 240, LONGEST], dtype=np.int64)
EDGES = np.concatenate([NEAR, FAR[1:]])
TODAY = 0.5  # days: what is left of a day on average, for what is due on it
Pair = tuple[Ridge, Ridge]
"""The near and the far periods' regression."""


def curves(done: Pair, deleted: Pair, found: Features) -> tuple[Floats, Floats]:
    """The chance to be done, and to be deleted, by the end of each of EDGES: (rows, edges) each, from 0 rising."""
    ends = [
        np.concatenate([hazards(near, found, NEAR), hazards(far, found, FAR)], axis=1)
        for near, far in (done, deleted)
    ]
    total = np.maximum(ends[0] + ends[1], 1.0)  # two regressions may promise more than there is
    ends = [each / total for each in ends]
    left = np.cumprod(1 - ends[0] - ends[1], axis=1)
    before = np.concatenate([np.ones((len(left), 1)), left[:, :-1]], axis=1)
    none = np.zeros((len(left), 1))
    shares = [np.concatenate([none, np.cumsum(before * each, axis=1)], axis=1) for each in ends]
    return np.minimum(shares[0], 1.0), np.minimum(shares[1], 1.0)


def reached(done: Floats, share: float) -> Floats:
    """Days until this share is done, evenly within a period; inf where LONGEST doesn't bring it: (rows,)."""
    after = (done < share).sum(axis=1)  # the first edge at which it is reached
    row, last = np.arange(len(done)), np.clip(after, 1, EDGES.size - 1)
    low, high = done[row, last - 1], done[row, last]
    part = np.divide(share - low, high - low, out=np.ones_like(low), where=high > low)
    days: Floats = EDGES[last - 1] + part * np.diff(EDGES)[last - 1]
    return np.where(after < EDGES.size, days, np.inf)


def by_day(done: Floats, day: Floats) -> Floats:
    """The chance to be done by a day, evenly within its period; as by LONGEST beyond that: (rows,)."""
    last = np.clip(np.searchsorted(EDGES, day), 1, EDGES.size - 1)
    part = np.clip((day - EDGES[last - 1]) / np.diff(EDGES)[last - 1], 0, 1)
    row = np.arange(len(done))
    low, high = done[row, last - 1], done[row, last]
    return np.asarray(low + part * (high - low))


def lateness(done: Floats, until_due: Ints) -> Floats:
    """The chance not to be done by the due date: 1 once its day is over, NaN without one: (rows,)."""
    days = np.where(until_due == 0, TODAY, until_due)
    late = np.where(until_due < 0, 1.0, 1 - by_day(done, np.clip(days, 0, LONGEST)))
    return np.where(until_due < NEVER, late, np.nan)
