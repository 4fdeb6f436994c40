"""Convolution, and a classifier of windows slid over a picture as one convolution (OverFeat: Sermanet et al., 2014)."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from worklens.analysis.arrays import Floats


def convolved(pictures: Floats, filters: Floats, *, stride: int = 1, padding: int = 0) -> Floats:
    """(pictures, height, width, channels) by (f, g, channels, filters): the deep learner's, without a flip.

    A side of n becomes (n + 2 padding - f) // stride + 1. ValueError where that leaves nothing or channels differ.
    """
    high, wide, channels, count = filters.shape
    edged = np.pad(pictures, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    if edged.shape[3] != channels or edged.shape[1] < high or edged.shape[2] < wide:
        raise ValueError(f"filters of {filters.shape[:3]} don't fit pictures of {edged.shape[1:]}")
    windows = sliding_window_view(edged, (high, wide), axis=(1, 2))[:, ::stride, ::stride]
    # (pictures, rows, columns, channels, f, g) by the filters in the same order: one product of matrices
    table = filters.transpose(2, 0, 1, 3).reshape(-1, count)
    made: Floats = windows.reshape(*windows.shape[:3], -1) @ table
    return made


def pooled(pictures: Floats, size: int, *, stride: int | None = None) -> Floats:
    """The largest of each window of `size` by `size`: (pictures, rows, columns, channels)."""
    step = stride or size
    windows = sliding_window_view(pictures, (size, size), axis=(1, 2))[:, ::step, ::step]
    largest: Floats = windows.max(axis=(4, 5))
    return largest


def as_filters(weights: Floats, shape: tuple[int, int, int]) -> Floats:
    """A dense layer over a flattened window of `shape`, (f * g * channels, units), as filters (f, g, channels, units).

    Convolved with these, a picture gives at every place what the layer says of the window there: all windows at once,
    what they share being worked out once.
    """
    return weights.reshape(*shape, weights.shape[1])
