"""Logistic regression in the course's parts: worked numbers, gradients, and a curve that falls."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.learning.logistic import Model, initialise, model, optimise, predict, propagate

RNG = np.random.default_rng(0)
X = RNG.normal(size=(200, 3))
Y = (X @ [1.0, -2.0, 0.5] + RNG.logistic(size=200) > 0).astype(np.float64)


def test_the_gradients() -> None:
    """`dw` and `db` are the gradients of the cost, to 1e-7."""
    w = RNG.normal(size=3)
    dw, db, _ = propagate(w, 0.3, X, Y)

    def cost(theta: Floats) -> float:
        return propagate(theta[:3], float(theta[3]), X, Y)[2]

    assert gradient_error(cost, np.append(w, 0.3), np.append(dw, db)) < 1e-7


def test_an_ignorant_model_costs_log_two() -> None:
    """From zeros every chance is a half."""
    start = initialise(3)

    assert_allclose(propagate(start.w, start.b, X, Y)[2], np.log(2))


def test_learning_goes_on_where_it_stopped() -> None:
    """Two times 50 steps are 100 steps, curve and all, to the bit."""
    whole = optimise(initialise(3), X, Y, 100, 0.5)
    twice = optimise(optimise(initialise(3), X, Y, 50, 0.5), X, Y, 50, 0.5)

    assert (whole.w == twice.w).all()
    assert whole.costs == twice.costs


def test_the_curve_falls_and_the_answers_are_right() -> None:
    """The cost falls at every step, and most training examples are told."""
    fitted = model(X, Y, steps=200)

    assert (np.diff(fitted.costs) < 0).all()
    assert (predict(fitted, X) == Y).mean() > 0.75


def test_predict_by_hand() -> None:
    """Positive sums are ones."""
    assert predict(Model(np.array([1.0, -1.0]), 0.5), np.array([[1.0, 1.0], [0.0, 1.0]])).tolist() == [
        True,
        False,
    ]
