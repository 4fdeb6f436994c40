"""Anchors: the few widths and heights that things usually have, by k-means on IoU (Redmon and Farhadi, 2017)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.detection.overlap import iou_of_sizes

ROUNDS = 100  # it settles in some ten


@dataclass(frozen=True, eq=False)
class Anchors:
    """The sizes found, the smallest first, and how well they fit."""

    sizes: Floats  # (anchors, 2) widths and heights
    fit: float  # the mean IoU of a size with its best anchor


def anchors(sizes: Floats, count: int, rng: np.random.Generator, *, rounds: int = ROUNDS) -> Anchors:
    """The `count` anchors of (n, 2) widths and heights, 1 - IoU being the distance, begun by k-means++.

    A mean of sizes isn't their best fit by IoU, so the best of all rounds is given, not the last. ValueError where there
    are fewer different sizes than anchors, or one isn't above 0.
    """
    if count < 1 or len(np.unique(sizes, axis=0)) < count:
        raise ValueError(
            f"{count} anchors: ask for one at least, and for no more than there are different sizes"
        )
    if not (sizes > 0).all():
        raise ValueError("an anchor's width and height are above 0: leave out sizes that aren't")
    centres = _begun(sizes, count, rng)
    best = Anchors(centres, fit(sizes, centres))
    for _ in range(rounds):
        moved = _means(sizes, iou_of_sizes(sizes, centres).argmax(axis=1), centres)
        if np.array_equal(moved, centres):
            break
        centres = moved
        best = max(best, Anchors(centres, fit(sizes, centres)), key=lambda found: found.fit)
    return Anchors(best.sizes[np.argsort(best.sizes.prod(axis=1), kind="stable")], best.fit)


def fit(sizes: Floats, centres: Floats) -> float:
    """The mean IoU of each of (n, 2) sizes with the best of (anchors, 2)."""
    return float(iou_of_sizes(sizes, centres).max(axis=1).mean())


def _begun(sizes: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Sizes to begin with, each drawn by the square of its distance from those before it."""
    chosen = [int(rng.integers(len(sizes)))]
    while len(chosen) < count:
        far = np.maximum(1 - iou_of_sizes(sizes, sizes[chosen]).max(axis=1), 0.0) ** 2
        far[(sizes[:, None] == sizes[chosen]).all(axis=2).any(axis=1)] = 0.0
        chosen.append(int(rng.choice(len(sizes), p=far / far.sum())))
    return sizes[chosen]


def _means(sizes: Floats, nearest: Ints, centres: Floats) -> Floats:
    """The mean size of each anchor's own; an anchor without any stays."""
    number = np.bincount(nearest, minlength=len(centres))
    sums = np.stack([np.bincount(nearest, sizes[:, side], len(centres)) for side in (0, 1)], axis=1)
    return np.where(number[:, None] > 0, sums / np.maximum(number, 1)[:, None], centres)
