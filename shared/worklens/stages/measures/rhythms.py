"""When one works best: the blocks of the last year's weeks that hold more work than usual."""

from __future__ import annotations

from typing import Any

import numpy as np

from worklens.analysis import weeks
from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.calendar import learnt_off
from worklens.analysis.days import date_of
from worklens.analysis.detection.kinds import mostly
from worklens.analysis.detection.later import gone
from worklens.analysis.detection.rhythms import Rhythms, rhythms
from worklens.analysis.detection.week_hours import DAYS, HOURS, clock_hour, week_hours
from worklens.findings.history import History
from worklens.stages.measures.ground import SEED, Ground, Rows

LATEST = 52  # whole weeks looked at: who worked otherwise a year ago, works otherwise now
COLUMNS = (
    "since", "until", "weekday", "last_weekday", "from_hour", "to_hour", "worked", "possible", "share", "usual",
    "score", "collection", "gone", "worked_since", "possible_since",
)  # fmt: skip


def blocks(ground: Ground) -> Rows:
    """The blocks of the last year's whole weeks, the surest first; none where there is too little to say."""
    history = ground.history
    first, count = _span(history)
    tables = _tables(history, first, count)
    counts = tables.sum(axis=0)
    open_ = ~learnt_off(counts.sum(axis=2).ravel(), np.ones(count * DAYS, dtype=np.bool_)).reshape(
        count, DAYS
    )
    found = rhythms(counts, open_, np.random.default_rng(SEED)) if count else None
    places = range(len(found.boxes)) if found else range(0)
    told = [_told(found, place, tables, open_, first, history) for place in places] if found else []
    return {name: [row[name] for row in told] for name in COLUMNS}


def _span(history: History) -> tuple[int, int]:
    """The number of the first week to look at, and how many there are: whole ones, a year at most."""
    monday, weekly = history.whole_weeks
    count = min(LATEST, weekly.size)
    return int(weeks.week(np.array(monday))) + weekly.size - count, count


def _tables(history: History, first: int, count: int) -> Ints:
    """What was done of each list in each hour: (lists and one for none, weeks, 7, 24). Unknown hours are left out."""
    known = history.timed & (history.hour >= 0) & (history.done <= history.end)
    kinds = np.where(history.collection < 0, len(history.collections), history.collection)
    made = [
        week_hours(history.done[mine], history.hour[mine], first, count)
        for mine in (known & (kinds == kind) for kind in range(len(history.collections) + 1))
    ]
    return np.stack(made) if count else np.zeros((1, 0, DAYS, HOURS), dtype=np.int64)


def _told(
    found: Rhythms, place: int, tables: Ints, open_: Bools, first: int, history: History
) -> dict[str, Any]:
    """A block's row."""
    box = found.boxes[place]
    monday = weeks.monday(first + box[[0, 3]])
    kind, end = mostly(tables, box), gone(tables.sum(axis=0), open_, box)
    worked, possible = int(found.worked[place]), int(found.possible[place])
    return {
        "since": date_of(int(monday[0] + box[1])),
        "until": date_of(int(monday[1] - DAYS + box[4] - 1)),
        "weekday": int(box[1]) + 1,
        "last_weekday": int(box[4]),
        "from_hour": clock_hour(int(box[2])),
        "to_hour": clock_hour(int(box[5])),
        "worked": worked,
        "possible": possible,
        "share": worked / possible,
        "usual": float(found.expected[place]),
        "score": float(found.score[place]),
        "collection": history.collections[kind.row] if kind and kind.row < len(history.collections) else None,
        "gone": end is not None,
        "worked_since": end.worked_since if end else None,
        "possible_since": end.possible_since if end else None,
    }
