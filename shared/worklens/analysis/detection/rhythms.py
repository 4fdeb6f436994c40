"""When one works best: the blocks of weeks, weekdays and hours that hold more work than the usual week would put there.

Blocks are found one by one, each explained before the next is looked for, so that none is its neighbour's shadow; what
remains is suppressed as any boxes are. How much is more than chance is asked of histories drawn from the person's usual week.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.scan import LEAST_RATE, LEAST_RATIO, best_box
from worklens.analysis.detection.usual import dispersion, usual
from worklens.analysis.detection.week_hours import box_iou, cut, hours_possible

LEAST_WEEKS = 12  # a quarter, as for any rhythm
LEAST_HOURS = 60  # with work in them: five a week
MOST = 12  # blocks: more nobody has
DRAWS = 24  # histories without blocks; their largest surprises follow Gumbel's law, which two moments settle
FEW = 9  # draws that show whether the best block is worth asking for
HOPELESS = 7.0  # score: chance's best exceeds it nearly always
LEVEL = 0.05  # of histories without blocks in which one is found
SWEEPS = 1  # in which each block is looked for anew: the first ones were found among others unexplained
FILLED = 1.25  # how much larger than both a box around two may be
LEAST_CHANCE = 1e-6  # of an hour: what is impossible isn't worked, and nothing is certain
SAME = 0.3  # IoU above which two boxes are one block


@dataclass(frozen=True, eq=False)
class Rhythms:
    """The blocks found, the surest first: (blocks,) each."""

    boxes: (
        Ints  # (blocks, 6): first week, weekday and hour, then those after the last; hours counted from 4:00
    )
    score: Floats  # the log-likelihood ratio over chance, spread allowed for
    worked: Ints  # hours of the block with work in them
    possible: Ints  # hours of the block on open days
    expected: Floats  # hours with work in them that the usual week would put there
    p: Floats  # how many histories without blocks hold one as sure


NOTHING = Rhythms(
    np.empty((0, 6), dtype=np.int64),
    np.empty(0),
    np.empty(0, dtype=np.int64),
    np.empty(0, dtype=np.int64),
    np.empty(0),
    np.empty(0),
)


def rhythms(
    counts: Ints, open_: Bools, rng: np.random.Generator, *, draws: int = DRAWS, level: float = LEVEL
) -> Rhythms | None:
    """The blocks of (weeks, 7, 24) events, of which `open_` (weeks, 7) says on which days there could be any.

    An hour counts once, however much was done in it. None where there is too little to say anything; no blocks where
    nothing exceeds what `level` of such histories without blocks hold.
    """
    worked = np.minimum(counts, 1) * hours_possible(counts, open_)
    if np.count_nonzero(worked.any(axis=(1, 2))) < LEAST_WEEKS or worked.sum() < LEAST_HOURS:
        return None
    surest = _best(worked, open_, [])[1]
    if surest <= HOPELESS or (luck := chance(worked, open_, rng, draws=draws, asked=surest)) is None:
        return NOTHING
    least = luck.least(level)
    boxes = _explained(worked, open_, least) if surest > least else []
    return _told(worked, open_, boxes, luck, least)


class Luck(NamedTuple):
    """Gumbel's law of the largest surprise in a history without blocks."""

    place: float
    scale: float

    def least(self, level: float) -> float:
        """What is exceeded with probability `level`."""
        return self.place - self.scale * math.log(-math.log1p(-level))

    def p(self, score: Floats) -> Floats:
        """The chance to be exceeded."""
        chances: Floats = -np.expm1(-np.exp((self.place - score) / self.scale))
        return chances


def chance(
    worked: Floats, open_: Bools, rng: np.random.Generator, *, draws: int = DRAWS, asked: float = math.inf
) -> Luck | None:
    """How surprising the best box of a history without blocks is.

    Such histories are drawn from this one's usual week, each hour by itself, and looked at as this one is: their own usual
    week fitted, the best box's edges moved, and what it explains asked with everything fitted anew. Without these, which
    all find more, chance looked smaller than it is. None, after a few draws, where `asked` is no more than their mean.
    """
    mean = usual(worked, open_)
    largest: list[float] = []
    for drawn in range(draws):
        history = (rng.random(mean.shape) < mean).astype(np.float64)
        largest.append(_best(history, open_, [])[1])
        if drawn == FEW and asked <= np.mean(largest):
            return None
    scale = float(np.std(largest)) * math.sqrt(6) / math.pi
    return Luck(float(np.mean(largest)) - np.euler_gamma * scale, scale)


