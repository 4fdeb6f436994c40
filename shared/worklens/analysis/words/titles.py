"""A title as one vector: the sum of its words' vectors, the rare ones weighing more, at length 1."""

from __future__ import annotations

import numpy as np

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.products import product
from worklens.analysis.words.texts import Texts


def title_vectors(texts: Texts, words: Reals, weights: Reals, *, sparse: bool | None = None) -> Reals:
    """(texts, units), of word vectors (words, units) and what each word weighs (words,). No known word: zeros."""
    weighed = weights.astype(words.dtype)[texts.words]
    found: Reals = unit(product(texts, weighed, len(words), sparse=sparse).forth(words))
    return found


def without_common(vectors: Reals, directions: int = 1) -> Reals:
    """The vectors less what nearly all share: their first directions (Arora, Liang and Ma 2017). At length 1 again."""
    if len(vectors) <= directions:
        return vectors
    _, _, turned = np.linalg.svd(vectors.T @ vectors)
    common = turned[:directions]
    return unit(vectors - (vectors @ common.T) @ common)
