"""Work in progress, the share of the time that is worked, and Little's law."""

from __future__ import annotations

from datetime import date

import numpy as np

from worklens.analysis.arrays import NEVER
from worklens.analysis.days import date_of
from worklens.analysis.flow import daily_counts, standing
from worklens.analysis.little import ROUGHLY, littles_law
from worklens.stages.measures.ground import SEED, Ground, Rows, floats, nulls, picked

LAW_WEEKS = 13  # a quarter: long enough for averages, short enough to be one way of working


def wip(ground: Ground) -> Rows:
    """Work in progress: started and not yet left, at each day's end."""
    history = ground.history
    sound = (history.started <= np.minimum(history.end, history.left)) & (history.started < NEVER)
    started, left = history.started[sound], history.left[sound]
    first, last = int(started.min(initial=history.end + 1)), history.end
    days = range(first, last + 1)
    return {
        "day": [date_of(day) for day in days],
        "started": daily_counts(started, first, last)[0].tolist() if days else [],
        "left": daily_counts(left, first, last)[0].tolist() if days else [],
        "value": standing(started, left, first, last)[0].tolist() if days else [],
    }


def flow_efficiency(ground: Ground) -> Rows:
    """Of the time that done tasks were there, the share in which they had been started, month by month."""
    table = ground.rows_of("cycle_time")
    lead, cycle = (floats(table[name]) for name in ("lead_days", "cycle_days"))
    known = ~np.isnan(lead) & ~np.isnan(cycle)
    known &= np.where(known, cycle <= lead, False)  # a start before the creation is a slip of one of them
    months, month = np.unique(
        [day.replace(day=1).isoformat() for day in picked(table["done_day"], known)], return_inverse=True
    )
    worked, there = (
        np.bincount(month, weights=values[known], minlength=months.size) for values in (cycle, lead)
    )
    n = np.bincount(month, minlength=months.size)
    share = np.divide(worked, there, out=np.full(months.size, np.nan), where=there > 0)
    return {
        "month": [date.fromisoformat(text) for text in months],
        "value": nulls(share),
        "tasks": n.tolist(),
        "cycle_days": nulls(worked / np.maximum(n, 1)),
        "lead_days": nulls(there / np.maximum(n, 1)),
    }


def law(ground: Ground) -> Rows:
    """Little's law over the last quarter, and its five assumptions one by one."""
    history = ground.history
    first, last = history.end - 7 * LAW_WEEKS + 1, history.end
    rows = (history.created < NEVER) & ~history.impossible
    if history.first > first or not rows.any():
        return {name: [] for name in ("assumption", "holds", "value", "expected", "p", "since", "until")}
    dated = history.timed | (history.done == NEVER)
    found = littles_law(
        history.created[rows],
        history.left[rows],
        history.is_done[rows],
        dated[rows],
        first,
        last,
        np.random.default_rng(SEED),
    )
    each = found.assumptions
    holds = [abs(found.ratio - 1) <= ROUGHLY, *(one.holds for one in each)]
    known = [not np.isnan(found.ratio), *(not np.isnan(one.first + one.second) for one in each)]
    return {
        "assumption": ["law", *(one.name for one in each)],
        "holds": [said if sure else None for said, sure in zip(holds, known, strict=True)],
        "value": nulls([found.open, *(one.first for one in each)]),
        "expected": nulls([found.a_day * found.days, *(one.second for one in each)]),
        "p": nulls([np.nan, *(one.p for one in each)]),
        "since": [date_of(first)] * (len(each) + 1),
        "until": [date_of(last)] * (len(each) + 1),
    }
