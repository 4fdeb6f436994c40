"""The process behaviour chart (XmR): is what varies from week to week only the usual noise, or did something happen?

Limits come from the differences of neighbouring points, so that one shift doesn't widen them (Shewhart; Wheeler,
*Understanding Variation*, 1993). Counts are skewed; where they are so by much, the limits are drawn on square roots.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Bools, Floats, Ints

NATURAL = 2.66  # of the mean moving range: three standard deviations, 3 / 1.128
LEAST_POINTS = 10  # before limits are worth drawing: with fewer they move by a quarter with the next one
SKEWED = (
    1.0  # the sample skewness beyond which limits alike on both sides would cry wolf above and never below
)
RUN = 8  # in a row on one side of the average: 1 in 128 by luck
NEAR, AMONG = 3, 4  # so many of so many in a row nearer a limit than the average
NOTHING, OUTSIDE, NEAR_LIMIT, LONG_RUN = 0, 1, 2, 3


@dataclass(frozen=True, eq=False)
class Behaviour:
    """The chart of some points: its three lines, and which points are signals."""

    average: float  # NaN below LEAST_POINTS, as the limits
    lower: float  # not below 0
    upper: float
    skewness: float  # of the points; NaN where they are all alike
    on_roots: bool  # whether average and limits are those of the square roots, squared again
    signal: Ints  # (points,): NOTHING, or the first rule a point breaks: OUTSIDE, NEAR_LIMIT, LONG_RUN


def behaviour(values: ArrayLike) -> Behaviour:
    """Average and natural limits of (points,) counts in order of time, and the points that luck doesn't explain.

    Wheeler's rules: a point outside the limits; three of four in a row nearer to the same limit than to the average;
    eight in a row on one side of it.
    """
    points = np.asarray(values, dtype=np.float64)
    skew = skewness(points)
    on_roots = bool(skew > SKEWED)
    if points.size < LEAST_POINTS:
        return Behaviour(np.nan, np.nan, np.nan, skew, on_roots, np.zeros(points.size, dtype=np.int64))
    scaled = np.sqrt(points + 0.375) if on_roots else points  # Anscombe's root
    average, reach = scaled.mean(), NATURAL * np.abs(np.diff(scaled)).mean()
    lowest = np.sqrt(0.375) if on_roots else 0.0
    lower, upper = max(average - reach, lowest), average + reach
    middle, low, high = (
        float(max(line**2 - 0.375, 0.0) if on_roots else line) for line in (average, lower, upper)
    )
    return Behaviour(middle, low, high, skew, on_roots, _signals(scaled, average, reach))


def skewness(points: Floats) -> float:
    """The third standardised moment of (points,); NaN where all are alike or there are none."""
    away = points - points.mean() if points.size else points
    variance = float((away**2).mean()) if points.size else 0.0
    return float((away**3).mean() / variance**1.5) if variance > 1e-12 else float("nan")


def _signals(points: Floats, average: float, reach: float) -> Ints:
    """The first rule that each point breaks."""
    sides = [_broken(way * (points - average), reach) for way in (1.0, -1.0)]
    return np.select(
        [sides[0][rule] | sides[1][rule] for rule in range(3)], [OUTSIDE, NEAR_LIMIT, LONG_RUN], NOTHING
    ).astype(np.int64)


def _broken(above: Floats, reach: float) -> tuple[Bools, Bools, Bools]:
    """Which points break each rule on one side, `above` being how far they lie beyond the average there."""
    rounding = 1e-9 * max(reach, 1.0)
    outside = above > reach + rounding
    near = above > reach / 2 + rounding
    return outside, near & _within(near, AMONG, NEAR), _within(above > rounding, RUN, RUN)


def _within(marked: Bools, length: int, least: int) -> Bools:
    """The points that are in some stretch of `length` with at least `least` marked ones."""
    found = np.zeros(marked.size, dtype=np.bool_)
    if marked.size >= length:
        starts = np.flatnonzero(sliding_window_view(marked, length).sum(axis=1) >= least)
        found[(starts[:, None] + np.arange(length)).ravel()] = True
    return found
