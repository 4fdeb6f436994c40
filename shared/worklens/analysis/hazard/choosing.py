"""Which features, and how strong a ridge: chosen by the log loss on the latest part of the past, which no candidate learnt from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats
from worklens.analysis.hazard.design import Lesson, loose
from worklens.analysis.hazard.records import DONE
from worklens.analysis.hazard.ridge import Scale, fit, scale_of

STRENGTHS = (100.0, 300.0)
"""Each task stands in some six rows a month, so that a row is worth a sixth of a fresh one: 100 is about as much as 16 tasks say."""
LATER = 0.3  # the share of the completions that candidates are judged by
LEAST = 30  # completions there, and before: of fewer nothing is chosen, and the first candidate taken
SURE = 1.0  # of the gain on the first candidate over its spread, before another is taken: noise chooses too
BLOCK = 30  # days whose rows come and go together


@dataclass(frozen=True)
class Choice:
    """The groups of features that are used, empty for all of them, and the ridge's strength."""

    groups: tuple[str, ...]
    strength: float

    def used(self, names: tuple[str, ...]) -> Bools:
        """Which columns: (columns,)."""
        return np.array([not self.groups or name in self.groups for name in names], dtype=np.bool_)


CANDIDATES = tuple(Choice((), strength) for strength in STRENGTHS)
"""The first is taken unless another is surely better. All use all features: the ridge keeps what says little small, and to choose
features by some fifty completions was worse than either choice on both logs we have."""


def choose(taught: Lesson) -> Choice:
    """The candidate that would have told the latest completions best, had it learnt from what was over before them."""
    cut = _cut(taught)
    earlier, later = taught.those(taught.until <= cut), taught.those(taught.day > cut)
    if min(earlier.events, later.events) < LEAST:
        return CANDIDATES[0]
    scale = scale_of(earlier.columns, loose(taught.names))
    losses = np.stack(list(_losses(earlier, later, scale)))  # (candidates, rows)
    best = int(np.argmin(losses.sum(axis=1)))
    sums = np.bincount((later.day - cut) // BLOCK, losses[0] - losses[best])
    spread = float(np.sqrt((sums**2).sum()))
    return CANDIDATES[best if sums.sum() > SURE * spread else 0]


def _cut(taught: Lesson) -> int:
    """The day after which the last LATER of the completions came."""
    days = np.sort(taught.day[taught.cause == DONE])
    return int(days[int((1 - LATER) * days.size)]) if days.size else 0


def _losses(earlier: Lesson, later: Lesson, scale: Scale) -> Iterator[Floats]:
    """What each later row costs each candidate that learnt from the earlier ones, weighed: (rows,)."""
    start: Floats | None = None
    for choice in CANDIDATES:
        some = scale.only(choice.used(earlier.names))
        scaled = some.met(earlier.columns)
        model = fit(some, scaled, earlier.cause == DONE, earlier.weights, choice.strength, start=start)
        start = model.w  # the next one's lies near
        yield log_losses(model.log_odds(later.columns), later.cause == DONE) * later.weights


def log_losses(log_odds: Floats, truth: Bools) -> Floats:
    """The log loss of each chance, told as log odds: (rows,)."""
    losses: Floats = np.logaddexp(0, np.where(truth, -log_odds, log_odds))
    return losses
