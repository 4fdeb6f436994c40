"""GloVe: what met is counted, gradients are right, the cost falls, and words of a topic come together."""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.words.test_spectral import TOPICS, WORDS, sample

from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.words import texts
from worklens.analysis.words.cooccurrence import together
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.glove import Plan, missed, slopes, train, weight
from worklens.analysis.words.nearest import nearest


@pytest.mark.parametrize("sparse", [False, True])
def test_meetings_by_hand(sparse: bool) -> None:
    """Both orders, by distance, within a title and the reach, and each pair once."""
    given = texts.of([np.array([0, 1, 2, 0]), np.array([1, 2])])
    found = together(given, 4, 2, sparse=sparse)
    pairs = zip(found.first.tolist(), found.second.tolist(), found.weights.tolist(), strict=True)

    assert list(pairs) == [(0, 1, 1.5), (0, 2, 1.5), (1, 0, 1.5), (1, 2, 2), (2, 0, 1.5), (2, 1, 2)]
    assert not len(together(texts.of([np.array([3])]), 4, sparse=sparse))


def test_weights_by_hand() -> None:
    """Rising to the power of 3/4, up to 1."""
    assert np.allclose(weight(np.array([0.0, 10 / 16, 10, 99]), 10, 0.75), [0, 1 / 8, 1, 1])


def test_gradients() -> None:
    """By both vectors and their biases, to 1e-7."""
    rng = np.random.default_rng(0)
    one, other, logs, weights = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), *rng.random((2, 4))
    cost, d_one, d_other = slopes(one, other, logs, weights)

    assert np.isclose(cost, (weights * missed(one, other, logs) ** 2).sum() / 2)
    assert gradient_error(lambda x: slopes(x, other, logs, weights)[0], one, d_one) < 1e-7
    assert gradient_error(lambda x: slopes(one, x, logs, weights)[0], other, d_other) < 1e-7


@pytest.mark.parametrize("sparse", [False, True])
def test_words_of_a_topic_come_together(sparse: bool) -> None:
    """The cost falls to a tenth, and nine of ten nearest words are of the word's own topic."""
    met = together(sample(), WORDS, sparse=sparse)
    found = train(met, WORDS, 8, np.random.default_rng(0), Plan(pairs=500), sparse)
    directions = unit(found.vectors)
    which, _ = nearest(directions, directions, 11)

    assert found.costs[-1] < found.costs[0] / 10
    assert found.vectors.dtype == np.float32
    assert (which[:, 1:] % TOPICS == np.arange(WORDS)[:, None] % TOPICS).mean() > 0.9


def test_no_meeting_teaches_nothing() -> None:
    """And costs nothing."""
    met = together(texts.of([]), 3)

    assert train(met, 3, 2, np.random.default_rng(0), Plan(epochs=2)).costs.tolist() == [0, 0]
