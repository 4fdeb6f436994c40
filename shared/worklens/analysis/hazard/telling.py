"""What a learnt hazard tells of the tasks open today: chances, days until done, being late, never, and the reasons."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.hazard.design import design, hazards, names
from worklens.analysis.hazard.features import Features, features
from worklens.analysis.hazard.landmarks import STEP, landmarks
from worklens.analysis.hazard.model import FAR, NEAR, Hazard, known_by
from worklens.analysis.hazard.prospects import GROUPS, HORIZONS, LONGEST, QUANTILES, Prospects
from worklens.analysis.hazard.records import Records

EDGES = np.concatenate([NEAR, FAR[1:]])
LEAST = 20  # past tasks that stood open longer: with fewer, a chance is off by more than 20 points either way
MEMORY = 5 * 365  # days: of what is older, the paces keep less than a thirtieth
WEEK = 3  # periods that a week is made of: reasons are about them
TODAY = 0.5  # days: what is left of a day on average, for what is due on it


def prospects(hazard: Hazard, records: Records, today: int) -> Prospects:
    """Of each task open at the end of `today`, a row each of all the records; NaN for those with too little evidence.

    The chances to be done, to be deleted and to stay open add up to 1.
    """
    told = Prospects.nothing(records.size)
    past = known_by(records, today)
    place = np.flatnonzero(records.born <= today)
    grid = np.arange(today, max(int(past.born.min(initial=today)), today - MEMORY) - 1, -STEP)[::-1]
    rows = landmarks(past, grid)
    rows = rows.those(rows.origin == grid.size - 1)
    evidence = hazard.lives.size - np.searchsorted(hazard.lives, rows.age, side="right")
    enough = evidence >= LEAST
    rows = rows.those(enough)
    if rows.task.size:
        told.put(place[rows.task], _told(hazard, features(past, rows), evidence[enough]))
    return told


def _told(hazard: Hazard, found: Features, evidence: Ints) -> Prospects:
    done, deleted = curves(hazard, found)
    at = np.searchsorted(EDGES, HORIZONS)
    return Prospects(
        done[:, at],
        deleted[:, at],
        np.stack([reached(done, share) for share in QUANTILES], axis=1),
        1 - done[:, -1],
        lateness(done, found.until_due),
        evidence.astype(np.int64),
        reasons(hazard, found),
    )


def curves(hazard: Hazard, found: Features) -> tuple[Floats, Floats]:
    """The chance to be done, and to be deleted, by the end of each of EDGES: (rows, edges) each, from 0 rising."""
    ends = [
        np.concatenate([hazards(near, found, NEAR), hazards(far, found, FAR)], axis=1)
        for near, far in ((hazard.near_done, hazard.far_done), (hazard.near_deleted, hazard.far_deleted))
    ]
    total = np.maximum(ends[0] + ends[1], 1.0)  # two regressions may promise more than there is
    ends = [each / total for each in ends]
    left = np.cumprod(1 - ends[0] - ends[1], axis=1)
    before = np.concatenate([np.ones((len(left), 1)), left[:, :-1]], axis=1)
    none = np.zeros((len(left), 1))
    done, deleted = (np.concatenate([none, np.cumsum(before * each, axis=1)], axis=1) for each in ends)
    return np.minimum(done, 1.0), np.minimum(deleted, 1.0)


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


def reasons(hazard: Hazard, found: Features) -> Floats:
    """What each of GROUPS adds to the log odds in a week's periods, beside the rows that were learnt from: (rows, groups)."""
    count, model = len(found.frozen), hazard.near_done
    every = np.arange(count)
    tables = [design(found, every, np.full(count, period), NEAR) for period in range(WEEK)]
    added = np.mean([model.scale.of(table) for table in tables], axis=0) * model.w[:-1]  # (rows, columns)
    named = names(found, NEAR)
    return np.stack([np.sum(added[:, _of(group, named)], axis=1) for group in GROUPS], axis=1)


def _of(group: str, named: tuple[str, ...]) -> Bools:
    return np.array([name == group for name in named], dtype=np.bool_)
