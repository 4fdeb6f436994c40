"""When one works best: the blocks of weeks, weekdays and hours that hold more work than the usual week would put there.

Blocks are found one by one, each explained before the next is looked for, so that none is its neighbour's shadow; what
remains is suppressed as any boxes are. How much is more than chance is asked of the person's own hours, shuffled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.scan import best_box, box_sums, proposed_weeks, surprise
from worklens.analysis.detection.usual import dispersion, usual
from worklens.analysis.detection.week_hours import box_iou, cut

LEAST_WEEKS = 12  # a quarter, as for any rhythm
LEAST_HOURS = 60  # with work in them: five a week
LEAST_RATE = 0.25  # of a block's hours worked: what happens once a month is no habit
MOST = 12  # blocks: more nobody has
SHUFFLES = 59
LEVEL = 0.05  # of histories without blocks in which one is found
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


def rhythms(
    counts: Ints, open_: Bools, rng: np.random.Generator, *, shuffles: int = SHUFFLES, level: float = LEVEL
) -> Rhythms | None:
    """The blocks of (weeks, 7, 24) events, of which `open_` (weeks, 7) says on which days there could be any.

    An hour counts once, however much was done in it. None where there is too little to say anything; no blocks where
    nothing exceeds what `level` of the shuffled histories hold.
    """
    worked = np.minimum(counts, 1).astype(np.float64) * open_[:, :, None]
    if np.count_nonzero(worked.any(axis=(1, 2))) < LEAST_WEEKS or worked.sum() < LEAST_HOURS:
        return None
    least = chance(worked, open_, rng, shuffles=shuffles, level=level)
    boxes = _explained(worked, open_, least)
    return _told(worked, open_, boxes, least)


def chance(
    worked: Floats, open_: Bools, rng: np.random.Generator, *, shuffles: int = SHUFFLES, level: float = LEVEL
) -> float:
    """The surprise that the best box of a shuffled history exceeds with probability `level`.

    Weeks, weekdays and hours of the worked hours are shuffled apart from one another, so that all margins stay.
    """
    week, day, hour = np.nonzero(worked)
    expected = box_sums(usual(worked, open_), spans := proposed_weeks(worked.shape[0]))
    largest = np.empty(shuffles)
    for number in range(shuffles):
        shuffled = np.zeros_like(worked)
        np.add.at(shuffled, (rng.permutation(week), rng.permutation(day), rng.permutation(hour)), 1.0)
        largest[number] = surprise(box_sums(shuffled, spans), expected).max()
    return float(np.quantile(largest, 1 - level, method="higher"))


def _explained(worked: Floats, open_: Bools, least: float) -> list[Ints]:
    """Blocks, each the most surprising once those before it are explained."""
    found: list[Ints] = []
    while len(found) < MOST:
        expected = usual(worked, open_, found)
        box, score = best_box(worked, expected)
        if score <= least * dispersion(worked, expected):
            break
        found.append(box)
    return found


def _told(worked: Floats, open_: Bools, boxes: list[Ints], least: float) -> Rhythms:
    """The blocks with their evidence, each judged with all the others explained; of two that are one, the better."""
    table = np.array(boxes, dtype=np.int64).reshape(-1, 6)
    numbers = np.array([_evidence(worked, open_, boxes, place) for place in range(len(boxes))]).reshape(-1, 4)
    score, seen, possible, expected = numbers.T
    stays = (score > least) & (seen >= LEAST_RATE * possible)
    for place in np.argsort(-score, kind="stable"):
        rivals = (box_iou(table[[place]], table)[0] > SAME) & stays & (score < score[place])
        stays &= ~(rivals & stays[place])
    order = np.argsort(-score, kind="stable")
    order = order[stays[order]]
    return Rhythms(
        table[order],
        score[order],
        seen[order].astype(np.int64),
        possible[order].astype(np.int64),
        expected[order],
    )


def _evidence(
    worked: Floats, open_: Bools, boxes: list[Ints], place: int
) -> tuple[float, float, float, float]:
    """A block's score, the hours worked in it, those possible, and those expected without it."""
    box, others = boxes[place], [*boxes[:place], *boxes[place + 1 :]]
    everything = usual(worked, open_, boxes)
    seen, expected = cut(worked, box).sum(), cut(usual(worked, open_, others), box).sum()
    hours = np.broadcast_to(open_[:, :, None], worked.shape)
    score = surprise(np.array([seen]), np.array([expected]))[0] / dispersion(worked, everything)
    return float(score), float(seen), float(cut(hours, box).sum()), float(expected)
