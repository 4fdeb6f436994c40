"""Titles in blocks of equal length, so that a block is one array without padding."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.words.texts import Texts


def thinned(texts: Texts, keep: Floats, rng: np.random.Generator) -> Texts:
    """The texts less the places that chance takes; each stays with the chance `keep` (words,) of its word."""
    stays = rng.random(len(texts.words)) < keep[texts.words]
    starts = np.concatenate([[0], np.cumsum(stays)])[texts.starts]
    return Texts(texts.words[stays], starts)


def blocks(texts: Texts, places: int, rng: np.random.Generator) -> Iterator[Ints]:
    """Each text of two words or more once: arrays (texts, length) of some `places` words, in random order."""
    order = rng.permutation(len(texts))
    lengths = texts.lengths[order]
    parts: list[tuple[Ints, int]] = []
    for length in np.unique(lengths[lengths > 1]).tolist():
        alike, size = order[lengths == length], max(places // length, 1)
        parts.extend((alike[at : at + size], length) for at in range(0, len(alike), size))
    for at in rng.permutation(len(parts)):
        rows, length = parts[at]
        yield texts.words[texts.starts[rows][:, None] + np.arange(length)]


def window(length: int, reach: int) -> Floats:
    """(length, length): 1 for each place and each other at most `reach` away, else 0."""
    apart = np.abs(np.subtract.outer(np.arange(length), np.arange(length)))
    near: Floats = ((apart > 0) & (apart <= reach)).astype(np.float64)
    return near
