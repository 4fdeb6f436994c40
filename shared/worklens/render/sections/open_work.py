"""The open tasks with their ages, and which of them are about as old as most tasks ever get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.days import day_number, day_numbers
from worklens.render.columns import column
from worklens.render.model import Columns
from worklens.render.safe import TITLE, clean
from worklens.render.section import Item
from worklens.render.sections.time_to_done import Typical
from worklens.render.words import Words
from worklens.tasks import is_anothers

COLLECTION = 40  # characters of a list's name beside a title
NEAR = 1.25  # times older or younger than most tasks get: these have just passed that age, or soon will


@dataclass(frozen=True, eq=False)
class OpenWork:
    """The view age_of_open_work, read against how tasks have gone so far."""

    table: Columns
    known: Typical | None
    last: int  # the day at whose end it is looked at
    rows: Ints  # (tasks,): those of the table whose creation is known
    ages: Ints  # (tasks,) in days

    @cached_property
    def own(self) -> Bools:
        """(tasks,): whether it may be singled out; other people's count, and no more."""
        places = range(self.rows.size)
        theirs = [is_anothers(self._cell("account", one), self._cell("title", one)) for one in places]
        return ~np.array(theirs, dtype=np.bool_)

    @cached_property
    def turning(self) -> Ints:
        """The places in `rows` of one's own tasks about as old as most ever get, the nearest to that age first."""
        if self.known is None or not self.known.most >= 1:  # NaN where that age is out of sight
            return np.empty(0, dtype=np.int64)
        most, ages = self.known.most, self.ages
        near = np.flatnonzero((ages * NEAR >= most) & (ages <= most * NEAR) & self.own)
        return near[np.argsort(np.abs(ages[near] - most), kind="stable")]

    def title(self, place: int, words: Words, most: int = TITLE) -> str:
        """A task's title, cleaned."""
        return clean(self._cell("title", place), most) or words("oldest.untitled")

    def item(self, place: int, words: Words) -> Item:
        """A task by name, with what there is to say of its age."""
        age = int(self.ages[place])
        name = self._cell("collection_title", place) or self._cell("collection", place)
        facts = [clean(name, COLLECTION), words.age(age)]
        sooner = _done_sooner(self.known, age)
        if not np.isnan(sooner):
            facts.append(words("oldest.sooner", share=words.percent(sooner)))
        overdue = self._overdue(place)
        if overdue > 0:
            facts.append(words("oldest.overdue", age=words.age(overdue)))
        return Item(
            title=self.title(place, words),
            link=web_address(self._cell("link", place)),
            facts=tuple(fact for fact in facts if fact),
        )

    def _cell(self, name: str, place: int) -> str:
        return (self.table[name][self.rows[place]] or "") if name in self.table else ""

    def _overdue(self, place: int) -> int:
        due: Sequence[date | None] = self.table.get("due_day", ())
        day = due[self.rows[place]] if due else None
        return self.last - day_number(day) if day is not None else 0


def open_work(table: Columns, known: Typical | None, last: int) -> OpenWork:
    """The open tasks and their ages in days at the end of day `last`."""
    created = column(table, "created_day")
    rows = np.array([row for row, day in enumerate(created) if day is not None], dtype=np.int64)
    ages = last - day_numbers([created[row] for row in rows])
    return OpenWork(table, known, last, rows[ages >= 0], ages[ages >= 0])


def _done_sooner(known: Typical | None, age: int) -> float:
    """The share of tasks done before they were so old; NaN where nobody knows."""
    return 1 - float(known.curve.at(min(age, known.curve.time[-1]))) if known else float("nan")


def web_address(link: str) -> str:
    """The link if it leads to the web; a link of another kind (javascript:, data:) is none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in {"http", "https"} and parts.netloc else ""
