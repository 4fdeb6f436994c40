"""Score: each open task's chance to be done within a week, two weeks and a month, read off its account's own past.

The model, "age-curve", is the plain baseline: what became of the account's tasks that got as old as this one, deletions
counted as a competing end. It reads the curve that learn published; where there is none, it makes it on the spot. A
learned score will have to beat it.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.competing import Incidence, aalen_johansen
from worklens.messages import ScoresReady, TasksChanged
from worklens.ports import Columns, Feed, Ports
from worklens.stages.curves import MODEL, Curves, published
from worklens.stages.history import Ages, ages, read
from worklens.stages.history import Columns as HistoryColumns
from worklens.stages.standing import may_stand, stand
from worklens.stages.zones import reading
from worklens.tasks import Moment

HORIZONS = (7, 14, 30)  # days: this week, the next one, the month
SECOND = 1_000_000  # microseconds
LEAST_AT_RISK = 20  # tasks that got this old: with fewer, a chance is off by more than 20 points either way


def score(message: TasksChanged, ports: Ports) -> None:
    """Append a score for each open task and horizon, unless those of the run before still hold, and tell the report.

    With them come the day's standing forecasts, which hold as long as the scores do. It speaks from the run's own instant and of what had been seen by then, so that a repeated message gives equal rows.
    """
    feed = ports.state.feed(message.feed)
    if feed is None:
        return  # forgotten meanwhile
    learned = published(message.feed, message.seen_at, ports)
    if not still_hold(message, feed, learned):
        with ports.warehouse.write() as session:
            history = read(session, message.feed, "lives", known_at=message.seen_at)
            rows = rows_of(history, learned) if history else {}
            if rows:
                session.append("scores", {**_about(message, len(rows["task"])), **rows})
        if history and may_stand(history):
            stand(message, ports)
    ready = ScoresReady(feed=message.feed, run=message.run, window=message.window, number=message.number)
    ports.bus.publish([ready])


def still_hold(message: TasksChanged, feed: Feed, learned: Curves | None) -> bool:
    """Whether the scores of the run before hold: nothing happened since, on the same day of the person's, and no curve is new.

    Ages grow between two looks of a day, but a horizon is a week at least. It follows from the message and the curve alone,
    so that it is the same in whatever order messages come.
    """
    if message.events is None or message.events or not message.before:
        return False
    if learned is not None and learned.now >= message.before // SECOND:
        return False
    home = reading(feed, message.seen_at).home
    day, day_before = (
        Moment(at).datetime.astimezone(home).date() for at in (message.seen_at, message.before)
    )
    return day == day_before


def _about(message: TasksChanged, count: int) -> dict[str, Any]:
    return {
        "feed": [message.feed] * count,
        "run": [message.number] * count,
        "seen_at": [message.seen_at] * count,
    }


def rows_of(history: HistoryColumns, learned: Curves | None = None) -> Columns:
    """The columns of ``scores`` that the history determines: one row for each open task and horizon."""
    lives = ages(history)
    parts = [_account(history, lives, rows, learned) for rows in accounts_of(history)]
    return {name: [value for part in parts for value in part[name]] for name in parts[0]} if parts else {}


def accounts_of(history: HistoryColumns) -> list[slice]:
    """The stretches of rows of one account; the history comes in the order of accounts."""
    account = history.text("account")
    if not len(account):
        return []
    changes = np.flatnonzero(account[1:] != account[:-1]) + 1
    edges = [0, *changes.tolist(), len(account)]
    return [slice(start, stop) for start, stop in pairwise(edges)]


def _account(
    history: HistoryColumns, lives: Ages, rows: slice, learned: Curves | None
) -> dict[str, list[Any]]:
    """One account's scores."""
    age, cause, still = lives.age[rows], lives.cause[rows], lives.open[rows]
    known = ~np.isnan(age)
    name = str(history.text("account")[rows.start])
    curve = learned.of(name, int(np.count_nonzero(cause[known]))) if learned else None
    if curve is None:
        curve = aalen_johansen(age[known], cause[known])
    opened = np.flatnonzero(still)
    chance, at_risk = chances(curve, age[opened])
    times = len(HORIZONS)
    repeated = {
        name: np.repeat(history.text(name)[rows][opened], times).tolist()
        for name in ("account", "task", "occurrence")
    }
    return {
        **repeated,
        "model": [MODEL] * (opened.size * times),
        "version": [version(curve)] * (opened.size * times),
        "horizon_days": list(HORIZONS) * opened.size,
        "probability": _nulls(chance.ravel()),
        "age_days": _nulls(np.repeat(age[opened], times)),
        "at_risk": np.repeat(at_risk, times).tolist(),
    }


def chances(curve: Incidence, age: Floats) -> tuple[Floats, Ints]:
    """The chance to be done within each horizon, NaN without evidence, and the evidence: (tasks, horizons), (tasks,).

    The evidence is how many tasks were watched beyond the age.
    """
    known = ~np.isnan(age)
    at_risk = np.where(known, curve.at_risk_after(np.where(known, age, 0.0)), 0)
    chance = curve.within(age[:, None], np.array(HORIZONS, dtype=np.float64))
    return np.where((at_risk >= LEAST_AT_RISK)[:, None], chance, np.nan), at_risk


def version(curve: Incidence) -> str:
    """The hash of the curve's parameters and of the rule that reads it: the same whoever made it from the same past."""
    state = blake2b(f"{MODEL} {HORIZONS} {LEAST_AT_RISK}".encode(), digest_size=16)
    for values in (curve.time, curve.at_risk, curve.events):
        state.update(np.ascontiguousarray(values).tobytes())
    return state.hexdigest()


def _nulls(values: Floats) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]
