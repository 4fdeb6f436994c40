"""Logistic regression in the course's own parts: initialise, propagate, optimise, predict, model.

Deep Learning Specialization, course 1, week 2 (`w`, `b`, gradient descent). It shows how learning works and keeps its
learning curve; for answers that a user waits for, `logistic_regression.py` reaches the same optimum much sooner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from worklens.analysis.arrays import Bools
from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.losses import binary


@dataclass(frozen=True, eq=False)
class Model:
    """Weights (features,), the bias, and the cost before each step: the learning curve."""

    w: Reals
    b: float
    costs: list[float] = field(default_factory=list)


def initialise(features: int) -> Model:
    """All zeros: the cost is convex, so there is no symmetry to break."""
    return Model(np.zeros(features), 0.0)


def propagate(w: Reals, b: float, x: Reals, y: Reals) -> tuple[Reals, float, float]:
    """The gradients by `w` and `b`, and the cost: `dw = x.T (a - y) / m`, `db = mean(a - y)`.

    `x` is (examples, features), `y` (examples,) of 0 and 1.
    """
    z: Reals = x @ w + b  # (examples,)
    off = sigmoid(z) - y
    return off @ x / len(y), float(off.mean()), binary(z[:, None], y[:, None])


def optimise(start: Model, x: Reals, y: Reals, steps: int, rate: float) -> Model:
    """Gradient descent: `w -= rate * dw` for so many steps."""
    w, b, costs = start.w.copy(), start.b, list(start.costs)
    for _ in range(steps):
        dw, db, cost = propagate(w, b, x, y)
        w -= rate * dw
        b -= rate * db
        costs.append(cost)
    return Model(w, b, costs)


def predict(fitted: Model, x: Reals) -> Bools:
    """Which examples are more likely 1 than 0: (examples,)."""
    more: Bools = x @ fitted.w + fitted.b > 0
    return more


def model(x: Reals, y: Reals, steps: int = 2000, rate: float = 0.5) -> Model:
    """All parts in a row, with the course's steps and rate; scale the features first (`scaling.py`)."""
    return optimise(initialise(x.shape[1]), x, y, steps, rate)
