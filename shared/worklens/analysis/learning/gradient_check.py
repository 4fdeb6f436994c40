"""Is a gradient right? Ask the function itself, a little to either side: the one checker every layer and loss shares.

Deep Learning Specialization, course 2, week 1: `(J(theta + h) - J(theta - h)) / 2h` for each parameter, and the
relative difference `|g - approx| / (|g| + |approx|)`. In float64 a right gradient comes out below 1e-7.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals

STEP = 6e-6  # the cube root of float64's precision: there rounding and curvature cost about the same


def numeric_gradient(cost: Callable[[Floats], float], theta: Floats, step: float = STEP) -> Floats:
    """The gradient of `cost` at `theta`, of any shape, by central differences: two calls a parameter."""
    gradient = np.empty_like(theta, dtype=np.float64)
    for at in np.ndindex(theta.shape):
        there, back = theta.copy(), theta.copy()
        there[at] += step
        back[at] -= step
        gradient[at] = (cost(there) - cost(back)) / (there[at] - back[at])
    return gradient


def relative_difference(one: Reals, other: Reals) -> float:
    """`|one - other| / (|one| + |other|)`, in Euclid's lengths; 0 if both are 0."""
    apart = float(np.linalg.norm(one - other))
    return apart / float(np.linalg.norm(one) + np.linalg.norm(other)) if apart else 0.0


def gradient_error(cost: Callable[[Floats], float], theta: Floats, gradient: Reals) -> float:
    """How far `gradient` is from the one `cost` shows at `theta`, relatively."""
    if gradient.shape != theta.shape:
        raise ValueError(
            f"a gradient of shape {gradient.shape} can't belong to parameters of shape {theta.shape}"
        )
    return relative_difference(numeric_gradient(cost, theta), gradient)
