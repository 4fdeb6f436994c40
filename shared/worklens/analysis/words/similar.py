"""The texts most like one: cosine of their words, the rare ones weighing more (TF-IDF; Salton and Buckley 1988)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.words.rarity import rarity
from worklens.analysis.words.texts import Texts, encode
from worklens.analysis.words.vocabulary import UNKNOWN, learn


def likeness(text: Sequence[str], others: Sequence[Sequence[str]]) -> Floats:
    """(others,): how like each of the tokenised `others` is to `text`, from 0 to 1.

    A word that stands in none of the others makes all of them less like it.
    """
    known = learn(others)
    texts = encode(others, known)
    weights = rarity(texts, len(known))
    numbers = known.encode(text)
    asked = np.bincount(numbers, minlength=len(known)) * weights
    strangers = int((numbers == UNKNOWN).sum())
    asked[UNKNOWN] = np.sqrt(strangers) * weights[UNKNOWN]  # each a word of its own
    shared = np.bincount(texts.which, (asked * weights)[texts.words], len(texts))
    lengths = np.linalg.norm(asked) * _lengths(texts, weights)
    found: Floats = shared / np.where(lengths > 0, lengths, 1)
    return found


def _lengths(texts: Texts, weights: Floats) -> Floats:
    """(texts,): Euclid's length of each one's weighted counts of words."""
    places, counts = np.unique(texts.which * len(weights) + texts.words, return_counts=True)
    text, word = np.divmod(places, len(weights))
    lengths: Floats = np.sqrt(np.bincount(text, (counts * weights[word]) ** 2, len(texts)))
    return lengths
