"""The negative log-likelihood of sequences, step by step, padding left out: what a language model learns to lower."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals


def log_softmax(z: Reals) -> Reals:
    """`z - log sum exp(z)` along the last axis."""
    shifted = z - z.max(axis=-1, keepdims=True)
    logs: Reals = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs


def likelihood(z: Reals, y: Ints, mask: Reals) -> tuple[float, Reals]:
    """The mean over the sequences of `-sum log p(y_t)`, and its gradient by the sums z (time, batch, symbols).

    `y` (time, batch) are the right symbols, `mask` (time, batch) says which steps count.
    """
    logs, batch = log_softmax(z), z.shape[1]
    right = np.take_along_axis(logs, y[:, :, None], axis=2)[:, :, 0]
    d_z: Reals = np.exp(logs)
    np.put_along_axis(d_z, y[:, :, None], np.exp(right)[:, :, None] - 1, axis=2)
    d_z *= mask[:, :, None] / d_z.dtype.type(batch)
    return -float((right * mask).sum()) / batch, d_z
