"""A history as arrays: one row a task, in the person's days. All that findings know of anyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from worklens.analysis import weeks
from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.flow import weekly_counts
from worklens.analysis.stays import Stays, stays
from worklens.findings.model import TaskRef

Texts = NDArray[np.object_]

# A record that is quiet for longer than ever before has ended there, as far as anyone can tell, rather than the work:
# a week is no end yet, whatever came before; four weeks are one. The view `record_ends` has the same.
QUIET_DAYS = (7, 28)


def last_sign(signs: Ints, today: int) -> int | None:
    """The day on which a record ends that is quiet for longer than ever before; None where it goes on, or never began.

    `signs` are the days on which anything came or was done; NEVER is none.
    """
    days = np.unique(signs[signs <= today])
    if not days.size:
        return None
    longest, last = int(np.diff(days).max(initial=0)), int(days[-1])
    quiet = min(max(longest, QUIET_DAYS[0]), QUIET_DAYS[1])
    return last if today - last > quiet else None


def last_whole_day(signs: Ints, today: int) -> int:
    """The last day to reason from: where the record goes on the one before today, which isn't over."""
    ended = last_sign(signs, today)
    return today - 1 if ended is None else ended


class Promises(NamedTuple):
    """An account's promises of 28 days that are over, of the level that people plan by."""

    account: str
    block: int  # the number of the 28 days, from 1970-01-01 on
    first: int  # day of the first of them
    last: int
    n: int
    kept: int
    lately: int  # of them over in the record's last week only


class Need(NamedTuple):
    """What some of an account's open tasks call for by their scores: to be late, never done, or soon done."""

    account: str
    need: str
    asked: int  # open tasks of which enough was known to say
    chances: tuple[float, ...]  # of those that call for it, the surest first
    least: int  # past tasks that the least sure of them rests on
    first: tuple[TaskRef, ...]  # the surest of them
    models: tuple[str, ...]  # that say so


@dataclass(frozen=True, eq=False)
class History:
    """One or several accounts' tasks: (rows,) each. A day that has not come, or is unknown, is NEVER."""

    account: Ints  # code into accounts
    task: Texts
    occurrence: Texts
    collection: Ints  # code into collections; -1 for none
    subtask: Bools
    recurring: Bools
    series: Ints  # which recurring task this is an occurrence of; -1 for none
    created: Ints
    started: Ints
    done: Ints  # the completion that stands
    hour: Ints  # of the completion, 0 to 23 in the person's zone; -1 where unknown
    timed: Bools  # the day of the completion is known, not only that it was noticed by then
    gone: Ints  # deleted, or closed at an unknown time: the last day known open
    closed: Bools  # it is over, but nobody knows since when
    due: Ints  # the last one set
    moved: Ints  # how often the due day was moved
    estimate: Floats  # seconds; NaN where unknown
    spent: Floats
    accounts: tuple[str, ...]
    collections: tuple[str, ...]  # ids
    titles: tuple[str, ...]  # of the collections
    today: int  # of the last look; it may not be over
    promises: tuple[Promises, ...] = ()  # what became of forecasts, where it was asked for
    needs: tuple[Need, ...] = ()  # what the scores of open tasks come to, where it was asked for

    @property
    def rows(self) -> int:
        """How many tasks."""
        return self.done.size

    @cached_property
    def end(self) -> int:
        """The last whole day to reason from: the day before the last look, or the last sign of life if long before."""
        return last_whole_day(np.concatenate([self.created, self.done[self.timed]]), self.today)

    @cached_property
    def first(self) -> int:
        """The first day of which anything is known; the end where nothing is."""
        return int(min(self.created.min(initial=NEVER), self.completed.min(initial=NEVER), self.end))

    @property
    def weeks(self) -> int:
        """Whole weeks from the first day to the end."""
        return (self.end - self.first + 1) // 7

    @cached_property
    def whole_weeks(self) -> tuple[int, Ints]:
        """The Monday of the first whole week from the first completion on, and what was done in each to the end: (weeks,)."""
        begin = int(self.completed.min(initial=self.end))
        first, after = (int(day) for day in weeks.monday(weeks.week(np.array([begin + 6, self.end + 1]))))
        weekly = weekly_counts(self.completed, first, after - 1)[0] if after > first else self.completed[:0]
        return first, weekly

    @cached_property
    def completed(self) -> Ints:
        """The days of all completions that are known to the day, up to the end: (completions,)."""
        return self.done[self.timed & (self.done <= self.end)]

    @cached_property
    def left(self) -> Ints:
        """The day each row left, done or not; NEVER if it is still open."""
        return np.minimum(self.done, self.gone)

    @cached_property
    def is_done(self) -> Bools:
        """Which rows were done by the end on a day that is known, and not removed before."""
        return self.timed & (self.done <= np.minimum(self.gone, self.end))

    @cached_property
    def impossible(self) -> Bools:
        """Which rows left before they came: no question about tasks can use them."""
        return (self.created < NEVER) & (self.left < self.created)

    @cached_property
    def single(self) -> Bools:
        """Rows that can be compared with one another: no subtasks, nothing recurring, with a creation in order.

        Subtasks follow their task and an occurrence its calendar, so neither is a choice of its own. A completion of
        which only the noticing is known would put many on one day.
        """
        known = (self.created <= self.end) & ~self.impossible & (self.timed | (self.done == NEVER))
        single: Bools = known & ~self.subtask & ~self.recurring
        return single

    @cached_property
    def open(self) -> Bools:
        """Single rows that were created by the end and are open still, at the last look."""
        still: Bools = self.single & (self.left > self.today)
        return still

    def stays(self, rows: Bools) -> Stays:
        """How long these rows stood open, for the contrasts."""
        return stays(self.created[rows], self.left[rows], self.is_done[rows])

    def refs(self, rows: Ints) -> tuple[TaskRef, ...]:
        """The identities of some rows, in the order given."""
        return tuple(
            TaskRef(self.accounts[self.account[row]], str(self.task[row]), str(self.occurrence[row]))
            for row in rows
        )

    def only(self, rows: Bools) -> History:
        """The same history with some of its rows; the days of its last look and end stay."""
        parts = ((part.name, getattr(self, part.name)) for part in fields(self))
        picked: dict[str, Any] = {name: part[rows] for name, part in parts if isinstance(part, np.ndarray)}
        return replace(self, **picked)

    def of(self, accounts: Sequence[str]) -> History:
        """The rows of some accounts."""
        codes = [code for code, name in enumerate(self.accounts) if name in accounts]
        promises = tuple(one for one in self.promises if one.account in accounts)
        needs = tuple(one for one in self.needs if one.account in accounts)
        return replace(self.only(np.isin(self.account, codes)), promises=promises, needs=needs)
