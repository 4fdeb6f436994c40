"""Texts times vectors and back, without the (texts, words) matrix: SciPy's sparse product where it is installed, else NumPy.

SciPy sums in place what stands together and sorts its indices as it does; it is given copies, never the caller's arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.sparse import library
from worklens.analysis.words.texts import Texts

RUN = 4_096  # places: of 80 units in float32 they take 1.3 MB


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
    order = np.argsort(texts.words, kind="stable")
    which, weighed = texts.which[order], weights[order]
    of_words = np.concatenate([[0], np.cumsum(np.bincount(texts.words, minlength=words))])

    def forth(x: Reals) -> Reals:
        return _summed(x, texts.words, weights, texts.starts)

    def back(y: Reals) -> Reals:
        return _summed(y, which, weighed, of_words)

    return Product(forth, back)


def _summed(rows: Reals, which: Ints, weights: Reals, starts: Ints) -> Reals:
    """The weighted rows `which` (places,) summed from each of `starts` to the next: (starts - 1, units), 0 where none is.

    By runs of some thousand places: what is gathered is summed while it is in the cache, which takes an eighth of the time.
    """
    sums = np.zeros((len(starts) - 1, rows.shape[1]), rows.dtype)
    there = np.flatnonzero(np.diff(starts))
    begins = starts[there]
    for at in _runs(begins, len(which)):
        some = begins[at]
        end = begins[at.stop] if at.stop < len(begins) else len(which)
        found = np.take(rows, which[some[0] : end], axis=0, mode="clip")
        found *= weights[some[0] : end, None]
        sums[there[at]] = np.add.reduceat(found, some - some[0], axis=0)
    return sums


def _runs(begins: Ints, end: int) -> Iterator[slice]:
    """Slices of segments, given where each begins, of about RUN places or one long segment."""
    cuts = np.unique(np.searchsorted(begins, np.arange(0, end, RUN)))
    yield from (slice(int(one), int(other)) for one, other in pairwise([*cuts, len(begins)]) if one < other)
