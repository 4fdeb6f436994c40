"""Where learning begins: small random weights, so that units differ, scaled so that sums neither fade nor explode.

Deep Learning Specialization, course 1, week 3 (zeros fail to break the symmetry), and course 2, week 1. Biases begin at 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.layers import count, cut

SMALL = 0.01  # the course's first choice; too small for deep networks, whose signal it fades

DEVIATIONS: dict[str, Callable[[int, int], float]] = {
    "zeros": lambda _in, _out: 0.0,
    "small": lambda _in, _out: SMALL,
    "xavier": lambda units_in, units: math.sqrt(2 / (units_in + units)),  # Glorot and Bengio 2010, for tanh
    "he": lambda units_in, _out: math.sqrt(2 / units_in),  # He et al. 2015, for ReLU
}
"""The standard deviation of a layer's weights from its units in and out, by the name a network's settings choose."""


def initialise(sizes: tuple[int, ...], kind: str, rng: np.random.Generator) -> Floats:
    """(parameters,) to begin with, drawn layer by layer."""
    theta = np.zeros(count(sizes))
    for layer in cut(theta, sizes):
        layer.weights[:] = rng.normal(0, 1, layer.weights.shape) * DEVIATIONS[kind](*layer.weights.shape)
    return theta