def _explained(worked: Floats, open_: Bools, least: float) -> list[Ints]:
    """Blocks, each the most surprising once those before it are explained, then each once more beside all others."""
    found: list[Ints] = []
    while len(found) < MOST and (box := _next(worked, open_, found, least)) is not None:
        found.append(box)
    for _ in range(SWEEPS * len(found)):
        others = found[1:]
        box = _next(worked, open_, others, least)
        found = others if box is None else [*others, box]
    return _joined(worked, open_, found, least)


def _joined(worked: Floats, open_: Bools, boxes: list[Ints], least: float) -> list[Ints]:
    """The same with two boxes as one wherever that explains as much, but for what chance makes of a second box."""
    for one, other in combinations(range(len(boxes)), 2):
        rest = [box for place, box in enumerate(boxes) if place not in (one, other)]
        hull = np.concatenate(
            [np.minimum(boxes[one], boxes[other])[:3], np.maximum(boxes[one], boxes[other])[3:]]
        )
        if _cells(hull) > FILLED * (_cells(boxes[one]) + _cells(boxes[other])):
            continue
        if _likelihood(worked, open_, [*rest, hull]) > _likelihood(worked, open_, boxes) - least:
            return _joined(worked, open_, [*rest, hull], least)
    return boxes


def _cells(box: Ints) -> int:
    """How many hours a box has."""
    return int((box[3:] - box[:3]).prod())


def _likelihood(worked: Floats, open_: Bools, known: list[Ints]) -> float:
    """The log-likelihood of a history whose blocks are known: each hour has work in it or not."""
    return _fits(worked, open_, usual(worked, open_, known))


def _fits(worked: Floats, open_: Bools, expected: Floats) -> float:
    """The log-likelihood of a history under the chance of each hour."""
    chance = np.clip(expected, LEAST_CHANCE, 1 - LEAST_CHANCE)
    return float(np.where(worked > 0, np.log(chance), np.log1p(-chance))[open_].sum())


def _next(worked: Floats, open_: Bools, known: list[Ints], least: float) -> Ints | None:
    """The most surprising block beside those that are known, or None if chance gives as much."""
    box, score = _best(worked, open_, known)
    return box if score > least else None


def _best(worked: Floats, open_: Bools, known: list[Ints]) -> tuple[Ints, float]:
    """The most surprising block beside those that are known, and how much it explains, spread allowed for.

    Where it lies is asked of what is expected without it. How much it explains is asked of everything fitted anew: a
    block within another is part of what that was fitted to, and would hide behind it.
    """
    expected = usual(worked, open_, known)
    box, _ = best_box(worked, expected, hours_possible(worked, open_))
    gain = _likelihood(worked, open_, [*known, box]) - _fits(worked, open_, expected)
    return box, gain / dispersion(worked, expected)


def _told(worked: Floats, open_: Bools, boxes: list[Ints], luck: Luck, least: float) -> Rhythms:
    """The blocks with their evidence, each judged with all the others explained; of two that are one, the better."""
    table = np.array(boxes, dtype=np.int64).reshape(-1, 6)
    numbers = np.array([_evidence(worked, open_, boxes, place) for place in range(len(boxes))]).reshape(-1, 4)
    score, seen, possible, expected = numbers.T
    stays = (score > least) & (seen >= LEAST_RATE * possible) & (seen >= LEAST_RATIO * expected)
    order = np.flatnonzero(stays)[_apart(table[stays], score[stays])]
    return Rhythms(
        table[order],
        score[order],
        seen[order].astype(np.int64),
        possible[order].astype(np.int64),
        expected[order],
        luck.p(score[order]),
    )


def _apart(boxes: Ints, score: Floats) -> Ints:
    """The places of the boxes that no better one covers too far, best first."""
    chosen: list[int] = []
    overlap = box_iou(boxes, boxes)
    for place in np.argsort(-score, kind="stable"):
        if not (overlap[place, chosen] > SAME).any():
            chosen.append(int(place))
    return np.array(chosen, dtype=np.int64)


def _evidence(
    worked: Floats, open_: Bools, boxes: list[Ints], place: int
) -> tuple[float, float, float, float]:
    """A block's score, the hours worked in it, those possible, and those expected without it."""
    box, others = boxes[place], [*boxes[:place], *boxes[place + 1 :]]
    everything = usual(worked, open_, boxes)
    seen, expected = cut(worked, box).sum(), cut(usual(worked, open_, others), box).sum()
    gain = _likelihood(worked, open_, boxes) - _likelihood(worked, open_, others)
    score = gain / dispersion(worked, everything)
    return score, float(seen), float(cut(hours_possible(worked, open_), box).sum()), float(expected)
