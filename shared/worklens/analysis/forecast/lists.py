"""When a list of open tasks is done: when its work fits into the hours it gets, and when the last task has gone.

Hours alone promise far too early: what is left of a list is mostly not waiting for hours. How long such tasks linger
is known from the person's others, so a list's date is the later of the two at each level.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.estimates import LEAST, LOGS, Corrector, Task
from worklens.analysis.forecast.questions import LEVELS, LONGEST
from worklens.analysis.forecast.scheduling import schedule
from worklens.analysis.tail import LONGEST as OLDEST
from worklens.analysis.tail import PACES, log_still_open

HOURS_BACK = 180  # days from which a list's hours a day are drawn: half a year has its quiet weeks, too
PACE = 1.0  # logarithm: how far the pace at which tasks go may differ from the past's; a list's tasks differ together


@dataclass(frozen=True, eq=False)
class Work:
    """A person's tasks: (tasks,) each."""

    person: int  # as the corrector knows them
    kind: Ints  # the list
    begun: Ints  # day of creation
    ended: Ints  # NEVER while it is open
    done: Bools
    estimate: Floats  # seconds; NaN where there is none
    spent: Floats

    def on(self, day: int) -> Work:
        """As it stood at the end of a day."""
        there, over = self.begun <= day, self.ended <= day
        return Work(
            person=self.person,
            kind=self.kind[there],
            begun=self.begun[there],
            ended=np.where(over, self.ended, NEVER)[there],
            done=(self.done & over)[there],
            estimate=self.estimate[there],
            spent=np.where(over, self.spent, np.nan)[there],
        )


@dataclass(frozen=True, eq=False)
class ListDates:
    """Within how many days a list is done: (levels,) each; inf: not within a year, NaN: too little is known."""

    levels: tuple[float, ...]
    days: Floats  # the later of the two
    by_hours: Floats  # NaN where hours or estimates are missing: then the other speaks alone
    by_age: Floats  # NaN below a year's record, which can't know what lingers for one
    tasks: int  # open in it
    estimated: int  # of them
    learnt: int  # the person's finished tasks with estimate and time spent


def list_dates(
    work: Work,
    kind: int,
    day: int,
    corrector: Corrector,
    rng: np.random.Generator,
    levels: tuple[float, ...] = LEVELS,
) -> ListDates:
    """The dates of a list's open tasks, as known at the end of `day`; new work isn't counted in.

    `corrector` has learnt from what was finished by then. A task without an estimate counts as the middle one of the
    list's that have one.
    """
    known = work.on(day)
    is_open = (known.kind == kind) & (known.ended == NEVER)
    by_age = _by_age(known, is_open, day, levels)
    by_hours = _by_hours(known, kind, day, corrector, rng, levels)
    return ListDates(
        levels=levels,
        days=by_age if np.isnan(by_hours).any() else np.maximum(by_hours, by_age),
        by_hours=by_hours,
        by_age=by_age,
        tasks=int(is_open.sum()),
        estimated=int((known.estimate[is_open] > 0).sum()),
        learnt=corrector.tasks(work.person),
    )


def _by_age(known: Work, is_open: Bools, day: int, levels: tuple[float, ...]) -> Floats:
    """How long such tasks linger; NaN below a year's record."""
    if day - known.begun.min(initial=day) < LONGEST:
        return np.full(len(levels), np.nan)
    still = log_still_open(known.begun, known.ended, known.done, day)
    return all_gone((day - known.begun)[is_open], still, levels)


def all_gone(age: Ints, still: Floats, levels: tuple[float, ...] = LEVELS) -> Floats:
    """Within how many days tasks of these ages (tasks,) are all done: (levels,); inf: not within a year.

    `still` is `log_still_open`. Each goes by itself, over paces that are theirs together.
    """
    ages, ahead = np.minimum(age, OLDEST - 1), np.arange(1, LONGEST + 1)
    later = np.minimum(ages + ahead[:, None], OLDEST - 1)  # (LONGEST, tasks)
    left = np.minimum(still[later] - still[ages], 0.0)
    chance = np.zeros(LONGEST)
    for place in range(PACES):
        pace = math.exp(PACE * NormalDist().inv_cdf((place + 0.5) / PACES))
        chance += np.prod(1 - np.exp(pace * left), axis=1) / PACES
    days = np.searchsorted(chance, np.asarray(levels) - 1e-9) + 1.0
    return np.where(days <= LONGEST, days, np.inf) if age.size else np.zeros(len(levels))


def _by_hours(
    known: Work,
    kind: int,
    day: int,
    corrector: Corrector,
    rng: np.random.Generator,
    levels: tuple[float, ...],
) -> Floats:
    """The schedule at the hours a day that the list got; NaN where nobody knows these or how long its tasks may take."""
    in_list = known.kind == kind
    given, hours = known.estimate[in_list & (known.estimate > 0)], _hours(known, in_list, day)
    if corrector.tasks(known.person) < LEAST or not given.size or not hours.any():
        return np.full(len(levels), np.nan)
    left = known.estimate[in_list & (known.ended == NEVER)]
    estimate = np.where(left > 0, left, np.median(given))
    chances = [corrector.chances(Task(known.person, kind, float(seconds))) for seconds in estimate]
    return schedule(estimate, np.array(chances).reshape(-1, LOGS.size), hours, rng, levels=levels)


def _hours(known: Work, in_list: Bools, day: int) -> Floats:
    """Seconds spent on the list's finished tasks by the day of their end, from the person's first end on: (days,)."""
    over = known.done & (known.ended > day - HOURS_BACK)
    if not over.any():
        return np.empty(0)
    span = min(day - int(known.ended[known.done].min()) + 1, HOURS_BACK)
    rows = over & in_list & (known.spent > 0)
    return np.bincount(known.ended[rows] - (day - span + 1), known.spent[rows], span).astype(np.float64)
