"""Vectors from elsewhere as a start for a person's own few titles."""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.words.test_spectral import TOPICS, WORDS, sample

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.nearest import nearest
from worklens.analysis.words.skip_gram import Plan, begin, train
from worklens.analysis.words.transfer import carried
from worklens.analysis.words.vocabulary import of


def of_its_topic(vectors: Reals) -> float:
    """How many of ten nearest words are of the word's own topic."""
    which, _ = nearest(unit(vectors), unit(vectors), 11)
    return float((which[:, 1:] % TOPICS == np.arange(WORDS)[:, None] % TOPICS).mean())


def test_known_words_are_carried_over() -> None:
    """By the word, not by its number; strangers begin near the unknown word, and differ."""
    known = of(["<unk>", "tea", "milk"], [0, 0, 0])
    own = of(["<unk>", "milk", "茶", "Tee"], [0, 3, 2, 1])
    vectors = np.array([[0.0, 0], [1, 2], [-1, -2]])
    start, found = carried(own, known, vectors, np.random.default_rng(0))

    assert found.tolist() == [False, True, False, False]
    assert start.centres[1].tolist() == [-1, -2]
    assert np.abs(start.centres[[0, 2, 3]]).max() < 0.6
    assert not np.array_equal(start.centres[2], start.centres[3])
    assert start.centres.dtype == np.float32
    with pytest.raises(ValueError, match="read together"):
        carried(own, known, vectors[:2], np.random.default_rng(0))


def test_what_was_learnt_elsewhere_helps() -> None:
    """After forty titles of one's own, words are better placed than by these titles alone, and no worse than before."""
    rng = np.random.default_rng(0)
    words = of([str(number) for number in range(WORDS)], [0] * WORDS)
    elsewhere = train(sample(), begin(WORDS, 8, rng), rng, Plan(epochs=6, places=500)).centres
    own, plan = sample(40, seed=1), Plan(places=100, rate=0.03)
    start, _ = carried(words, words, elsewhere, rng)

    assert of_its_topic(train(own, start, rng, plan).centres) > 0.9
    assert of_its_topic(train(own, begin(WORDS, 8, rng), rng, plan).centres) < 0.6
