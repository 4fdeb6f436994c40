"""How long tasks take, and how much longer those that are open may take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from worklens.analysis.competing import DELETED, DONE
from worklens.analysis.tail import LEVEL, SHARE
from worklens.stages.efforts import Efforts, lately
from worklens.stages.measures.ground import Ground, Rows, nulls

SHARES = (0.5, 0.7, 0.85, 0.95)  # of the tasks: the levels of the forecasts
HALF, MOST = 0.5, 0.85
LEAST_AT_RISK = 20  # tasks that got so old; the reason is that of stages.score


def time_to_done(ground: Ground) -> Rows:
    """The age by which each share of the tasks is done, and what had become of all of them by then."""
    curve, shares = ground.curve, np.array(SHARES)
    days, (low, high) = curve.quantile(shares), curve.quantile_band(shares)
    reached = np.where(np.isnan(days), 0.0, days)
    by = [np.where(np.isnan(days), np.nan, ground.ends.by(reached, cause)) for cause in (DONE, DELETED)]
    return {
        "share": list(SHARES),
        "days": nulls(days),
        "low": nulls(low),
        "high": nulls(high),
        "done_by": nulls(by[0]),
        "deleted_by": nulls(by[1]),
        "tasks": [ground.lives.age.size] * len(SHARES),
        "open": [ground.lives.still_open] * len(SHARES),
    }


def cycle_time_lately(ground: Ground) -> Rows:
    """Within how many days 85 % of what was begun lately will be done; no row where too little was begun."""
    return lately_row(ground.efforts, ground.history.end)


def lately_row(efforts: Efforts, day: int) -> Rows:
    """The same of any efforts, as known at the end of a day."""
    found = lately(efforts, day)
    known = not np.isnan(found.days)
    row = {
        "share": SHARE,
        "days": found.days,
        "low": found.low,
        "high": found.high,
        "level": LEVEL,
        "tasks": found.tasks,
        "done": found.done,
        "since": "started" if efforts.from_start else "created",
    }
    days = {name: value if value != np.inf else None for name, value in row.items()}
    return {name: [value] if known else [] for name, value in days.items()}


def residual_time(ground: Ground) -> Rows:
    """For each open task, the oldest last: how many were done sooner, and within how many more days such tasks are done."""
    history = ground.history
    rows = np.flatnonzero(history.open)
    last = history.today if history.end == history.today - 1 else history.end
    age = np.maximum(last - history.created[rows], 0)
    order = np.argsort(age, kind="stable")
    rows, age = rows[order], age[order]
    enough = ground.ends.at_risk_after(age) >= LEAST_AT_RISK
    more = [
        np.where(enough, ground.ends.residual_quantile(age, share), np.nan) if age.size else age * np.nan
        for share in (HALF, MOST)
    ]
    sooner = 1 - ground.curve.at(np.minimum(age, ground.curve.time[-1])) if age.size else age * np.nan
    tasks, occurrences = (names[rows].tolist() for names in (history.task, history.occurrence))
    return {
        "task": tasks,
        "age_days": age.tolist(),
        "half_within": nulls(more[0]),
        "most_within": nulls(more[1]),
        "older_than": nulls(sooner),
        "at_risk": ground.ends.at_risk_after(age).tolist(),
        "title": _titles(ground, tasks, occurrences),
        "occurrence": occurrences,
        "collection": [history.collections[code] if code >= 0 else None for code in history.collection[rows]],
    }


def _titles(ground: Ground, tasks: Sequence[str], occurrences: Sequence[str]) -> list[str | None]:
    past = ground.past
    if not tasks or past is None:
        return [None] * len(tasks)
    rows = past.session.query("titles", feed=past.feed.name, tasks=sorted(set(tasks)), **past.when)
    keys = zip(rows["account"], rows["task"], rows["occurrence"], strict=True)
    titles = dict(zip(keys, rows["title"], strict=True))
    return [titles.get((ground.account, *name)) for name in zip(tasks, occurrences, strict=True)]
