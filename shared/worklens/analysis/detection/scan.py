"""The scan statistic (Kulldorff, 1997): of all boxes, the one that holds most more than is to be expected.

Sums over boxes are differences of an integral image, so a box costs as much whatever its size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from worklens.analysis.arrays import Floats, Ints

SHORTEST = 4  # weeks: less is a project, not a habit
LONGEST = 10  # hours: more is a working day
LENGTHS = 2**0.5  # each length of proposals is so much more than the last
OVERLAP = 4  # each proposal begins a quarter of its length after the last


@dataclass(frozen=True, eq=False)
class Spans:
    """Proposals along one side: (spans,) first and after the last."""

    start: Ints
    stop: Ints


@lru_cache(maxsize=8)
def proposed_weeks(weeks: int) -> Spans:
    """Weeks in lengths from 4 on, each shifted by a quarter: the edges are refined later."""
    spans = {(0, weeks)}
    length = float(SHORTEST)
    while length < weeks:
        size = round(length)
        step = max(1, size // OVERLAP)
        spans |= {(start, start + size) for start in [*range(0, weeks - size, step), weeks - size]}
        length *= LENGTHS
    return _spans(sorted(spans))


@lru_cache(maxsize=8)
def every_span(size: int, shortest: int, longest: int) -> Spans:
    """All spans along a side of some size, from the shortest to the longest."""
    return _spans(
        [
            (start, stop)
            for start in range(size)
            for stop in range(start + shortest, min(size, start + longest) + 1)
        ]
    )


def _spans(pairs: list[tuple[int, int]]) -> Spans:
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Spans(table[:, 0], table[:, 1])


def day_and_hour_spans(table: Floats) -> tuple[Spans, Spans]:
    """All spans of weekdays, and those of hours up to ten, of a table whose last sides these are."""
    days, hours = table.shape[-2:]
    return every_span(days, 1, days), every_span(hours, 1, LONGEST)


def over(table: Floats, spans: Spans, axis: int) -> Floats:
    """The sums of a table over spans of one side, which takes that side's place."""
    whole = np.cumsum(table, axis=axis)
    padded = np.concatenate([np.zeros_like(np.take(whole, [0], axis=axis)), whole], axis=axis)
    sums: Floats = np.take(padded, spans.stop, axis=axis) - np.take(padded, spans.start, axis=axis)
    return sums


def box_sums(table: Floats, weeks: Spans) -> Floats:
    """The sums of (weeks, 7, 24) over every proposal: (week spans, day spans, hour spans)."""
    return over(_week_sums(table), weeks, 0)


def _week_sums(table: Floats) -> Floats:
    """The sums of (..., 7, 24) over every span of days and hours: (..., day spans, hour spans)."""
    days, hours = day_and_hour_spans(table)
    return over(over(table, hours, table.ndim - 1), days, table.ndim - 2)


def surprise(seen: Floats, expected: Floats) -> Floats:
    """The log-likelihood ratio of as many as were seen against as many as expected; 0 where there were no more."""
    more = seen > expected
    ratio = np.divide(seen, expected, out=np.ones_like(seen), where=more & (expected > 0))
    return np.where(more & (expected > 0), seen * np.log(ratio) - (seen - expected), 0.0)


def best_box(seen: Floats, expected: Floats) -> tuple[Ints, float]:
    """The most surprising box of (weeks, 7, 24), and its surprise: the best proposal, its edges then moved to the best."""
    weeks, (days, hours) = proposed_weeks(seen.shape[0]), day_and_hour_spans(seen)
    scores = surprise(box_sums(seen, weeks), box_sums(expected, weeks))
    week, day, hour = np.unravel_index(int(scores.argmax()), scores.shape)
    spans = [(weeks, week), (days, day), (hours, hour)]
    box = np.array([span.start[at] for span, at in spans] + [span.stop[at] for span, at in spans])
    return refined(box, seen, expected)


def refined(box: Ints, seen: Floats, expected: Floats) -> tuple[Ints, float]:
    """A box whose weeks are the best for its days and hours, and these the best for its weeks; and its surprise."""
    days, hours = day_and_hour_spans(seen)
    all_weeks = every_span(seen.shape[0], min(SHORTEST, seen.shape[0]), seen.shape[0])
    best = -1.0
    while True:
        inside = (slice(None), slice(box[1], box[4]), slice(box[2], box[5]))
        columns = [over(table[inside].sum(axis=(1, 2)), all_weeks, 0) for table in (seen, expected)]
        at = int(surprise(*columns).argmax())
        week = (all_weeks.start[at], all_weeks.stop[at])
        slabs = [table[week[0] : week[1]].sum(axis=0) for table in (seen, expected)]
        scores = surprise(*(_week_sums(slab) for slab in slabs))
        day, hour = np.unravel_index(int(scores.argmax()), scores.shape)
        if scores[day, hour] <= best + 1e-9:
            return box, best
        best = float(scores[day, hour])
        box = np.array(
            [
                week[0], days.start[day], hours.start[hour],
                week[1], days.stop[day], hours.stop[hour],
            ]
        )  # fmt: skip
