"""What a measure may look at, and how its columns are read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from worklens.analysis.arrays import Bools, Floats
from worklens.analysis.competing import DELETED, DONE, Incidence, aalen_johansen
from worklens.analysis.survival import SurvivalCurve, kaplan_meier
from worklens.findings.history import History
from worklens.ports import Feed, Session
from worklens.render.columns import Lifetimes, lifetimes, tally
from worklens.stages import efforts
from worklens.stages.efforts import Efforts
from worklens.stages.history import Columns, read

Rows = dict[str, list[Any]]
"""Rows by column; dates are dates, and None is unknown."""

SEED = 12  # of shuffles, so that two looks at one history tell the same


class Past:
    """A feed as of some past, each view asked once."""

    def __init__(self, session: Session, feed: Feed, history: History, when: Mapping[str, Any]):
        """``feed`` has at least its name, for measures that heed a calendar its settings too; ``when`` is the past."""
        self.session, self.feed, self.history, self.when = session, feed, history, when
        self.known: dict[str, Rows] = {}

    def query(self, view: str) -> Rows:
        """All rows of a view."""
        if view not in self.known:
            self.known[view] = self.session.query(view, **self.when)
        return self.known[view]

    @cached_property
    def efforts(self) -> Efforts:
        """What the feed's tasks took."""
        return efforts.read(self.session, [self.feed.name], **self.when)

    @cached_property
    def columns(self) -> Columns | None:
        """The feed's tasks as numbers."""
        return read(self.session, self.feed.name, **self.when)


class Ground:
    """What a measure may look at: a history, of one account or of several, and the past it was taken from.

    Without a past, as the report has it, tasks have no titles, and measures that ask a view have no rows.
    """

    def __init__(self, history: History, account: str = "", past: Past | None = None):
        """``account`` is whose rows of the views are meant."""
        self.history, self.account, self.past = history, account, past

    @cached_property
    def lives(self) -> Lifetimes:
        """How old single tasks were when they ended, as the report has it."""
        return lifetimes(tally(self.history))

    @cached_property
    def curve(self) -> SurvivalCurve:
        """The share still open at each age, as the report has it."""
        return kaplan_meier(self.lives.age, self.lives.done)

    @cached_property
    def ends(self) -> Incidence:
        """The same with deletion as an end of its own."""
        cause = np.where(self.lives.done, DONE, np.where(self.lives.deleted, DELETED, 0))
        return aalen_johansen(self.lives.age, cause)

    @cached_property
    def efforts(self) -> Efforts:
        """What the account's tasks took; none without a past."""
        if self.past is None:
            return efforts.NONE
        known = self.past.efforts
        mine = known.accounts.index(self.account) if self.account in known.accounts else -1
        return known.those(known.account == mine)

    def rows_of(self, view: str) -> Rows:
        """The account's rows of a view. Raises LookupError without a past."""
        if self.past is None:
            raise LookupError(view)
        table = self.past.query(view)
        mine = [place for place, name in enumerate(table["account"]) if name == self.account]
        return {name: [values[place] for place in mine] for name, values in table.items()}


# ----- Values -----


def floats(values: Sequence[Any]) -> Floats:
    """A column of numbers, NaN where there is none."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def picked(values: Sequence[Any], which: Bools) -> list[Any]:
    """Some of a column."""
    return [value for value, keep in zip(values, which.tolist(), strict=True) if keep]


def nulls(values: Any) -> list[float | None]:
    """Numbers as a column: None for NaN."""
    numbers = np.asarray(values, dtype=np.float64).tolist()
    return [None if value != value else value for value in numbers]
