"""Words as numbers, and texts of them as one array."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.words import rarity, texts, vocabulary

TEXTS = [["buy", "milk"], ["buy", "tea", "tea"], [], ["call", "anna"]]


def test_the_commoner_the_lower() -> None:
    """Number 0 is the unknown word; equals go by the alphabet."""
    found = vocabulary.learn(TEXTS)

    assert found.words == ("<unk>", "buy", "tea", "anna", "call", "milk")
    assert found.counts.tolist() == [0, 2, 2, 1, 1, 1]


def test_rare_words_become_unknown() -> None:
    """What is left out is counted as unknown, and encoded so."""
    found = vocabulary.learn(TEXTS, least=2, most=1)

    assert found.words == ("<unk>", "buy")
    assert found.counts.tolist() == [5, 2]
    assert found.encode(["buy", "milk", "<unk>"]).tolist() == [1, 0, 0]


def test_a_word_has_one_number() -> None:
    """Given twice, it would have two."""
    with pytest.raises(ValueError, match="2 of them distinct"):
        vocabulary.of(["a", "b", "a"], [1, 1, 1])


def test_texts_lie_one_after_the_other() -> None:
    """Each begins where the one before ends, also an empty one."""
    found = texts.encode(TEXTS, vocabulary.learn(TEXTS))

    assert found.words.tolist() == [1, 5, 1, 2, 2, 4, 3]
    assert found.starts.tolist() == [0, 2, 5, 5, 7]
    assert found.which.tolist() == [0, 0, 1, 1, 1, 3, 3]
    assert len(found) == 4


def test_no_texts_at_all() -> None:
    """Nothing crashes: no words, no rarity to tell."""
    found = texts.encode([], vocabulary.learn([]))

    assert len(found) == 0
    assert rarity.rarity(found, 1).tolist() == [1]


def test_a_word_said_twice_stands_in_one_text() -> None:
    """Rarity counts texts: `tea` stands in one, `buy` in two."""
    known = vocabulary.learn(TEXTS)
    found = texts.encode(TEXTS, known)

    assert rarity.text_counts(found, len(known)).tolist() == [0, 2, 1, 1, 1, 1]
    assert np.isclose(rarity.rarity(found, len(known))[1], np.log(5 / 3) + 1)
