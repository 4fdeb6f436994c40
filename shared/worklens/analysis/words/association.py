"""How much more one group of words goes with one notion than another group does: the word embedding association test.

WEAT, by Caliskan, Bryson and Narayanan 2017: flowers with pleasant words and insects with unpleasant ones, or names with
careers and with family.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.cosine import unit

DRAWS = 1_000  # a chance of 0.05 is then known to 0.007
ROUNDING = (
    16  # times the type's precision: leanings no further apart are the same, and a ratio of them says nothing
)


def leaning(words: Reals, one: Reals, other: Reals) -> Floats:
    """(words,): each one's mean cosine with the first notion's words, less that with the second's."""
    rows = unit(words)
    found: Floats = (rows @ unit(one).T).mean(axis=1) - (rows @ unit(other).T).mean(axis=1)
    return found


def effect(x: Reals, y: Reals, one: Reals, other: Reals) -> float:
    """How far the groups x and y lean apart, in standard deviations of both together: from -2 to 2; 0 where all lean alike.

    Raises ValueError for an empty group.
    """
    _check(x, y, one, other)
    first, second = leaning(x, one, other), leaning(y, one, other)
    spread = float(np.std(np.concatenate([first, second]), ddof=1))
    told = spread > ROUNDING * float(np.finfo(x.dtype).eps)
    return float(first.mean() - second.mean()) / spread if told else 0.0


def chance(
    x: Reals, y: Reals, one: Reals, other: Reals, rng: np.random.Generator, draws: int = DRAWS
) -> float:
    """The chance that words dealt at random into two such groups lean apart as far, one-sided; never quite 0."""
    _check(x, y, one, other)
    leanings = np.concatenate([leaning(x, one, other), leaning(y, one, other)])
    dealt = rng.permuted(np.broadcast_to(leanings, (draws, len(leanings))), axis=1)
    apart = dealt[:, : len(x)].mean(axis=1) - dealt[:, len(x) :].mean(axis=1)
    seen = leanings[: len(x)].mean() - leanings[len(x) :].mean()
    return float(1 + (apart >= seen - 1e-12).sum()) / (1 + draws)  # what was seen is one of the deals


def _check(*groups: Reals) -> None:
    if not all(map(len, groups)):
        raise ValueError(f"groups of {[len(group) for group in groups]} words: each needs one at least")
