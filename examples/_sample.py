"""The made-up person's one-off tasks as arrays, for the examples: what was known of each when, and what became of it.

Times are in days from the history's first midnight, by the clock on her wall. Read from the sample's truth and not from an
export, which shows of a date that was moved only the last: so a question asked on a day is answered from what was known then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from worklens.sample import generate
from worklens.sample.truth import TaskTruth, Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = np.inf


@dataclass(frozen=True, eq=False)
class Tasks:
    """A row a task, and the moves of due dates in the order of time."""

    written: Floats  # (tasks,)
    done: Floats  # (tasks,): NEVER where it isn't
    deleted: Floats  # (tasks,): NEVER where it isn't
    place: Ints  # (tasks,): which of `lists` it was written down in
    due: Floats  # (tasks,): the midnight its first due date ends with; NaN without
    moves: Floats  # (moves, 3): the task's row, when, and the new due date
    lists: tuple[str, ...]
    first: date  # a Monday
    end: float

    @property
    def ended(self) -> Floats:
        """When each was done or deleted: (tasks,)."""
        return np.minimum(self.done, self.deleted)


def tasks() -> Tasks:
    """The sample's one-off tasks; what comes round by itself is left out."""
    truth = generate(count=1).truth
    rows = [task for task in truth.tasks if task.kind != "chore"]
    lists = tuple(sorted({task.collection for task in rows}))
    return Tasks(
        np.array([_days(task.created, truth) for task in rows]),
        np.array([_first(task, "completed", truth) for task in rows]),
        np.array([_first(task, "deleted", truth) for task in rows]),
        np.array([lists.index(task.collection) for task in rows]),
        np.array([_due(task.planned_due, truth) for task in rows]),
        np.array(sorted(_moves(rows, truth), key=lambda move: move[1])),
        lists,
        truth.first,
        _days(truth.end, truth),
    )


def _days(at: datetime, truth: Truth) -> float:
    local = at.astimezone(ZoneInfo(truth.zone)).replace(tzinfo=None)
    return (local - datetime.combine(truth.first, time())).total_seconds() / 86_400


def _first(task: TaskTruth, kind: str, truth: Truth) -> float:
    return next((_days(change.at, truth) for change in task.events if change.kind == kind), NEVER)


def _due(day: date | str | None, truth: Truth) -> float:
    if day is None:
        return np.nan
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return (day - truth.first).days + 1.0


def _moves(rows: list[TaskTruth], truth: Truth) -> Iterator[tuple[float, float, float]]:
    for row, task in enumerate(rows):
        for change in task.events:
            if change.kind == "rescheduled":
                yield row, _days(change.at, truth), _due(change.after, truth)


def known(found: Tasks, row: Ints, day: Floats) -> tuple[Floats, list[str]]:
    """What is known of tasks `row` (questions,) on `day` (questions,): (questions, features), and the features' names.

    All of it is dated before the question: no list it moved to later, no date it was given later, no answer.
    """
    due, moved = _dates(found, row, day)
    left = due - day
    dated = ~np.isnan(due)
    columns = {
        "age": np.log1p(day - found.written[row]),
        "has a date": dated,
        "due this week": dated & (left > 0) & (left <= 7),
        "due in (days)": np.where(dated, np.clip(left, 0, 30), 0) / 10,
        "overdue": dated & (left <= 0),
        "date moved": moved,
        "open tasks": np.log1p(_count(found.written, day) - _count(found.ended, day)),
        "done lately": np.log1p(_count(found.done, day) - _count(found.done, day - 14)),
        "weekend": day % 7 >= 5,
        **{name: found.place[row] == number for number, name in enumerate(found.lists)},
    }
    return np.stack([np.asarray(column, np.float64) for column in columns.values()], axis=1), list(columns)


def _count(events: Floats, day: Floats) -> Ints:
    """How many events came before each day."""
    return np.searchsorted(np.sort(events), day)


def _dates(found: Tasks, row: Ints, day: Floats) -> tuple[Floats, Ints]:
    """The due dates that held on those days, and how often they had been moved by then."""
    due, moved = found.due[row], np.zeros(row.size, np.int64)
    for task, at, to in found.moves:  # in the order of time, so that the last one before the day stays
        then = (row == task) & (day > at)
        due[then] = to
        moved[then] += 1
    return due, moved


def mondays(found: Tasks) -> tuple[Ints, Floats]:
    """Every open task on every Monday morning from the fifth week on, the last week left out: rows and days, in time."""
    days = np.arange(28, found.end - 7, 7)
    when, row = np.nonzero((found.written < days[:, None]) & (found.ended > days[:, None]))
    return row, days[when]


def soon(found: Tasks, row: Ints, day: Floats, within: float = 7) -> Floats:
    """The answers, 1 or 0: whether each was done within so many days."""
    return (found.done[row] <= day + within).astype(np.float64)
