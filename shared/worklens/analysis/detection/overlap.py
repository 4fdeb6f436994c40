"""How far boxes cover one another: the intersection over the union (IoU), 0 to 1."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Bools, Floats
from worklens.analysis.detection.boxes import areas


def shared_areas(first: Floats, second: Floats) -> Floats:
    """The area that boxes share, for (..., 4) beside (..., 4) that broadcast: (...)."""
    width = np.minimum(first[..., 2], second[..., 2]) - np.maximum(first[..., 0], second[..., 0])
    height = np.minimum(first[..., 3], second[..., 3]) - np.maximum(first[..., 1], second[..., 1])
    np.maximum(width, 0.0, out=width)
    np.maximum(height, 0.0, out=height)
    shared: Floats = width * height
    return shared


def iou(first: Floats, second: Floats) -> Floats:
    """The IoU of each of (n, 4) with each of (m, 4): (n, m). Of two boxes without area it is 0."""
    inter = shared_areas(first[:, None], second[None])
    union = areas(first)[:, None] + areas(second)[None] - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)


def iou_of_sizes(first: Floats, second: Floats) -> Floats:
    """The IoU of (n, 2) widths and heights with (m, 2), laid corner on corner: (n, m)."""
    inter: Floats = np.minimum(first[:, None], second[None]).prod(axis=2)
    union: Floats = first.prod(axis=1)[:, None] + second.prod(axis=1)[None] - inter
    overlap: Floats = np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
    return overlap


def exceeds(inter: Floats, both: Floats, threshold: float) -> Bools:
    """Is the IoU above the threshold? From the shared area and the sum of both areas, without a division.

    Every way of suppression asks this one question, so that they agree to the last bit.
    """
    above: Bools = inter * (1 + threshold) > threshold * both
    return above
