"""Which labels the done work had, over some weeks."""

from __future__ import annotations

from collections import Counter

from worklens.analysis.days import day_numbers
from worklens.render.columns import WEEK, column
from worklens.render.model import Columns
from worklens.render.safe import clean
from worklens.render.section import DataTable, Section
from worklens.render.words import Words

MOST = 12  # labels
NAME = 40  # characters


def labels(work: Columns, last: int, weeks: int, words: Words) -> Section | None:
    """The labels by how much was done with each in the weeks up to that of day `last`; None where nothing has one."""
    first = last - (last + 3) % WEEK - WEEK * (weeks - 1)
    done: Counter[str] = Counter()
    days = day_numbers(column(work, "week"))
    for label, day, count in zip(column(work, "label"), days, column(work, "done"), strict=True):
        if first <= day <= last:
            done[clean(label, NAME)] += count
    ranked = sorted(done.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    rows = tuple((name, words.number(count)) for name, count in ranked[:MOST])
    return Section(
        key="labels",
        title=words("labels.title", label=ranked[0][0], tasks=words.count("tasks", ranked[0][1])),
        subtitle=words("labels.subtitle", weeks=words.count("weeks", weeks)),
        table=DataTable((words("labels.column_label"), words("labels.column_done")), rows),
    )
