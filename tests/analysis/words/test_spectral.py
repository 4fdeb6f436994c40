"""Word vectors from who stands in whose titles, and titles as one vector."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words import texts
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.nearest import nearest
from worklens.analysis.words.products import product
from worklens.analysis.words.rarity import rarity
from worklens.analysis.words.spectral import STEADIER, leading, vectors
from worklens.analysis.words.texts import Texts
from worklens.analysis.words.titles import title_vectors, without_common

WORDS, TOPICS = 60, 4


def sample(titles: int = 2_000, seed: int = 0) -> Texts:
    """Titles of five words from one of four topics, to which a word belongs by its number; now and then any word."""
    rng = np.random.default_rng(seed)
    topic = rng.integers(0, TOPICS, titles)
    inside = rng.integers(0, WORDS // TOPICS, (titles, 5)) * TOPICS + topic[:, None]
    anywhere = rng.integers(0, WORDS, (titles, 5))
    return texts.of(list(np.where(rng.random((titles, 5)) < 0.8, inside, anywhere)))


def matrix_of(given: Texts, weights: Reals) -> Reals:
    """The (texts, words) matrix written out."""
    full = np.zeros((len(given), WORDS), weights.dtype)
    np.add.at(full, (given.which, given.words), weights)
    return full


@pytest.mark.parametrize("sparse", [False, True])
def test_products_are_those_of_the_matrix(sparse: bool) -> None:
    """Forth and back, with a word twice in a title and an empty title; the caller's arrays stay as they were."""
    given = texts.of([np.array([3, 1, 3]), np.zeros(0, dtype=np.int64), np.array([59])])
    weights, rng = np.array([1.0, 2, 4, 8]), np.random.default_rng(0)
    x, y = rng.normal(size=(WORDS, 2)), rng.normal(size=(3, 2))
    made = product(given, weights, WORDS, sparse=sparse)
    full = matrix_of(given, weights)

    assert np.allclose(made.forth(x), full @ x)
    assert np.allclose(made.back(y), full.T @ y)
    assert given.words.tolist() == [3, 1, 3, 59]
    assert weights.tolist() == [1, 2, 4, 8]


def test_the_leading_directions_are_those_of_the_whole() -> None:
    """A random start finds what an exact decomposition of the normalised co-occurrence says."""
    given = sample()
    counts = np.bincount(given.words, minlength=WORDS)
    full = matrix_of(given, (1 / np.sqrt(counts + STEADIER))[given.words])
    company = full.T @ full - np.diag(counts / (counts + STEADIER))
    values, _ = leading(lambda x: company @ x, np.random.default_rng(0).normal(size=(WORDS, 20)))

    assert np.allclose(values[:TOPICS], np.linalg.eigvalsh(company)[::-1][:TOPICS], rtol=1e-3)


@pytest.mark.parametrize("sparse", [False, True])
def test_words_of_a_topic_come_together(sparse: bool) -> None:
    """Nine of ten nearest words are of the word's own topic, with SciPy and without."""
    found = unit(vectors(sample(), WORDS, TOPICS, np.random.default_rng(0), sparse=sparse))
    which, _ = nearest(found, found, 11)

    assert found.dtype == np.float32
    assert (which[:, 1:] % TOPICS == np.arange(WORDS)[:, None] % TOPICS).mean() > 0.9


def test_titles_of_a_topic_come_together() -> None:
    """A title's nearest titles are of its topic, by words it doesn't share with them."""
    given = sample(400)
    found = vectors(given, WORDS, TOPICS, np.random.default_rng(0))
    placed = title_vectors(given, found, rarity(given, WORDS))
    topic = np.array([np.bincount(row % TOPICS).argmax() for row in given.words.reshape(-1, 5)])
    which, _ = nearest(placed, placed, 2)

    assert (topic[which[:, 1]] == topic).mean() > 0.9


@pytest.mark.parametrize("size", [0, 1, 3])
def test_hardly_any_titles(size: int) -> None:
    """Nothing crashes, and there are no more directions than words."""
    given = texts.of([np.array([row]) for row in range(size)])
    found = vectors(given, max(size, 1), 8, np.random.default_rng(0))

    assert found.shape == (max(size, 1), max(size, 1))
    assert np.isfinite(found).all()
    assert np.isfinite(title_vectors(given, found, np.ones(max(size, 1)))).all()


def test_what_all_share_is_taken_away() -> None:
    """Rows around one direction point any way once that is gone."""
    rows = unit(np.random.default_rng(0).normal(size=(200, 6)) + 10 * np.eye(6)[0])

    assert np.linalg.norm(rows.mean(axis=0)) > 0.9
    assert np.linalg.norm(without_common(rows).mean(axis=0)) < 0.2
