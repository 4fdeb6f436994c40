"""Skip-gram with negative sampling: its parts, its gradients, and that words of a topic come together."""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.words.test_spectral import TOPICS, WORDS, sample

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.words import negative_sampling, texts
from worklens.analysis.words.adagrad import separate, shared
from worklens.analysis.words.blocks import blocks, thinned, window
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.frequency import heights, keeping, noise
from worklens.analysis.words.nearest import nearest
from worklens.analysis.words.skip_gram import Plan, begin, train
from worklens.analysis.words.sums import met, summed

NONE = np.zeros(0, dtype=np.int64)


@pytest.mark.parametrize("sparse", [False, True])
def test_sums_by_word(sparse: bool) -> None:
    """A word that stands nowhere has 0; the caller's arrays stay as they were."""
    which, values = np.array([3, 1, 3]), np.array([[1.0, 2], [4, 8], [16, 32]])

    assert summed(which, values, 4, sparse=sparse).tolist() == [[0, 0], [4, 8], [0, 0], [17, 34]]
    assert summed(NONE, np.zeros((0, 2)), 2, sparse=sparse).tolist() == [[0, 0], [0, 0]]
    assert which.tolist() == [3, 1, 3]


def test_words_met() -> None:
    """Each once, in order, and where each place finds its own."""
    rows, places = met(np.array([7, 2, 7, 0]), 9)

    assert rows.tolist() == [0, 2, 7]
    assert places.tolist() == [2, 1, 2, 0]


def test_adagrad_by_hand() -> None:
    """A word's gradients are added, then squared; with one rate a word it is their mean. Others don't move."""
    which, gradients = np.array([1, 1]), np.array([[1, 0], [2, 4]], dtype=np.float32)
    each, alike = np.zeros((2, 2), dtype=np.float32), np.zeros((2, 2), dtype=np.float32)
    separate(2, 2, 7.0).step(each, which, gradients, 1.0)
    shared(2, 3.5).step(alike, which, gradients, 1.0)

    assert np.allclose(each, [[0, 0], [-3 / 4, -4 / np.sqrt(23)]])
    assert np.allclose(alike, [[0, 0], [-3 / 4, -4 / 4]])


def test_frequent_words_are_thinned() -> None:
    """By word2vec's formula, and only above the threshold; what wasn't met stays."""
    keep = keeping(np.array([900, 99, 1, 0]), 0.01)

    assert np.allclose(keep, [np.sqrt(1 / 90) + 1 / 90, np.sqrt(10 / 99) + 10 / 99, 1, 1])


def test_noise_is_drawn_by_counts_to_three_quarters() -> None:
    """81 meetings weigh 27 times as much as one; what wasn't met isn't drawn."""
    drawn = np.bincount(noise(heights(np.array([0, 1, 81])), 28_000, np.random.default_rng(0)), minlength=3)

    assert drawn[0] == 0
    assert drawn[1] == pytest.approx(1_000, abs=150)
    with pytest.raises(ValueError, match="no word was met"):
        noise(heights(np.array([0, 0])), 1, np.random.default_rng(0))


def test_blocks_hold_every_title_once() -> None:
    """Those of one word or none say nothing of neighbours; a block is never larger than asked."""
    given = texts.of([np.array(row, dtype=np.int64) for row in ([1, 2], [3], [], [4, 5], [6, 7, 8], [9, 9])])
    found = list(blocks(given, 4, np.random.default_rng(0)))

    assert sorted(tuple(row) for block in found for row in block) == [(1, 2), (4, 5), (6, 7, 8), (9, 9)]
    assert max(block.size for block in found) == 4


def test_thinning_leaves_titles_in_their_place() -> None:
    """Words that are never kept are gone, the others stay in their titles."""
    given = texts.of([np.array([1, 0, 2]), np.array([0]), np.array([2, 0])])
    left = thinned(given, np.array([0.0, 1, 1]), np.random.default_rng(0))

    assert left.words.tolist() == [1, 2, 2]
    assert left.starts.tolist() == [0, 2, 2, 3]


def test_gradients_of_negative_sampling() -> None:
    """By centres, contexts and noise, to 1e-7, with a window shorter than the title."""
    rng = np.random.default_rng(0)
    centres, contexts, drawn = (rng.normal(size=shape) for shape in ((2, 4, 3), (2, 4, 3), (5, 3)))
    near = window(4, 2)

    def cost(one: Floats, other: Floats, noise: Floats) -> float:
        return negative_sampling.cost(one, other, noise, near, 3)

    by = negative_sampling.slopes(centres, contexts, drawn, near, 3)

    assert gradient_error(lambda x: cost(x, contexts, drawn), centres, by[0]) < 1e-7
    assert gradient_error(lambda x: cost(centres, x, drawn), contexts, by[1]) < 1e-7
    assert gradient_error(lambda x: cost(centres, contexts, x), drawn, by[2]) < 1e-7


@pytest.mark.parametrize("sparse", [False, True])
def test_words_of_a_topic_come_together(sparse: bool) -> None:
    """Nine of ten nearest words are of the word's own topic; nothing leaves float32, and the start stays as it was."""
    rng = np.random.default_rng(0)
    start = begin(WORDS, 8, rng)
    found = train(sample(), start, rng, Plan(epochs=6, places=500), sparse)
    directions = unit(found.centres)
    which, _ = nearest(directions, directions, 11)

    assert found.centres.dtype == found.contexts.dtype == np.float32
    assert (which[:, 1:] % TOPICS == np.arange(WORDS)[:, None] % TOPICS).mean() > 0.9
    assert not start.contexts.any()


def test_hardly_any_titles() -> None:
    """Without two words side by side nothing is learnt, and nothing crashes."""
    rng = np.random.default_rng(0)
    start = begin(3, 4, rng)
    for given in ([], [np.array([1])]):
        assert np.array_equal(train(texts.of(given), start, rng).centres, start.centres)
