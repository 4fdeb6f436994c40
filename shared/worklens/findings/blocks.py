"""A block of the week that has gone, or come: hours in which far more got done than usual, until lately or since lately."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from worklens.analysis import weeks
from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.calendar import learnt_off
from worklens.analysis.detection.later import LEAST_SINCE, Gone, gone
from worklens.analysis.detection.rhythms import NOTHING, Rhythms, rhythms
from worklens.analysis.detection.usual import usual
from worklens.analysis.detection.week_hours import DAYS, HOURS, clock_hour, cut, hours_possible, week_hours
from worklens.findings.history import History
from worklens.findings.model import Answer, Claim, Finding
from worklens.findings.plain import evidence, iso, rounded, unusual

LATEST = 52  # whole weeks looked at: who worked otherwise a year ago, works otherwise now
SEED = 10  # the same history always has the same blocks
LEAST_WEEKS = 8  # with a block, and before a new one without it: two months make a habit, and its absence
SHUFFLES = 999
ACTIONABLE = 0.8  # good hours can be kept free, or freed again


class Seen(NamedTuple):
    """The last year's whole weeks and the blocks in them."""

    first: int  # the number of the first week
    counts: Ints  # (weeks, 7, 24)
    open: Bools  # (weeks, 7): days not off, as far as gaps tell
    found: Rhythms  # none where there is too little to say


class Change(NamedTuple):
    """A block that has gone or come, by its place among those found."""

    place: int
    key: str
    edge: int  # the first week without it, or with it
    hours: Gone  # with it and without it, whichever was first


def ask(history: History, rng: np.random.Generator) -> Answer:
    """Each block that has gone or come. What is missing where there is too little, the question of the best time says."""
    seen = blocks_of(history)
    changes = [change for place in range(len(seen.found.boxes)) if (change := _change(seen, place))]
    return Answer(tuple(_claim(history, seen, change, rng) for change in changes))


def blocks_of(history: History) -> Seen:
    """The blocks of a history's last whole weeks, a year at most, of completions whose hour is known."""
    monday, weekly = history.whole_weeks
    count = min(LATEST, weekly.size)
    first = int(weeks.week(np.array(monday))) + weekly.size - count
    known = timed(history)
    counts = week_hours(history.done[known], history.hour[known], first, count)
    open_ = ~learnt_off(counts.sum(axis=2).ravel(), np.ones(count * DAYS, dtype=np.bool_))
    found = _found(counts.tobytes(), open_.tobytes())
    return Seen(first, counts, open_.reshape(count, DAYS), found)


def timed(history: History) -> Bools:
    """Which rows were done at a known hour, up to the end."""
    known: Bools = history.timed & (history.hour >= 0) & (history.done <= history.end)
    return known


@lru_cache(maxsize=8)
def _found(counts: bytes, open_: bytes) -> Rhythms:
    """By what they are found in: findings, page and metric ask for the same blocks."""
    table = np.frombuffer(counts, dtype=np.int64).reshape(-1, DAYS, HOURS)
    days = np.frombuffer(open_, dtype=np.bool_).reshape(-1, DAYS)
    return rhythms(table, days, np.random.default_rng(SEED)) or NOTHING


def _change(seen: Seen, place: int) -> Change | None:
    """Has this block gone, or else come?"""
    box, size = seen.found.boxes[place], len(seen.counts)
    if box[3] - box[0] < LEAST_WEEKS:
        return None
    if ended := gone(seen.counts, seen.open, box):
        return Change(place, "block_gone", int(box[3]), ended)
    mirrored = np.concatenate([[size - box[3]], box[1:3], [size - box[0]], box[4:]])
    begun = gone(seen.counts[::-1], seen.open[::-1], mirrored) if box[0] >= LEAST_WEEKS else None
    return Change(place, "block_come", int(box[0]), begun) if begun else None


def _claim(history: History, seen: Seen, change: Change, rng: np.random.Generator) -> Claim:
    """It is a block, and it has changed: the larger p counts. Each block found could have been the one to change."""
    box = seen.found.boxes[change.place]
    span = slice(int(box[0]), None) if change.key == "block_gone" else slice(0, int(box[3]))
    left = _unexplained(seen, change.place)[span]
    changed = _p(left if change.key == "block_gone" else -left, rng)
    p = max(float(seen.found.p[change.place]), changed)
    return Claim(_finding(history, seen, change), min(1.0, len(seen.found.boxes) * p))


def _unexplained(seen: Seen, place: int) -> Floats:
    """Hours worked in a block's weekdays and hours beyond those that a block of all weeks would have there: (weeks,)."""
    possible = hours_possible(seen.counts, seen.open)
    worked = np.minimum(seen.counts, 1) * possible
    always = seen.found.boxes[place].copy()
    always[[0, 3]] = 0, len(worked)
    others = [box for other, box in enumerate(seen.found.boxes) if other != place]
    left: Floats = cut(worked - usual(worked, seen.open, [*others, always]), always).sum(axis=(1, 2))
    return left


def _p(left: Floats, rng: np.random.Generator) -> float:
    """How often shuffled weeks fall off as far, wherever that is."""
    observed = _fall(left[None])[0]
    orders = rng.permuted(np.tile(left, (SHUFFLES, 1)), axis=1)
    return float((1 + (_fall(orders) >= observed - 1e-9).sum()) / (1 + SHUFFLES))


def _fall(left: Floats) -> Floats:
    """The largest drop of the mean from weeks before to weeks after, by what such drops vary: (rows, weeks) to (rows,)."""
    size = left.shape[1]
    before = np.arange(LEAST_SINCE, size - LEAST_SINCE + 1)
    sums = np.cumsum(left, axis=1)
    first = sums[:, before - 1]
    drop = first / before - (sums[:, -1:] - first) / (size - before)
    fall: Floats = (drop * np.sqrt(before * (size - before) / size)).max(axis=1)
    return fall


def _finding(history: History, seen: Seen, change: Change) -> Finding:
    box, hours = seen.found.boxes[change.place], change.hours
    inside = hours.worked / hours.possible
    outside = hours.worked_since / max(1, hours.possible_since)
    first, last = (int(weeks.monday(np.array(seen.first + week))) for week in (0, len(seen.counts)))
    params = {
        "weekday": int(box[1]),
        "weekdays": [int(box[1]), int(box[4]) - 1],
        "from_hour": clock_hour(int(box[2])),
        "to_hour": clock_hour(int(box[5])),
        "since": iso(int(weeks.monday(np.array(seen.first + change.edge))) + int(box[1])),
        "worked": hours.worked,
        "possible": hours.possible,
        "worked_without": hours.worked_since,
        "possible_without": hours.possible_since,
        "share": rounded(inside),
    }
    found = evidence(
        "time",
        "scan-week-shuffle",
        hours.possible + hours.possible_since,
        (first, last - 1),
        effect=inside,
        baseline=outside,
    )
    return Finding(
        key=change.key,
        family="block",
        params=params,
        evidence=found,
        score=unusual(outside / inside) * ACTIONABLE,
    )
