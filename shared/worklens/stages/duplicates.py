"""Open tasks that are written down more than once, across lists and sources.

A person is one within a feed: two people of a team may both have to "Send the timesheet". Occurrences of what recurs,
and the steps of a task ("print it"), have the same title by nature, and are no duplicates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from worklens.analysis.words.duplicates import Alike, alike

Row = dict[str, Any]
COLUMNS = (
    "feed, account, task, occurrence, status, title, collection, COALESCE(collection_title, collection) AS"
    " collection_title, parent, recurrence, created_day, due_day"
)
"""What is read of ``current_tasks``."""


class Duplicate(NamedTuple):
    """Rows that seem to be one task, the oldest first, and how their titles differ at most."""

    rows: tuple[Row, ...]
    how: str  # "same", "worded" or "slip"


def duplicates(rows: Sequence[Row]) -> list[Duplicate]:
    """The groups among the open tasks; all others say which words the person writes."""
    groups: list[Duplicate] = []
    for persons in by_person(rows):
        groups += _of_person(persons)
    return sorted(groups, key=lambda group: (ORDER.index(group.how), _age(group.rows[0])))


ORDER = ("same", "worded", "slip")


def by_person(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The tasks of each person. A feed of several accounts is a team; feeds of one account each are one person's."""
    accounts: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        accounts[row["feed"]].add(row["account"])
    alone = {feed for feed, within in accounts.items() if len(within) == 1}
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts["" if row["feed"] in alone else row["account"]].append(row)
    yield from parts.values()


def _of_person(rows: Sequence[Row]) -> Iterator[Duplicate]:
    others = [row["title"] for row in rows if row["title"]]
    chosen = [row for row in rows if row["title"] and _may_be(row)]
    for found in alike([row["title"] for row in chosen], others):
        yield from _shown(found, chosen)


def _may_be(row: Row) -> bool:
    return row["status"] == "open" and not row["recurrence"] and not row["parent"]


def _shown(found: Alike, rows: Sequence[Row]) -> Iterator[Duplicate]:
    """The group, the oldest first. What has one id is one task, however often it occurs."""
    chosen = [rows[place] for place in found.places]
    if len({(row["account"], row["task"]) for row in chosen}) > 1:
        yield Duplicate(tuple(sorted(chosen, key=_age)), found.how)


def _age(row: Row) -> tuple[bool, str, str, str, str]:
    day = row["created_day"]
    return day is None, str(day), row["account"], row["task"], row["occurrence"]
