"""From the views' columns to arrays: accounts added up, days without anything filled in, nothing after the last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.days import date_of, day_numbers
from worklens.findings.history import History
from worklens.render.model import Columns

WEEK = 7
ENDINGS = (None, "done", "deleted", "closed")


def column(table: Columns, name: str) -> Sequence[Any]:
    """A column; empty where the table is."""
    return table[name] if table else ()


def rows_of(table: Mapping[str, Iterable[Any]]) -> list[dict[str, Any]]:
    """The rows one by one, each by its columns' names."""
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]


def collection_names(table: Columns) -> list[str]:
    """Each row's collection by its title; by its id where the source gives none, and empty where it is in none."""
    titles = column(table, "collection_title")
    ids = table.get("collection", [None] * len(titles))
    return [title or name or "" for title, name in zip(titles, ids, strict=True)]


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
    still_open: int


def lifetimes(table: Columns) -> Lifetimes:
    """The table that `tally` makes, a row a task again. What was closed at an unknown time was watched until then."""
    tasks = np.array(column(table, "tasks"), dtype=np.int64)
    ending = np.array(column(table, "ending"), dtype=object)
    age = np.array(column(table, "age"), dtype=np.int64)
    still_open = int(tasks[[each is None for each in ending]].sum())
    done, deleted = (np.repeat(ending == each, tasks) for each in ("done", "deleted"))
    return Lifetimes(np.repeat(age, tasks), done, deleted, still_open)


def whole_weeks(values: Ints, most: int) -> Ints:
    """Sums over weeks counted back from the last day, at most `most` of them, oldest first: (weeks,)."""
    weeks = min(values.size // WEEK, most)
    tail = values[values.size - weeks * WEEK :]
    sums: Ints = tail.reshape(weeks, WEEK).sum(axis=1)
    return sums


def tally(history: History) -> Columns:
    """How many tasks ended how at which age: age (days), ending (done, deleted, closed; None for open), tasks.

    Only single tasks are compared: no subtasks, nothing recurring, none whose times are unknown or impossible.
    """
    last = _last_day(history)
    done = history.timed & (history.done <= np.minimum(history.gone, last))
    removed = np.where(history.closed, 3, 2)
    kind = np.where(done, 1, np.where(history.gone <= last, removed, 0))[history.single]
    age = (np.minimum(history.left, last) - history.created)[history.single]
    pairs, tasks = np.unique(age * len(ENDINGS) + kind, return_counts=True)
    return {
        "age": (pairs // len(ENDINGS)).tolist(),
        "ending": [ENDINGS[kind] for kind in pairs % len(ENDINGS)],
        "tasks": tasks.tolist(),
    }


def only_single(work: Columns, history: History) -> Columns:
    """The rows of age_of_open_work that the tally counts as open, in the order of their names: the tasks that the curve speaks for."""
    rows = np.flatnonzero(history.open)
    single = {(ref.account, ref.task, ref.occurrence) for ref in history.refs(rows)}
    names = zip(*(column(work, name) for name in ("account", "task", "occurrence")), strict=True)
    kept = [row for _, row in sorted((name, row) for row, name in enumerate(names) if name in single)]
    return {name: [values[row] for row in kept] for name, values in work.items()}


def days_of(history: History) -> tuple[date, date]:
    """The report's `as_of` and `whole_until`: the day of the last look, or the record's end if that was long before."""
    return date_of(_last_day(history)), date_of(history.end)


def _last_day(history: History) -> int:
    """A record that ended long before the last look is read as of its end: what came after is unknown, not nothing."""
    return history.today if history.end == history.today - 1 else history.end
