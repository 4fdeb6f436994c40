"""Grading by a working calendar: each origin is asked in working days, and told and graded in days of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.calendar import calendar_days, on_working_days
from worklens.analysis.forecast.questions import LONGEST, HowMany, Question


@dataclass(frozen=True, eq=False)
class Part:
    """One person's answers and everybody's promises at the same origins."""

    origins: Ints  # (origins,): places among the days
    value: Floats  # (origins,)
    promises: dict[str, Floats]  # (origins, levels) each

    def those(self, which: Bools) -> Part:
        """Some of the origins."""
        promises = {name: values[which] for name, values in self.promises.items()}
        return Part(self.origins[which], self.value[which], promises)


Grade = Callable[[Ints, Question, Ints | None], Part]
"""Days of work done, a question, and days of new work: what was promised at each origin, and what came."""


def by_calendar(
    grade: Grade, done: Ints, question: Question, working: Bools, arrived: Ints | None = None
) -> Part:
    """What `forecast` with this calendar would have said at each origin; `working` (days + LONGEST,) as it takes it.

    What was given of the calendar counts as known at every origin, as a holiday is; so nothing learnt from the days
    themselves may stand in it.
    """
    if working.size != done.size + LONGEST:
        raise ValueError(f"the calendar has {working.size} days; it needs {done.size} + {LONGEST}")
    past = working[: done.size]
    if not past.any():
        return grade(done, question, arrived)
    place = np.flatnonzero(past)  # the day of each working day
    counts = on_working_days(done, past)
    new = None if arrived is None else on_working_days(arrived, past)
    if isinstance(question, HowMany):
        return _how_many(grade, counts, _days_ahead(working, place, question.days), new)
    return _dated(grade(counts, question, new), place, working, done.size)


def _days_ahead(working: Bools, place: Ints, days: int) -> Ints:
    """How many of the `days` days from each working day on are worked: (working days,)."""
    so_far = np.concatenate([[0], np.cumsum(working)])
    ahead: Ints = so_far[place + days] - so_far[place]
    return ahead


def _how_many(grade: Grade, counts: Ints, ahead: Ints, new: Ints | None) -> Part:
    """Each origin's own number of working days is a question of its own; none is asked that has none."""
    asked = np.unique(ahead[ahead > 0]).tolist()
    parts = [grade(counts, HowMany(days), new) for days in asked]
    return _joined([part.those(ahead[part.origins] == days) for part, days in zip(parts, asked, strict=True)])


def _joined(parts: Sequence[Part]) -> Part:
    """Parts of one person's origins as one, in order."""
    origins = np.concatenate([part.origins for part in parts])
    order = np.argsort(origins, kind="stable")
    value = np.concatenate([part.value for part in parts])
    promises = {
        name: np.concatenate([part.promises[name] for part in parts])[order] for name in parts[0].promises
    }
    return Part(origins[order], value[order], promises)


def _dated(part: Part, place: Ints, working: Bools, days: int) -> Part:
    """The same in days of the calendar, in which a year is over sooner than one of working days."""
    begin = place[part.origins]
    ahead = working[begin[:, None] + np.arange(LONGEST)]  # (origins, LONGEST)
    unknown = np.isnan(part.value)
    came = _read_back(np.where(unknown, np.inf, part.value)[:, None], ahead)[:, 0]
    value = np.where(unknown & (begin + LONGEST > days), np.nan, came)
    return Part(part.origins, value, {name: _read_back(said, ahead) for name, said in part.promises.items()})


def _read_back(worked: Floats, ahead: Bools) -> Floats:
    """(origins, answers) of working days as days of the calendar."""
    rows = [calendar_days(row, days) for row, days in zip(worked, ahead, strict=True)]
    return np.array(rows, dtype=np.float64).reshape(worked.shape)
