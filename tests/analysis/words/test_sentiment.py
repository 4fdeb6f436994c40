"""Two readers of a text's feeling: the mean of its words, and one that reads on to the end."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.learning.losses import LOSSES
from worklens.analysis.sequences.parameters import count, cut, initialise
from worklens.analysis.words import texts
from worklens.analysis.words.sentiment import Plan, Reader, train
from worklens.analysis.words.sentiment_mean import MeanOfWords
from worklens.analysis.words.sentiment_recurrent import LastState
from worklens.analysis.words.texts import Texts, chosen, padded

GIVEN = texts.of([np.array(row, dtype=np.int64) for row in ([1, 2, 1], [], [3, 0])])
LACKING, GOOD, BAD, THINGS = 0, 1, 2, (3, 4, 5)  # taste, service, ambience
READERS = [MeanOfWords(4, 3, 2), LastState(4, 3, 2, 2), LastState(4, 3, 2, 2, "lstm")]


def reviews(number: int, seed: int) -> tuple[Texts, Ints]:
    """`lacking in good taste, good service and good ambience`, with and without `lacking`, of good things and of bad."""
    rng, rows, feelings = np.random.default_rng(seed), [], []
    for _ in range(number):
        lacking, good, things = (
            rng.random() < 0.5,
            rng.random() < 0.5,
            rng.permutation(THINGS)[: rng.integers(1, 4)],
        )
        said = [word for thing in things for word in (GOOD if good else BAD, thing)]
        rows.append(np.array([LACKING] * lacking + said))
        feelings.append(good != lacking)
    return texts.of(rows), np.array(feelings, dtype=np.int64)


def right(reader: Reader, plan: Plan) -> float:
    """How many of new reviews are understood."""
    rng = np.random.default_rng(0)
    trained = train(reader, *reviews(300, 1), rng, plan)
    asked, feelings = reviews(200, 2)
    return float((trained.chances(asked).argmax(axis=1) == feelings).mean())


def test_texts_are_chosen_and_padded() -> None:
    """In the order asked for, an empty one too."""
    turned = chosen(GIVEN, np.array([2, 1, 0, 2]))

    assert turned.words.tolist() == [3, 0, 1, 2, 1, 3, 0]
    assert turned.lengths.tolist() == [2, 0, 3, 2]
    assert padded(GIVEN).tolist() == [[1, 0, 3], [2, 0, 0], [1, 0, 0]]
    assert padded(chosen(GIVEN, np.array([1]))).shape == (0, 1)


@pytest.mark.parametrize("reader", READERS, ids=["mean", "gru", "lstm"])
def test_gradients(reader: Reader) -> None:
    """By every parameter, with a word twice and an empty text, to 1e-7."""
    shapes, y = reader.shapes(), np.array([[1.0, 0], [0, 1], [0, 1]])
    theta, gradient = initialise(shapes, np.random.default_rng(0)), np.empty(count(shapes))
    loss = reader.backward(cut(theta, shapes), GIVEN, y, cut(gradient, shapes))

    def cost(t: Floats) -> float:
        return LOSSES["categorical"].of(reader.sums(cut(t, shapes), GIVEN), y)

    assert np.isclose(loss, cost(theta))
    assert gradient_error(cost, theta, gradient) < 1e-7


def test_lacking_in_good_taste() -> None:
    """The one that reads on understands it; the mean of the words can't, however long it learns."""
    assert right(LastState(6, 6, 8, 2), Plan(epochs=15, rate=2e-2, size=16)) > 0.98
    assert right(MeanOfWords(6, 6, 2), Plan(epochs=15, rate=2e-2, size=16)) < 0.8


def test_the_mean_understands_plain_words() -> None:
    """Where no word turns another, which is most reviews; vectors that came from elsewhere stay where asked."""
    given, _ = reviews(200, 3)
    feelings = np.array(
        [BAD in given.words[a:b] for a, b in zip(given.starts, given.starts[1:], strict=False)]
    )
    vectors = np.eye(6, dtype=np.float32)
    plan = Plan(epochs=15, rate=3e-2, fixed=True)
    trained = train(
        MeanOfWords(6, 6, 2), given, feelings.astype(np.int64), np.random.default_rng(0), plan, vectors
    )

    assert (trained.chances(given).argmax(axis=1) == feelings).all()
    assert np.array_equal(cut(trained.theta, trained.reader.shapes())["e"], vectors)
    assert trained.chances(texts.of([])).shape == (0, 2)
