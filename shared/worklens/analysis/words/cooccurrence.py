"""Which words stand near which, and how often: what GloVe learns from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.sparse import library
from worklens.analysis.words.texts import Texts


@dataclass(frozen=True, eq=False)
class Together:
    """The pairs of words that met, each once and in both orders, by the first and then the second."""

    first: Ints  # (pairs,)
    second: Ints
    weights: Reals  # (pairs,), in float32: a meeting k places apart counts 1 / k, as GloVe has it

    def __len__(self) -> int:
        return len(self.weights)


def together(texts: Texts, words: int, reach: int = 10, *, sparse: bool | None = None) -> Together:
    """Every two places of one text at most `reach` apart, over a vocabulary of `words`."""
    which, parts = texts.which, []
    for apart in range(1, min(reach, int(texts.lengths.max(initial=0)) - 1) + 1):
        at = np.flatnonzero(which[apart:] == which[:-apart])
        parts.append((texts.words[at], texts.words[at + apart], np.full(len(at), 1 / apart)))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Together(none, none, np.zeros(0, dtype=np.float32))
    one, other, weights = map(np.concatenate, zip(*parts, strict=True))
    first, second = np.concatenate([one, other]), np.concatenate([other, one])
    return _added(first, second, np.concatenate([weights, weights]), words, sparse)


def _added(first: Ints, second: Ints, weights: Reals, words: int, sparse: bool | None) -> Together:
    """Equal pairs as one, their weights added."""
    found = library(sparse)
    if found is None:
        pairs, which = np.unique(first * words + second, return_inverse=True)
        sums = np.bincount(which, weights)
        return Together(*np.divmod(pairs, words), sums.astype(np.float32))
    matrix = found.csr_matrix((weights, (first, second)), shape=(words, words))
    matrix.sort_indices()
    rows = np.repeat(np.arange(words), np.diff(matrix.indptr))
    return Together(rows, matrix.indices.astype(np.int64), matrix.data.astype(np.float32))
