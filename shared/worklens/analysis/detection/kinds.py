"""What a block is for: the kind of work that fills most of it, and how much of that kind is done there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.detection.later import at_most

MOSTLY = 0.5  # of what is done in the block
LIFT = 1.5  # times its share elsewhere: who writes all day doesn't write in the mornings
LEAST = 10  # done in the block
LEVEL = (
    0.01  # how often chance gives a kind so much of its work in a block: a block has but one kind to ask for
)


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


class Place(NamedTuple):
    """How much of a kind's work was done in a block's hours, in the block's weeks, and how much of all other work."""

    share: float
    others: float


def place(counts: Ints, box: Ints, row: int) -> Place | None:
    """Where the work of a kind, a row of (kinds, weeks, 7, 24), gets done: None unless surely more of it than of other work.

    Other work's share is taken as Laplace would, and completions as independent.
    """
    weeks = counts[:, box[0] : box[3]]
    inside = weeks[:, :, box[1] : box[4], box[2] : box[5]].sum(axis=(1, 2, 3))
    every = weeks.sum(axis=(1, 2, 3))
    done, of = int(inside[row]), int(every[row])
    others = float((inside.sum() - done + 1) / (every.sum() - of + 2))
    if done < LEAST or done < LIFT * others * of or at_most(of - done, of, 1 - others) > LEVEL:
        return None
    return Place(done / of, float((inside.sum() - done) / max(1, every.sum() - of)))
