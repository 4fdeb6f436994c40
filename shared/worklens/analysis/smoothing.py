"""Exponentially weighted averages of many daily series at once, corrected for their cold start.

The sums run over blocks of days by one small matrix product each, and over the blocks in the same way again: every
term is a weight in [0, 1] times a value, so that no length of history and no beta loses digits.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Floats

BLOCK = 32  # days in one matrix product: small enough for the cache, and 100,000 days need four levels of it


def ewma(values: ArrayLike, beta: float, *, corrected: bool = True) -> Floats:
    """Average each series over about the last `1 / (1 - beta)` days, recent days weighing most.

    `values` is (series, days), or any shape whose last axis is days; so is the answer. The recurrence is
    `v_t = beta * v_{t-1} + (1 - beta) * x_t` from `v_0 = 0`. Bias correction divides by `1 - beta ** t`, which makes
    the first days a fair average of what was seen so far (Deep Learning Specialization, course 2, week 2).
    Raises ValueError for a beta outside (0, 1) and for values that are not finite: an unknown day has no average.
    """
    if not 0 < beta < 1:
        raise ValueError(f"beta is {beta}; it must lie between 0 and 1, both left out")
    x = np.asarray(values, dtype=np.float64)
    if not np.isfinite(x).all():
        raise ValueError("values hold NaN or infinity; leave out or fill the unknown days first")
    days = x.shape[-1]
    if not x.size:
        return x.copy()
    average = (1 - beta) * _decayed_sums(x.reshape(-1, days), beta)  # (series, days)
    if corrected:
        average /= -np.expm1(np.arange(1, days + 1) * math.log(beta))  # 1 - beta ** t, exact for beta near 1
    return average.reshape(x.shape)


def beta_of_half_life(days: float) -> float:
    """The beta under which a day weighs half as much `days` days later."""
    if not days > 0:
        raise ValueError(f"a half-life of {days} days has no beta; it must be above 0")
    return math.exp(-math.log(2) / days)


def half_life_of_beta(beta: float) -> float:
    """The days after which a day weighs half as much, for a beta in (0, 1)."""
    if not 0 < beta < 1:
        raise ValueError(f"beta is {beta}; it must lie between 0 and 1, both left out")
    return -math.log(2) / math.log(beta)


def _decayed_sums(x: Floats, beta: float) -> Floats:
    """`s_t = beta * s_{t-1} + x_t` along the days of (series, days)."""
    series, days = x.shape
    if days <= BLOCK:
        return x @ _weights(days, beta)
    blocks = -(-days // BLOCK)
    padded = np.zeros((series, blocks * BLOCK))
    padded[:, :days] = x
    sums = (padded.reshape(-1, BLOCK) @ _weights(BLOCK, beta)).reshape(series, blocks, BLOCK)
    carried = _decayed_sums(sums[:, :-1, -1], beta**BLOCK)  # (series, blocks - 1): what each block hands on
    sums[:, 1:] += carried[:, :, None] * beta ** np.arange(1.0, BLOCK + 1)
    return sums.reshape(series, -1)[:, :days]


def _weights(days: int, beta: float) -> Floats:
    """(days, days): what a day (row) still weighs on a later day (column); nothing on an earlier one."""
    lag = np.arange(days)[None, :] - np.arange(days)[:, None]
    return np.where(lag >= 0, beta ** np.maximum(lag, 0).astype(np.float64), 0.0)
