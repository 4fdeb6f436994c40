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
    """The activation of the last layer, and the mean loss from its sums and the truth."""

    activation: Callable[[Reals], Reals]
    of: Callable[[Reals, Reals], float]

    def back(self, a: Reals, y: Reals) -> Reals:
        """The gradient by `z`, for answers `a` to truths `y`."""
        off: Reals = a - y
        off *= 1 / len(y)
        return off


def binary(z: Reals, y: Reals) -> float:
    """Cross-entropy of sigmoid(z): `-y log a - (1 - y) log(1 - a)`, which is `log(1 + exp(z)) - y z`."""
    return float((np.logaddexp(0, z) - y * z).sum()) / len(z)


def categorical(z: Reals, y: Reals) -> float:
    """Cross-entropy of softmax(z) with one-hot truths: `-sum y log a`, which is `log sum exp(z) - sum y z`."""
    shifted = z - z.max(axis=-1, keepdims=True)
    logs = np.log(np.exp(shifted).sum(axis=-1)) * y.sum(axis=-1)
    return float((logs - (y * shifted).sum(axis=-1)).mean())


def squared(z: Reals, y: Reals) -> float:
    """Half the squared distance: `(z - y)**2 / 2`."""
    return float(((z - y) ** 2).sum(axis=-1).mean() / 2)


LOSSES = {
    "binary": Loss(sigmoid, binary),
    "categorical": Loss(softmax, categorical),
    "squared": Loss(identity, squared),
}
"""By the name under which a network's settings choose them."""
