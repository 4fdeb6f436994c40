"""What a hazard has to beat, told of the same rows on the same past: each person's own curve, that curve steadied, a base rate.

The curve is Kaplan and Meier's with deletion as a competing end (Aalen and Johansen). Of few tasks it often tells a chance of 0,
which steadying mends: a win over zeros alone is no learning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.competing import Incidence, aalen_johansen
from worklens.analysis.hazard.landmarks import Landmarks
from worklens.analysis.hazard.prospects import HORIZONS
from worklens.analysis.hazard.records import DONE, Records

STEADY = 20.0  # pretended tasks that do as all people's tasks do
YEAR = 365  # days back: the base rate is of the year before
MONTH = 30.0


@dataclass(frozen=True, eq=False)
class Plain:
    """(rows, horizons) each, NaN where one has no answer; and the evidence of the own curve (rows,)."""

    kaplan_meier: Floats
    kaplan_meier_pooled: Floats
    kaplan_meier_shrunk: Floats
    base_rate: Floats
    at_risk: Ints


def plain(records: Records, rows: Landmarks, rates: Floats, horizons: tuple[int, ...] = HORIZONS) -> Plain:
    """Of landmark rows, each from what was known by its origin; `rates` are their base rates (rows, horizons)."""
    everyone = np.zeros(records.size, dtype=np.int64)
    pooled, seen = _curves(records, rows, everyone, horizons)
    own, at_risk = (
        _curves(records, rows, records.person, horizons) if records.person.any() else (pooled, seen)
    )
    all_alike = _drawn(pooled, seen, rates)
    return Plain(own, pooled, _drawn(own, at_risk, all_alike), rates, at_risk)


def _drawn(chance: Floats, at_risk: Ints, towards: Floats) -> Floats:
    """A curve's chances as if STEADY tasks more had been seen, which do as another says."""
    n = np.where(np.isnan(chance), 0, at_risk[:, None])
    return np.asarray((n * np.nan_to_num(chance) + STEADY * towards) / (n + STEADY))


def _curves(records: Records, rows: Landmarks, group: Ints, horizons: tuple[int, ...]) -> tuple[Floats, Ints]:
    """Each group's curve at each origin, asked for its rows: (rows, horizons) and (rows,)."""
    chance = np.full((rows.task.size, len(horizons)), np.nan)
    at_risk = np.zeros(rows.task.size, dtype=np.int64)
    members = {code: np.flatnonzero(group == code) for code in np.unique(group[rows.task])}
    key = group[rows.task] * rows.grid.size + rows.origin
    order = np.argsort(key, kind="stable")
    found, first = np.unique(key[order], return_index=True)
    for code, asked in zip(found, np.split(order, first[1:]), strict=True):
        curve = curve_at(records, members[code // rows.grid.size], int(rows.grid[code % rows.grid.size]))
        age = rows.age[asked].astype(np.float64)
        at_risk[asked] = curve.at_risk_after(age)
        chance[asked] = curve.within(age[:, None], np.array(horizons, dtype=np.float64))
    return chance, at_risk


def curve_at(records: Records, members: Ints, day: int) -> Incidence:
    """The curve of some tasks as they stood at the end of a day."""
    members = members[records.born[members] <= day]
    ended = records.ended[members]
    return aalen_johansen(
        np.minimum(ended, day) - records.born[members], np.where(ended <= day, records.cause[members], 0)
    )


def base_rates(records: Records, rows: Landmarks, horizons: tuple[int, ...] = HORIZONS) -> Floats:
    """Which share of the tasks that a person had open in the year before was done within each horizon: (rows, horizons).

    Counted at the rows' own origins, as far as their horizon was over; drawn towards all people's by STEADY rows.
    """
    people, origins = int(records.person.max(initial=0)) + 1, rows.grid.size
    place = records.person[rows.task] * origins + rows.origin
    told = np.empty((rows.task.size, len(horizons)))
    for column, horizon in enumerate(horizons):
        done = (rows.cause == DONE) & (rows.left <= horizon)
        counts = [
            np.bincount(place, values, people * origins).reshape(people, -1).astype(np.float64)
            for values in (done, np.ones(done.size))
        ]
        done_then, open_then = (_year_before(count, rows.grid, horizon) for count in counts)
        every = (done_then.sum(axis=0) + 0.5) / (open_then.sum(axis=0) + STEADY)
        own = (done_then + STEADY * every) / (open_then + STEADY)
        told[:, column] = own[records.person[rows.task], rows.origin]
    return told


def _year_before(count: Floats, grid: Ints, horizon: int) -> Floats:
    """Sums over the origins of a year whose horizon was over by each origin: (people, origins)."""
    sums = np.concatenate([np.zeros((len(count), 1)), np.cumsum(count, axis=1)], axis=1)
    last = np.searchsorted(grid, grid - horizon, side="right")
    first = np.searchsorted(grid, grid - horizon - YEAR, side="right")
    return np.asarray(sums[:, last] - sums[:, first])


def late_rates(records: Records, rows: Landmarks, until_due: Ints, late: Floats) -> Floats:
    """Which share of the rows due in the year before each origin came late, a person's own drawn towards all's: (rows,).

    A row speaks once its due date is over. `late` (rows,) is 1, 0 or NaN.
    """
    people, origins = int(records.person.max(initial=0)) + 1, rows.grid.size
    known = ~np.isnan(late)
    due = rows.day[known] + until_due[known]
    seen = np.minimum(np.searchsorted(rows.grid, due), origins)  # the first origin that knows
    place = records.person[rows.task[known]] * (origins + 1) + seen
    counts = [
        np.bincount(place, values, people * (origins + 1)).reshape(people, -1)[:, :origins].astype(np.float64)
        for values in (late[known], np.ones(int(known.sum())))
    ]
    late_then, due_then = (_year_before(count, rows.grid, 0) for count in counts)
    every = (late_then.sum(axis=0) + 0.5) / (due_then.sum(axis=0) + 1)
    own = (late_then + STEADY * every) / (due_then + STEADY)
    return np.asarray(own[records.person[rows.task], rows.origin])
