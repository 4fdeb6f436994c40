"""The network estimator: what it can learn, what holds it back, its conventions, and degenerate data."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import ArrayLike

from worklens.analysis.learning.gradient_check import relative_difference
from worklens.analysis.learning.layers import cut
from worklens.analysis.learning.logistic_regression import LogisticRegression
from worklens.analysis.learning.metrics import log_loss
from worklens.analysis.learning.neural_network import NeuralNetwork

RNG = np.random.default_rng(0)
X = RNG.normal(size=(300, 2))
RING = (X**2).sum(axis=1) > 1.4  # no line tells inside from outside


def test_learns_a_ring() -> None:
    """A shallow network tells what logistic regression can't."""
    network = NeuralNetwork((16,), rate=0.02, batch_size=64).fit(X, RING)

    assert (network.predict(X) == RING).mean() > 0.95
    assert (LogisticRegression().fit(X, RING).predict(X) == RING).mean() < 0.7
    assert network.curve_[-1] < network.curve_[0] / 3


def test_without_hidden_layers_it_is_logistic_regression() -> None:
    """The same penalty, the same problem: full batches arrive at the fast solver's coefficients."""
    y = X[:, 0] + RNG.logistic(size=300) > 0.2
    network = NeuralNetwork((), optimiser="momentum", rate=1.0, alpha=1.0, batch_size=300, epochs=600).fit(
        X, y
    )
    (layer,) = cut(network.theta_, network.network_.sizes)
    solved = LogisticRegression(1.0, tol=1e-18).fit(X, y)

    assert_allclose(layer.weights[:, 0], solved.coef_[0], atol=1e-6)
    assert_allclose(layer.bias, solved.intercept_, atol=1e-6)


def test_three_classes() -> None:
    """Softmax for more than two: chances sum to 1, in the order of `classes_`, and the classes are told."""
    y = np.where(RING, "outside", np.where(X[:, 0] > 0, "right", "left"))
    network = NeuralNetwork((16,), rate=0.02, batch_size=64).fit(X, y)

    assert network.classes_.tolist() == ["left", "outside", "right"]
    assert_allclose(network.predict_proba(X).sum(axis=1), 1)
    assert (network.predict(X) == y).mean() > 0.9


@pytest.mark.parametrize("restraint", [{"alpha": 10.0}, {"keep": 0.6}])
def test_restraints_help_where_there_is_nothing_to_learn(restraint: dict[str, float]) -> None:
    """Labels by coin: a free network learns them by heart and pays on new ones; penalty and dropout lessen that."""
    coins = np.random.default_rng(1).integers(0, 2, (2, 300))
    asked = np.random.default_rng(2).normal(size=(300, 2))
    free, held = (
        NeuralNetwork((32,), rate=0.02, batch_size=64, epochs=60).set_params(**settings).fit(X, coins[0])
        for settings in ({}, restraint)
    )

    assert log_loss(coins[1], held.predict_proba(asked)[:, 1]) < log_loss(
        coins[1], free.predict_proba(asked)[:, 1]
    )


def test_the_same_seed_the_same_bits() -> None:
    """Two trainings of one seed are equal; another seed's is another."""
    one, two, other = (
        NeuralNetwork(keep=0.8, epochs=3, random_state=seed).fit(X, RING) for seed in (1, 1, 2)
    )

    assert (one.theta_ == two.theta_).all()
    assert relative_difference(one.theta_, other.theta_) > 0.01


def test_single_precision_stays() -> None:
    """float32 examples make a float32 network, with chances near those of float64."""
    narrow, wide = (NeuralNetwork(epochs=5).fit(X.astype(kind), RING) for kind in (np.float32, np.float64))
    chances = narrow.predict_proba(X.astype(np.float32))

    assert narrow.theta_.dtype == chances.dtype == np.float32
    assert_allclose(chances, wide.predict_proba(X), atol=1e-4)


def test_one_example_of_each_class() -> None:
    """Two examples are enough to learn; a constant column and separable classes are no trouble."""
    network = NeuralNetwork((4,), rate=0.1, epochs=50).fit([[0.0, 1.0], [1.0, 1.0]], [0, 1])

    assert network.predict([[0.0, 1.0], [1.0, 1.0]]).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [([[1.0]], [1], "one class only"), ([[1.0], [np.nan]], [0, 1], "NaN"), ([[1.0], [2.0]], [0], "shape")],
)
def test_what_nothing_can_be_learnt_from(x: ArrayLike, y: ArrayLike, says: str) -> None:
    """One class (so n = 1, too), NaN, shapes that don't fit."""
    with pytest.raises(ValueError, match=says):
        NeuralNetwork().fit(x, y)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"activation": "swish"}, "no activation 'swish'; there are sigmoid"),
        ({"optimiser": "lbfgs"}, "no optimiser"),
        ({"hidden": (0,)}, "one at least"),
        ({"epochs": 0}, "epochs"),
        ({"alpha": -1.0}, "alpha"),
    ],
)
def test_settings_there_are_none_of(settings: dict[str, object], says: str) -> None:
    """The error names what there is."""
    with pytest.raises(ValueError, match=says):
        NeuralNetwork().set_params(**settings).fit(X, RING)


def test_learning_that_runs_away_is_said() -> None:
    """Not NaN chances, but what to do."""
    with pytest.raises(ValueError, match="ran away"):
        NeuralNetwork((8, 8), optimiser="descent", rate=1e200, epochs=3).fit(X * 1e6, RING)


def test_asked_wrongly() -> None:
    """Before it learnt, and about other features."""
    with pytest.raises(ValueError, match="call fit first"):
        NeuralNetwork().predict_proba(X)
    with pytest.raises(ValueError, match="expecting 2"):
        NeuralNetwork(epochs=1).fit(X, RING).predict(X[:, :1])
