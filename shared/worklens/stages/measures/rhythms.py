"""When one works best: the blocks of the last year's weeks that hold more work than usual."""

from __future__ import annotations

from typing import Any

import numpy as np

from worklens.analysis import weeks
from worklens.analysis.arrays import Ints
from worklens.analysis.days import date_of
from worklens.analysis.detection.kinds import mostly, place
from worklens.analysis.detection.later import gone
from worklens.analysis.detection.week_hours import DAYS, clock_hour, week_hours
from worklens.findings.blocks import Seen, blocks_of, timed
from worklens.findings.history import History
from worklens.stages.measures.ground import Ground, Rows

COLUMNS = (
    "since", "until", "weekday", "last_weekday", "from_hour", "to_hour", "worked", "possible", "share", "usual",
    "score", "collection", "list_share", "other_share", "gone", "worked_since", "possible_since",
)  # fmt: skip


def blocks(ground: Ground) -> Rows:
    """The blocks of the last year's whole weeks, the surest first; none where there is too little to say."""
    seen = blocks_of(ground.history)
    tables = _tables(ground.history, seen)
    told = [_told(seen, number, tables, ground.history) for number in range(len(seen.found.boxes))]
    return {name: [row[name] for row in told] for name in COLUMNS}


def _tables(history: History, seen: Seen) -> Ints:
    """What was done of each list in each hour: (lists and one for none, weeks, 7, 24)."""
    known = timed(history)
    kinds = np.where(history.collection < 0, len(history.collections), history.collection)
    return np.stack(
        [
            week_hours(history.done[mine], history.hour[mine], seen.first, len(seen.counts))
            for mine in (known & (kinds == kind) for kind in range(len(history.collections) + 1))
        ]
    )


def _told(seen: Seen, number: int, tables: Ints, history: History) -> dict[str, Any]:
    """A block's row."""
    found = seen.found
    box = found.boxes[number]
    monday = weeks.monday(seen.first + box[[0, 3]])
    kind, end = mostly(tables, box), gone(seen.counts, seen.open, box)
    named = kind is not None and kind.row < len(history.collections)
    share = place(tables, box, kind.row) if kind and named else None
    worked, possible = int(found.worked[number]), int(found.possible[number])
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
        "usual": float(found.expected[number]),
        "score": float(found.score[number]),
        "collection": history.collections[kind.row] if kind and named else None,
        "list_share": share.share if share else None,
        "other_share": share.others if share else None,
        "gone": end is not None,
        "worked_since": end.worked_since if end else None,
        "possible_since": end.possible_since if end else None,
    }
