"""Soft suppression: a covered box isn't dropped, its score falls (Bodla, Singh, Chellappa and Davis, 2017)."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.detection.boxes import as_boxes
from worklens.analysis.detection.overlap import iou
from worklens.analysis.detection.suppression import THRESHOLD, checked_scores

WIDTH = 0.5  # of the bell: that paper's sigma
LEAST = 0.001  # a score below this is none any more, as in that paper


def suppress_softly(
    boxes: ArrayLike,
    scores: ArrayLike,
    *,
    decay: Literal["gaussian", "linear"] = "gaussian",
    threshold: float = THRESHOLD,
    width: float = WIDTH,
    least: float = LEAST,
) -> tuple[Ints, Floats]:
    """The rows of (n, 4) boxes that stay, best first as it turns out, and what is left of their scores.

    Each box, as it is chosen, multiplies the scores of the others: by exp(-IoU^2 / width), or, `linear`, by 1 - IoU
    where that is above `threshold`. Scores are from 0 up. O(n^2): for some hundred boxes.
    """
    rows, left = as_boxes(boxes), checked_scores(scores, threshold).copy()
    if left.size != len(rows):
        raise ValueError(f"{len(rows)} boxes have {left.size} scores: give each its own")
    waiting, chosen = np.arange(left.size), []
    while waiting.size and left[waiting].max() >= least:
        best = waiting[left[waiting].argmax()]
        chosen.append(best)
        waiting = waiting[waiting != best]
        overlap = iou(rows[best : best + 1], rows[waiting])[0]
        left[waiting] *= np.exp(-(overlap**2) / width) if decay == "gaussian" else _linear(overlap, threshold)
    kept = np.array(chosen, dtype=np.int64)
    return kept, left[kept]


def _linear(overlap: Floats, threshold: float) -> Floats:
    """What the linear way leaves of a score."""
    return np.where(overlap > threshold, 1 - overlap, 1.0)
