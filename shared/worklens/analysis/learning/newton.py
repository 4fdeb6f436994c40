"""Newton's method for logistic regression, first on a part of the rows: most of the way is cheap.

The optimum of a twentieth of the rows lies near that of all, and its curvature is nearly theirs. So: Newton to the end on
the part, itself begun on a part of its own, then steps on all rows with that curvature, each costing one gradient and mending
the curvature by what it met (BFGS), until the Newton decrement says that too little is left to gain. Should the decrement not
fall, full Newton takes over.
Roosta-Khorasani and Mahoney 2019 (sub-sampled Newton); Nocedal and Wright 2006, 6.1 (BFGS); Boyd and Vandenberghe 2004,
9.5 (decrement and line search).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.convex import Cost

PART = 20  # a part is one row in so many ...
LEAST = 20  # ... but at least so many rows a parameter, half of either truth, or its curvature is too rough
MOST = (
    500  # ... and no more than so many, half of either truth: its curvature is right to some per cent by then
)
CLOSE = 0.1  # of what a part's own chance puts between its optimum and that of all: nearer to the part's would be in vain
BLOCK = 64  # rows taken together: strided blocks meet rows sorted by a feature or by time everywhere ...
BLOCKS = 4  # ... if there are a few
FALL = 0.25  # a chord step must bring the decrement down to this share, or the curvature is not good enough
SURE = 4  # a step leaves about as much of what is left as the last one did; it is trusted to leave no more than 4 times that
STEPS = 100  # Newton needs about 10; more means that it can't get nearer in this arithmetic
LOST = 1e-6  # with more than this to gain and no step that gains it, we are lost; with less, at the arithmetic's end
ENOUGH_LESS = 1e-4  # Armijo's: a step must bring this share of what its slope promises


@dataclass(frozen=True, eq=False)
class Solution:
    """The parameters (features + 1,), the bias last; what was still to gain by the last decrement; the steps taken."""

    w: Floats
    left: float
    steps: int


def minimise(cost: Cost, start: Floats, tolerance: float) -> Solution:
    """Parameters whose cost is within about `tolerance` of the least, from `start` (features + 1,).

    A start other than zeros is taken to be near: an earlier fit's answer.
    """
    rows = part(len(cost.y), start.size, _rarer(cost))
    if rows is None:
        return newton(cost, start, tolerance)
    some = cost.those(rows)
    if not _tells_apart(some):
        return newton(cost, start, tolerance)
    near = start if start.any() else minimise(some, start, CLOSE * start.size / (2 * rows.size)).w
    return chord(cost, near, _inverse(some.curvature(near)), tolerance)


def part(rows: int, parameters: int, rarer: float = 0.5) -> NDArray[np.int64] | None:
    """The rows of the part, in strided blocks, or None where all should be taken.

    `rarer` is the share of the rarer truth: what a row of the commoner one adds is little.
    """
    least, most = (a_parameter * parameters / (2 * rarer) for a_parameter in (LEAST, MOST))
    wanted = int(max(min(rows / PART, most), least, BLOCK * BLOCKS))
    if 2 * wanted > rows:
        return None
    stride = rows // -(-wanted // BLOCK)  # from block to block
    firsts = np.arange(0, rows - BLOCK + 1, stride)
    blocks: NDArray[np.int64] = (firsts[:, None] + np.arange(BLOCK)).ravel()
    return blocks


def chord(cost: Cost, w: Floats, inverse: Floats, tolerance: float) -> Solution:
    """Steps with a curvature's inverse (features + 1, features + 1), mended on the way, while they bring much."""
    before, nearest, last, step = np.inf, w, np.zeros_like(w), np.zeros_like(w)
    for steps in range(1, STEPS):
        gradient = cost.gradient(w)
        inverse = _improved(inverse, -step, gradient - last)
        last, step = gradient, inverse @ gradient
        left = float(gradient @ step) / 2
        if left <= tolerance or (steps > 1 and SURE * left * left / before <= tolerance):
            return Solution(w - step, left, steps)
        if not left <= FALL * before:
            return newton(cost, w if left < before else nearest, tolerance)
        before, nearest, w = left, w, w - step
    return Solution(w, before, STEPS)


def _improved(inverse: Floats, moved: Floats, change: Floats) -> Floats:
    """The inverse curvature (features + 1, features + 1), knowing how a move changed the gradient: BFGS's update."""
    met = float(moved @ change)
    if not met > 0:  # nothing moved yet, or less than rounding
        return inverse
    seen = inverse @ change
    both = np.outer(moved, seen)
    return inverse + ((1 + float(change @ seen) / met) * np.outer(moved, moved) - both - both.T) / met


def newton(cost: Cost, start: Floats, tolerance: float) -> Solution:
    """Full steps where they bring what they promise, shorter ones where not.

    f is convex, so this arrives. Only where every chance is 0 or 1 does the curvature drown in rounding: a start out
    there is given up for zeros, where the curvature is largest.
    """
    w, left = start, np.inf
    for steps in range(1, STEPS):
        gradient = cost.gradient(w)
        step = np.linalg.solve(_firm(cost.curvature(w)), gradient).astype(np.float64)
        left = float(gradient @ step) / 2
        if left <= tolerance:
            return Solution(w - step, left, steps)
        length = _length(cost, w, step, 2 * left)
        if not length:
            break
        w = w - length * step
    lost = left > LOST and start.any()
    return newton(cost, np.zeros_like(w), tolerance) if lost else Solution(w, left, steps)


def _length(cost: Cost, w: Floats, step: Floats, slope: float) -> float:
    """How much of the step to go: all, or a half of it, or a half of that; 0 if none brings the cost down."""
    here = cost.value(w)
    for halvings in range(30):
        length = 0.5**halvings
        if cost.value(w - length * step) <= here - ENOUGH_LESS * length * slope:
            return length
    return 0.0


def _inverse(hessian: Floats) -> Floats:
    return np.linalg.inv(_firm(hessian)).astype(np.float64)


def _firm(hessian: Floats) -> Floats:
    """A trifle on the diagonal, so that a column that is constant or twice there can be solved for."""
    return hessian + np.eye(len(hessian)) * (1e-14 + 1e-13 * float(np.trace(hessian)) / len(hessian))


def _rarer(cost: Cost) -> float:
    """The share of the rarer truth, of the rows as they count."""
    mean = float(cost.y.mean() if cost.weights is None else cost.weights @ cost.y / cost.total)
    return max(min(mean, 1 - mean), 1 / (2 * len(cost.y)))


def _tells_apart(cost: Cost) -> bool:
    """Whether both truths are among the rows, and count."""
    counted = cost.y if cost.weights is None else cost.y[cost.weights > 0]
    return bool(counted.size and counted.min() < counted.max())
