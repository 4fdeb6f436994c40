"""Searches over a small language model that can be looked through whole."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.beam import beam, top
from worklens.analysis.sequences.charge import charge, lengths_of, score_of
from worklens.analysis.sequences.greedy import greedy
from worklens.analysis.sequences.likelihood import log_softmax

BATCH, SYMBOLS, LONGEST = 5, 3, 3
WHOLE = 2 * 3 * 3  # beginnings a beam must hold to be exhaustive


class Pairs:
    """The chance of a symbol depends on its source, on the symbol before, and on how many were said."""

    def __init__(self, seed: int) -> None:
        self.chances = log_softmax(
            np.random.default_rng(seed).normal(0, 2, (BATCH, LONGEST, SYMBOLS, SYMBOLS))
        )

    def start(self) -> Ints:
        return np.stack([np.arange(BATCH), np.zeros(BATCH, np.int64)], axis=1)

    def spread(self, state: Ints, width: int) -> Ints:
        return np.repeat(state, width, axis=0)

    def step(self, said: Ints, state: Ints) -> tuple[Reals, Ints]:
        return self.chances[state[:, 0], state[:, 1], said], state + np.array([0, 1])

    def take(self, state: Ints, rows: Ints) -> Ints:
        return state[rows]

    def keep(self, state: Ints, rows: Ints) -> Ints:
        return state[rows]


def every_text() -> Ints:
    """All texts of at most LONGEST symbols, filled up with END."""
    texts = {
        tuple(symbols[: symbols.index(0)] if 0 in symbols else symbols)
        for symbols in product(range(SYMBOLS), repeat=LONGEST)
    }
    return np.array([[*text, *[0] * (LONGEST - len(text))] for text in sorted(texts)])


@pytest.mark.parametrize("seed", range(4))
def test_a_beam_of_one_is_greedy(seed: int) -> None:
    """The same texts and the same log-probabilities."""
    texts, logs = greedy(Pairs(seed), BATCH, LONGEST)
    found = beam(Pairs(seed), BATCH, 1, LONGEST)

    assert_array_equal(found.texts[:, 0], texts)
    assert_allclose(found.logs[:, 0], logs)


@pytest.mark.parametrize("alpha", [0.0, 0.7, 1.0])
def test_a_wide_beam_finds_the_best_of_all(alpha: float) -> None:
    """What an exhaustive search scores highest, and its runners-up, by scores computed one text at a time."""
    model, texts = Pairs(7), every_text()
    scores = np.stack([score_of(model, np.tile(text, (BATCH, 1)), alpha) for text in texts], axis=1)
    found = beam(model, BATCH, WHOLE, LONGEST, alpha)

    assert_allclose(found.scores[:, :4], -np.sort(-scores, axis=1)[:, :4])
    assert_array_equal(found.texts[:, 0], texts[scores.argmax(axis=1)])


def test_wider_is_never_worse_than_exhaustive() -> None:
    """No width returns more than the whole search does, and the whole search not less than any."""
    best = [beam(Pairs(11), BATCH, width, LONGEST).scores[:, 0] for width in (1, 2, 4, WHOLE)]

    assert all((some <= best[-1] + 1e-12).all() for some in best)


def test_misses_are_charged() -> None:
    """To the beam where the model scores the right text higher, to the model where it doesn't."""
    right: Floats = np.array([-1.0, -3.0, -2.0])
    told = charge(right, np.array([-2.0, -1.0, -2.0]), np.array([True, True, False]))

    assert (told.misses, told.beam, told.model) == (2, 1, 1)


def test_lengths_count_the_end() -> None:
    """A text without an end is as long as it is."""
    assert lengths_of(np.array([[1, 0, 0], [0, 0, 0], [1, 2, 1]])).tolist() == [2, 1, 3]


def test_top_is_sorted() -> None:
    """Largest first, also where all are asked for."""
    values = np.array([[3.0, 1.0, 2.0]])

    assert top(values, 2).tolist() == [[0, 2]]
    assert top(values, 3).tolist() == [[0, 2, 1]]


@pytest.mark.parametrize("count", [3, 20])
def test_top_finds_what_sorting_finds(count: int) -> None:
    """By either way, each place once, also where less than that many have a chance at all."""
    values = np.random.default_rng(3).normal(size=(6, 40))
    values[3, 2:] = values[4] = -np.inf
    found = top(values, count)

    assert_array_equal(np.take_along_axis(values, found, axis=1), -np.sort(-values, axis=1)[:, :count])
    assert all(len(set(row)) == count for row in found.tolist())
