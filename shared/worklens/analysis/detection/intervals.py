"""Suppression of intervals, in O(n log n) where each overlaps few others: a sort, two searches, and rounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.overlap import exceeds
from worklens.analysis.detection.pairs import Windows, touching
from worklens.analysis.detection.rounds import best_of_pairs
from worklens.analysis.detection.suppression import THRESHOLD, best_first, blocked, checked_scores

CROWDED = 200  # pairs an interval, above which blocks are quicker than rounds


def interval_iou(first: Floats, second: Floats) -> Floats:
    """The IoU of each of (n, 2) starts and ends with each of (m, 2): (n, m)."""
    inter = _shared(first[:, None], second[None])
    union = (first[:, 1] - first[:, 0])[:, None] + (second[:, 1] - second[:, 0])[None] - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)


def suppress_intervals(
    intervals: ArrayLike, scores: ArrayLike, threshold: float = THRESHOLD, *, least: float = -np.inf
) -> Ints:
    """The rows of (n, 2) starts and ends that stay, best first, as `suppress` does it for boxes.

    ValueError where an end lies before its start.
    """
    rows, marks = _as_intervals(intervals), checked_scores(scores, threshold)
    if marks.size != len(rows):
        raise ValueError(f"{len(rows)} intervals have {marks.size} scores: give each its own")
    ranked = best_first(marks, least)
    chosen = rows[ranked]
    order = np.argsort(chosen[:, 0])
    start, end = np.ascontiguousarray(chosen[order].T)
    windows = _windows(start, end, threshold)
    if windows.pairs > CROWDED * len(chosen):
        return ranked[blocked(_flat(chosen), threshold)]
    return ranked[_by_rounds(order, start, end, threshold, windows)]


def _as_intervals(intervals: ArrayLike) -> Floats:
    """Rows of (start, end) as (intervals, 2), each looked at."""
    rows = np.asarray(intervals, dtype=np.float64).reshape(-1, 2)
    wrong = ~(np.isfinite(rows).all(axis=1) & (rows[:, 1] >= rows[:, 0]))
    if wrong.any():
        raise ValueError(f"interval {int(wrong.argmax())}: give a finite start, and an end not before it")
    return rows


def _shared(first: Floats, second: Floats) -> Floats:
    """The length that intervals share."""
    ends, starts = np.minimum(first[..., 1], second[..., 1]), np.maximum(first[..., 0], second[..., 0])
    shared: Floats = np.maximum(ends - starts, 0.0)
    return shared


def _windows(start: Floats, end: Floats, threshold: float) -> Windows:
    """Beside each interval, by their starts, those that start in it early enough to share more than the threshold of it."""
    latest = end - threshold * (end - start) + 4 * np.spacing(np.abs(end))  # never too early by rounding
    place = np.arange(start.size)
    return Windows(
        place, place, place + 1, np.maximum(np.searchsorted(start, latest, side="right"), place + 1)
    )


def _by_rounds(order: Ints, start: Floats, end: Floats, threshold: float, windows: Windows) -> Bools:
    """Which intervals stay, best first; `order` are their ranks by start, and so do start and end stand."""
    length = end - start

    def above(first: Ints, second: Ints) -> Bools:
        shared = np.minimum(end[first], end[second]) - start[second]  # which doesn't start before the first
        return exceeds(shared, length[first] + length[second], threshold)

    first, second = (order[places] for places in touching(windows, above))
    return best_of_pairs(order.size, np.minimum(first, second), np.maximum(first, second))


def _flat(rows: Floats) -> Floats:
    """Intervals as boxes of height 1, whose IoU is theirs: (n, 4)."""
    zeros = np.zeros(len(rows))
    return np.stack([rows[:, 0], zeros, rows[:, 1], zeros + 1], axis=1)
