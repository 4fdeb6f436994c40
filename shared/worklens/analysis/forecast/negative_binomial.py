"""The negative binomial: counts whose rate is itself uncertain, so that they vary more than a Poisson's."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats


def at_most(mean: Floats, size: Floats, counts: int) -> Floats:
    """P(N <= k) for k from 0 to counts - 1: (..., counts), for means and sizes of equal shape (...).

    The variance is mean + mean ** 2 / size: a Poisson whose rate is a gamma with that shape (Greenwood and Yule, 1920).
    Each chance is the one before times (k + size) / (k + 1) times mean / (mean + size), summed as logarithms.
    """
    failure = -np.log1p(mean / size)  # log(size / (size + mean))
    steps = np.empty((*mean.shape, counts))
    steps[..., 0] = size * failure
    k = np.arange(1.0, counts)
    np.divide(k - 1 + size[..., None], k, out=steps[..., 1:])
    np.log(steps[..., 1:], out=steps[..., 1:])
    steps[..., 1:] += (np.log(mean / size) + failure)[..., None]
    np.cumsum(steps, axis=-1, out=steps)
    np.exp(steps, out=steps)
    np.cumsum(steps, axis=-1, out=steps)
    return np.minimum(steps, 1.0, out=steps)
