"""How long changes (pull requests) take from their first commit to the merge, and how much of it is waiting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from worklens.analysis.days import day_numbers
from worklens.render.columns import WEEK, collection_names, column
from worklens.render.model import Columns
from worklens.render.safe import clean
from worklens.render.section import DataTable, Section
from worklens.render.words import Words

WEEKS = 13  # a quarter: long enough for a median, short enough to be of today
LEAST = 10  # changes: of fewer a median says little
MOST = 8  # repositories shown by name
NAME = 40  # characters


class Change(NamedTuple):
    """A merged change: where, on which day, and how long it took, waited and was in review, in days; None is unknown."""

    name: str
    day: int
    lead: float | None
    waiting: float | None
    review: float | None


def changes(merged: Columns, last: int, words: Words) -> Section | None:
    """The last quarter's medians by repository; None where too few changes were merged to say anything."""
    every = _changes(merged)
    first = last - WEEKS * WEEK
    recent = [one for one in every if first < one.day <= last]
    lead = _median([one.lead for one in recent])
    if lead is None:
        return None
    before = _median([one.lead for one in every if first - WEEKS * WEEK < one.day <= first])
    return Section(
        key="changes",
        title=words("changes.title", lead=words.span(lead)),
        subtitle=_subtitle(recent, before, words),
        table=_table(recent, words),
    )


def _changes(merged: Columns) -> list[Change]:
    values = (column(merged, name) for name in ("lead_days", "waiting_days", "review_days"))
    days = day_numbers(column(merged, "merged_day")).tolist()
    names = (clean(name, NAME) for name in collection_names(merged))
    return [Change(*row) for row in zip(names, days, *values, strict=True)]


def _median(values: Sequence[float | None]) -> float | None:
    """Of those that are known; None where they are too few."""
    known = [value for value in values if value is not None]
    return float(np.median(known)) if len(known) >= LEAST else None


def _subtitle(recent: Sequence[Change], before: float | None, words: Words) -> str:
    said = words(
        "changes.subtitle",
        changes=words.count("changes", len(recent)),
        weeks=words.count("weeks", WEEKS),
        reviewed=words.number(sum(one.review is not None for one in recent)),
    )
    if before is None:
        return said
    weeks = words.count("weeks", WEEKS)
    return words.join((said, words("changes.before", lead=words.span(before), weeks=weeks)))


def _table(recent: Sequence[Change], words: Words) -> DataTable:
    """A row for all, and one a repository with enough of them where there are several."""
    heads = ("name", "merged", "lead", "waiting", "review")
    places: dict[str, list[Change]] = defaultdict(list)
    for one in recent:
        places[one.name].append(one)
    largest = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST]
    rows = [_row(name or words("where.none"), some, words) for name, some in largest if len(some) >= LEAST]
    if len(places) > 1 or not rows:
        rows.insert(0, _row(words("changes.all"), recent, words))
    return DataTable(tuple(words(f"changes.column_{name}") for name in heads), tuple(rows))


def _row(name: str, some: Sequence[Change], words: Words) -> tuple[str, ...]:
    parts = zip(*((one.lead, one.waiting, one.review) for one in some), strict=True)
    medians = (_median(part) for part in parts)
    shown = (words("changes.few") if median is None else words.span(median) for median in medians)
    return (name, words.number(len(some)), *shown)
