"""Non-max suppression: of boxes that cover one another, the best stays.

Greedy, best first, a box is dropped if its IoU with one that stays is above the threshold. There are three ways to the
very same answer: one box after another, blocks of boxes at once, and rounds over the pairs that a grid says may touch.
Which is quickest depends on how crowded the boxes are: the grid counts pairs before it looks at any, and thins out crowds
by what is best in its neighbourhood, or best of all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.boxes import areas, as_boxes
from worklens.analysis.detection.overlap import exceeds, shared_areas
from worklens.analysis.detection.pairs import Grid, Windows, expanded, grid_of, touching
from worklens.analysis.detection.rounds import best_of_pairs

Question = Callable[[Ints, Ints], Bools]
Method = Literal["auto", "classic", "blocked", "grid"]

THRESHOLD = 0.5  # the field's usual
BLOCK = 64  # boxes settled at once: their table among themselves stays in the fastest cache
CROWDED = 12  # pairs a box, above which crowds are thinned out first
FEW = 2**13  # pairs: looked at at once they cost no more than a look for the best
AHEAD = 4  # pairs a box among the best that are settled at once: more would be asked in vain
HARDLY = 16  # boxes at once: fewer, and blocks are quicker
THINNED = 0.7  # of a crowd left by its neighbourhoods' best: more, and the best of all are settled instead


def suppress(
    boxes: ArrayLike,
    scores: ArrayLike,
    threshold: float = THRESHOLD,
    *,
    classes: ArrayLike | None = None,
    least: float = -np.inf,
    method: Method = "auto",
) -> Ints:
    """The rows of (n, 4) boxes that stay, best first; equal scores in the order given.

    Boxes with a score below `least` are left out. With `classes`, (n,), only boxes of one class suppress one another.
    `threshold` is from 0 to 1; ValueError otherwise, and for boxes that aren't any.
    """
    rows, marks = as_boxes(boxes), checked_scores(scores, threshold)
    if marks.size != len(rows):
        raise ValueError(f"{len(rows)} boxes have {marks.size} scores: give each its own")
    ranked = best_first(marks, least)
    if classes is None:
        return ranked[_WAYS[method](rows.take(ranked, axis=0), threshold)]
    kinds = np.asarray(classes).reshape(-1)[ranked]
    stays = np.zeros(ranked.size, dtype=np.bool_)
    for kind in np.unique(kinds):
        mine = np.flatnonzero(kinds == kind)
        stays[mine] = _WAYS[method](rows[ranked[mine]], threshold)
    return ranked[stays]


def checked_scores(scores: ArrayLike, threshold: float) -> Floats:
    """The scores as (n,) numbers; ValueError where one is none, or the threshold isn't from 0 to 1."""
    marks = np.asarray(scores, dtype=np.float64).reshape(-1)
    if np.isnan(marks).any():
        raise ValueError(f"score {int(np.isnan(marks).argmax())} is not a number")
    if not 0 <= threshold <= 1:
        raise ValueError(f"a threshold of {threshold}: IoU goes from 0 to 1")
    return marks


def best_first(scores: Floats, least: float = -np.inf) -> Ints:
    """The places of the scores that reach `least`, the highest first, equal ones as they stand."""
    ranked = _ascending(0.0 - scores)  # no negative zeros
    return ranked if least == -np.inf else ranked[scores[ranked] >= least]


def _ascending(numbers: Floats) -> Ints:
    """How to sort numbers, equal ones in order: digit by digit of their bits, sooner than by comparing them."""
    bits = np.ascontiguousarray(numbers).view(np.int64)
    bits = np.where(bits < 0, ~bits, bits ^ np.iinfo(np.int64).min)  # as unsigned numbers of the same order
    order = np.arange(bits.size)
    for shift in (0, 16, 32, 48):
        digit = (bits >> shift).astype(np.uint16)
        order = order.take(np.argsort(digit.take(order), kind="stable"))
    return order


def classic(boxes: Floats, threshold: float) -> Bools:
    """Which of (n, 4) boxes, best first, stay: one after another, each against all that are left."""
    stays, area, left = np.zeros(len(boxes), dtype=np.bool_), areas(boxes), np.arange(len(boxes))
    while left.size:
        best, left = left[0], left[1:]
        stays[best] = True
        inter = shared_areas(boxes[best], boxes[left])
        left = left[~exceeds(inter, area[best] + area[left], threshold)]
    return stays


def blocked(boxes: Floats, threshold: float) -> Bools:
    """The same, the best 64 settled among themselves, then those that stay against all others in one go."""
    stays, left = np.zeros(len(boxes), dtype=np.bool_), np.arange(len(boxes))
    sides = np.ascontiguousarray(
        np.vstack([boxes.T, areas(boxes)])
    )  # (5, boxes): a side is one stretch of memory
    room = np.empty(
        (3, BLOCK * len(boxes))
    )  # fresh memory for each table would cost more than the sums in it
    while left.size:
        head, rest = sides[:, :BLOCK], sides[:, BLOCK:]
        settled = _settled(_above(head, head, threshold, room))
        stays[left[:BLOCK][settled]] = True
        free = ~_above(head[:, settled], rest, threshold, room).any(axis=0)
        left, sides = left[BLOCK:][free], rest[:, free]
    return stays


