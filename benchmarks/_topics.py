"""A made corpus of titles on topics, and how many of a word's nearest words are on its own: what word vectors are raced on.

Each word but the commonest hundred belongs to one topic; a title has one topic and draws some of its words from it. It is a
topic model, which flatters methods that read whole titles at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.nearest import nearest
from worklens.analysis.words.texts import Texts

WORDS, TITLES, LENGTH = 20_000, 200_000, 6
COMMON = 100  # of these no topic has any
OWN = 0.6  # of a title's words are drawn from its topic
ASKED, NEAREST, SEEN = (
    3_000,
    10,
    10,
)  # words asked, how many neighbours, and how often a word was met at least


@dataclass(frozen=True, eq=False)
class Corpus:
    """Titles, each word's topic (-1 for none), and the words that are asked about."""

    rows: NDArray[np.int64]  # (titles, length)
    topic: Ints  # (words,)
    known: Ints  # words with a topic that were met often enough
    asked: Ints

    @property
    def texts(self) -> Texts:
        """As our methods take them."""
        return Texts(self.rows.ravel(), np.arange(len(self.rows) + 1) * LENGTH)

    def sentences(self) -> list[list[str]]:
        """As gensim takes them: a word is its number."""
        names = np.array([str(number) for number in range(WORDS)], dtype=object)
        found: list[list[str]] = names[self.rows].tolist()
        return found

    def recall(self, vectors: Reals) -> float:
        """The share of the ten nearest words, of all known ones, that have the topic of the word asked."""
        rows = unit(vectors[self.known].astype(np.float32))
        which, _ = nearest(unit(vectors[self.asked].astype(np.float32)), rows, NEAREST + 1)
        found = self.known[which]
        others = found != self.asked[:, None]
        hits = (self.topic[found] == self.topic[self.asked][:, None]) & others
        first = np.cumsum(others, axis=1) <= NEAREST
        return float((hits & first).sum() / (NEAREST * len(self.asked)))


def corpus(topics: int, seed: int = 0) -> Corpus:
    """The titles of so many topics, topic t weighing 1 / sqrt(t + 1)."""
    rng = np.random.default_rng(seed)
    often = 1 / (np.arange(WORDS) + 3.7)  # rank + 2.7
    topic = rng.integers(0, topics, WORDS)
    topic[:COMMON] = -1
    of = rng.choice(topics, TITLES, p=_shares(1 / np.sqrt(np.arange(topics) + 1)))
    rows = rng.choice(WORDS, (TITLES, LENGTH), p=_shares(often))
    own = rng.random((TITLES, LENGTH)) < OWN
    for number in range(topics):
        words, titles = np.flatnonzero(topic == number), np.flatnonzero(of == number)
        drawn = rng.choice(words, (len(titles), LENGTH), p=_shares(often[words]))
        rows[titles] = np.where(own[titles], drawn, rows[titles])
    counts = np.bincount(rows.ravel(), minlength=WORDS)
    known = np.flatnonzero((counts >= SEEN) & (topic >= 0))
    return Corpus(rows, topic, known, rng.choice(known, min(ASKED, len(known)), replace=False))


def _shares(weights: Floats) -> Floats:
    shares: Floats = weights / weights.sum()
    return shares
