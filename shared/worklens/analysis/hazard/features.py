"""What a landmark row knows at its origin, as columns of numbers in named groups.

Part is frozen for the row (its age, its list's pace); part depends on the period ahead as well (the due date falls into it, its
weekdays are good ones), from what was known at the origin. WIP and the recent pace are left out: tried on two real logs they hurt
out of sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.hazard.landmarks import Landmarks
from worklens.analysis.hazard.prospects import GROUPS
from worklens.analysis.hazard.ratios import expected, life_table, log_ratios, stretches
from worklens.analysis.hazard.records import DONE, Records

AGE_KNOTS = (2, 7, 30, 120, 480)  # days: about even steps of log age
SEEN_KNOTS = (1, 3, 7, 30)
PERSON_HALVES = (45.0, 365.0)  # days: this month's form, and the year's
LIST_HALVES = (60.0, 365.0)
OFTEN = 2  # carried over so often, a task is one that is carried over
WEEKDAYS = 7
PRETENDED_DAYS = 5.0  # completions of each weekday, pretended: a profile from fewer is luck
MONDAY = 4  # 1970-01-01 was a Thursday: (day - MONDAY) % 7 is 0 on Mondays
DAY_SECONDS = 86_400


@dataclass(frozen=True, eq=False)
class Features:
    """Columns of rows: what is frozen, and what the columns of a period are made from."""

    frozen: Floats  # (rows, columns)
    names: tuple[str, ...]  # the group of each frozen column
    age: Floats  # (rows,): log of 1 + days
    until_due: Ints  # (rows,): days from the origin to the due date as set then, NEVER for none
    recurring: Bools  # (rows,)
    weekday: Ints  # (rows,): of the origin, 0 on Mondays
    profile: (
        Floats  # (rows, weekdays): how many of the completions fell on each, 1 being average; as known then
    )

    def those(self, which: Bools | Ints) -> Features:
        """Of some of the rows."""
        return Features(
            self.frozen[which],
            self.names,
            self.age[which],
            self.until_due[which],
            self.recurring[which],
            self.weekday[which],
            self.profile[which],
        )


def features(records: Records, rows: Landmarks) -> Features:
    """The features of landmark rows of these records; the past is read from the records on the rows' own grid."""
    groups = {
        "age": _age(rows.age),
        **_paces(records, rows),
        "moved": _moved(records, rows),
        "seen": _seen(records, rows),
        "estimate": _estimate(records, rows),
        "started": _started(records, rows),
        "recurring": records.recurring[rows.task][:, None].astype(np.float64),
    }
    names = tuple(name for name, columns in groups.items() for _ in range(columns.shape[1]))
    due = due_at(records, rows)
    return Features(
        np.concatenate(list(groups.values()), axis=1),
        names,
        np.log1p(rows.age),
        np.where(due < NEVER, due - rows.day, NEVER),
        records.recurring[rows.task],
        (rows.day - MONDAY) % WEEKDAYS,
        _profiles(records, rows.grid)[rows.origin],
    )


def spline(values: Floats, knots: tuple[float, ...]) -> Floats:
    """Straight lines that may bend at the knots: (rows, 1 + knots)."""
    return np.stack([values, *(np.maximum(values - knot, 0) for knot in knots)], axis=1)


def _age(age: Ints) -> Floats:
    knots = tuple(np.log1p(AGE_KNOTS).tolist())
    return np.column_stack([spline(np.log1p(age), knots), age == 0])


# ----- How people and lists do -----


def _paces(records: Records, rows: Landmarks) -> dict[str, Floats]:
    """What each person, and each list of a person's, got done beside what was to be expected, by half-life."""
    lived = stretches(records, rows.grid)
    hoped = expected(lived, life_table(lived, rows.grid.size))
    lists = own_lists(records)
    found: dict[str, Floats] = {}
    for name, group, halves in (("person", records.person, PERSON_HALVES), ("list", lists, LIST_HALVES)):
        count = int(group.max(initial=-1)) + 1
        columns = [
            _looked_up(log_ratios(group, max(count, 1), lived, hoped, rows.grid, half), group, rows)
            for half in halves
        ]
        found[name] = np.stack(columns, axis=1)
    return found


def own_lists(records: Records) -> Ints:
    """Codes of the lists, each person's apart; -1 for none: (tasks,)."""
    wide = int(records.collection.max(initial=-1)) + 2
    both = records.person * wide + records.collection + 1
    _, code = np.unique(both, return_inverse=True)
    return np.where(records.collection < 0, -1, code).astype(np.int64)


def _looked_up(table: Floats, group: Ints, rows: Landmarks) -> Floats:
    which = group[rows.task]
    values: Floats = np.where(which < 0, 0.0, table[which, rows.origin])
    return values


def _profiles(records: Records, grid: Ints) -> Floats:
    """How the completions after the first day fell on the weekdays by each origin, 1 being average: (origins, weekdays)."""
    done = (records.cause == DONE) & (records.ended > records.born) & (records.ended <= grid[-1])
    day = records.ended[done]
    place = np.searchsorted(grid, day) * WEEKDAYS + (day - MONDAY) % WEEKDAYS
    counts = np.bincount(place, minlength=grid.size * WEEKDAYS).reshape(grid.size, WEEKDAYS)
    known = np.cumsum(counts, axis=0) + PRETENDED_DAYS
    shares: Floats = known / known.mean(axis=1, keepdims=True)
    return shares


