"""Written examples as arrays, ready to learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.masks import mask_of, whole
from worklens.reading.features import Vocabulary, filled, slots_of
from worklens.reading.lexer import Token
from worklens.reading.network import Reads
from worklens.reading.phrases.examples import Example, examples
from worklens.reading.symbols import NUMBER_OF

LONGEST = 40  # tokens: longer titles teach nothing new
SEEN = 15  # times a word must be seen to have a vector of its own; rarer ones are known by their pieces
FIRST = 60_000  # examples among which the vocabulary is looked for


@dataclass(frozen=True, eq=False)
class Corpus:
    """Examples end to end: tokens as rows of `features`, known ones first and then the same as if unknown."""

    features: Ints  # (2 * distinct tokens, features a token)
    tokens: Ints  # of all examples in a row
    inside: Ints  # 1 on tokens of the phrase
    starts: Ints  # (examples + 1,)
    symbols: Ints
    symbol_starts: Ints
    wordy: Ints  # (distinct tokens,) 1 where a token is a word that could be unknown

    @property
    def lengths(self) -> Ints:
        """By which examples are put together: how much is said, which costs most, and then how much is read."""
        return np.diff(self.symbol_starts) * (LONGEST + 1) + np.diff(self.starts)


def vocabulary(seed: int) -> Vocabulary:
    """The words that the grammar uses often."""
    seen = Counter(
        token.text for one in islice(examples(seed), FIRST) for token in one.tokens if token.kind != "number"
    )
    return Vocabulary(sorted(word for word, times in seen.items() if times >= SEEN))


def corpus(words: Vocabulary, made: Iterable[Example]) -> Corpus:
    """The examples as arrays."""
    known: dict[tuple[Token, int], int] = {}
    rows: list[int] = []
    inside: list[int] = []
    symbols: list[int] = []
    starts, symbol_starts = [0], [0]
    for one in made:
        if len(one.tokens) > LONGEST:
            continue
        rows.extend(
            known.setdefault((token.placeless(), slot), len(known))
            for token, slot in zip(one.tokens, slots_of(one.tokens), strict=True)
        )
        start, end = one.span or (0, 0)
        inside.extend(int(start <= at < end) for at in range(len(one.tokens)))
        starts.append(len(rows))
        symbols.extend(NUMBER_OF[symbol] for symbol in one.symbols)
        symbol_starts.append(len(symbols))
    features = filled(
        [words.features(*key) for key in known] + [words.features(*key, False) for key in known]
    )
    wordy = [int(token.kind in {"word", "sign"} and token.text.isalpha()) for token, _ in known]
    return Corpus(features, *map(np.array, (rows, inside, starts, symbols, symbol_starts, wordy)))


def batch(
    data: Corpus, which: Ints, forget: float, rng: np.random.Generator
) -> tuple[Reads, Ints, Reals, Reals]:
    """Some examples: what is read, what is to be said (symbols, batch), its mask, and what is inside the phrase.

    Of the words outside phrases a share `forget` is taken for unknown, of those inside a fifth of that.
    """
    rows, mask = _padded(data.tokens, data.starts, which)
    inside, _ = _padded(data.inside, data.starts, which)
    y, _ = _padded(data.symbols, data.symbol_starts, which, 1)
    lengths = np.diff(data.symbol_starts)[which] + 1
    share = np.where(inside > 0, forget / 5, forget)
    unknown = (rng.random(rows.shape) < share) & (data.wordy[rows] > 0)
    distinct, place = np.unique(rows + unknown * len(data.wordy), return_inverse=True)
    reads = Reads(data.features[distinct], place.reshape(rows.shape), None if whole(mask) else mask)
    return reads, y, mask_of(lengths, np.float32), inside.astype(np.float32)


def _padded(values: Ints, starts: Ints, which: Ints, more: int = 0) -> tuple[Ints, Reals]:
    """Stretches of values side by side, filled up with 0: (longest + more, batch), and the mask."""
    lengths = np.diff(starts)[which]
    mask = mask_of(lengths, np.float32, int(lengths.max()) + more)
    at = np.minimum(starts[which] + np.arange(len(mask))[:, None], len(values) - 1)
    return np.where(mask > 0, values[at], 0), mask
