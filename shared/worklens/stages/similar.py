"""How long tasks took whose titles are like one's: what a person remembers of such tasks, reckoned.

The settings are those at which, of people of the SiP log and by their own tasks alone, the range held what came in 80 %
of cases, and its middle was nearer than that of their category or of all their tasks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

LEAST = 3  # tasks: two may be alike by chance
MOST = 10  # the nearest; further ones were less like it, and told less
LIKE = 0.4  # cosine of titles; at 0.3 the error was a fifth larger
RANGE = (0.1, 0.9)
DAY = 86_400_000_000  # microseconds

COLUMNS = "task, occurrence, title, created_at, created_precision, created_day, completed_at, completed_precision, completed_day"
"""What is read of ``current_tasks``, of one account's completed tasks."""


class Near(NamedTuple):
    """A task like it: which, in how many days it was done, and how like its title is, from 0 to 1."""

    task: str
    occurrence: str
    title: str
    days: float
    likeness: float


class Similar(NamedTuple):
    """How many tasks like it there were, in how many days eight of ten such were done, and which they are."""

    tasks: int
    low: float
    middle: float
    high: float
    nearest: tuple[Near, ...]  # the likest first


def similar(title: str, task: str, rows: Sequence[Mapping[str, Any]]) -> Similar | None:
    """What is known of tasks with such a title, `task` itself aside; None where too few are like it."""
    import numpy as np

    from worklens.analysis.words.similar import likeness
    from worklens.analysis.words.tokens import tokens

    lived = [(row, days) for row in rows if row["task"] != task for days in _days(row)]
    alike = likeness(tokens(title), [tokens(row["title"]) for row, _ in lived])
    first = np.argsort(-alike, kind="stable")[:MOST]
    nearest = tuple(_near(lived[place], float(alike[place])) for place in first if alike[place] >= LIKE)
    if len(nearest) < LEAST:
        return None
    low, middle, high = np.quantile([one.days for one in nearest], [RANGE[0], 0.5, RANGE[1]])
    return Similar(len(nearest), float(low), float(middle), float(high), nearest)


def _near(lived: tuple[Mapping[str, Any], float], likeness: float) -> Near:
    row, days = lived
    return Near(row["task"], row["occurrence"], row["title"], days, likeness)


def _days(row: Mapping[str, Any]) -> Iterator[float]:
    """How long it took, where that is known: between two instants exactly, else from day to day."""
    known = {row["created_precision"], row["completed_precision"]}
    if not row["title"] or not known <= {"instant", "day"}:
        return
    if known == {"instant"}:
        days = (row["completed_at"] - row["created_at"]) / DAY
    else:
        days = _apart(row["created_day"], row["completed_day"])
    if days >= 0:
        yield days


def _apart(first: date, last: date) -> float:
    return float((last - first).days)
