"""What a landmark row knows at its origin, as columns of numbers in named groups.

Part is frozen for the row (its age, its list's pace); part depends on the period ahead as well (the due date falls into it, its
weekdays are good ones), from what was known at the origin. WIP and the recent pace are left out: tried on two real logs they hurt
out of sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.hazard.happenings import Happenings
from worklens.analysis.hazard.landmarks import Landmarks
from worklens.analysis.hazard.prospects import GROUPS
from worklens.analysis.hazard.ratios import expected, life_table, log_ratios, stretches
from worklens.analysis.hazard.records import DONE, Records

AGE_KNOTS = (2, 7, 30, 120, 480)  # days: about even steps of log age
SEEN_KNOTS = (1, 3, 7, 30)
PERSON_HALVES = (90.0, 365.0)  # days: this season's form, and the year's
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
    origin: Ints  # (rows,): place in the profiles
    profiles: Floats  # (origins, weekdays): how many of the completions fell on each, 1 being average; as known then

    def those(self, which: Bools | Ints) -> Features:
        """Of some of the rows."""
        return Features(
            self.frozen[which],
            self.names,
            self.age[which],
            self.until_due[which],
            self.recurring[which],
            self.weekday[which],
            self.origin[which],
            self.profiles,
        )


@dataclass(frozen=True, eq=False)
class Past:
    """What is known of people and lists at each origin of a grid, and what happened to each task: read once, looked up often."""

    records: Records
    grid: Ints  # (origins,): days, evenly apart
    by_person: list[Floats]  # (people, origins) a half-life: log of observed over expected
    lists: Ints  # (tasks,): codes of the lists, each person's apart; -1 for none
    by_list: list[Floats]  # (lists, origins) a half-life
    profiles: Floats  # (origins, weekdays)
    moves: Happenings
    sights: Happenings

    @classmethod
    def of(cls, records: Records, grid: Ints) -> Past:
        """Of these records; an origin knows what was by its end, whatever the records know besides."""
        lived = stretches(records, grid)
        hoped = expected(lived, life_table(lived, grid.size))
        lists = own_lists(records)

        def ratios(group: Ints, halves: tuple[float, ...]) -> list[Floats]:
            count = int(group.max(initial=0)) + 1
            return [log_ratios(group, count, lived, hoped, grid, half) for half in halves]

        return cls(
            records,
            grid,
            ratios(records.person, PERSON_HALVES),
            lists,
            ratios(lists, LIST_HALVES),
            _profiles(records, grid),
            Happenings(records.moves.task, records.moves.day),
            Happenings(records.sights.task, records.sights.day),
        )

    def features(self, rows: Landmarks) -> Features:
        """Of landmark rows on this grid."""
        records, due = self.records, self._due(rows)
        groups = {
            "age": _age(rows.age),
            "person": _paces(self.by_person, records.person, rows),
            "list": _paces(self.by_list, self.lists, rows),
            "moved": self._moved(rows),
            "seen": self._seen(rows),
            "estimate": _estimate(records, rows),
            "started": _started(records, rows),
            "recurring": records.recurring[rows.task][:, None].astype(np.float64),
        }
        return Features(
            np.concatenate(tuple(groups.values()), axis=1),
            tuple(name for name, columns in groups.items() for _ in range(columns.shape[1])),
            np.log1p(rows.age),
            np.where(due < NEVER, due - rows.day, NEVER),
            records.recurring[rows.task],
            (rows.day - MONDAY) % WEEKDAYS,
            rows.origin,
            self.profiles,
        )

    def _moved(self, rows: Landmarks) -> Floats:
        """How often the due date was moved, and the task carried over."""
        _, moved = self.moves.until(rows)
        _, carried = self.sights.until(rows)
        return np.column_stack([np.log1p(moved), moved > 0, np.log1p(carried), carried > OFTEN]).astype(
            np.float64
        )

    def _seen(self, rows: Landmarks) -> Floats:
        """Days since a log last showed the task; zeros for tasks of other sources."""
        days = self.sights.day
        after, count = self.sights.until(rows)
        last = np.where(count > 0, np.append(days, 0)[np.maximum(after - 1, 0)], self.records.born[rows.task])
        since = rows.day - last if days.size else np.zeros(rows.task.size, dtype=np.int64)
        knots = tuple(np.log1p(SEEN_KNOTS).tolist())
        return np.column_stack([spline(np.log1p(since), knots), since == 0]).astype(np.float64)

    def _due(self, rows: Landmarks) -> Ints:
        """The due date as it was set at each row's origin, NEVER for none: (rows,)."""
        now = self.records.due[rows.task]
        if not self.moves.day.size:
            return now
        moves, order = self.records.moves, self.moves.order
        task, before, later = moves.task[order], moves.before[order], moves.after[order]
        after, count = self.moves.until(rows)
        coming = np.minimum(
            after, task.size - 1
        )  # the first move after the origin tells what was set before it
        more = (after < task.size) & (task[coming] == rows.task)
        return np.where(more, before[coming], np.where(count > 0, later[np.maximum(after - 1, 0)], now))


