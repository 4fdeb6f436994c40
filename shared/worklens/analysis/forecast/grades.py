"""How promises came out: coverage, mean promise and pinball loss at each level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.forecast.questions import LONGEST, Emptied, HowMany, Question
from worklens.analysis.learning.metrics import pinball_losses

CAP = LONGEST + 1.0  # what "not within a year" counts for in a mean or a loss: the first day after


@dataclass(frozen=True, eq=False)
class GradeSummary:
    """How one question came out at `n` origins: (levels,) each; NaN where n is 0."""

    n: int
    levels: tuple[float, ...]
    promised: Ints  # (levels,): where something was promised; a list that gets no date was promised none
    coverage: Floats  # the share of these that were kept: what should equal the level
    promise: Floats  # the mean promise; "not within a year" counts as CAP days
    pinball: Floats  # the mean pinball loss, in tasks or days: the smaller, the better


def kept(question: Question, promises: Floats, value: Floats) -> Bools:
    """Which (origins, levels) of promises were kept by (origins,) of answers; an answer that never came keeps none."""
    answer = value[:, None]
    if isinstance(question, HowMany):
        return answer >= promises
    return (answer <= promises) & np.isfinite(answer)


def binding(question: Question, promises: Floats) -> Bools:
    """Which (origins, levels) of promises promise something.

    "So many more, but not within a year" is a miss where they don't come; of a list, "no day within a year" is no promise.
    """
    return np.isfinite(promises) | (not isinstance(question, Emptied))


def pinball(question: Question, levels: Floats, promises: Floats, value: Floats) -> Floats:
    """The pinball loss of each promise (Koenker and Bassett, 1978): (origins, levels).

    "At least so many" with 85 % is the 15 % quantile of the count; "within so many days" the 85 % quantile of the days.
    """
    share = 1 - levels if isinstance(question, HowMany) else levels
    return pinball_losses(capped(question, value)[:, None] - capped(question, promises), share)


def capped(question: Question, values: Floats) -> Floats:
    """The values as numbers to average: days after LONGEST, and never, are CAP."""
    return values if isinstance(question, HowMany) else np.minimum(values, CAP)


def summary(question: Question, levels: tuple[float, ...], promises: Floats, value: Floats) -> GradeSummary:
    """The grades of (origins, levels) of promises by (origins,) of answers; unknown answers (NaN) are left out."""
    there = ~np.isnan(value)
    promises, value, asked = promises[there], value[there], np.array(levels)
    if not value.size:
        nothing = np.full(asked.shape, np.nan)
        return GradeSummary(0, levels, np.zeros(asked.shape, dtype=np.int64), nothing, nothing, nothing)
    counts = binding(question, promises)
    n = counts.sum(axis=0)
    good = (kept(question, promises, value) & counts).sum(axis=0)
    return GradeSummary(
        n=int(value.size),
        levels=levels,
        promised=n,
        coverage=np.divide(good, n, out=np.full(asked.shape, np.nan), where=n > 0),
        promise=capped(question, promises).mean(axis=0),
        pinball=pinball(question, asked, promises, value).mean(axis=0),
    )
