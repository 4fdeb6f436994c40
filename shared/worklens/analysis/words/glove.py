"""Global vectors: products of word vectors fitted to the logarithm of how often the words meet, frequent pairs weighing more.

Deep Learning Specialization, course 5, week 2 (Pennington, Socher and Manning 2014): the cost is
`sum f(x) (w.c + b + b' - log x)**2 / 2` over the pairs that met, by AdaGrad. A vector's last number is its bias.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.adagrad import AdaGrad, separate
from worklens.analysis.words.cooccurrence import Together

START = 1.0  # of the sums of squares, as in the authors' code


@dataclass(frozen=True)
class Plan:
    """How to learn; the power is the paper's."""

    epochs: int = 15
    rate: float = (
        0.2  # the paper's 0.05 learns too little of titles in so few epochs, whatever the size of a step
    )
    full: float = 10.0  # meetings from which a pair counts fully: the authors' for a small corpus, where the paper has 100
    power: float = 0.75
    pairs: int = 32_768  # a step


@dataclass(frozen=True, eq=False)
class Fit:
    """What was learnt: each word's two vectors, (words, units + 1), and the mean cost of a pair in each epoch."""

    one: Reals
    other: Reals
    costs: Floats  # (epochs,)

    @property
    def vectors(self) -> Reals:
        """(words, units): the sum of both, without biases; a little better than either, says the paper."""
        return self.one[:, :-1] + self.other[:, :-1]


def weight(x: Reals, full: float, power: float) -> Reals:
    """`min(1, (x / full)**power)`: how much a pair that met x times counts."""
    weights: Reals = np.minimum(x / x.dtype.type(full), 1) ** x.dtype.type(power)
    return weights


def missed(one: Reals, other: Reals, logs: Reals) -> Reals:
    """(pairs,): by how much each pair's product and biases miss the logarithm of its meetings."""
    products = np.einsum("pu,pu->p", one[:, :-1], other[:, :-1])
    off: Reals = products + one[:, -1] + other[:, -1] - logs
    return off


def slopes(one: Reals, other: Reals, logs: Reals, weights: Reals) -> tuple[float, Reals, Reals]:
    """The cost of pairs of vectors (pairs, units + 1), and the gradients by both."""
    off = missed(one, other, logs)
    pull = weights * off
    d_one, d_other = pull[:, None] * other, pull[:, None] * one
    d_one[:, -1] = d_other[:, -1] = pull
    return float(pull @ off) / 2, d_one, d_other


def train(
    met: Together,
    words: int,
    units: int,
    rng: np.random.Generator,
    plan: Plan | None = None,
    sparse: bool | None = None,
) -> Fit:
    """Vectors for a vocabulary of `words`; of one that met no other they stay as they were drawn."""
    plan, shape = plan or Plan(), (words, units + 1)
    sides = [
        (rng.random(shape, dtype=np.float32) - np.float32(0.5)) / np.float32(units + 1) for _ in range(2)
    ]
    steps = [separate(*shape, START, sparse) for _ in range(2)]
    logs, weights = np.log(met.weights), weight(met.weights, plan.full, plan.power)
    costs = np.zeros(plan.epochs)
    for epoch in range(plan.epochs):
        order = rng.permutation(len(met))
        for at in range(0, len(met), plan.pairs):
            part = order[at : at + plan.pairs]
            costs[epoch] += _learn(sides, steps, met, part, logs, weights, plan.rate)
    return Fit(sides[0], sides[1], costs / max(len(met), 1))


def _learn(
    sides: list[Reals],
    steps: list[AdaGrad],
    met: Together,
    part: Ints,
    logs: Reals,
    weights: Reals,
    rate: float,
) -> float:
    """One step for some pairs, in place; their cost before it."""
    first, second = met.first[part], met.second[part]
    cost, *gradients = slopes(sides[0][first], sides[1][second], logs[part], weights[part])
    for side, step, which, gradient in zip(sides, steps, (first, second), gradients, strict=True):
        step.step(side, which, gradient, rate)
    return cost
