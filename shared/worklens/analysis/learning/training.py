"""Training a network: epochs of mini-batches, a gradient each, a step each; the learning curve is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.network import Network, backward, dropout_masks
from worklens.analysis.learning.optimisers import Optimiser
from worklens.analysis.learning.schedules import SCHEDULES


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn. The defaults are those most papers start from."""

    rate: float = 1e-3
    schedule: str = "constant"
    epochs: int = 50
    batch_size: int = 256
    keep: float = 1.0  # of each hidden layer's units at each step; 1 is no dropout


def train(
    network: Network,
    theta: Reals,
    x: Reals,
    y: Reals,
    plan: Plan,
    optimiser: Optimiser,
    rng: np.random.Generator,
) -> Floats:
    """Move `theta` (parameters,) in place by x (examples, features) and y (examples, answers), all of one type.

    Returns the mean loss of each step's batch before the step: (epochs * batches,).
    """
    gradient, losses = np.empty_like(theta), []
    shuffled_x, shuffled_y = np.empty_like(x), np.empty_like(y)
    for epoch in range(plan.epochs):
        rate = plan.rate * SCHEDULES[plan.schedule](epoch, plan.epochs)
        order = rng.permutation(len(x))
        np.take(
            x, order, axis=0, out=shuffled_x, mode="clip"
        )  # once an epoch, so that each batch is a plain slice
        np.take(y, order, axis=0, out=shuffled_y, mode="clip")
        for rows in slices(len(x), plan.batch_size):
            part = shuffled_x[rows]
            masks = dropout_masks(network, len(part), plan.keep, theta, rng)
            losses.append(backward(network, theta, part, shuffled_y[rows], gradient, masks))
            optimiser.step(theta, gradient, rate)
    return np.array(losses)


def slices(examples: int, size: int) -> list[slice]:
    """Mini-batches of shuffled rows: `size` each, the last with what is left.

    Deep Learning Specialization, course 2, week 2.
    """
    if size < 1:
        raise ValueError(f"batches of {size} examples teach nothing; take one at least")
    return [slice(at, min(at + size, examples)) for at in range(0, examples, size)]
