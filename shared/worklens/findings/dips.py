"""A stretch of weeks in which far less was done than before and after it: a holiday, an illness, a burn-out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.flow import daily_counts
from worklens.findings.history import History
from worklens.findings.model import Answer, Claim, Finding, Missing
from worklens.findings.plain import evidence, iso, rounded, unusual

LENGTHS = range(3, 14)  # weeks: two are any holiday, a quarter is another way of life
FLANK = 8  # weeks on either side that tell the usual pace
LEAST_WEEKS = 40  # enough that a dip of a quarter and its flanks are not most of the history
LEAST_A_WEEK = 2.0  # completions, on average: fewer can't show a dip
DEEP = 0.67  # of the pace around it; a shallower dip is a mood
SHUFFLES = 999
BLOCK = 2  # weeks shuffled together, since a week resembles the next
ACTIONABLE = 0.5  # it is over; it explains the past, and what to watch for


class Dip(NamedTuple):
    """Weeks ``start`` to ``start + length - 1``, with what was done in them and around them, a week."""

    start: int
    length: int
    inside: float
    around: float


def ask(history: History, rng: np.random.Generator) -> Answer:
    """The deepest dip there is, if it is deeper than shuffled weeks ever show."""
    weekly = weekly_back(history)
    least = int(LEAST_A_WEEK * max(history.weeks, LEAST_WEEKS))
    lacking = max(LEAST_WEEKS - history.weeks, 0), max(least - int(weekly.sum()), 0)
    if any(lacking):
        return Answer(missing=Missing("dip", *lacking))
    roots = np.sqrt(weekly + 0.375)  # Anscombe's root: busy and quiet weeks then vary alike
    observed = depths(roots[None, :])[0]  # (lengths, starts)
    length, start = np.unravel_index(int(observed.argmax()), observed.shape)
    dip = _dip(weekly, int(start), LENGTHS[int(length)])
    if dip.inside > DEEP * dip.around:
        return Answer()
    return Answer((Claim(_finding(history, dip, weekly), _p(roots, float(observed.max()), rng)),))


def weekly_back(history: History) -> Ints:
    """What was done in each whole week, counted back from the end: (weeks,)."""
    weeks = history.weeks
    daily = daily_counts(history.completed, history.end - 7 * weeks + 1, history.end)[0]
    weekly: Ints = daily.reshape(weeks, 7).sum(axis=1)
    return weekly


def depths(roots: Floats) -> Floats:
    """How deep each window lies below the higher-weighing of its flanks, for (rows, weeks): (rows, lengths, weeks).

    It is the drop to the lower of the two flanks' means, so that a lasting change of pace is no dip, times the root of the
    window's length. -inf where the window or a flank would not fit.
    """
    rows, weeks = roots.shape
    sums = np.concatenate([np.zeros((rows, 1)), np.cumsum(roots, axis=1)], axis=1)
    found = np.full((rows, len(LENGTHS), weeks), -np.inf)
    for place, length in enumerate(LENGTHS):
        starts = np.arange(FLANK, weeks - length - FLANK + 1)
        if not starts.size:
            continue
        inside = (sums[:, starts + length] - sums[:, starts]) / length
        before = (sums[:, starts] - sums[:, starts - FLANK]) / FLANK
        after = (sums[:, starts + length + FLANK] - sums[:, starts + length]) / FLANK
        found[:, place, starts] = (np.minimum(before, after) - inside) * np.sqrt(length)
    return found


def _dip(weekly: Ints, start: int, length: int) -> Dip:
    around = np.concatenate([weekly[start - FLANK : start], weekly[start + length : start + length + FLANK]])
    return Dip(start, length, float(weekly[start : start + length].mean()), float(around.mean()))


def _p(roots: Floats, observed: float, rng: np.random.Generator) -> float:
    """How often weeks shuffled in blocks show a dip as deep somewhere."""
    blocks = roots[roots.size % BLOCK :].reshape(-1, BLOCK)
    orders = rng.permuted(np.tile(np.arange(len(blocks)), (SHUFFLES, 1)), axis=1)
    shuffled = blocks[orders].reshape(SHUFFLES, -1)
    reached = (depths(shuffled).max(axis=(1, 2)) >= observed - 1e-9).sum()
    return float((1 + reached) / (1 + SHUFFLES))


def _finding(history: History, dip: Dip, weekly: Ints) -> Finding:
    first = history.end - 7 * weekly.size + 1
    start = first + 7 * dip.start
    ratio = dip.inside / dip.around
    return Finding(
        key="dip",
        family="dip",
        params={
            "from": iso(start),
            "to": iso(start + 7 * dip.length - 1),
            "weeks": dip.length,
            "ratio": rounded(ratio),
            "inside_a_week": rounded(dip.inside),
            "around_a_week": rounded(dip.around),
        },
        evidence=evidence(
            "time",
            "scan-block-shuffle",
            int(weekly.sum()),
            (first, history.end),
            effect=dip.inside,
            baseline=dip.around,
        ),
        score=unusual(ratio) * ACTIONABLE,
    )
