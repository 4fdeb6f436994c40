"""Average precision: how well boxes were found, over all thresholds of their score.

A found box is right if its IoU with one of the true boxes of its picture that no better found box has taken reaches the
least asked for. The area is that under the precision made monotone, at every recall (Everingham et al., 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.overlap import iou
from worklens.analysis.detection.suppression import best_first

LEAST_IOU = 0.5  # Pascal's


@dataclass(frozen=True, eq=False)
class Judged:
    """One picture's boxes: those found with their scores, and the true ones."""

    found: Floats  # (found, 4)
    scores: Floats  # (found,)
    truth: Floats  # (truth, 4)


def hits(picture: Judged, least_iou: float = LEAST_IOU) -> Bools:
    """Is each found box right? The best choose first, each the free true box it covers best: (found,)."""
    right = np.zeros(len(picture.found), dtype=np.bool_)
    if not len(picture.truth):
        return right
    table = iou(picture.found, picture.truth)
    for row in best_first(picture.scores):
        nearest = int(table[row].argmax())
        right[row] = table[row, nearest] >= least_iou
        if right[row]:
            table[:, nearest] = -1.0
    return right


def average_precision(pictures: Sequence[Judged], least_iou: float = LEAST_IOU) -> float:
    """The average precision over some pictures of one class; NaN where there is nothing to find."""
    truths = sum(len(picture.truth) for picture in pictures)
    if not truths:
        return float("nan")
    scores = np.concatenate([picture.scores for picture in pictures])
    right = np.concatenate([hits(picture, least_iou) for picture in pictures])
    return area_under(*precision_and_recall(scores, right, truths))


def mean_average_precision(classes: Sequence[Sequence[Judged]], least_iou: float = LEAST_IOU) -> float:
    """The mean over the classes that have anything to find (mAP); NaN where none has."""
    each = np.array([average_precision(pictures, least_iou) for pictures in classes])
    return float(np.nanmean(each)) if np.isfinite(each).any() else float("nan")


def precision_and_recall(scores: Floats, right: Bools, truths: int) -> tuple[Floats, Floats]:
    """Both at each threshold that is a score, from the highest: (different scores,). Equal scores count together."""
    ranked = best_first(scores)
    caught = np.cumsum(right[ranked])
    last: Ints = np.flatnonzero(np.append(np.diff(scores[ranked]) != 0, True))[: ranked.size]
    return caught[last] / (last + 1), caught[last] / truths


def area_under(precision: Floats, recall: Floats) -> float:
    """The area under precision by recall, each precision being the best at that recall or beyond."""
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return float((best * np.diff(recall, prepend=0.0)).sum())
