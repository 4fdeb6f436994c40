"""What a model tells of open tasks as rows of the warehouse: a score a task and horizon, a prospect a task."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.hazard.prospects import GROUPS, HORIZONS, Prospects

LEAST_REASON = 0.1  # log odds: below, a reason moves no chance by as much as three points
MOST_REASONS = 4  # of a task: more explain nothing
EPOCH = date(1970, 1, 1)
MONTH = HORIZONS.index(30)

Rows = dict[str, list[Any]]


class Told(NamedTuple):
    """What is told of some open tasks of one account: texts and numbers (tasks,) each."""

    keys: dict[str, Any]  # account, task, occurrence
    model: str
    version: str
    features: str
    origin: int  # the day it counts from
    age: Floats
    prospects: Prospects


def scores(told: Told) -> Rows:
    """The columns of ``scores``."""
    times = len(HORIZONS)
    count = len(told.age)
    return {
        **{name: np.repeat(values, times).tolist() for name, values in told.keys.items()},
        "model": [told.model] * (count * times),
        "version": [told.version] * (count * times),
        "horizon_days": list(HORIZONS) * count,
        "probability": nulls(told.prospects.done.ravel()),
        "age_days": nulls(np.repeat(told.age, times)),
        "at_risk": np.repeat(told.prospects.evidence, times).tolist(),
    }


def prospects(told: Told) -> Rows:
    """The columns of ``prospects``."""
    count, known = len(told.age), told.prospects
    days = [nulls(column) for column in known.remaining.T]
    return {
        **{name: values.tolist() for name, values in told.keys.items()},
        "model": [told.model] * count,
        "version": [told.version] * count,
        "features": [told.features] * count,
        "origin_day": [date_of(told.origin)] * count,
        "evidence": known.evidence.tolist(),
        **dict(zip(("soonest_days", "median_days", "latest_days"), days, strict=True)),
        "deleted_30d": nulls(known.deleted[:, MONTH]),
        "never": nulls(known.never),
        "late": nulls(known.late),
        "reasons": reasons(known),
    }


def reasons(known: Prospects) -> list[str | None]:
    """Of each task the groups of features that moved its chance most, as JSON; None where nothing is known."""
    added = np.round(known.reasons, 1)
    order = np.argsort(-np.abs(added), axis=1, kind="stable")[:, :MOST_REASONS]
    moved = np.take_along_axis(added, order, axis=1)
    silent = np.isnan(known.done).min(axis=1).tolist()
    return [
        None if nothing else _written(which, by)
        for nothing, which, by in zip(silent, order.tolist(), moved.tolist(), strict=True)
    ]


def _written(which: list[int], by: list[float]) -> str:
    parts = [
        f'"{GROUPS[group]}":{value}'
        for group, value in zip(which, by, strict=True)
        if abs(value) >= LEAST_REASON
    ]
    return f"{{{','.join(parts)}}}"


def date_of(day: int) -> date:
    """A day counted from 1970-01-01."""
    return EPOCH + timedelta(days=day)


def fingerprint(*parts: Any) -> str:
    """A hash of the features' names and of the arrays that they are read from."""
    state = blake2b(digest_size=8)
    for part in parts:
        state.update(part.encode() if isinstance(part, str) else np.ascontiguousarray(part).tobytes())
    return state.hexdigest()


def nulls(values: Floats) -> list[float | None]:
    """The numbers, None for what is none, or not finite."""
    finite = np.isfinite(values)
    if finite.all():
        return list(values.tolist())
    return [value if known else None for value, known in zip(values.tolist(), finite.tolist(), strict=True)]
