"""Training a network: epochs of mini-batches, a gradient each, a step each; the learning curve is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.layers import cut
from worklens.analysis.learning.losses import LOSSES
from worklens.analysis.learning.network import Network, decays, dropout_masks, gradients
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
    gradient, sums = np.empty_like(theta), np.empty_like(y)
    layers, slopes = cut(theta, network.sizes), cut(gradient, network.sizes)
    batches = slices(len(x), plan.batch_size)
    decay = {size: decays(network, theta) / size for size in {rows.stop - rows.start for rows in batches}}
    batch, losses = np.empty_like(x[batches[0]]), np.empty((plan.epochs, len(batches)))
    for epoch in range(plan.epochs):
        rate = plan.rate * SCHEDULES[plan.schedule](epoch, plan.epochs)
        order = rng.permutation(len(x))
        truths = y[order]
        for rows in batches:
            size = rows.stop - rows.start
            part = batch[:size]
            np.take(x, order[rows], axis=0, out=part, mode="clip")  # checks no index, and is quicker
            masks = dropout_masks(network, size, plan.keep, theta, rng)
            sums[rows] = gradients(network, layers, part, truths[rows], slopes, masks)
            if network.penalty:
                gradient += theta * decay[size]
            optimiser.step(theta, gradient, rate)
        losses[epoch] = means(LOSSES[network.loss].each(sums, truths), batches)
    return losses.ravel()


def means(values: Reals, batches: list[slice]) -> Floats:
    """(batches,): the mean of each batch's values (examples,), all at once."""
    starts = [rows.start for rows in batches]
    totals: Floats = np.add.reduceat(values, starts, dtype=np.float64)
    return totals / np.diff([*starts, len(values)])


def slices(examples: int, size: int) -> list[slice]:
    """Mini-batches of shuffled rows: `size` each, the last with what is left.

    Deep Learning Specialization, course 2, week 2.
    """
    if size < 1:
        raise ValueError(f"batches of {size} examples teach nothing; take one at least")
    return [slice(at, min(at + size, examples)) for at in range(0, examples, size)]
