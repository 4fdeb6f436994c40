"""Logistic regression as scikit-learn's users know it, with the fast solver of `newton.py`.

The same problem as `sklearn.linear_model.LogisticRegression(C=..., tol small)` for two classes: the log loss summed over the
examples times C, plus half the squared length of the coefficients; the intercept is not penalised.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.arrays import Reals, classes_of, examples, weights_of
from worklens.analysis.learning.convex import Cost
from worklens.analysis.learning.estimator import Estimator
from worklens.analysis.learning.newton import Solution, minimise


class LogisticRegression(Estimator):
    """P(second class) = sigmoid(X coef + intercept).

    `C` is the inverse of the penalty, above 0 and finite, which keeps the coefficients finite for classes that a line
    separates; a column that is constant or there twice is no trouble either. `tol` is what the mean log loss may lie
    above the least. `warm_start` begins at the last fit's coefficients. After `fit`: `classes_` (2,), `coef_` (1, features),
    `intercept_` (1,), `n_iter_`, `left_` (what the last step had to gain).
    """

    def __init__(
        self,
        C: float = 1.0,
        *,
        fit_intercept: bool = True,
        tol: float = 1e-7,  # far below what any choice rests on, and the last step leaves a small part of it
        warm_start: bool = False,
    ) -> None:
        self.C = C
        self.fit_intercept = fit_intercept
        self.tol = tol
        self.warm_start = warm_start

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Learn from X (examples, features) and labels y (examples,) of two classes, each row counting for its weight.

        Raises ValueError for NaN or infinity, one class or more than two, shapes that don't fit, C not above 0.
        """
        if not 0 < self.C < np.inf:
            raise ValueError(f"C is {self.C}; it must be above 0 and finite")
        x = examples(X, finite=False)  # seen at the first gradient, which looks at all of it anyway
        classes, which = classes_of(y, len(x))
        if classes.size > 2:
            raise ValueError(
                "Only binary classification is supported. The type of the target is multiclass: "
                f"y holds {classes.size} classes, which NeuralNetwork tells apart"
            )
        weights = weights_of(sample_weight, len(x))
        counts = len(x) if weights is None else float(weights.sum())
        cost = Cost(x, which.astype(x.dtype), weights, 1 / (self.C * counts), self.fit_intercept)
        solution = self._solved(cost)
        self.classes_, self.n_features_in_ = classes, x.shape[1]
        self.coef_, self.intercept_ = solution.w[None, :-1], solution.w[-1:]
        self.n_iter_, self.left_ = solution.steps, solution.left
        return self

    def _solved(self, cost: Cost) -> Solution:
        try:
            with np.errstate(over="ignore", invalid="ignore"):  # said below, in words
                return minimise(cost, self._start(cost.x.shape[1]), self.tol)
        except FloatingPointError:
            examples(cost.x)
            raise ValueError(f"X holds numbers too large for {cost.x.dtype}; scale the features") from None

    def _start(self, features: int) -> Floats:
        if self.warm_start and getattr(self, "n_features_in_", None) == features:
            return np.concatenate([self.coef_[0], self.intercept_])
        return np.zeros(features + 1)

    def decision_function(self, X: ArrayLike) -> Reals:
        """The log odds of the second class: (examples,), in X's type."""
        coefficients: Floats = self._fitted("coef_")[0]
        x = examples(X, coefficients.size)
        z: Reals = x @ coefficients.astype(x.dtype) + x.dtype.type(self.intercept_[0])
        return z

    def predict_proba(self, X: ArrayLike) -> Reals:
        """(examples, 2): the chances of the classes, in the order of `classes_`."""
        second = sigmoid(self.decision_function(X))
        return np.stack([1 - second, second], axis=1)

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likelier class of each example."""
        answer: NDArray[Any] = self._fitted("classes_")[(self.decision_function(X) > 0).astype(np.int64)]
        return answer
