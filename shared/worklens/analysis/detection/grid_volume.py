"""What a grid detector says, a volume such as 19 x 19 x 5 x 85, read as boxes (YOLO: Redmon and Farhadi, 2017).

Each cell and anchor has pc, bx, by, bh, bw and a number a class, in the course's order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.detection.boxes import from_centres
from worklens.analysis.detection.suppression import THRESHOLD, suppress
from worklens.analysis.learning.activations import sigmoid, softmax

LEAST = 0.6  # the course's threshold of a score
LARGEST = 30.0  # of a raw size before exp: e^30 cells is beyond any picture, and overflows nowhere


@dataclass(frozen=True, eq=False)
class Found:
    """What was found, (boxes,) each."""

    boxes: Floats  # (boxes, 4), the picture being from (0, 0) to (1, 1)
    scores: Floats  # pc times the chance of the class
    classes: Ints

    def __getitem__(self, rows: Ints) -> Found:
        return Found(self.boxes[rows], self.scores[rows], self.classes[rows])


def decoded(volume: Floats, anchors: Floats, *, least: float = LEAST) -> Found:
    """The boxes of a raw (rows, columns, anchors, 5 + classes) volume whose score reaches `least`.

    `anchors` is (anchors, 2): widths and heights in cells. pc and the middle within its cell are sigmoids, a size is
    its anchor's times exp, classes are a softmax. ValueError where the shapes don't fit.
    """
    _check(volume, anchors)
    chances = softmax(volume[..., 5:])
    scores = sigmoid(volume[..., 0]) * chances.max(axis=-1)  # (rows, columns, anchors)
    at = np.nonzero(scores >= least)
    return Found(
        from_centres(_centres(volume[at], anchors, at, volume.shape)),
        scores[at],
        chances[at].argmax(axis=-1),
    )


def detected(volume: Floats, anchors: Floats, *, least: float = LEAST, threshold: float = THRESHOLD) -> Found:
    """The same after suppression within each class, best first."""
    found = decoded(volume, anchors, least=least)
    return found[suppress(found.boxes, found.scores, threshold, classes=found.classes)]


def _check(volume: Floats, anchors: Floats) -> None:
    """Say what is wrong with the shapes, if anything is."""
    if volume.ndim != 4 or volume.shape[-1] < 6:
        raise ValueError(f"a volume of shape {volume.shape}: give (rows, columns, anchors, 5 + classes)")
    if anchors.shape != (volume.shape[2], 2):
        raise ValueError(f"anchors of shape {anchors.shape}: this volume needs {(volume.shape[2], 2)}")


def _centres(raw: Floats, anchors: Floats, at: tuple[Ints, ...], shape: tuple[int, ...]) -> Floats:
    """The (x, y, width, height) of (boxes, 5 + classes), as parts of the picture."""
    row, column, anchor = at
    x, y = column + sigmoid(raw[:, 1]), row + sigmoid(raw[:, 2])
    height = anchors[anchor, 1] * np.exp(np.minimum(raw[:, 3], LARGEST))
    width = anchors[anchor, 0] * np.exp(np.minimum(raw[:, 4], LARGEST))
    return np.stack([x / shape[1], y / shape[0], width / shape[1], height / shape[0]], axis=1)
