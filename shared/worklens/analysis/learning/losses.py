"""How wrong an answer is, from the last layer's sums `z`: the mean over the examples, and its gradient by `z`.

Deep Learning Specialization, course 1, week 2, and course 2, week 3 (softmax). Each loss is taken together with the
activation that is its canonical link, since the pair is stable where each alone is not, and its gradient is always
`(a - y) / examples` (Bishop 2006, 4.3.6). Shapes are (examples, units).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from worklens.analysis.learning.activations import identity, sigmoid, softmax
from worklens.analysis.learning.arrays import Reals


@dataclass(frozen=True)
class Loss:
    """The activation of the last layer, and each example's loss, (examples,), from its sums and the truth."""

    activation: Callable[[Reals], Reals]
    each: Callable[[Reals, Reals], Reals]

    def of(self, z: Reals, y: Reals) -> float:
        """The mean loss."""
        return float(self.each(z, y).mean())

    def back(self, a: Reals, y: Reals) -> Reals:
        """The gradient by `z`, for answers `a` to truths `y`."""
        off: Reals = a - y
        off *= 1 / len(y)
        return off


def each_binary(z: Reals, y: Reals) -> Reals:
    """Cross-entropy of sigmoid(z): `-y log a - (1 - y) log(1 - a)`, which is `log(1 + exp(z)) - y z`.

    Taken as `max(z, 0) + log(1 + exp(-|z|)) - y z`, as `logaddexp` has it, but many numbers at a time.
    """
    losses: Reals = np.log1p(np.exp(-np.abs(z)))
    losses += np.maximum(z, 0)
    losses -= y * z
    return _summed(losses)


def each_categorical(z: Reals, y: Reals) -> Reals:
    """Cross-entropy of softmax(z) with one-hot truths: `-sum y log a`, which is `log sum exp(z) - sum y z`."""
    shifted = z - z.max(axis=-1, keepdims=True)
    logs = np.log(np.exp(shifted).sum(axis=-1)) * y.sum(axis=-1)
    losses: Reals = logs - (y * shifted).sum(axis=-1)
    return losses


def each_squared(z: Reals, y: Reals) -> Reals:
    """Half the squared distance: `(z - y)**2 / 2`."""
    return _summed((z - y) ** 2) / 2


def _summed(losses: Reals) -> Reals:
    """(examples,): over the units, of which one is nothing to sum."""
    summed: Reals = losses.sum(axis=-1) if losses.shape[-1] > 1 else losses[..., 0]
    return summed


LOSSES = {
    "binary": Loss(sigmoid, each_binary),
    "categorical": Loss(softmax, each_categorical),
    "squared": Loss(identity, each_squared),
}
"""By the name under which a network's settings choose them."""


def binary(z: Reals, y: Reals) -> float:
    """The mean cross-entropy of sigmoid(z), for models that are no network."""
    return LOSSES["binary"].of(z, y)
