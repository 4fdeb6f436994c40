"""The neural language model over windows."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.sequences.parameters import count, cut, initialise
from worklens.analysis.words import texts
from worklens.analysis.words.contexts import AROUND, LAST, LAST_FOUR, contexts
from worklens.analysis.words.language_model import LanguageModel, Plan, backward, cost, log_chances, train

EDGE = 9


def test_the_windows_by_hand() -> None:
    """Each text by itself, and the edge where there is no word."""
    given = texts.of([np.array([1, 2, 3]), np.zeros(0, dtype=np.int64), np.array([4])])

    assert contexts(given, (-2, -1), EDGE).tolist() == [[9, 9], [9, 1], [1, 2], [9, 9]]
    assert contexts(given, (-1, 1), EDGE).tolist() == [[9, 2], [1, 3], [2, 9], [9, 9]]
    assert contexts(given, AROUND, EDGE).shape == (4, 8)
    assert contexts(texts.of([]), LAST, EDGE).shape == (0, 1)


def test_gradients() -> None:
    """By every parameter, with a word given twice and an edge, to 1e-7."""
    model = LanguageModel(4, 2, 3, (-2, -1))
    shapes, theta = model.shapes(), initialise(model.shapes(), np.random.default_rng(0))
    given, right = np.array([[1, 1], [0, 4], [4, 4]]), np.array([2, 3, 0])
    gradient = np.empty(count(shapes))
    loss = backward(cut(theta, shapes), given, right, cut(gradient, shapes))

    assert np.isclose(loss, cost(cut(theta, shapes), given, right))
    assert gradient_error(lambda t: cost(cut(t, shapes), given, right), theta, gradient) < 1e-7


@pytest.mark.parametrize("offsets", [LAST_FOUR, AROUND, LAST])
def test_what_a_window_can_know(offsets: tuple[int, ...]) -> None:
    """Each word is that of two places before: windows that see it are sure, the last word alone is as good as a guess."""
    rng = np.random.default_rng(0)
    given = texts.of([np.tile(rng.integers(0, 4, 2), 3) for _ in range(150)])
    model = LanguageModel(4, 8, 16, offsets)
    theta, costs = train(model, given, rng, Plan(epochs=8, rate=1e-2, size=64))
    late = np.arange(len(given.words)) % 6 >= 2
    found = cost(cut(theta, model.shapes()), model.windows(given)[late], given.words[late])

    assert theta.dtype == np.float32
    assert costs[0] > 1
    assert (found < 0.1) if offsets != LAST else (0.8 < found < 1.6)


def test_chances_and_going_on() -> None:
    """Chances add up to 1; no epoch leaves the parameters one starts from."""
    rng, model = np.random.default_rng(0), LanguageModel(3, 2, 2, LAST)
    given = texts.of([np.array([0, 1, 2])])
    theta, _ = train(model, given, rng)
    again, costs = train(model, given, rng, Plan(epochs=0), start=theta)

    assert np.allclose(np.exp(log_chances(cut(theta, model.shapes()), model.windows(given))).sum(axis=1), 1)
    assert np.array_equal(theta, again)
    assert not len(costs)
