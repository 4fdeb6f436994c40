"""One logistic regression of the hazard: a chance a period, its coefficients drawn towards a centre by a ridge.

The centre is 0, or what many accounts had in common. Columns are put on one scale and kept within what was met in learning, since
a line drawn on beyond that is a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from worklens.analysis.arrays import Bools, Floats
from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.convex import Cost
from worklens.analysis.learning.newton import minimise

TOLERANCE = 1e-7  # of the mean log loss: far below what any choice rests on
ENOUGH = 20_000  # rows whose mean and deviation put columns on one scale well enough
FLAT = 1e-9  # a deviation below this is rounding: the column says nothing


@dataclass(frozen=True, eq=False)
class Scale:
    """How columns are put on one scale: (columns,) each. A column that isn't used becomes 0."""

    mean: Floats
    deviation: Floats  # inf for a column that isn't used, or is constant
    low: Floats
    high: Floats

    def of(self, columns: Reals) -> Reals:
        """(rows, columns) as float32."""
        low, high = (each.astype(np.float32) for each in (self.low, self.high))
        return self._scaled(np.clip(columns.astype(np.float32), low, high))

    def met(self, columns: Reals) -> Reals:
        """The same of the very rows that it was made from, which lie within."""
        return self._scaled(columns.astype(np.float32))

    def _scaled(self, columns: Reals) -> Reals:
        columns -= self.mean.astype(np.float32)
        columns /= self.deviation.astype(np.float32)
        return columns

    def only(self, used: Bools) -> Scale:
        """The same with some of the columns."""
        return Scale(self.mean, np.where(used, self.deviation, np.inf), self.low, self.high)


def scale_of(columns: Reals, loose: Floats) -> Scale:
    """From the rows learnt from; `loose` (columns,) says how much freer than others a column is to have an effect."""
    some = columns[:: max(1, len(columns) // ENOUGH)].astype(np.float64)
    mean, deviation = some.mean(axis=0), some.std(axis=0)
    deviation = np.where(deviation > FLAT * (1 + np.abs(mean)), deviation / loose, np.inf)
    low, high = (each.astype(np.float64) for each in (columns.min(axis=0), columns.max(axis=0)))
    return Scale(mean, deviation, low, high)


@dataclass(frozen=True, eq=False)
class Ridge:
    """A fitted one: P = sigmoid(scaled columns @ w[:-1] + w[-1])."""

    scale: Scale
    w: Floats  # (columns + 1,), the bias last
    strength: float  # of the ridge

    def log_odds(self, columns: Reals) -> Floats:
        """(rows,)"""
        z: Floats = (self.scale.of(columns) @ self.w[:-1].astype(np.float32)).astype(np.float64) + self.w[-1]
        return z

    def chance(self, columns: Reals) -> Floats:
        """(rows,)"""
        chances: Floats = sigmoid(self.log_odds(columns)).astype(np.float64)
        return chances

    def slopes(self) -> Floats:
        """What a unit of each column adds in log odds: (columns,)."""
        return self.w[:-1] / self.scale.deviation

    def to_arrays(self) -> dict[str, Any]:
        """The parameters by name."""
        scale = {name: getattr(self.scale, name) for name in ("mean", "deviation", "low", "high")}
        return {**scale, "w": self.w, "strength": np.array(self.strength)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Ridge:
        """The way back. Raises KeyError for what is missing."""
        scale = Scale(*(arrays[name] for name in ("mean", "deviation", "low", "high")))
        return cls(scale, arrays["w"], float(arrays["strength"]))


@dataclass(frozen=True, eq=False)
class _Towards(Cost):
    """A cost whose penalty is the distance to a centre (features + 1,), not to 0."""

    centre: Floats | None = None

    def value(self, w: Floats) -> float:
        off = w[:-1] - self.centre[:-1] if self.centre is not None else w[:-1]
        return super().value(w) + self.penalty / 2 * float(off @ off - w[:-1] @ w[:-1])

    def gradient(self, w: Floats) -> Floats:
        gradient = super().gradient(w)
        if self.centre is not None:
            gradient[:-1] -= self.penalty * self.centre[:-1]
        return gradient


def fit(
    scale: Scale,
    scaled: Reals,
    y: Bools,
    weights: Floats,
    strength: float,
    *,
    centre: Floats | None = None,
    start: Floats | None = None,
) -> Ridge:
    """Learn from scaled columns (rows, columns) which rows ended, each counting for its weight.

    `strength` is the penalty on half the squared distance to the centre, beside the log loss summed over the rows. With no
    rows, or rows of one kind only, all is as at the centre but the bias, which half a row of the other kind keeps finite.
    """
    width = scaled.shape[1] + 1
    total, ended = float(weights.sum()), float(weights[y].sum())
    if not 0 < ended < total:
        w = np.zeros(width) if centre is None else centre.copy()
        if centre is None or total:
            w[-1] = np.log((ended + 0.5) / (total - ended + 0.5))
        return Ridge(scale, w, strength)
    cost = _Towards(scaled, y.astype(np.float32), weights, strength / total, centre=centre)
    begin = start if start is not None else centre if centre is not None else np.zeros(width)
    return Ridge(scale, minimise(cost, begin, TOLERANCE).w, strength)
