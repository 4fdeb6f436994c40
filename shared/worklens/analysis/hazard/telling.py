"""What a learnt hazard tells of the tasks open today: chances, days until done, being late, never, and the reasons."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.hazard.bounds import bounded
from worklens.analysis.hazard.curves import EDGES, NEAR, reached
from worklens.analysis.hazard.design import design, names
from worklens.analysis.hazard.features import Features, Past
from worklens.analysis.hazard.landmarks import Landmarks, grid_of, landmarks
from worklens.analysis.hazard.model import Hazard, known_by
from worklens.analysis.hazard.prospects import GROUPS, HORIZONS, LONGEST, QUANTILES, Prospects
from worklens.analysis.hazard.records import Records

LEAST = 20  # past tasks that stood open longer: with fewer, a chance is off by more than 20 points either way
MEMORY = 5 * 365  # days: of what is older, the paces keep less than a thirtieth
AT_ONCE = 4096  # tasks: each takes a row of a table in every period ahead, some kilobytes in all
WEEK = 3  # periods that a week is made of: reasons are about them


def prospects(hazard: Hazard, records: Records, today: int) -> Prospects:
    """Of each task open at the end of `today`, a row each of all the records; NaN for those with too little evidence.

    Never is told only where as many past tasks stood open a year longer. The chances to be done, to be deleted and to stay open add up to 1.
    """
    told = Prospects.nothing(records.size)
    past = known_by(records, today)
    place = np.flatnonzero(records.born <= today)
    grid = grid_behind(past, today)
    rows = _open_at_the_end(past, grid)
    rows = rows.those(outlived(hazard, rows.age) >= LEAST)
    if not rows.task.size:
        return told
    known = Past.of(past, grid)
    for at in range(0, rows.task.size, AT_ONCE):
        some = rows.those(np.arange(at, min(at + AT_ONCE, rows.task.size)))
        told.put(place[some.task], _told(hazard, known.features(some), some.age))
    return told


def grid_behind(past: Records, today: int) -> Ints:
    """The origins that paces are read from: as far apart as those it was learnt and graded on, but no older than MEMORY."""
    grid = grid_of(past, today)
    return grid[grid >= today - MEMORY]


def _open_at_the_end(past: Records, grid: Ints) -> Landmarks:
    """The rows of the grid's last day."""
    last = landmarks(past, grid[-1:])
    return Landmarks(grid, last.task, last.origin + grid.size - 1, last.age, last.left, last.cause)


def outlived(hazard: Hazard, age: Ints) -> Ints:
    """How many past tasks stood open longer: (tasks,)."""
    return np.asarray(hazard.lives.size - np.searchsorted(hazard.lives, age, side="right"), dtype=np.int64)


def _told(hazard: Hazard, found: Features, age: Ints) -> Prospects:
    watched = outlived(hazard, age + LONGEST) >= LEAST
    done, deleted = hazard.curves(found)
    at = np.searchsorted(EDGES, HORIZONS)
    told = Prospects(
        done[:, at],
        deleted[:, at],
        np.stack([reached(done, share) for share in QUANTILES], axis=1),
        np.where(watched, 1 - done[:, -1], np.nan),
        hazard.lateness(done, found),
        outlived(hazard, age),
        reasons(hazard, found),
    )
    return bounded(told, found.until_due < 0)


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
