"""How good chances are, once the truth is known: (examples,) of chances in [0, 1], and of truths 0 or 1; and quantiles.

The log loss and Brier's score reward honest chances (Gneiting and Raftery 2007, proper scores); the area under the curve
asks only for the right order, and the calibration error only for honesty. All raise ValueError for what isn't a chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from worklens.analysis.arrays import Floats

BINS = 10  # what most papers on calibration take: a hundred answers still put ten in each


def log_loss(truth: ArrayLike, chance: ArrayLike) -> float:
    """The mean of `-log` of the chance given to what came true. Sure and wrong costs 36, the log of float64's precision."""
    y, p = _checked(truth, chance)
    least = np.finfo(np.float64).eps
    given = np.where(y == 1, p, 1 - p)
    return float(-np.log(np.maximum(given, least)).mean())


def brier(truth: ArrayLike, chance: ArrayLike) -> float:
    """The mean squared distance from chance to truth (Brier 1950)."""
    y, p = _checked(truth, chance)
    return float(((p - y) ** 2).mean())


@dataclass(frozen=True)
class BrierParts:
    """`score = reliability - resolution + uncertainty + within`, exactly."""

    reliability: float  # how far chances lie from how often it came true: 0 is best
    resolution: float  # how far the groups' frequencies differ from the mean: the more, the better
    uncertainty: float  # what the truths' own spread leaves to any forecast
    within: float  # what grouping hides; 0 if all chances of a group are equal

    @property
    def score(self) -> float:
        """The Brier score."""
        return self.reliability - self.resolution + self.uncertainty + self.within


def brier_parts(truth: ArrayLike, chance: ArrayLike, bins: int = BINS) -> BrierParts:
    """Murphy's decomposition (1973) over groups of similar chances, with what the grouping hides (Stephenson 2008)."""
    y, p = _checked(truth, chance)
    groups = _groups(y, p, bins)
    share = groups.count / y.size
    reliability = float(share @ (groups.chance - groups.truth) ** 2)
    resolution = float(share @ (groups.truth - y.mean()) ** 2)
    uncertainty = float(y.mean() * (1 - y.mean()))
    return BrierParts(
        reliability, resolution, uncertainty, brier(y, p) - (reliability - resolution + uncertainty)
    )


def calibration_error(truth: ArrayLike, chance: ArrayLike, bins: int = BINS) -> float:
    """The mean distance between chance and frequency over groups of similar chances (Naeini et al. 2015).

    The groups hold about equally many examples, and equal chances are never parted (Nixon et al. 2019).
    """
    y, p = _checked(truth, chance)
    groups = _groups(y, p, bins)
    return float((groups.count / y.size) @ np.abs(groups.chance - groups.truth))


def auc(truth: ArrayLike, score: ArrayLike) -> float:
    """The chance that one that came true was scored above one that didn't, ties counting half; NaN with one class only.

    The area under the ROC curve, as the rank sum of Mann and Whitney (Hanley and McNeil 1982). Any scores will do.
    """
    y, s = np.asarray(truth), np.asarray(score, dtype=np.float64)
    _check(y, s)
    positive = int((y == 1).sum())
    if positive in (0, y.size):
        return float("nan")
    _, which, count = np.unique(s, return_inverse=True, return_counts=True)
    rank = np.cumsum(count) - (count - 1) / 2  # the mean rank of equal scores, from 1
    above = rank[which][y == 1].sum() - positive * (positive + 1) / 2
    return float(above / (positive * (y.size - positive)))


def pinball(truth: ArrayLike, quantile: ArrayLike, level: float) -> float:
    """The mean pinball loss of quantiles of one level, above 0 and below 1, in the truths' unit: (examples,) each.

    Least in the mean for who tells the true quantile (Koenker and Bassett 1978). Truths are any finite numbers here.
    """
    y, q = np.asarray(truth, dtype=np.float64), np.asarray(quantile, dtype=np.float64)
    if not 0 < level < 1:
        raise ValueError(f"a level of {level} is no quantile's; it must lie between 0 and 1")
    if y.ndim != 1 or y.shape != q.shape or not y.size:
        raise ValueError(f"truths {y.shape} and quantiles {q.shape} must be of one length, at least 1")
    if not (np.isfinite(y).all() and np.isfinite(q).all()):
        raise ValueError("truths or quantiles hold NaN or infinity; leave out what isn't known yet")
    return float(pinball_losses(y - q, level).mean())


def pinball_losses(missed: Floats, level: Floats | float) -> Floats:
    """`max(level m, (level - 1) m)` of each m, truth less quantile: of their common shape."""
    losses: Floats = np.maximum(level * missed, (level - 1) * missed)
    return losses


@dataclass(frozen=True, eq=False)
class _Groups:
    count: Floats
    chance: Floats  # (groups,): the mean chance
    truth: Floats  # (groups,): how often it came true


def _groups(y: Floats, p: Floats, bins: int) -> _Groups:
    """Groups of about equal size along the sorted chances; those of equal chance stay together."""
    if bins < 1:
        raise ValueError(f"{bins} bins can't hold anything; take one at least")
    ordered = np.sort(p)
    edges = ordered[np.arange(1, bins) * y.size // bins]
    which: NDArray[np.intp] = np.searchsorted(edges, p, side="right")
    count = np.bincount(which, minlength=bins).astype(np.float64)
    there = count > 0
    chance, truth = (np.bincount(which, v, bins)[there] / count[there] for v in (p, y))
    return _Groups(count[there], chance, truth)


def _checked(truth: ArrayLike, chance: ArrayLike) -> tuple[Floats, Floats]:
    y, p = np.asarray(truth, dtype=np.float64), np.asarray(chance, dtype=np.float64)
    _check(y, p)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("chances must lie between 0 and 1")
    return y, p


def _check(y: NDArray[np.generic], s: Floats) -> None:
    if y.ndim != 1 or y.shape != s.shape or not y.size:
        raise ValueError(f"truths {y.shape} and chances {s.shape} must be of one length, at least 1")
    if not np.isin(y, (0, 1)).all():
        raise ValueError("truths must be 0 or 1; leave out what isn't known yet")
    if not np.isfinite(s).all():
        raise ValueError("scores hold NaN or infinity; leave out what was not scored")
