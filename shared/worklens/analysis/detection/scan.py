"""The scan statistic (Kulldorff, 1997): of all boxes, the one that holds most more than is to be expected.

Each side's spans are a matrix of zeros and ones, so the sums over all boxes are three products of matrices; most boxes
are then ruled out by a bound that takes no logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints

SHORTEST = 4  # weeks: less is a project, not a habit
LONGEST = 10  # hours: more is a working day
LENGTHS = 2**0.5  # each length of proposals is so much more than the last
LEAST_RATIO = 1.3  # times what is usual: less is no advice
LEAST_RATE = 0.25  # of a block's hours worked: what happens once a month is no habit
LEAST_SEEN = 10  # hours worked: fewer are a project, not a habit
PIECE = 2**15  # boxes looked at at a time
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


@lru_cache(maxsize=8)
def _inside(size: int, shortest: int, longest: int) -> Floats:
    """Which places each of `every_span` holds: (size, spans) of 0 and 1."""
    return _holding(every_span(size, shortest, longest), size)


@lru_cache(maxsize=8)
def _proposed(weeks: int) -> Floats:
    """Which weeks each of `proposed_weeks` holds: (weeks, spans) of 0 and 1."""
    return _holding(proposed_weeks(weeks), weeks)


def _holding(spans: Spans, size: int) -> Floats:
    place = np.arange(size)[:, None]
    return ((spans.start <= place) & (place < spans.stop)).astype(np.float32)


def box_sums(table: Floats) -> Floats:
    """The sums of (weeks, 7, 24) over every proposal: (week spans, day spans, hour spans).

    In single precision, which holds counts of hours exactly: nearly a million boxes are a matter of memory.
    """
    return _week_sums(_by_weeks(table))


def _by_weeks(table: Floats) -> Floats:
    """The sums of (weeks, 7, 24) over the proposed spans of weeks: (week spans, 7, 24)."""
    weeks, days, hours = table.shape
    flat = table.reshape(weeks, days * hours).astype(np.float32)
    sums: Floats = (_proposed(weeks).T @ flat).reshape(-1, days, hours)
    return sums


def _week_sums(table: Floats) -> Floats:
    """The sums of (..., 7, 24) over every span of days and hours: (..., day spans, hour spans)."""
    days, hours = table.shape[-2:]
    inside = [matrix.astype(table.dtype) for matrix in (_inside(days, 1, days), _inside(hours, 1, LONGEST))]
    by_hours = (table.reshape(-1, hours) @ inside[1]).reshape(*table.shape[:-1], -1)
    sums: Floats = inside[0].T @ by_hours
    return sums


def surprise(seen: Floats, expected: Floats, possible: Floats) -> Floats:
    """The log-likelihood ratio of as many hours as were seen against as many as expected, of those possible (binomial).

    0 where there were no more than expected, or nothing is expected. Hours of different chances vary less than those of
    one chance, so a box of unlike hours is, if anything, less surprising than it ought to be.
    """
    seen = np.where(expected > 0, np.maximum(seen, expected), expected)
    rest, least = possible - seen, np.finfo(np.float32).tiny
    more = seen * np.log(np.maximum(seen, least) / np.maximum(expected, least))
    ratio: Floats = more + rest * np.log(np.maximum(rest, least) / np.maximum(possible - expected, least))
    return ratio


def most_surprising(
    seen: Floats, expected: Floats, possible: Floats, *, above: float = 0.0
) -> tuple[int, float]:
    """The place of the largest surprise in arrays of one shape, flattened, and that surprise; `above` where none is larger.

    In pieces that a processor's cache holds, and logarithms only where a bound exceeds the largest surprise so far.
    """
    flat = [np.ravel(table) for table in (seen, expected, possible)]
    best, largest = 0, above
    for start in range(0, flat[0].size, PIECE):
        piece = [table[start : start + PIECE] for table in flat]
        places = np.flatnonzero(_advisable(*piece))
        chosen = [table.take(places) for table in piece]
        likely = np.flatnonzero(_bound(*chosen) > largest)
        if likely.size:
            scores = surprise(*(table.take(likely) for table in chosen))
            at = int(scores.argmax())
            if scores[at] > largest:
                best, largest = start + int(places[likely[at]]), float(scores[at])
    return best, largest


def _advisable(seen: Floats, expected: Floats, possible: Floats) -> Bools:
    """Which boxes hold enough to be a habit worth telling."""
    enough: Bools = seen >= LEAST_SEEN
    enough &= seen >= LEAST_RATE * possible
    enough &= seen >= LEAST_RATIO * expected
    enough &= expected > 0
    return enough


def _bound(seen: Floats, expected: Floats, possible: Floats) -> Floats:
    """What a surprise isn't above, from the curvature of its logarithms between the two rates."""
    over = np.maximum(seen - expected, 0)
    spread = np.maximum(possible - seen, 0.5) * expected
    bound: Floats = over * over * possible / np.maximum(2 * spread, 1e-30)
    return bound


def best_box(seen: Floats, expected: Floats, possible: Floats) -> tuple[Ints, float]:
    """The most surprising box of (weeks, 7, 24), and its surprise: the best proposal, its edges then moved to the best."""
    weeks, (days, hours) = proposed_weeks(seen.shape[0]), day_and_hour_spans(seen)
    week, day, hour = _best_proposal(*(_by_weeks(table) for table in (seen, expected, possible)))
    spans = [(weeks, week), (days, day), (hours, hour)]
    box = np.array([span.start[at] for span, at in spans] + [span.stop[at] for span, at in spans])
    return refined(box, seen, expected, possible)


def _best_proposal(*tables: Floats) -> tuple[int, int, int]:
    """Which spans of weeks, days and hours are the most surprising of (week spans, 7, 24).

    A few spans of weeks at a time: the sums of them all are ten megabytes that nobody needs twice.
    """
    days, hours = (spans.start.size for spans in day_and_hour_spans(tables[0]))
    step, best, largest = max(1, PIECE // (days * hours)), 0, 0.0
    for start in range(0, len(tables[0]), step):
        sums = [_week_sums(table[start : start + step]) for table in tables]
        at, score = most_surprising(*sums, above=largest)
        if score > largest:
            best, largest = start * days * hours + at, score
    week, day, hour = np.unravel_index(best, (len(tables[0]), days, hours))
    return int(week), int(day), int(hour)


def refined(box: Ints, seen: Floats, expected: Floats, possible: Floats) -> tuple[Ints, float]:
    """A box whose weeks are the best for its days and hours, and these the best for its weeks; and its surprise."""
    days, hours = day_and_hour_spans(seen)
    weeks = seen.shape[0]
    sides = (weeks, min(SHORTEST, weeks), weeks)
    all_weeks, inside = every_span(*sides), _inside(*sides)
    tables, best = (seen, expected, possible), -1.0
    while True:
        columns = [table[:, box[1] : box[4], box[2] : box[5]].sum(axis=(1, 2)) @ inside for table in tables]
        at, _ = most_surprising(*columns)
        week = (all_weeks.start[at], all_weeks.stop[at])
        slabs = [_week_sums(table[week[0] : week[1]].sum(axis=0)) for table in tables]
        place, score = most_surprising(*slabs)
        if score <= best + 1e-9:
            return box, best
        best, (day, hour) = score, np.unravel_index(place, slabs[0].shape)
        box = np.array(
            [
                week[0], days.start[day], hours.start[hour],
                week[1], days.stop[day], hours.stop[hour],
            ]
        )  # fmt: skip
