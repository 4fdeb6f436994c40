"""Features on one scale: each column less its mean, by its standard deviation, so that one learning rate suits all.

Deep Learning Specialization, course 2, week 1. What is asked later is scaled by the training examples' figures.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals, examples
from worklens.analysis.learning.estimator import Estimator

FLAT = 1e-12  # a deviation below this share of the mean is rounding: the column is constant


class Scaler(Estimator):
    """`(X - mean_) / scale_`; a constant column becomes 0, its scale being taken as 1."""

    def fit(self, X: ArrayLike, y: Any = None) -> Self:
        """Learn `mean_` and `scale_` (features,) from X (examples, features). Raises ValueError for NaN or infinity."""
        x = examples(X)
        self.n_features_in_ = x.shape[1]
        self.mean_: Floats = x.mean(axis=0, dtype=np.float64)
        deviation = x.std(axis=0, dtype=np.float64)
        self.scale_: Floats = np.where(deviation > FLAT * np.abs(self.mean_), deviation, 1.0)
        return self

    def transform(self, X: ArrayLike) -> Reals:
        """X scaled, in its own type."""
        x = examples(X, self._fitted("mean_").size)
        return (x - self.mean_.astype(x.dtype)) / self.scale_.astype(x.dtype)

    def inverse_transform(self, X: ArrayLike) -> Reals:
        """The way back."""
        x = examples(X, self._fitted("mean_").size)
        return x * self.scale_.astype(x.dtype) + self.mean_.astype(x.dtype)

    def fit_transform(self, X: ArrayLike, y: Any = None) -> Reals:
        """Both in a row."""
        return self.fit(X, y).transform(X)
