"""Texts times vectors and back, without the (texts, words) matrix: SciPy's sparse product where it is installed, else NumPy.

SciPy sums in place what stands together and sorts its indices as it does; it is given copies, never the caller's arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.embedding import scatter
from worklens.analysis.words.sparse import library
from worklens.analysis.words.texts import Texts


@dataclass(frozen=True, eq=False)
class Product:
    """The matrix with `weights` (places,) at each text and word, as two functions of dense matrices."""

    forth: Callable[[Reals], Reals]  # (words, units) to (texts, units)
    back: Callable[[Reals], Reals]  # (texts, units) to (words, units)


def product(texts: Texts, weights: Reals, words: int, *, sparse: bool | None = None) -> Product:
    """The matrix of `texts` over a vocabulary of `words`; a word that stands twice counts twice.

    `sparse` says whether to use SciPy; by default, if it is there.
    """
    found = library(sparse)
    return _dense(texts, weights, words) if found is None else _sparse(found, texts, weights, words)


def _sparse(scipy: Any, texts: Texts, weights: Reals, words: int) -> Product:
    parts = (weights.copy(), texts.words.astype(np.int32), texts.starts.astype(np.int32))
    matrix = scipy.csr_matrix(parts, shape=(len(texts), words))
    turned = matrix.T.tocsr()
    return Product(lambda x: matrix @ x, lambda y: turned @ y)


def _dense(texts: Texts, weights: Reals, words: int) -> Product:
    which = texts.which

    def forth(x: Reals) -> Reals:
        return _summed(x[texts.words] * weights[:, None], texts)

    def back(y: Reals) -> Reals:
        into = np.zeros((words, y.shape[1]), y.dtype)
        scatter(texts.words, y[which] * weights[:, None], into)
        return into

    return Product(forth, back)


def _summed(values: Reals, texts: Texts) -> Reals:
    """(places, units) to (texts, units); a text without words has a sum of 0."""
    sums = np.zeros((len(texts), values.shape[1]), values.dtype)
    there = np.flatnonzero(texts.lengths)
    if there.size:
        sums[there] = np.add.reduceat(values, texts.starts[there], axis=0)
    return sums
