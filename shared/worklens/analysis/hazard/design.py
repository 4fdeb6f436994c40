"""The table that a hazard is learnt from and told by: a row for each landmark row and period, a column for each feature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.hazard.features import PERIOD_NAMES, Features, of_periods
from worklens.analysis.hazard.landmarks import Landmarks, Periods, periods
from worklens.analysis.hazard.records import DONE
from worklens.analysis.hazard.ridge import Ridge
from worklens.analysis.learning.arrays import Reals

LOOSE = 10.0  # times freer than a feature's is a period's own effect: it is no guess that periods differ
PERIOD = "period"


def names(found: Features, edges: Ints) -> tuple[str, ...]:
    """The group of each column; PERIOD for those of the periods themselves."""
    return (*[PERIOD] * (edges.size - 2), "age", *found.names, *PERIOD_NAMES)


def loose(named: tuple[str, ...]) -> Floats:
    """How much freer than others each column is to have an effect: (columns,)."""
    return np.where([name == PERIOD for name in named], LOOSE, 1.0)


def design(found: Features, row: Ints, period: Ints, edges: Ints) -> Reals:
    """Rows of features in periods, which `row` and `period` (rows,) say: (rows, columns), as float32.

    A column a period but the first, the age's effect as the period lies further ahead, then the features.
    """
    own = of_periods(found, row, period, edges)
    first, wide = edges.size - 2, found.frozen.shape[1]
    columns = np.empty((row.size, first + 1 + wide + len(own)), dtype=np.float32)
    columns[:, :first] = period[:, None] == np.arange(1, edges.size - 1)
    columns[:, first] = np.log1p((edges[:-1] + edges[1:]) / 2)[period] * found.age[row]
    columns[:, first + 1 : first + 1 + wide] = found.frozen.astype(np.float32)[row]
    for place, values in enumerate(own, start=first + 1 + wide):
        columns[:, place] = values
    return columns


@dataclass(frozen=True, eq=False)
class Lesson:
    """What is learnt from: columns (rows, columns), what ended each row in its period, its weight and its origin's day."""

    columns: Reals
    names: tuple[str, ...]
    cause: Ints
    weights: Floats
    day: Ints
    until: Ints  # the last day of the period

    def those(self, which: Bools) -> Lesson:
        """Some of the rows."""
        return Lesson(
            self.columns[which],
            self.names,
            self.cause[which],
            self.weights[which],
            self.day[which],
            self.until[which],
        )

    @property
    def events(self) -> int:
        """How many rows were done."""
        return int((self.cause == DONE).sum())


def lesson(found: Features, rows: Landmarks, weights: Floats, edges: Ints, today: int) -> Lesson:
    """From all periods of the rows that were over by the end of `today`."""
    lived: Periods = periods(rows, edges, today)
    day = rows.day[lived.row]
    return Lesson(
        design(found, lived.row, lived.period, edges),
        names(found, edges),
        lived.cause,
        weights[lived.row],
        day,
        day + edges[lived.period + 1],
    )


def hazards(model: Ridge, found: Features, edges: Ints) -> Floats:
    """The chance of an end in each period, if open at its begin: (rows, periods)."""
    count, wide = len(found.frozen), edges.size - 1
    told = [
        model.chance(design(found, np.arange(count), np.full(count, period), edges)) for period in range(wide)
    ]
    return np.stack(told, axis=1)
