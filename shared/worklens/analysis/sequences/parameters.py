"""Named arrays in one flat vector, so that an optimiser moves all parameters of a model in one stroke."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals

Shapes = Mapping[str, tuple[int, ...]]
"""A model's arrays by name, in the order in which they lie."""

Arrays = Mapping[str, Reals]
"""The same, as views of the vector."""


def count(shapes: Shapes) -> int:
    """How many numbers they hold together."""
    return sum(math.prod(shape) for shape in shapes.values())


def cut(theta: Reals, shapes: Shapes) -> dict[str, Reals]:
    """The arrays that `theta` (parameters,) holds. Raises ValueError where their numbers don't match."""
    if theta.shape != (count(shapes),):
        raise ValueError(f"{theta.shape} parameters don't fill these arrays; ({count(shapes)},) would")
    views, at = {}, 0
    for name, shape in shapes.items():
        end = at + math.prod(shape)
        views[name] = theta[at:end].reshape(shape)
        at = end
    return views


def initialise(shapes: Shapes, rng: np.random.Generator) -> Floats:
    """Where learning begins: matrices by Xavier's rule (Glorot and Bengio 2010), for tanh and sigmoid; vectors at 0."""
    theta = np.zeros(count(shapes))
    for array in cut(theta, shapes).values():
        if array.ndim > 1:
            array[:] = rng.normal(0, math.sqrt(2 / sum(array.shape)), array.shape)
    return theta
