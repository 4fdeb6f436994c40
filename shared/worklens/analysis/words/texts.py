"""Many texts as one array: the numbers of their words one after the other, and where each text begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.words.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Texts:
    """Tokenised texts: `words` (places,) and `starts` (texts + 1,), the last being the number of places."""

    words: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Ints:
        """(texts,)"""
        return np.diff(self.starts)

    @property
    def which(self) -> Ints:
        """(places,): the text each place stands in."""
        return np.repeat(np.arange(len(self)), self.lengths)


def encode(texts: Iterable[Sequence[str]], vocabulary: Vocabulary) -> Texts:
    """The texts in the numbers of a vocabulary."""
    known = [vocabulary.encode(text) for text in texts]
    return of(known)


def of(texts: Sequence[Ints]) -> Texts:
    """Texts that are numbers already."""
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in texts], out=starts[1:])
    words = np.concatenate(texts) if texts else np.zeros(0, dtype=np.int64)
    return Texts(words, starts)


def chosen(texts: Texts, rows: Ints) -> Texts:
    """The texts `rows` (count,), in that order."""
    lengths = texts.lengths[rows]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    at = np.arange(starts[-1]) + np.repeat(texts.starts[rows] - starts[:-1], lengths)
    return Texts(texts.words[at], starts)


def padded(texts: Texts) -> Ints:
    """(longest, texts): a text a column, from the top, and 0 below its end."""
    columns = np.zeros((int(texts.lengths.max(initial=0)), len(texts)), dtype=np.int64)
    columns[np.arange(len(texts.words)) - texts.starts[texts.which], texts.which] = texts.words
    return columns
