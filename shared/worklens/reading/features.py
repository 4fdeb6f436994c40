"""Tokens as sets of features: the word itself, pieces of it, how it is written, and of a number its size and its slot.

The pieces let a misspelt word look like the right one, as in fastText (Bojanowski et al. 2017). Of a number the network sees
only what tells days from years; the number itself is pointed at.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.reading.lexer import Token

PIECES = 4096  # buckets into which pieces of words are hashed
MOST = 14  # features of a token
SIZES = 70  # 0 to 59 each by itself, then coarser
KINDS = ("word", "number", "spelt", "ordinal", "chinese", "sign")
SHAPES = ("", "aa", "Aa", "AA")
PLAIN = len(KINDS) + len(SHAPES) + 2 + SIZES + 6 + 11 + 1  # features that no vocabulary is needed for


class Vocabulary:
    """The words that have a vector of their own."""

    def __init__(self, words: Sequence[str]) -> None:
        """A word's place is its number; words that aren't there share one."""
        self.words = tuple(words)
        self._place = {word: at for at, word in enumerate(self.words)}
        self.pieces_at = 1 + PLAIN
        self.unknown = self.pieces_at + PIECES
        self.count = self.unknown + 1 + len(self.words)
        self.features = lru_cache(100_000)(self._features)

    def _features(self, token: Token, slot: int, known: bool = True) -> tuple[int, ...]:
        """The features of a token, `slot` being its place among the numbers; feature 0 is no feature.

        Without `known` it is taken for a word never seen.
        """
        found = plain(token, slot)
        if token.kind != "number":
            at = self._place.get(token.text) if known else None
            found.append(self.unknown if at is None else self.unknown + 1 + at)
            found.extend(self.pieces_at + piece for piece in pieces(token.text))
        return tuple(found[:MOST])


def plain(token: Token, slot: int) -> list[int]:
    """What doesn't depend on the word."""
    at = 1
    found = [at + KINDS.index(token.kind)]
    at += len(KINDS)
    if token.shape:
        found.append(at + SHAPES.index(token.shape))
    at += len(SHAPES)
    if token.spaced:
        found.append(at)
    at += 2
    if token.is_number:
        found.append(at + size(token.value))
        found.append(at + SIZES + min(token.digits, 5))
        found.append(at + SIZES + 6 + min(slot, 10))
        if token.kind == "number" and token.digits > len(str(token.value)):
            found.append(at + SIZES + 6 + 11)
    return found


def size(value: int) -> int:
    """A number's size: itself below 60, then by what it may be."""
    if value < 60:
        return value
    for step, limit in enumerate((100, 200, 700, 1000, 1300, 1900, 2100, 2400, 10_000)):
        if value < limit:
            return 60 + step
    return 69


def pieces(word: str) -> list[int]:
    """The buckets of a word's pieces of three and four letters, ends marked; short signs have none."""
    if len(word) < 2:
        return []
    marked = f"<{word}>"
    cut = [marked[at : at + n] for n in (3, 4) for at in range(len(marked) - n + 1)]
    return [zlib.crc32(piece.encode()) % PIECES for piece in cut]


def slots_of(tokens: Sequence[Token]) -> list[int]:
    """Each token's place among the numbers, from 0; of other tokens 0."""
    slots, at = [], 0
    for token in tokens:
        slots.append(at if token.is_number else 0)
        at += token.is_number
    return slots


def filled(features: Sequence[tuple[int, ...]]) -> Ints:
    """Features filled up with 0: (tokens, MOST)."""
    out = np.zeros((len(features), MOST), np.int64)
    for at, some in enumerate(features):
        out[at, : len(some)] = some
    return out
