"""A prejudice put into vectors by us, measured, and taken out again."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.association import chance, effect, leaning
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.debiasing import bias_direction, debias, equalise, neutralise

UNITS = 20
PAIRS = np.array([[0, 1], [2, 3], [4, 5], [6, 7]])
ONE, OTHER = np.arange(8, 18), np.arange(18, 28)  # words for trades, of which the world has made up its mind
NEUTRAL = np.concatenate([ONE, OTHER])


def prejudiced() -> tuple[Reals, Reals]:
    """Vectors, and the direction that parts the pairs by 2 and leans the trades by 0.5 either way."""
    rng = np.random.default_rng(0)
    along = unit(rng.normal(size=UNITS))
    rows = rng.normal(size=(28, UNITS)) / np.sqrt(UNITS)
    rows[1:8:2] = rows[0:8:2] + rng.normal(size=(4, UNITS)) * 0.05
    lean = np.array([1, -1] * 4 + [0.5] * 10 + [-0.5] * 10)
    return rows + lean[:, None] * along, along


def measured(rows: Reals) -> float:
    return effect(rows[ONE], rows[OTHER], rows[PAIRS[:, 0]], rows[PAIRS[:, 1]])


def test_the_direction_is_found() -> None:
    """From the pairs alone, and pointing to their first words."""
    rows, along = prejudiced()

    assert bias_direction(rows, PAIRS) @ along > 0.98


def test_pairs_that_do_not_differ_show_nothing() -> None:
    """That is said."""
    with pytest.raises(ValueError, match="no direction"):
        bias_direction(np.ones((2, 3)), np.array([[0, 1]]))


def test_debiasing_lowers_the_measure_and_keeps_the_rest() -> None:
    """The trades no longer lean; what they have in common beside the direction stays."""
    rows, _ = prejudiced()
    along = bias_direction(rows, PAIRS)
    fair = debias(rows, PAIRS, NEUTRAL, along)
    before, after = (neutralise(found[NEUTRAL], along) for found in (rows, fair))

    assert measured(rows) > 1.5
    assert abs(measured(fair)) < 0.3
    assert np.abs(fair[NEUTRAL] @ along).max() < 1e-12
    assert np.allclose(before @ before.T, after @ after.T)


def test_no_word_of_a_pair_is_neutral() -> None:
    """Grandmother isn't to lose what tells her from grandfather."""
    rows, along = prejudiced()

    with pytest.raises(ValueError, match="1 words are in a pair"):
        debias(rows, PAIRS, np.array([7, 8]), along)


def test_equal_pairs_are_equally_like_what_is_neutral() -> None:
    """To the last digit, at length 1, and each still on its side."""
    rows, along = prejudiced()
    equal = equalise(rows, PAIRS, along)
    neutral = neutralise(rows[NEUTRAL], along)

    assert np.allclose(np.linalg.norm(equal, axis=1), 1)
    assert np.allclose(equal[PAIRS[:, 0]] @ neutral.T, equal[PAIRS[:, 1]] @ neutral.T)
    assert (equal[PAIRS[:, 0]] @ along > 0).all()
    assert (equal[PAIRS[:, 1]] @ along < 0).all()


def test_the_measure_by_hand() -> None:
    """Two words a group, on two axes: leanings 1 and -1, two apart, and a spread of the root of 4/3."""
    x, y = np.eye(2)[[0, 0]], np.eye(2)[[1, 1]]

    assert leaning(x, x, y).tolist() == [1, 1]
    assert np.isclose(effect(x, y, x, y), 2 / np.sqrt(4 / 3))
    assert effect(x, x, x, y) == 0


def test_chance_tells_a_prejudice_from_luck() -> None:
    """Rare for the trades, usual for a group against itself; an empty group is refused."""
    rows, _ = prejudiced()
    rng, notions = np.random.default_rng(0), (rows[PAIRS[:, 0]], rows[PAIRS[:, 1]])

    assert chance(rows[ONE], rows[OTHER], *notions, rng) < 0.01
    assert chance(rows[ONE], rows[ONE], *notions, rng) > 0.3
    with pytest.raises(ValueError, match="one at least"):
        effect(rows[:0], rows[ONE], *notions)
