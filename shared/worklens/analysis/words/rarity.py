"""How much a word says: the fewer texts it stands in, the more (Spärck Jones 1972)."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.words.texts import Texts


def text_counts(texts: Texts, words: int) -> Ints:
    """(words,): in how many of the texts each word stands, however often."""
    once = np.unique(texts.which * words + texts.words) % max(words, 1)
    return np.bincount(once, minlength=words)


def rarity(texts: Texts, words: int) -> Floats:
    """(words,): `log((1 + texts) / (1 + texts with it)) + 1`, as scikit-learn smooths it; never below 1."""
    weights: Floats = np.log((1 + len(texts)) / (1 + text_counts(texts, words))) + 1
    return weights
