"""What each person's tasks are about, for whoever asks: themes by their words, and how much work is in each.

A person is one within a feed, as for duplicates. Tasks that were deleted are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from worklens.stages.duplicates import by_person

Row = dict[str, Any]
COLUMNS = "feed, account, status, title, completed_day"
"""What is read of ``current_tasks``, in the order in which the tasks came."""
ORDER = "created_at IS NULL, created_at, account, task, occurrence"
QUARTER = 91  # days


class Share(NamedTuple):
    """A theme's words, none for what has no theme; its tasks, those open and done, and its share of what was done lately."""

    words: tuple[str, ...]
    tasks: int
    open: int
    done: int
    lately: float | None


class Themes(NamedTuple):
    """Of one person: the accounts, how many titles differ, to which day "lately" goes, and the themes, the largest first."""

    accounts: tuple[str, ...]
    titles: int
    until: date | None
    shares: tuple[Share, ...]


def themes(rows: Sequence[Row]) -> list[Themes]:
    """The themes of each person; none where too few titles differ."""
    return [_of_person(of_one) for of_one in by_person(rows)]


def _of_person(rows: Sequence[Row]) -> Themes:
    from worklens.analysis.words.duplicates import spelt
    from worklens.analysis.words.themes import themes as found_in

    titled = [row for row in rows if row["title"] and row["status"] != "deleted"]
    until = max((row["completed_day"] for row in titled if row["completed_day"]), default=None)
    late = [row for row in titled if _is_late(row, until)]
    found = found_in([row["title"] for row in titled])
    groups = [(theme.words, [titled[place] for place in theme.places]) for theme in found]
    shares = tuple(_share(words, of_theme, until, len(late)) for words, of_theme in groups)
    if found:
        held = {place for theme in found for place in theme.places}
        rest = [row for place, row in enumerate(titled) if place not in held]
        shares += (_share((), rest, until, len(late)),)
    accounts = tuple(sorted({row["account"] for row in rows}))
    return Themes(accounts, len({spelt(row["title"]) for row in titled}), until, shares)


def _share(words: tuple[str, ...], rows: Sequence[Row], until: date | None, late: int) -> Share:
    statuses = [row["status"] for row in rows]
    lately = sum(_is_late(row, until) for row in rows) / late if late else None
    return Share(words, len(rows), statuses.count("open"), statuses.count("completed"), lately)


def _is_late(row: Row, until: date | None) -> bool:
    """Whether it was done within the last quarter in which anything was."""
    day = row["completed_day"]
    return day is not None and until is not None and day > until - timedelta(days=QUARTER)
