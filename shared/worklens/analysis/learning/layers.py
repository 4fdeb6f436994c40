"""The layers of a network as views of one flat vector, so that an optimiser moves all parameters in one stroke.

Deep Learning Specialization, course 1, week 4: `z = a W + b` for each layer. The first layer takes the features, the last
gives the sums that the loss understands.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import gcd

import numpy as np

from worklens.analysis.learning.arrays import Reals

ROWS = 16  # that are moved by one long row of biases: NumPy begins anew at each row, which takes as long as 64 numbers do


@dataclass(frozen=True, eq=False)
class Layer:
    """Weights (in, out) and biases (out,), both views of the vector they were cut from."""

    weights: Reals
    bias: Reals

    def sums(self, given: Reals) -> Reals:
        """`a W + b` for given activations (examples, in): (examples, out)."""
        z: Reals = given @ self.weights
        if z.shape[1] == 1:
            z += self.bias  # one number, which goes as quickly as a row
            return z
        biases = np.empty((gcd(len(z), ROWS), z.shape[1]), self.bias.dtype)
        biases[:] = self.bias
        wide = z.reshape(-1, biases.size)
        wide += biases.reshape(-1)
        return z


def count(sizes: tuple[int, ...]) -> int:
    """How many parameters a network of these sizes has: features, hidden units a layer, answers."""
    return sum((units_in + 1) * units for units_in, units in pairwise(sizes))


def cut(theta: Reals, sizes: tuple[int, ...]) -> list[Layer]:
    """The layers that `theta` (parameters,) holds, one after the other: weights row by row, then biases."""
    if theta.shape != (count(sizes),):
        raise ValueError(f"{theta.shape} parameters don't make layers of {sizes}; ({count(sizes)},) would")
    layers, at = [], 0
    for units_in, units in pairwise(sizes):
        middle, end = at + units_in * units, at + (units_in + 1) * units
        layers.append(Layer(theta[at:middle].reshape(units_in, units), theta[middle:end]))
        at = end
    return layers
