"""What estimates come to: list by list how long work took against them, and what the open ones add up to."""

from __future__ import annotations

import math

from worklens.render.columns import column
from worklens.render.model import Columns
from worklens.render.safe import clean
from worklens.render.section import DataTable, Section
from worklens.render.words import Words

LEAST = 10  # done tasks with both times in a list: of fewer nothing is said by name
MOST = 8  # lists
NAME = 40  # characters
CLOSE = 1.15  # times too much or too little: nearer is a good estimate


def estimates(kinds: Columns, words: Words) -> Section | None:
    """Spent by estimated in each list; None where too few tasks have both."""
    rows = zip(*(column(kinds, name) for name in ("title", "tasks", "ratio", "value")), strict=True)
    known = [row for row in rows if row[1] >= LEAST and row[3]]
    if not known:
        return None
    largest = sorted(known, key=lambda row: (-row[1], row[0]))[:MOST]
    name, _, _, ratio = max(largest, key=lambda row: abs(math.log(row[3])))
    way = "title" if max(ratio, 1 / ratio) > CLOSE else "close"
    heads = ("list", "tasks", "ratio", "value")
    return Section(
        key="estimates",
        title=words(f"estimates.{way}", list=clean(name, NAME), times=_times(ratio, words)),
        subtitle=words("estimates.subtitle"),
        table=DataTable(
            tuple(words(f"estimates.column_{head}") for head in heads),
            tuple(
                (clean(title, NAME), words.number(tasks), _times(median, words), _times(value, words))
                for title, tasks, median, value in largest
            ),
        ),
        note=words("estimates.note"),
        folded=True,
    )


def _times(ratio: float, words: Words) -> str:
    return words("estimates.times", n=f"{ratio:.2f}")


def hours(lists: Columns, words: Words) -> Section | None:
    """The open estimated work of the largest lists, and the days it fills; None where nothing open is estimated."""
    names = ("title", "tasks", "estimated", "hours", "half", "sure")
    rows = list(zip(*(column(lists, name) for name in names), strict=True))[:MOST]
    if not rows:
        return None
    heads = ("list", "tasks", "estimated", "hours", "half", "sure")
    title, _, _, first, *_ = rows[0]
    return Section(
        key="hours",
        title=words(
            "hours.title",
            hours=_hours(sum(row[3] for row in rows), words),
            list=clean(title, NAME),
            first=_hours(first, words),
        ),
        subtitle=words("hours.subtitle"),
        table=DataTable(
            tuple(words(f"hours.column_{head}") for head in heads),
            tuple(
                (
                    clean(name, NAME),
                    words.number(tasks),
                    words.number(estimated),
                    _hours(open_, words),
                    _days(half, words),
                    _days(sure, words),
                )
                for name, tasks, estimated, open_, half, sure in rows
            ),
        ),
        note=words("hours.note"),
        folded=True,
    )


def _hours(hours: float, words: Words) -> str:
    return words("hours.some", n=words.number(hours))


def _days(days: float | None, words: Words) -> str:
    return words("forecast.unknown") if days is None else words.count("days", int(days))
