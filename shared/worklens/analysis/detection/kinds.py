"""What a block is for: the kind of work that fills most of it, and more of it than of other hours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Ints

MOSTLY = 0.5  # of what is done in the block
LIFT = 1.5  # times its share elsewhere: who writes all day doesn't write in the mornings
LEAST = 10  # done in the block


class Kind(NamedTuple):
    """A kind of work by its row, with its share of what was done in the block and elsewhere."""

    row: int
    inside: float
    elsewhere: float


def mostly(counts: Ints, box: Ints) -> Kind | None:
    """The kind that a block of (kinds, weeks, 7, 24) is mostly for, or None if it is for no kind in particular."""
    inside = counts[:, box[0] : box[3], box[1] : box[4], box[2] : box[5]].sum(axis=(1, 2, 3))
    elsewhere = counts.sum(axis=(1, 2, 3)) - inside
    if inside.sum() < LEAST:
        return None
    row = int(np.argmax(inside))
    share, other = float(inside[row] / inside.sum()), float(elsewhere[row] / max(1, elsewhere.sum()))
    return Kind(row, share, other) if share >= MOSTLY and share >= LIFT * other else None
