"""The cost of a logistic regression with an L2 penalty: its value, gradient and curvature, in chunks that stay in cache.

`f(w) = sum_i s_i log(1 + exp(-t_i z_i)) / sum s + penalty / 2 |w|^2`, `z = x w + b`, the bias unpenalised: scikit-learn's
objective divided by `C sum s`, with `penalty = 1 / (C sum s)`. Parameters are (features + 1,), the bias last, in float64;
products run in the examples' own type, and their sums over the chunks are kept in float64.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals

CHUNK = (
    2**19
)  # numbers: 2 MiB of float32, which is kept near a core between the sums and the gradient; measured best


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

    def those(self, rows: NDArray[np.int64]) -> Self:
        """The same cost over some of the rows."""
        weights = None if self.weights is None else self.weights[rows]
        return replace(self, x=self.x[rows], y=self.y[rows], weights=weights)

    def chunks(self) -> Iterator[slice]:
        """The rows, a chunk at a time."""
        size = max(CHUNK // self.x.shape[1], 1)
        return (slice(at, at + size) for at in range(0, len(self.y), size))

    def value(self, w: Floats) -> float:
        """The cost at `w`."""
        losses, own = 0.0, w.astype(self.x.dtype)
        for rows in self.chunks():
            z = self._sums(own, rows)
            each = np.logaddexp(0, z) - self.y[rows] * z
            losses += float(self._weighted(each, rows).sum(dtype=np.float64))
        return losses / self.total + self.penalty / 2 * float(w[:-1] @ w[:-1])

    def gradient(self, w: Floats) -> Floats:
        """(features + 1,): `x.T (a - y)`, weighted, and the penalty's part.

        `a = (tanh(z / 2) + 1) / 2`. Raises FloatingPointError if it isn't finite, as it can't be where an example isn't.
        """
        gradient, half = np.zeros(w.size), (w / 2).astype(self.x.dtype)
        for rows in self.chunks():
            off = self._sums(half, rows)
            np.tanh(off, out=off)
            off *= 0.5
            off += 0.5
            off -= self.y[rows]
            off = self._weighted(off, rows)
            gradient[:-1] += off @ self.x[rows]
            gradient[-1] += off.sum()
        if not np.isfinite(gradient).all():
            raise FloatingPointError(
                "the gradient isn't finite: examples aren't, or are too large for their type"
            )
        return self._finished(gradient / self.total, w)

    def curvature(self, w: Floats) -> Floats:
        """(features + 1, features + 1): `x.T diag(a (1 - a)) x`, weighted, and the penalty's part.

        `4 a (1 - a) = (1 - tanh(z / 2)) (1 + tanh(z / 2))`; by its root it is a product of a matrix with itself, of which
        only a half is computed.
        """
        hessian, half = np.zeros((w.size, w.size)), (w / 2).astype(self.x.dtype)
        for rows in self.chunks():
            a = self._sums(half, rows)
            np.tanh(a, out=a)
            root = np.sqrt(self._weighted((1 - a) * (1 + a), rows))
            bent = self.x[rows] * root[:, None]
            hessian[:-1, :-1] += bent.T @ bent
            hessian[-1, :-1] += root @ bent
            hessian[-1, -1] += root @ root
        hessian[:-1, -1] = hessian[-1, :-1]
        hessian /= 4 * self.total
        hessian[np.arange(w.size - 1), np.arange(w.size - 1)] += self.penalty
        return hessian if self.bias else _without_bias(hessian)

    def _sums(self, w: Reals, rows: slice) -> Reals:
        """`z` of some rows: (rows,)."""
        z: Reals = self.x[rows] @ w[:-1]
        z += w[-1]
        return z

    def _weighted(self, values: Reals, rows: slice) -> Reals:
        """Values of some rows times their weights."""
        if self._own_weights is not None:
            values *= self._own_weights[rows]
        return values

    @cached_property
    def _own_weights(self) -> Reals | None:
        """The weights in the examples' type."""
        return None if self.weights is None else self.weights.astype(self.x.dtype)

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
