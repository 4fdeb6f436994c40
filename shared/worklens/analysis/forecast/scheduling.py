"""When a list of estimated tasks will be done, from the person's own estimates and hours: evidence-based scheduling.

Joel Spolsky's way (2007): each task is its estimate times a ratio of spent to estimated that this person's tasks had,
and the days ahead are as full of work as days behind were. Only the work is simulated; what comes in between isn't.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Bools, Floats
from worklens.analysis.estimates import LOGS
from worklens.analysis.forecast.questions import LEVELS, LONGEST

DRAWS = 2000  # of the whole future; a level of 95 % is then known to half a percent
LEAST_DAYS = 28  # of past days, without which nobody knows how full a day is


def schedule(
    estimate: Floats,
    chances: Floats,
    spent: Floats,
    rng: np.random.Generator,
    *,
    levels: tuple[float, ...] = LEVELS,
    calendar: Bools | None = None,
) -> Floats:
    """Within how many days all the tasks are done, at each level: (levels,); 1 is the first day, inf not within a year.

    `estimate` (tasks,) in seconds, `chances` (tasks, BINS) the distribution of each task's ratio, as `Corrector.chances`
    gives it. `spent` (days,) seconds of work on each past day, those without any among them, oldest first. `calendar`
    (days + LONGEST,) is True on working days: others are taken out of the past and skipped in the future. NaN at every
    level where fewer than LEAST_DAYS days are known.
    """
    past, ahead = _days(spent, calendar)
    if past.size < LEAST_DAYS:
        return np.full(len(levels), np.nan)
    work = _work(estimate, chances, rng)
    hours = np.zeros((DRAWS, LONGEST))
    hours[:, ahead] = rng.choice(past, (DRAWS, int(ahead.sum())))
    days = (np.cumsum(hours, axis=1) < work[:, None]).sum(axis=1) + 1.0
    days[days > LONGEST] = np.inf
    return np.quantile(np.where(work > 0, days, 0.0), levels, method="inverted_cdf")


def _days(spent: Floats, calendar: Bools | None) -> tuple[Floats, Bools]:
    """The past working days' hours, and which of the days ahead are working days."""
    if calendar is None:
        return spent, np.ones(LONGEST, dtype=np.bool_)
    return spent[calendar[: spent.size]], calendar[spent.size : spent.size + LONGEST]


def _work(estimate: Floats, chances: Floats, rng: np.random.Generator) -> Floats:
    """All the tasks' seconds, in each draw: (DRAWS,)."""
    rising = np.cumsum(chances, axis=1)
    work = np.zeros(DRAWS)
    for seconds, row in zip(estimate, rising, strict=True):
        place = np.searchsorted(row, rng.random(DRAWS) * row[-1], side="right")
        work += seconds * np.exp(LOGS[np.minimum(place, LOGS.size - 1)])
    return work
