"""The cost of a logistic regression with an L2 penalty: its value, gradient and curvature, in chunks that stay in cache.

`f(w) = sum_i s_i log(1 + exp(-t_i z_i)) / sum s + penalty / 2 |w|^2`, `z = x w + b`, the bias unpenalised: scikit-learn's
objective divided by `C sum s`, with `penalty = 1 / (C sum s)`. Parameters are (features + 1,), the bias last, in float64;
products run in the examples' own type, and their sums are kept in float64.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.arrays import Reals

CHUNK = 4096  # rows: of 64 float32 features 1 MiB, which a core keeps between the sums and the gradient; measured best


@dataclass(frozen=True, eq=False)
class Cost:
    """Examples (examples, features), truths 0 or 1 (examples,) of the same type, weights or None, and the penalty."""

    x: Reals
    y: Reals
    weights: Reals | None
    penalty: float
    bias: bool = True

    @property
    def total(self) -> float:
        """The sum of the weights."""
        return float(len(self.y) if self.weights is None else self.weights.sum())

    def chunks(self) -> Iterator[slice]:
        """The rows, a chunk at a time."""
        return (slice(at, at + CHUNK) for at in range(0, len(self.y), CHUNK))

    def sums(self, w: Floats, rows: slice) -> Reals:
        """`z` of some rows: (rows,), in the examples' type."""
        z: Reals = self.x[rows] @ w[:-1].astype(self.x.dtype)
        z += self.x.dtype.type(w[-1])
        return z

    def weighted(self, values: Reals, rows: slice) -> Reals:
        """Values of some rows times their weights."""
        return values if self.weights is None else values * self.weights[rows].astype(values.dtype)

    def value(self, w: Floats) -> float:
        """The cost at `w`."""
        losses = 0.0
        for rows in self.chunks():
            z = self.sums(w, rows)
            each = np.logaddexp(0, z) - self.y[rows] * z
            losses += float(self.weighted(each, rows).sum(dtype=np.float64))
        return losses / self.total + self.penalty / 2 * float(w[:-1] @ w[:-1])

    def gradient(self, w: Floats) -> Floats:
        """(features + 1,): `x.T (a - y)`, weighted, and the penalty's part."""
        gradient = np.zeros(w.size)
        for rows in self.chunks():
            off = sigmoid(self.sums(w, rows))
            off -= self.y[rows]
            off = self.weighted(off, rows)
            gradient[:-1] += off @ self.x[rows]
            gradient[-1] += off.sum(dtype=np.float64)
        return self._finished(gradient / self.total, w)

    def curvature(self, w: Floats) -> Floats:
        """(features + 1, features + 1): `x.T diag(a (1 - a)) x`, weighted, and the penalty's part."""
        hessian = np.zeros((w.size, w.size))
        for rows in self.chunks():
            a = sigmoid(self.sums(w, rows))
            bend = self.weighted(a * (1 - a), rows)  # (rows,)
            bent = self.x[rows] * bend[:, None]
            hessian[:-1, :-1] += bent.T @ self.x[rows]
            hessian[-1, :-1] += bent.sum(axis=0, dtype=np.float64)
            hessian[-1, -1] += bend.sum(dtype=np.float64)
        hessian[:-1, -1] = hessian[-1, :-1]
        hessian /= self.total
        hessian[np.arange(w.size - 1), np.arange(w.size - 1)] += self.penalty
        return hessian if self.bias else _without_bias(hessian)

    def _finished(self, gradient: Floats, w: Floats) -> Floats:
        gradient[:-1] += self.penalty * w[:-1]
        if not self.bias:
            gradient[-1] = 0
        return gradient


def _without_bias(hessian: Floats) -> Floats:
    """The bias bends by itself alone, so that a step leaves it where it is."""
    hessian[-1, :] = hessian[:, -1] = 0
    hessian[-1, -1] = 1
    return hessian