def _above(these: Floats, those: Floats, threshold: float, room: Floats) -> Bools:
    """Does each of these boxes cover each of those too far, both given by side and area: (these, those)."""
    shape = these.shape[1], those.shape[1]
    one, two, three = room[:, : shape[0] * shape[1]].reshape(3, *shape)
    left, top, right, bottom, area = these[:, :, None]
    np.subtract(np.minimum(right, those[2], out=one), np.maximum(left, those[0], out=two), out=one)
    np.subtract(np.minimum(bottom, those[3], out=two), np.maximum(top, those[1], out=three), out=two)
    np.maximum(one, 0.0, out=one)
    np.maximum(two, 0.0, out=two)
    np.multiply(one, two, out=one)
    return exceeds(one, np.add(area, those[4], out=two), threshold)


def _settled(above: Bools) -> Bools:
    """Which of some boxes stay, given who covers whom, best first."""
    stays = np.ones(len(above), dtype=np.bool_)
    for place, row in enumerate(above):
        if stays[place]:
            stays[place + 1 :] &= ~row[place + 1 :]
    return stays


def grid(boxes: Floats, threshold: float) -> Bools:
    """The same, by rounds over the pairs of boxes in neighbouring cells of a grid."""
    return _by_pairs(len(boxes), _question(boxes, threshold), grid_of(boxes, threshold).windows())


def automatic(boxes: Floats, threshold: float) -> Bools:
    """The quickest way: rounds over pairs where they are few, and crowds thinned out until they are.

    First the best of each neighbourhood drop others; where they drop few, as many of the best as have few pairs are
    settled at once. Where that would be hardly any, since most boxes are in one neighbourhood, it goes by blocks.
    """
    stays = np.zeros(len(boxes), dtype=np.bool_)
    left, above, peaked = grid_of(boxes, threshold), _question(boxes, threshold), True
    while left.order.size > BLOCK and (head := _uncrowded(left)) > HARDLY:
        before = left.order.size
        if head == before:
            return _with(stays, left.order, _by_pairs(len(boxes), above, left.windows())[left.order])
        left = _without_peaks(above, left, stays) if peaked else _without_head(above, left, stays, head)
        peaked = peaked and left.order.size <= THINNED * before
    rest = np.sort(left.order)
    return _with(stays, rest, blocked(boxes[rest], threshold))


def _with(stays: Bools, which: Ints, these: Bools) -> Bools:
    """Those that stay, and of these places some more."""
    stays[which] = these
    return stays


def _uncrowded(crowd: Grid) -> int:
    """How many of the best have few pairs among themselves, if they lie as all do."""
    count, pairs = crowd.order.size, crowd.pairs()
    return count if pairs <= max(CROWDED * count, FEW) else AHEAD * count * count // pairs


def _without_peaks(above: Question, crowd: Grid, stays: Bools) -> Grid:
    """Keep the best of each neighbourhood, which nothing can drop, and leave them and what they drop out."""
    peaks = crowd.peaks()
    return _without(above, crowd, stays, peaks, peaks)


def _without_head(above: Question, crowd: Grid, stays: Bools, count: int) -> Grid:
    """Settle so many of the best, and leave them and what those that stay drop out."""
    head = np.flatnonzero(crowd.order < np.partition(crowd.order, count)[count])
    best = _by_pairs(stays.size, above, crowd.only(head).windows())[crowd.order[head]]
    return _without(above, crowd, stays, head[best], head)


def _without(above: Question, crowd: Grid, stays: Bools, best: Ints, settled: Ints) -> Grid:
    """Keep the boxes at the best places, and leave out what they drop and what is settled."""
    stays[crowd.order[best]] = True
    gone = np.zeros(stays.size, dtype=np.bool_)
    gone[crowd.order[settled]] = True
    for one, other in expanded(crowd.around(best)):
        gone[other[above(one, other)]] = True  # themselves, too
    return crowd.only(np.flatnonzero(~gone[crowd.order]))


def _by_pairs(count: int, above: Question, windows: Windows) -> Bools:
    """Rounds over those of the candidate pairs that cover one another too far."""
    return best_of_pairs(count, *touching(windows, above))


def _question(boxes: Floats, threshold: float) -> Question:
    """Does each of some boxes cover another one too far?"""
    left, top, right, bottom = np.ascontiguousarray(boxes.T)  # a side is one stretch of memory
    area = areas(boxes)

    def above(first: Ints, second: Ints) -> Bools:
        inter = _common(left, right, first, second)
        inter *= _common(top, bottom, first, second)
        return exceeds(inter, area.take(first) + area.take(second), threshold)

    return above


def _common(start: Floats, end: Floats, first: Ints, second: Ints) -> Floats:
    """The length along one side that boxes share."""
    length = np.minimum(end.take(first), end.take(second))
    length -= np.maximum(start.take(first), start.take(second))
    return np.maximum(length, 0.0, out=length)


_WAYS: dict[Method, Callable[[Floats, float], Bools]] = {
    "auto": automatic,
    "classic": classic,
    "blocked": blocked,
    "grid": grid,
}
