"""Did the pace change: the last four weeks against the half year before, week by week."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints

RECENT_WEEKS = 4
BEFORE_WEEKS = 26
SHUFFLES = 1999
LAGS = 3  # weeks that may resemble one another: a month


@dataclass(frozen=True)
class PaceChange:
    """The recent pace beside the one before."""

    ratio: float  # recent tasks a week over those before; NaN where there were none before
    p: float  # two-sided
    recent: int  # tasks done in the recent weeks
    before: int  # and in the weeks before
    dispersion: float  # variance over mean of the weeks before: 1 is Poisson, more is bursts; NaN where none


def pace_change(
    daily: Ints,
    rng: np.random.Generator,
    *,
    recent_weeks: int = RECENT_WEEKS,
    before_weeks: int = BEFORE_WEEKS,
    shuffles: int = SHUFFLES,
) -> PaceChange:
    """Compare the last weeks of (days,) counts with those before; weeks are counted back from the last day.

    The weeks' order is shuffled, which holds however bursty a week is. So that a slow drift is not taken for a
    change, the difference of mean square roots is divided by its long-run spread (Newey and West, 1987, over LAGS weeks,
    never less than that of independent weeks), anew in each shuffle. Raises ValueError if `daily` is too short.
    """
    weeks = recent_weeks + before_weeks
    if daily.shape[-1] < 7 * weeks:
        raise ValueError(f"{daily.shape[-1]} days are too few: the comparison needs {7 * weeks}")
    weekly = daily[-7 * weeks :].reshape(weeks, 7).sum(axis=1)
    roots = np.sqrt(weekly + 0.375)  # Anscombe's root: busy and quiet weeks then vary alike
    shuffled = rng.permuted(np.tile(roots, (shuffles, 1)), axis=1)
    observed = abs(_studentised(roots[None, :], before_weeks)[0])
    reached = (np.abs(_studentised(shuffled, before_weeks)) >= observed - 1e-9).sum()
    before, recent = weekly[:before_weeks], weekly[before_weeks:]
    return PaceChange(
        ratio=float(recent.mean() / before.mean()) if before.any() else math.nan,
        p=float((1 + reached) / (1 + shuffles)),
        recent=int(recent.sum()),
        before=int(before.sum()),
        dispersion=float(before.var(ddof=1) / before.mean()) if before.any() else math.nan,
    )


def _studentised(series: Floats, before_weeks: int) -> Floats:
    """The difference of the two means over its long-run spread, for each row of (rows, weeks)."""
    before, recent = series[:, :before_weeks], series[:, before_weeks:]
    means = before.mean(axis=1, keepdims=True), recent.mean(axis=1, keepdims=True)
    left = np.concatenate([before - means[0], recent - means[1]], axis=1)
    spread = _long_run_spread(left)
    difference: Floats = (means[1] - means[0])[:, 0]
    return np.divide(difference, spread, out=np.zeros_like(difference), where=spread > 1e-12)


def _long_run_spread(left: Floats) -> Floats:
    """The root of the sum of squares of (rows, weeks), widened where neighbouring weeks lean the same way."""
    own: Floats = (left**2).sum(axis=1)
    shared = np.zeros_like(own)
    for lag in range(1, LAGS + 1):
        shared += 2 * (1 - lag / (LAGS + 1)) * (left[:, lag:] * left[:, :-lag]).sum(axis=1)
    return np.sqrt(own + np.maximum(shared, 0.0))
