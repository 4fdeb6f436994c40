"""Chances that come true as often as they say: from a model's scores and what became of examples it did not learn from.

Platt's sigmoid needs few examples and keeps the order of the scores; the isotonic steps need about a thousand, and bend as they
must (Niculescu-Mizil and Caruana 2005).
"""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.arrays import Reals, classes_of
from worklens.analysis.learning.convex import Cost
from worklens.analysis.learning.estimator import Estimator
from worklens.analysis.learning.isotonic import isotonic
from worklens.analysis.learning.newton import newton


class Platt(Estimator):
    """`sigmoid(slope_ * score + offset_)` (Platt 1999, solved as Lin, Lin and Weng 2007 advise).

    The truths are drawn in a little, to `1 / (n + 2)` and `(n + 1) / (n + 2)` of their class's n examples, so that a
    few scores that happen to be separable don't become certainties.
    """

    def fit(self, scores: ArrayLike, y: ArrayLike) -> Self:
        """Learn from scores (examples,), best log odds, and truths of two classes, the higher being the one asked for."""
        s, true = _checked(scores, y)
        many, few = true.sum(), (1 - true).sum()
        target = np.where(true == 1, (many + 1) / (many + 2), 1 / (few + 2))
        spread = float(np.abs(s).max()) or 1.0  # the solver likes numbers near 1
        self.slope_, self.offset_ = newton(
            Cost(s[:, None] / spread, target, None, 0.0), np.zeros(2), 1e-16
        ).w.tolist()
        self.slope_ /= spread
        return self

    def predict(self, scores: ArrayLike) -> Reals:
        """The chance of the second class: (examples,)."""
        self._fitted("slope_")
        return sigmoid(self.slope_ * np.asarray(scores, dtype=np.float64) + self.offset_)


class Isotonic(Estimator):
    """Steps that never fall, straight lines between them, level beyond the scores seen (Zadrozny and Elkan 2002)."""

    def fit(self, scores: ArrayLike, y: ArrayLike) -> Self:
        """Learn from scores (examples,) and truths of two classes, the higher being the one asked for."""
        s, true = _checked(scores, y)
        self.scores_, which, count = np.unique(s, return_inverse=True, return_counts=True)
        self.chances_ = isotonic(np.bincount(which, true) / count, count.astype(np.float64))
        return self

    def predict(self, scores: ArrayLike) -> Floats:
        """The chance of the second class: (examples,)."""
        return np.interp(np.asarray(scores, dtype=np.float64), self._fitted("scores_"), self.chances_)


def _checked(scores: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    s = np.asarray(scores, dtype=np.float64)
    if s.ndim != 1 or not np.isfinite(s).all():
        raise ValueError(f"scores of shape {s.shape} must be (examples,), all finite")
    classes, which = classes_of(y, s.size)
    if classes.size > 2:
        raise ValueError(f"y holds {classes.size} classes; a calibration is of one class against the rest")
    return s, which.astype(np.float64)
