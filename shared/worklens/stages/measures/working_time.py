"""How long done tasks took in the days and hours that are working time."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.calendar import days_worked, hours_worked
from worklens.analysis.days import date_of
from worklens.analysis.flow import daily_counts
from worklens.findings.history import History
from worklens.ports import Feed
from worklens.stages.calendar import calendar_for, calendar_of
from worklens.stages.history import DAY, INSTANT, Columns
from worklens.stages.measures.ground import Ground, Rows, nulls
from worklens.stages.zones import offsets

MICROS = 1_000_000


def working_time(ground: Ground) -> Rows:
    """How long each done task took in the days and hours that its account's calendar calls working time."""
    past, columns = ground.past, ground.past.columns if ground.past else None
    if past is None or columns is None:
        return {}
    rows = np.flatnonzero(
        (columns.text("account") == ground.account) & np.isin(columns.precision("completed"), (INSTANT, DAY))
    )
    rows = rows[np.argsort(columns.day("completed_day")[rows], kind="stable")]
    done = columns.day("completed_day")[rows]
    spans = [_worked(past.feed, columns, rows, name, ground.history) for name in ("created", "started")]
    return {
        "task": columns.text("task")[rows].tolist(),
        "occurrence": columns.text("occurrence")[rows].tolist(),
        "done_day": [date_of(day) for day in done],
        "lead_days": nulls(spans[0][0]),
        "lead_hours": nulls(spans[0][1]),
        "cycle_days": nulls(spans[1][0]),
        "cycle_hours": nulls(spans[1][1]),
    }


def _worked(
    feed: Feed, columns: Columns, rows: Ints, beginning: str, history: History
) -> tuple[Floats, Floats]:
    """Working days and hours from a beginning to the completion: (rows,) each, NaN where either isn't known so well."""
    first = min(history.first, int(columns.day(f"{beginning}_day")[rows].min(initial=history.first)))
    days = columns.today - first + 1
    done = daily_counts(history.completed, first, history.end)[0]
    working = calendar_of(feed, first, days, done)
    mask = np.ones(days, dtype=np.bool_) if working is None else working
    since, until = columns.day(f"{beginning}_day")[rows], columns.day("completed_day")[rows]
    known = np.isin(columns.precision(beginning)[rows], (INSTANT, DAY)) & (since <= until)
    exact = known & (columns.precision(beginning)[rows] == INSTANT)
    exact &= columns.precision("completed")[rows] == INSTANT
    began, ended = (_wall_clock(feed, columns.seconds(name)[rows]) for name in (beginning, "completed"))
    hours = hours_worked(began, ended, first, mask, calendar_for(feed).hours)
    days_between = days_worked(np.where(known, since, until), until, first, mask)
    return np.where(known, days_between, np.nan), np.where(exact & (began <= ended), hours, np.nan)


def _wall_clock(feed: Feed, instants: Ints) -> Ints:
    """Instants as the person's clock showed them then, both in seconds since 1970."""
    changes = offsets(feed.zones)
    starts = np.array([start // MICROS for _, start, _, _ in changes])
    ahead = np.array([seconds for _, _, _, seconds in changes])
    shown: Ints = instants + ahead[np.maximum(np.searchsorted(starts, instants, side="right") - 1, 0)]
    return shown
