"""What tasks took: when each was begun and ended, and its estimate against the time spent, of one or several people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.plans import with_both
from worklens.analysis.tail import CycleTime, cycle_time
from worklens.ports import Session
from worklens.stages.history import coded

DONE, DELETED, CLOSED = 1, 2, 3  # endings; 0 is open
DAYS, SECONDS = ("started", "created", "ended"), ("estimate", "spent")
LEAST_STARTS = 60  # tasks with a start, from which cycle times are counted from there; else from the creation


@dataclass(frozen=True, eq=False)
class Efforts:
    """(tasks,) each; a day that hasn't come or isn't known is NEVER, a time that isn't known NaN."""

    account: Ints  # code into accounts
    collection: Ints  # code into collections; -1 for none
    started: Ints
    created: Ints
    ended: Ints
    ending: Ints
    estimate: Floats  # seconds
    spent: Floats
    accounts: tuple[str, ...]
    collections: tuple[str, ...]  # ids

    def those(self, which: Bools) -> Efforts:
        """Some of them."""
        columns: dict[str, Any] = {
            name: value[which] for name, value in vars(self).items() if isinstance(value, np.ndarray)
        }
        return replace(self, **columns)

    @property
    def dated(self) -> Bools:
        """Which were done on a day that is known."""
        known: Bools = (self.ending == DONE) & (self.ended < NEVER)
        return known

    @property
    def from_start(self) -> bool:
        """Whether enough starts are known to count cycle times from them."""
        return int((self.started[self.dated] < NEVER).sum()) >= LEAST_STARTS

    @property
    def begun(self) -> Ints:
        """The day from which each task's time counts: its start, or its creation where starts aren't known."""
        return self.started if self.from_start else self.created

    @property
    def has_both(self) -> Bools:
        """Which were done, with an estimate and a time spent."""
        both: Bools = (self.ending == DONE) & with_both(self.estimate, self.spent)
        return both

    @property
    def whole(self) -> Bools:
        """Which lives are known from begin to end: not those that ended nobody knows when."""
        lost = (self.ending > 0) & (self.ended == NEVER)
        known: Bools = (self.begun < NEVER) & (self.ending != CLOSED) & ~lost
        return known

    def lives(self, part: Bools | None = None) -> tuple[Ints, Ints, Bools]:
        """When each whole life (of some) began and ended, and whether by being done, as `analysis.tail` takes them."""
        which = self.whole if part is None else self.whole & part
        return self.begun[which], self.ended[which], self.ending[which] == DONE


def read(
    session: Session, feeds: Sequence[str], accounts: Sequence[str] | None = None, **when: Any
) -> Efforts:
    """The efforts of all the feeds together; of these accounts, or of everyone in them."""
    found = [_columns(session.arrays("efforts", feed=feed, **when)) for feed in feeds]
    if not found:
        return NONE
    columns = {name: np.concatenate([rows[name] for rows in found]) for name in found[0]}
    people, columns["account"] = coded(columns["account"])
    lists, columns["collection"] = coded(columns["collection"])
    chosen = [code for code, name in enumerate(people) if accounts is None or name in accounts]
    return Efforts(**columns, accounts=people, collections=lists).those(np.isin(columns["account"], chosen))


def lately(efforts: Efforts, day: int) -> CycleTime:
    """Within how many days 85 % of what was begun lately will be done, as known at the end of `day`."""
    return cycle_time(*efforts.lives(), day)


def _columns(rows: Any) -> dict[str, Any]:
    """The columns by the names they have here, masks gone."""
    days = {name: np.ma.filled(rows[f"{name}_day"].astype(np.int64), NEVER) for name in DAYS}
    seconds = {name: np.ma.filled(rows[f"{name}_seconds"].astype(np.float64), np.nan) for name in SECONDS}
    names = {name: np.ma.filled(rows[name], "") for name in ("account", "collection")}
    return {**names, **days, **seconds, "ending": np.ma.filled(rows["ending"].astype(np.int64), 0)}


def _none() -> Efforts:
    days, seconds = np.empty(0, dtype=np.int64), np.empty(0)
    return Efforts(days, days, days, days, days, days, seconds, seconds, (), ())


NONE = _none()  # of nobody
