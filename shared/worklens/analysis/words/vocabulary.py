"""Words as numbers: the commoner, the lower, and 0 for every word that isn't known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from worklens.analysis.arrays import Ints

UNKNOWN = 0
UNKNOWN_WORD = "<unk>"  # GloVe's own name for it


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words by number, and how often each was met; number 0 stands for all that are not among them."""

    words: tuple[str, ...]
    counts: Ints  # (words,)
    numbers: dict[str, int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: str) -> bool:
        return word in self.numbers

    def number(self, word: str) -> int:
        """A word's number; 0 if it isn't known."""
        return self.numbers.get(word, UNKNOWN)

    def encode(self, words: Iterable[str]) -> Ints:
        """(words,) of numbers."""
        return np.array([self.numbers.get(word, UNKNOWN) for word in words], dtype=np.int64)


def learn(texts: Iterable[Sequence[str]], least: int = 1, most: int | None = None) -> Vocabulary:
    """The vocabulary of tokenised texts: words met `least` times or more, and of these the `most` commonest.

    Words met equally often are numbered by the alphabet, so that the order of texts doesn't matter.
    """
    met = Counter(word for text in texts for word in text)
    total = met.total()
    kept = sorted((-count, word) for word, count in met.items() if count >= least and word != UNKNOWN_WORD)
    kept = kept[:most]
    words = (UNKNOWN_WORD, *(word for _, word in kept))
    known = [-count for count, _ in kept]
    return of(words, [total - sum(known), *known])


def of(words: Sequence[str], counts: Sequence[int]) -> Vocabulary:
    """A vocabulary of these words, the first of which stands for unknown ones. Raises ValueError for a word given twice."""
    numbers = {word: number for number, word in enumerate(words)}
    if len(numbers) != len(words) or len(words) != len(counts):
        raise ValueError(f"{len(words)} words, {len(numbers)} of them distinct, and {len(counts)} counts")
    return Vocabulary(tuple(words), np.array(counts, dtype=np.int64), numbers)
