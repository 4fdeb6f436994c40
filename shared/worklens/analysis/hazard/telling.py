"""What a learnt hazard tells of the tasks open today: chances, days until done, being late, never, and the reasons."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.hazard.curves import EDGES, NEAR, reached
from worklens.analysis.hazard.design import design, names
from worklens.analysis.hazard.features import Features, features
from worklens.analysis.hazard.landmarks import STEP, landmarks
from worklens.analysis.hazard.model import Hazard, known_by
from worklens.analysis.hazard.prospects import GROUPS, HORIZONS, LONGEST, QUANTILES, Prospects
from worklens.analysis.hazard.records import Records

LEAST = 20  # past tasks that stood open longer: with fewer, a chance is off by more than 20 points either way
MEMORY = 5 * 365  # days: of what is older, the paces keep less than a thirtieth
WEEK = 3  # periods that a week is made of: reasons are about them


def prospects(hazard: Hazard, records: Records, today: int) -> Prospects:
    """Of each task open at the end of `today`, a row each of all the records; NaN for those with too little evidence.

    Never is told only where as many past tasks stood open a year longer. The chances to be done, to be deleted and to stay open add up to 1.
    """
    told = Prospects.nothing(records.size)
    past = known_by(records, today)
    place = np.flatnonzero(records.born <= today)
    grid = np.arange(today, max(int(past.born.min(initial=today)), today - MEMORY) - 1, -STEP)[::-1]
    rows = landmarks(past, grid)
    rows = rows.those(rows.origin == grid.size - 1)
    evidence = outlived(hazard, rows.age)
    enough = evidence >= LEAST
    rows = rows.those(enough)
    watched = outlived(hazard, rows.age + LONGEST) >= LEAST
    if rows.task.size:
        told.put(place[rows.task], _told(hazard, features(past, rows), evidence[enough], watched))
    return told


def outlived(hazard: Hazard, age: Ints) -> Ints:
    """How many past tasks stood open longer: (tasks,)."""
    return np.asarray(hazard.lives.size - np.searchsorted(hazard.lives, age, side="right"), dtype=np.int64)


def _told(hazard: Hazard, found: Features, evidence: Ints, watched: Bools) -> Prospects:
    done, deleted = hazard.curves(found)
    at = np.searchsorted(EDGES, HORIZONS)
    return Prospects(
        done[:, at],
        deleted[:, at],
        np.stack([reached(done, share) for share in QUANTILES], axis=1),
        np.where(watched, 1 - done[:, -1], np.nan),
        hazard.lateness(done, found),
        evidence,
        reasons(hazard, found),
    )


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