# ----- What happened to the task -----


class _Log:
    """What happened to tasks on days, to be counted up to a row's origin."""

    def __init__(self, task: Ints, day: Ints) -> None:
        self.low = int(day.min(initial=0)) - 1
        self.wide = int(day.max(initial=0)) - self.low + 2
        self.order = np.lexsort((day, task))
        self.day = day[self.order]
        self.key = task[self.order] * self.wide + self.day - self.low

    def until(self, rows: Landmarks) -> tuple[Ints, Ints]:
        """The place after the last one by each row's origin, and how many the task has had by then: (rows,) each."""
        base = rows.task * self.wide
        after = np.searchsorted(self.key, base + np.clip(rows.day - self.low, 0, self.wide - 1), side="right")
        return after, after - np.searchsorted(self.key, base)


def _moved(records: Records, rows: Landmarks) -> Floats:
    _, moved = _Log(records.moves.task, records.moves.day).until(rows)
    _, carried = _Log(records.sights.task, records.sights.day).until(rows)
    return np.column_stack([np.log1p(moved), moved > 0, np.log1p(carried), carried > OFTEN]).astype(
        np.float64
    )


def _seen(records: Records, rows: Landmarks) -> Floats:
    """Days since a log last showed the task; zeros for tasks of other sources."""
    log = _Log(records.sights.task, records.sights.day)
    after, count = log.until(rows)
    last = np.where(count > 0, np.append(log.day, 0)[np.maximum(after - 1, 0)], records.born[rows.task])
    since = rows.day - last if log.day.size else np.zeros(rows.task.size, dtype=np.int64)
    knots = tuple(np.log1p(SEEN_KNOTS).tolist())
    return np.column_stack([spline(np.log1p(since), knots), since == 0]).astype(np.float64)


def due_at(records: Records, rows: Landmarks) -> Ints:
    """The due date as it was set at each row's origin, NEVER for none: (rows,)."""
    moves = records.moves
    log = _Log(moves.task, moves.day)
    after, count = log.until(rows)
    if not log.day.size:
        return np.asarray(records.due[rows.task])
    before, later = moves.before[log.order], moves.after[log.order]
    coming = np.minimum(
        after, log.day.size - 1
    )  # the first move after the origin tells what was set before it
    more = (after < log.day.size) & (moves.task[log.order][coming] == rows.task)
    last = later[np.maximum(after - 1, 0)]
    return np.where(more, before[coming], np.where(count > 0, last, records.due[rows.task]))


def _estimate(records: Records, rows: Landmarks) -> Floats:
    seconds = records.estimate[rows.task]
    known = seconds > 0  # not of NaN
    days = np.log(np.where(known, seconds, DAY_SECONDS) / DAY_SECONDS)
    return np.column_stack([days, ~known, np.maximum(days, 0)]).astype(np.float64)


def _started(records: Records, rows: Landmarks) -> Floats:
    start = records.started[rows.task]
    begun = start <= rows.day
    since = np.where(begun, np.log1p(np.maximum(rows.day - start, 0)), 0)
    return np.column_stack([begun, since, begun & (start < records.born[rows.task])]).astype(np.float64)


# ----- What depends on the period -----

DUE = ("due", "due", "due", "due", "due", "recurring", "recurring", "recurring", "weekday")
PERIOD_NAMES = (*DUE,)


def of_periods(found: Features, period: Ints, edges: Ints) -> Floats:
    """The columns of rows in their periods: a row of features and a period (rows,) each: (rows, columns).

    A due date, one inside the period, one over at its begin and for how long, one still to come after it and in how long;
    three of these for what recurs; and the weekdays ahead.
    """
    begin, end = edges[period], edges[period + 1]
    has = found.until_due < NEVER
    until = np.where(has, found.until_due, 0)
    inside, over, later = has & (until > begin) & (until <= end), has & (until <= begin), has & (until > end)
    ahead = _ahead(found, period, edges)
    columns = (
        has,
        inside,
        over,
        np.where(over, np.log1p(np.maximum(begin - until, 0)), 0),
        np.where(later, np.log1p(np.maximum(until - end, 0)), 0),
        inside & found.recurring,
        over & found.recurring,
        later & found.recurring,
        ahead,
    )
    return np.stack(columns, axis=1).astype(np.float64)


def _ahead(found: Features, period: Ints, edges: Ints) -> Floats:
    """The log of how good the weekdays of each row's period have been, 0 being average: (rows,)."""
    twice = np.concatenate([found.profile, found.profile], axis=1)  # (rows, 14)
    sums = np.concatenate([np.zeros((len(twice), 1)), np.cumsum(twice, axis=1)], axis=1)
    begin, end = edges[period], edges[period + 1]
    from_day = found.weekday + 1 + begin % WEEKDAYS  # 1 to 13
    from_day = from_day % WEEKDAYS
    days = end - begin
    rest = days % WEEKDAYS
    row = np.arange(len(sums))
    total = days - rest + sums[row, from_day + rest] - sums[row, from_day]  # a whole week sums to 7
    return np.asarray(np.log(total / days))


_UNKNOWN = set(PERIOD_NAMES) - set(GROUPS)
if _UNKNOWN:
    raise AssertionError(f"no such groups: {_UNKNOWN}")
