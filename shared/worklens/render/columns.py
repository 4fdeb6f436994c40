"""From the views' columns to arrays: accounts added up, days without anything filled in, nothing after the last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.findings.history import History
from worklens.render.model import Columns

_EPOCH = date(1970, 1, 1)
WEEK = 7
ENDINGS = (None, "done", "deleted", "closed")


def column(table: Columns, name: str) -> Sequence[Any]:
    """A column; empty where the table is."""
    return table[name] if table else ()


def day_numbers(days: Sequence[date]) -> Ints:
    """Days since 1970-01-01: (days,)."""
    return np.array([day.toordinal() for day in days], dtype=np.int64) - _EPOCH.toordinal()


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def date_of(number: int) -> date:
    """The day of a number of days since 1970-01-01."""
    return _EPOCH + timedelta(days=int(number))


def milliseconds(day: int) -> int:
    """A day's midnight as charts count it, in UTC, which here stands for the person's days."""
    return int(day) * 86_400_000


@dataclass(frozen=True, eq=False)
class Flow:
    """All accounts together, one value a day from `first` to the last day of the report: (days,) each."""

    first: int
    arrived: Ints
    done: Ints
    removed: Ints

    @property
    def open(self) -> Ints:
        """What was open at the end of each day."""
        return (self.arrived - self.done - self.removed).cumsum()


def flow(daily: Columns, last: int) -> Flow | None:
    """The view daily_flow up to day `last`; None where nothing had happened by then."""
    days = day_numbers(column(daily, "day"))
    kept = days <= last
    if not kept.any():
        return None
    first = int(days[kept].min())

    def total(name: str) -> Ints:
        values = np.array(column(daily, name), dtype=np.int64)[kept]
        sums = np.zeros(last - first + 1, dtype=np.int64)
        np.add.at(sums, days[kept] - first, values)
        return sums

    return Flow(first, total("arrived"), total("done"), total("removed"))


@dataclass(frozen=True, eq=False)
class Lifetimes:
    """How old each task was when it ended or was last seen open, in whole days: (tasks,) each."""

    age: Ints
    done: Bools
    deleted: Bools

    @property
    def still_open(self) -> int:
        """How many had not ended, as far as anyone knows."""
        return int((~self.done & ~self.deleted).sum())


def lifetimes(table: Columns) -> Lifetimes:
    """The table that `tally` makes, a row a task again. What was closed at an unknown time was watched until then."""
    tasks = np.array(column(table, "tasks"), dtype=np.int64)
    ending = np.array(column(table, "ending"), dtype=object)
    age = np.array(column(table, "age"), dtype=np.int64)
    return Lifetimes(
        np.repeat(age, tasks), np.repeat(ending == "done", tasks), np.repeat(ending == "deleted", tasks)
    )


def tally(history: History) -> Columns:
    """How many tasks ended how at which age: age (days), ending (done, deleted, closed; None for open), tasks.

    Only single tasks are compared: no subtasks, nothing recurring, none whose times are unknown or impossible.
    """
    rows = history.single
    age = np.minimum(history.left, history.end)[rows] - history.created[rows]
    removed = np.where(history.closed, 3, 2)
    gone = history.gone <= history.end
    kind = np.where(history.is_done, 1, np.where(gone, removed, 0))[rows]
    pairs, tasks = np.unique(age * len(ENDINGS) + kind, return_counts=True)
    return {
        "age": (pairs // len(ENDINGS)).tolist(),
        "ending": [ENDINGS[kind] for kind in pairs % len(ENDINGS)],
        "tasks": tasks.tolist(),
    }


def whole_weeks(values: Ints, most: int) -> Ints:
    """Sums over weeks counted back from the last day, at most `most` of them, oldest first: (weeks,)."""
    weeks = min(values.size // WEEK, most)
    tail = values[values.size - weeks * WEEK :]
    sums: Ints = tail.reshape(weeks, WEEK).sum(axis=1)
    return sums
