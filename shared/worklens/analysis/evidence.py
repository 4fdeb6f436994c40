"""Is a difference more than luck? Two tests that must agree, and what many questions at once cost.

Counts of work come in bursts, so that formulas for independent events see findings everywhere. What is compared here
are sums over blocks of days, whose spread is taken from the blocks themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats, Ints

FLIPS = 1999  # the smallest p is then 1 / 2000, finer than any threshold in use
NOTHING = 1e-9  # a spread below this is rounding


@dataclass(frozen=True, eq=False)
class Evidence:
    """One value a group; NaN where a group had nothing to compare."""

    z: Floats  # (groups,): observed less expected over its spread, so that its sign is the direction
    p: Floats  # (groups,): two-sided, corrected for looking at all these groups
    blocks: Ints  # (groups,): the blocks of days that had anything to say


def excess(
    scores: Floats, variance: Floats, skewness: Floats, rng: np.random.Generator, flips: int = FLIPS
) -> Evidence:
    """Test whether groups had more or less than was expected of them.

    `scores` (blocks, groups) are observed less expected events; `variance` and `skewness` (groups,) are the second and
    third central moments that each group's sum would have if events were independent. p is the larger of two:
    that of `sign_flip`, which bursts can't mislead but rare events can, and that of `dispersed`, the other way round.
    """
    flipped = sign_flip(scores, rng, flips)
    z, p = dispersed(scores, variance, skewness)
    return Evidence(z, np.maximum(flipped, p), (np.abs(scores) > NOTHING).sum(axis=0))


def sign_flip(scores: Floats, rng: np.random.Generator, flips: int = FLIPS) -> Floats:
    """The p-value of each group's sum over blocks, from (blocks, groups) of scores: (groups,).

    Without a difference a block's scores might as well have come out the other way round, so each block's sign is
    flipped at random, for all groups alike; p is how often the largest |z| of any group reaches this one's (the
    max-T correction of Westfall and Young, 1993). With b blocks p can't fall below `2 ** (1 - b)`.
    """
    spread = np.sqrt((scores**2).sum(axis=0))  # (groups,): flipping leaves it as it is
    known = spread > NOTHING
    p = np.full(spread.shape, np.nan)
    if not known.any():
        return p
    unit = scores[:, known] / spread[known]
    signs = rng.integers(0, 2, (flips, scores.shape[0])) * 2.0 - 1.0
    largest = np.abs(signs @ unit).max(axis=1)  # (flips,)
    reached = (largest[:, None] >= np.abs(unit.sum(axis=0)) - NOTHING).sum(axis=0)
    p[known] = (1 + reached) / (1 + flips)
    return p


def dispersed(scores: Floats, variance: Floats, skewness: Floats) -> tuple[Floats, Floats]:
    """z and p of each group's sum, its variance raised to what the blocks show: (groups,) each.

    The variance is multiplied by the dispersion of this group or of all together, whichever is larger, and never
    by less than 1: a group with few events can't show its own bursts. Tails are those of a gamma curve with that skewness
    (Wilson and Hilferty, 1931), half an event is given away for counting whole ones, and p is multiplied by the
    number of groups.
    """
    known = variance > NOTHING
    squares = (scores**2).sum(axis=0)
    together = squares.sum() / max(variance.sum(), NOTHING)
    own = np.divide(squares, variance, out=np.ones_like(variance), where=known)
    raised = np.sqrt(variance * np.maximum(np.maximum(own, together), 1.0))
    total = scores.sum(axis=0)
    shrunk = np.sign(total) * np.maximum(np.abs(total) - 0.5, 0.0)
    z, rest, skew = (
        np.divide(part, scale, out=np.full(variance.shape, np.nan), where=known)
        for part, scale in ((total, raised), (shrunk, raised), (skewness, variance**1.5))
    )
    tails = np.array([2 * NormalDist().cdf(-abs(value)) for value in _normal_of_gamma(rest, skew)])
    return z, np.minimum(tails * known.sum(), 1.0)


def holm(p: ArrayLike) -> Floats:
    """Correct the p-values of several questions for their number (Holm, 1979); NaN stays NaN and doesn't count.

    Calling those at most 0.05 findings makes a false one in at most 1 history in 20, whatever ties the questions have.
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values)[: np.isfinite(values).sum()]
    adjusted = np.full(values.shape, np.nan)
    stepped = values[order] * np.arange(order.size, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(stepped), 1.0)
    return adjusted


def _normal_of_gamma(z: Floats, skew: Floats) -> Floats:
    """The normal score with the same tail as a standardised gamma variable z of that skewness."""
    bent = np.where(np.abs(skew) < 1e-6, 1e-6, skew)  # the plain z is its limit
    root: Floats = np.cbrt(np.maximum(bent * z / 2 + 1, 0.0))
    return 6 / bent * (root - 1) + bent / 6
