"""Observed over expected: how much more, or less, somebody (or a list) got done of late than tasks of those ages do.

The expected comes from one life table of all tasks, of what had been seen by then alone. Drawn towards 1 by a few pretended
tasks, the ratio is both the shrinkage between people and a reason that can be said: "in errands things take you 3 times as long".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import NEVER, Floats, Ints
from worklens.analysis.hazard.landmarks import spread
from worklens.analysis.hazard.records import DONE, Records

AGES = np.array(
    [0, 1, 2, 4, 7, 14, 30, 60, 120, 240, 480, NEVER], dtype=np.int64
)  # days: edges of the life table
PRETENDED = 3.0  # completions as expected: a ratio from fewer is mostly luck
RATE = (0.01, 0.5)  # completions and days pretended in each age of the life table, before there are any


@dataclass(frozen=True, eq=False)
class Stretches:
    """What each task lived through between one origin and the next: (stretches,) each."""

    task: Ints
    origin: Ints  # the later one: at its end the stretch is known
    begin: Ints  # ages, days
    end: Ints
    done: Ints  # 1 where it was done in it


def stretches(records: Records, grid: Ints) -> Stretches:
    """All of them up to the last origin; what ended on its first day has none."""
    there = (records.born < grid[-1]) & (records.ended > records.born)
    last = np.where(there, np.minimum(records.ended, grid[-1]), records.born)
    first = np.searchsorted(grid, records.born, side="right")
    after = np.where(there, np.searchsorted(grid, last) + 1, first)
    task, more = spread(np.maximum(after - first, 0))
    origin = first[task] + more
    born = records.born[task]
    since = np.where(more == 0, born, grid[np.maximum(origin - 1, 0)])
    until = np.minimum(grid[origin], last[task])
    done = (records.cause[task] == DONE) & (records.ended[task] == until)
    return Stretches(task, origin, since - born, until - born, done.astype(np.int64))


def life_table(lived: Stretches, origins: int) -> Floats:
    """The chance a day to be done at each age, as known at each origin: (origins, ages)."""
    ages = AGES.size - 1
    days, done = np.zeros((origins, ages)), np.zeros((origins, ages))
    for age in range(ages):
        inside = np.clip(lived.end, AGES[age], AGES[age + 1]) - np.clip(lived.begin, AGES[age], AGES[age + 1])
        days[:, age] = np.bincount(lived.origin, inside, origins)
        ended = (lived.done == 1) & (lived.end > AGES[age]) & (lived.end <= AGES[age + 1])
        done[:, age] = np.bincount(lived.origin[ended], minlength=origins)
    table: Floats = (np.cumsum(done, axis=0) + RATE[0]) / (np.cumsum(days, axis=0) + RATE[1])
    return table


def expected(lived: Stretches, table: Floats) -> Floats:
    """What each stretch should have brought, by the life table known when it began: (stretches,)."""
    widths = np.diff(np.append(AGES[:-1], AGES[-2]))  # (ages,), the last one open
    sums = np.concatenate([np.zeros((len(table), 1)), np.cumsum(table * widths, axis=1)[:, :-1]], axis=1)
    known = np.maximum(lived.origin - 1, 0)

    def until(age: Ints) -> Floats:
        which = np.searchsorted(AGES, age, side="right") - 1
        return np.asarray(sums[known, which] + table[known, which] * (age - AGES[which]))

    return until(lived.end) - until(lived.begin)


def log_ratios(group: Ints, groups: int, lived: Stretches, hoped: Floats, grid: Ints, half: float) -> Floats:
    """log of observed over expected of each group of tasks at each origin, the past counting half every `half` days.

    `group` (tasks,), -1 for none: (groups, origins).
    """
    which = group[lived.task]
    some = which >= 0
    place = which[some] * grid.size + lived.origin[some]
    sums = [
        faded(
            np.bincount(place, each[some], groups * grid.size).reshape(groups, -1).astype(np.float64),
            grid,
            half,
        )
        for each in (lived.done, hoped)
    ]
    ratio: Floats = np.log((sums[0] + PRETENDED) / (sums[1] + PRETENDED))
    return ratio


def faded(values: Floats, grid: Ints, half: float) -> Floats:
    """Sums over the past that count half every `half` days: (groups, origins), in doubling strides along an even grid."""
    sums, stride = values.copy(), 1
    apart = float(grid[1] - grid[0]) if grid.size > 1 else 1.0
    keep = 0.5 ** (apart / half)
    while stride < grid.size and keep > 1e-12:
        sums[:, stride:] += keep * sums[:, :-stride].copy()
        stride, keep = 2 * stride, keep * keep
    return sums
