"""What word2vec does about frequent words (Mikolov et al. 2013): most of their places are passed over, and noise is drawn flatter."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats, Ints

THRESHOLD = 1e-3  # a word of a larger share than this is thinned out: word2vec's own default
FLATTER = (
    0.75  # the power of the counts that noise is drawn by; between all words alike (0) and as they come (1)
)


def keeping(counts: Ints, threshold: float = THRESHOLD) -> Floats:
    """(words,): the chance that a place of each word stays, `sqrt(t / f) + t / f` as word2vec's code has it, 1 at most."""
    shares = counts / max(counts.sum(), 1)
    ratio = threshold / np.where(shares > 0, shares, 1)
    found: Floats = np.where(shares > 0, np.minimum(np.sqrt(ratio) + ratio, 1), 1)
    return found


def heights(counts: Ints) -> Floats:
    """(words,): the sums, word after word, of the counts to the power of 3/4; what noise is drawn from."""
    found: Floats = np.cumsum(counts**FLATTER)
    return found


def noise(heights: Floats, count: int, rng: np.random.Generator) -> Ints:
    """(count,): words drawn by these heights. Raises ValueError where no word was met."""
    if not len(heights) or not heights[-1]:
        raise ValueError("no word was met, so none can be drawn")
    found: Ints = np.searchsorted(heights, rng.random(count) * heights[-1], side="right")
    return found
