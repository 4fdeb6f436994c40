"""Batches of sequences of about the same length, so that little work goes into padding."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints


def buckets(lengths: Ints, size: int, rng: np.random.Generator) -> list[Ints]:
    """The examples in batches of at most `size`, alike in length, drawn anew by each call: indices into `lengths` (examples,).

    The order within a length is random, and so is that of the batches.
    """
    if size < 1:
        raise ValueError(f"batches of {size} examples teach nothing; take one at least")
    shuffled = rng.permutation(len(lengths))
    order = shuffled[np.argsort(lengths[shuffled], kind="stable")]
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    return [batches[at] for at in rng.permutation(len(batches))]
