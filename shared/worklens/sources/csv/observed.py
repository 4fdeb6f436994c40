"""Logs with a row a task and day: each row is the task's state on that day, and each completion an occurrence.

The rows of one day are one state, done if any of them is. A day that is done ends the occurrence; a row of a later
day opens the next. The first occurrence is named "", the others "2", "3" and so on, so that rows added to the end of
the log never rename an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from worklens.sources.base import Unreadable
from worklens.sources.csv.task import Cells, Fields, Reader
from worklens.tasks import Happened, Moment, Task, after, digest


class Day(NamedTuple):
    """The rows of one task on one day."""

    moment: Moment
    rows: list[Cells]


def occurrences(reader: Reader, rows: Sequence[Cells]) -> Iterator[Task | Happened]:
    """The occurrences of one task, from its rows in any order, and the days it was carried over to. Raises Unreadable."""
    task = reader.identity(rows[0], 1)
    for number, days in enumerate(_split(reader, _days(reader, rows)), start=1):
        made = _occurrence(reader, days, task, "" if number == 1 else str(number))
        yield made
        yield from _carried(made, days[1:])


def _carried(task: Task, days: Sequence[Day]) -> Iterator[Happened]:
    """That the log shows the task again on each of these days: it was not done before, and not forgotten."""
    for day in days:
        key = digest("carried", task.account, task.task, task.occurrence, str(day.moment))
        yield Happened(
            event=key,
            kind="carried",
            account=task.account,
            task=task.task,
            occurrence=task.occurrence,
            at=day.moment,
        )


def _days(reader: Reader, rows: Sequence[Cells]) -> Iterator[Day]:
    dated = [(observed(reader, cells), cells) for cells in rows]
    dated.sort(key=lambda pair: pair[0].micros)
    for moment, group in groupby(dated, key=lambda pair: pair[0]):
        yield Day(moment, [cells for _, cells in group])


def observed(reader: Reader, cells: Cells) -> Moment:
    """The day of a row. Raises Unreadable where it has none."""
    moment = reader.moment(cells, reader.columns.observed)
    if moment is None:
        raise Unreadable("bad-date", column=reader.columns.observed, expected=reader.dates.expected)
    return moment


def _split(reader: Reader, days: Iterator[Day]) -> Iterator[list[Day]]:
    """Cut a task's days after each that is done."""
    current: list[Day] = []
    for day in days:
        current.append(day)
        if _is(reader.done, reader, day):
            yield current
            current = []
    if current:
        yield current


def _is(values: frozenset[str], reader: Reader, day: Day) -> bool:
    return any(reader.text(cells, reader.columns.status) in values for cells in day.rows)


def _occurrence(reader: Reader, days: Sequence[Day], task: str, name: str) -> Task:
    """One occurrence: what its newest row says of the task, and over all its rows the labels, estimate and time."""
    rows = [reader.fields(cells, 1) for day in days for cells in _distinct(day.rows, reader.columns.status)]
    labels = dict.fromkeys(label for fields in rows for label in fields.get("labels", ()))
    fields = rows[-1] | {"task": task, "occurrence": name, "created": days[0].moment, "labels": tuple(labels)}
    estimates, spent = _known(rows, "estimate_seconds"), _known(rows, "spent_seconds")
    fields["estimate_seconds"] = estimates[0] if estimates else None
    fields["spent_seconds"] = sum(spent) if spent else None
    return Task(**fields, **_ending(reader, days[-1]))


def _ending(reader: Reader, day: Day) -> Fields:
    """How the last day of an occurrence ends it. A log says no more than that a task was closed by that day."""
    if _is(reader.done, reader, day):
        return {"completed": day.moment}
    if _is(reader.gone, reader, day):
        return {"deleted": day.moment}
    return {"closed": after(day.moment)} if _is(reader.over, reader, day) else {}


def _known(rows: Sequence[Fields], name: str) -> list[int]:
    return [fields[name] for fields in rows if name in fields]


def _distinct(rows: Sequence[Cells], status: str) -> list[Cells]:
    """Two rows of a day that differ at most in their status are the same line written twice."""
    seen = {tuple((name, value) for name, value in cells.items() if name != status): cells for cells in rows}
    return list(seen.values())
