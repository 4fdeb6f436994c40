"""Since when the pace is another one, and which weeks luck doesn't explain."""

from __future__ import annotations

import numpy as np

from worklens.analysis.behaviour import LONG_RUN, NEAR_LIMIT, OUTSIDE, behaviour
from worklens.analysis.changes import change_points, paces
from worklens.analysis.days import date_of
from worklens.stages.measures.ground import SEED, Ground, Rows, nulls

CHART_WEEKS = 52  # of the process behaviour chart: a year; what was before was another process
SIGNALS = {OUTSIDE: "outside", NEAR_LIMIT: "near-limit", LONG_RUN: "run"}


def changes_of_pace(ground: Ground) -> Rows:
    """The stretches of whole weeks at one pace, with what speaks for the change that each begins with."""
    first, weekly = ground.history.whole_weeks
    names = ("since", "until", "weeks", "a_week", "ratio", "p")
    if not weekly.size:
        return {name: [] for name in names}
    found = change_points(weekly, np.random.default_rng(SEED))
    starts, means = paces(weekly, found.start)
    stops = [*starts[1:].tolist(), weekly.size]
    before = np.concatenate([[np.nan], means[:-1]])
    ratio = np.divide(means, before, out=np.full(means.size, np.nan), where=before > 0)
    spans = list(zip(starts.tolist(), stops, strict=True))
    return {
        "since": [date_of(first + 7 * start) for start, _ in spans],
        "until": [date_of(first + 7 * stop - 1) for _, stop in spans],
        "weeks": [stop - start for start, stop in spans],
        "a_week": nulls(means),
        "ratio": nulls(ratio),
        "p": nulls([np.nan, *found.p]),
    }


def process_behaviour(ground: Ground) -> Rows:
    """The process behaviour chart of the last year's whole weeks."""
    first, weekly = ground.history.whole_weeks
    skipped = max(weekly.size - CHART_WEEKS, 0)
    shown = weekly[skipped:]
    chart = behaviour(shown)
    lines = {"average": chart.average, "lower": chart.lower, "upper": chart.upper, "skewness": chart.skewness}
    return {
        "week": [date_of(first + 7 * (skipped + place)) for place in range(shown.size)],
        "value": shown.tolist(),
        **{name: nulls([value] * shown.size) for name, value in lines.items()},
        "scale": ["roots" if chart.on_roots else "counts"] * shown.size,
        "signal": [SIGNALS.get(rule) for rule in chart.signal.tolist()],
    }