def features(records: Records, rows: Landmarks) -> Features:
    """The features of landmark rows of these records."""
    return Past.of(records, rows.grid).features(rows)


def spline(values: Floats, knots: tuple[float, ...]) -> Floats:
    """Straight lines that may bend at the knots: (rows, 1 + knots)."""
    return np.stack([values, *(np.maximum(values - knot, 0) for knot in knots)], axis=1)


def _age(age: Ints) -> Floats:
    knots = tuple(np.log1p(AGE_KNOTS).tolist())
    return np.column_stack([spline(np.log1p(age), knots), age == 0])


# ----- How people and lists do -----


def _paces(tables: list[Floats], group: Ints, rows: Landmarks) -> Floats:
    """What each row's group got done beside what was to be expected, by half-life; 0 without a group."""
    which = group[rows.task]
    return np.stack([np.where(which < 0, 0.0, table[which, rows.origin]) for table in tables], axis=1)


def own_lists(records: Records) -> Ints:
    """Codes of the lists, each person's apart; -1 for none: (tasks,)."""
    wide = int(records.collection.max(initial=-1)) + 2
    both = records.person * wide + records.collection + 1
    _, code = np.unique(both, return_inverse=True)
    return np.where(records.collection < 0, -1, code).astype(np.int64)


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


def of_periods(found: Features, row: Ints, period: Ints, edges: Ints) -> tuple[Floats | Bools, ...]:
    """The columns of rows in their periods, which `row` and `period` (rows,) say: (rows,) each.

    A due date, one inside the period, one over at its begin and for how long, one still to come after it and in how long;
    three of these for what recurs; and the weekdays ahead.
    """
    begin, end = edges[period], edges[period + 1]
    until, recurring = found.until_due[row], found.recurring[row]
    has = until < NEVER
    inside, over, later = has & (until > begin) & (until <= end), has & (until <= begin), has & (until > end)
    return (
        has,
        inside,
        over,
        _log_days(begin - until, over),
        _log_days(until - end, later),
        inside & recurring,
        over & recurring,
        later & recurring,
        _ahead(found, row, period, edges),
    )


def _log_days(days: Ints, which: Bools) -> Floats:
    """The log of 1 + days where it is asked for, else 0: most rows have no date."""
    found = np.zeros(days.size)
    found[which] = np.log1p(days[which])
    return found


def _ahead(found: Features, row: Ints, period: Ints, edges: Ints) -> Floats:
    """The log of how good the weekdays of each row's period have been, 0 being average: (rows,)."""
    twice = np.concatenate([found.profiles, found.profiles], axis=1)  # (origins, 14)
    sums = np.concatenate([np.zeros((len(twice), 1)), np.cumsum(twice, axis=1)], axis=1)
    day, span = np.arange(WEEKDAYS)[:, None], np.diff(edges)
    begin, rest = (day + 1 + edges[:-1]) % WEEKDAYS, span % WEEKDAYS  # (weekdays, periods)
    total = (
        span - rest + sums[:, begin + rest] - sums[:, begin]
    )  # (origins, weekdays, periods): a week sums to 7
    return np.asarray(np.log(total / span)[found.origin[row], found.weekday[row], period])


_UNKNOWN = set(PERIOD_NAMES) - set(GROUPS)
if _UNKNOWN:
    raise AssertionError(f"no such groups: {_UNKNOWN}")
