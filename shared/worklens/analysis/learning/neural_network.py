"""A network of dense layers as scikit-learn's users know it: the parts of this room, put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from worklens.analysis.learning.activations import ACTIVATIONS
from worklens.analysis.learning.arrays import Reals, classes_of, examples
from worklens.analysis.learning.estimator import Estimator
from worklens.analysis.learning.initialisation import DEVIATIONS, initialise
from worklens.analysis.learning.network import Network, answers
from worklens.analysis.learning.one_hot import one_hot
from worklens.analysis.learning.optimisers import OPTIMISERS
from worklens.analysis.learning.schedules import SCHEDULES
from worklens.analysis.learning.training import Plan, train
from worklens.analysis.smoothing import ewma

CHOICES: dict[str, Mapping[str, object]] = {
    "activation": ACTIVATIONS,
    "initialisation": DEVIATIONS,
    "optimiser": OPTIMISERS,
    "schedule": SCHEDULES,
}
SMOOTHED = 0.9  # the learning curve is averaged over about the last ten batches


class NeuralNetwork(Estimator):
    """Chances of two classes (a sigmoid) or more (a softmax) by hidden layers of so many units each.

    `alpha` is the L2 penalty as scikit-learn's MLPClassifier has it, `keep` the share of hidden units that dropout lets stay.
    Scale the features first. After `fit`: `classes_`, `theta_` (parameters,) in X's type, `network_`, `losses_` (steps,)
    of each batch, and `curve_`, their moving average. One seed gives the same bits on one machine.
    """

    def __init__(
        self,
        hidden: tuple[int, ...] = (32,),
        *,
        activation: str = "relu",
        initialisation: str = "he",
        optimiser: str = "adam",
        rate: float = 1e-3,
        schedule: str = "constant",
        alpha: float = 1e-4,
        keep: float = 1.0,
        batch_size: int = 256,
        epochs: int = 50,
        random_state: int = 0,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.initialisation = initialisation
        self.optimiser = optimiser
        self.rate = rate
        self.schedule = schedule
        self.alpha = alpha
        self.keep = keep
        self.batch_size = batch_size
        self.epochs = epochs
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Learn from X (examples, features) and labels y (examples,) of two classes or more.

        Raises ValueError for NaN or infinity, one class, shapes that don't fit, a setting there is none of, and for
        a learning rate so high that the loss is no number any more.
        """
        self._check()
        x = examples(X)
        self.classes_, which = classes_of(y, len(x))
        self.n_features_in_ = x.shape[1]
        columns = one_hot(which, self.classes_.size, x.dtype)
        self.network_ = self._network(x.shape[1], self.classes_.size)
        rng = np.random.default_rng(self.random_state)
        self.theta_: Reals = initialise(self.network_.sizes, self.initialisation, rng).astype(x.dtype)
        truths = columns if self.classes_.size > 2 else np.ascontiguousarray(columns[:, 1:])
        plan = Plan(self.rate, self.schedule, self.epochs, self.batch_size, self.keep)
        with np.errstate(over="ignore", invalid="ignore"):  # said below, in words
            self.losses_ = train(
                self.network_, self.theta_, x, truths, plan, OPTIMISERS[self.optimiser](), rng
            )
        if not (np.isfinite(self.losses_).all() and np.isfinite(self.theta_).all()):
            raise ValueError(
                f"learning ran away at a rate of {self.rate}; take a lower one, or scale the features"
            )
        self.curve_ = ewma(self.losses_, SMOOTHED)
        return self

    def predict_proba(self, X: ArrayLike) -> Reals:
        """(examples, classes): the chances, in the order of `classes_`."""
        theta: Reals = self._fitted("theta_")
        x = examples(X, self.n_features_in_)
        chances = answers(self.network_, theta.astype(x.dtype, copy=False), x)
        return chances if chances.shape[1] > 1 else np.concatenate([1 - chances, chances], axis=1)

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likeliest class of each example."""
        answer: NDArray[Any] = self._fitted("classes_")[self.predict_proba(X).argmax(axis=1)]
        return answer

    def _network(self, features: int, classes: int) -> Network:
        binary = classes == 2
        sizes = (features, *self.hidden, 1 if binary else classes)
        return Network(sizes, self.activation, "binary" if binary else "categorical", self.alpha)

    def _check(self) -> None:
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise ValueError(
                    f"there is no {name} {getattr(self, name)!r}; there are {', '.join(choices)}"
                )
        if not all(units >= 1 for units in self.hidden):
            raise ValueError(f"hidden layers of {self.hidden} units; each must have one at least")
        if self.epochs < 1 or not self.rate > 0 or not self.alpha >= 0:
            raise ValueError("epochs must be 1 at least, rate above 0, and alpha not below 0")
