"""Boxes by their corners, centres or sizes, and how one becomes the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats


def as_boxes(boxes: ArrayLike) -> Floats:
    """Rows of (left, top, right, bottom) as (boxes, 4); a ValueError names the first that isn't one."""
    rows = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
    ordered = (rows[:, 2] >= rows[:, 0]) & (rows[:, 3] >= rows[:, 1])
    if not (ordered.all() and np.isfinite(rows).all()):
        wrong = ~(ordered & np.isfinite(rows).all(axis=1))
        raise ValueError(
            f"box {int(wrong.argmax())}: give finite left, top, right, bottom, with right >= left, bottom >= top"
        )
    return rows


def from_centres(centres: Floats) -> Floats:
    """(boxes, 4) of (x, y, width, height), x and y being the middle, as corners."""
    middle, half = centres[..., :2], centres[..., 2:] / 2
    return np.concatenate([middle - half, middle + half], axis=-1)


def to_centres(boxes: Floats) -> Floats:
    """Corners as (x, y, width, height) with the middle."""
    first, last = boxes[..., :2], boxes[..., 2:]
    return np.concatenate([(first + last) / 2, last - first], axis=-1)


def from_sizes(sizes: Floats) -> Floats:
    """(boxes, 4) of (left, top, width, height), OpenCV's way, as corners."""
    return np.concatenate([sizes[..., :2], sizes[..., :2] + sizes[..., 2:]], axis=-1)


def to_sizes(boxes: Floats) -> Floats:
    """Corners as (left, top, width, height)."""
    return np.concatenate([boxes[..., :2], boxes[..., 2:] - boxes[..., :2]], axis=-1)


def areas(boxes: Floats) -> Floats:
    """Width times height: (boxes,)."""
    area: Floats = (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])
    return area


def clipped(boxes: Floats, width: float, height: float) -> Floats:
    """The part of each box that lies on a picture from (0, 0) to (width, height)."""
    return np.clip(boxes, 0.0, np.array([width, height, width, height]))
