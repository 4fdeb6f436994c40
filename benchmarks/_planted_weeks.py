"""Years of work with blocks planted in them, and what is held against them: two plain ways to find blocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import ruptures
from scipy import ndimage

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.week_hours import box_iou, cut

WEEKS = 52
LENGTHS_OF_DAYS = (1, 1, 1, 2, 3, 5)  # weekdays of a block; five are Monday to Friday
CLEARLY = 2.5  # times what would be done there anyway: less is no block to anyone
AWAKE = np.roll(
    np.array([0, 0, 0, 0, 0, 0, 1, 4, 6, 9, 10, 7, 4, 5, 6, 6, 5, 5, 6, 6, 5, 3, 2, 0.3]), -4
)  # from 4:00 on, two humps


@dataclass(frozen=True, eq=False)
class Year:
    """Events in each hour, the days on which there could be any, and the blocks."""

    counts: Ints  # (weeks, 7, 24)
    open: Bools  # (weeks, 7)
    truth: Ints  # (blocks, 6)


@dataclass(frozen=True, eq=False)
class Boxes:
    """Boxes with a score."""

    boxes: Ints  # (boxes, 6)
    score: Floats


def year(rng: np.random.Generator, blocks: int | None = None) -> Year:
    """A year of one person with a week and a pace of her own, up to two leaves, and one to three blocks.

    A block is worked in 55 to 90 % of its hours, 10 to 52 weeks long, 2 to 4 hours a day. On a tenth of all days nothing
    is noted down at all.
    """
    rates, open_ = _usual(rng), _leaves(rng)
    truth: list[Ints] = []
    wanted = int(rng.integers(1, 4)) if blocks is None else blocks
    while len(truth) < wanted:
        box, rate = _block(rng), rng.uniform(0.55, 0.9)
        if not any(_meet(box, other) for other in truth) and CLEARLY * cut(rates, box).mean() <= rate:
            cut(rates, box)[...] = np.maximum(cut(rates, box), rate)
            truth.append(box)
    noted = rng.random((WEEKS, 7, 1)) > 0.1
    counts = ((rng.random(rates.shape) < rates) & noted & open_[:, :, None]) * rng.integers(1, 4, rates.shape)
    return Year(counts, open_, np.array(truth, dtype=np.int64).reshape(-1, 6))


def _usual(rng: np.random.Generator) -> Floats:
    """The chance of each hour to have work in it, without blocks."""
    week = np.exp(rng.normal(0, 0.25, WEEKS)) * rng.uniform(0.5, 1.6)
    day = np.array([1, 1.1, 1, 1, 0.9, *rng.uniform(0.2, 0.9, 2)]) * np.exp(rng.normal(0, 0.15, 7))
    hour = AWAKE ** rng.uniform(0.6, 1.2)
    mean = week[:, None, None] * day[:, None] * hour / hour.sum() * rng.uniform(1.5, 3)
    rates: Floats = -np.expm1(-mean)
    return rates


def _leaves(rng: np.random.Generator) -> Bools:
    """Days that aren't leave."""
    days = np.ones(WEEKS * 7, dtype=np.bool_)
    for _ in range(rng.integers(0, 3)):
        start = rng.integers(0, days.size - 14)
        days[start : start + rng.integers(5, 15)] = False
    return days.reshape(WEEKS, 7)


def _block(rng: np.random.Generator) -> Ints:
    """A box anywhere in the waking hours."""
    days, hours = int(rng.choice(LENGTHS_OF_DAYS)), int(rng.integers(2, 5))
    weeks = int(rng.integers(10, WEEKS + 1))
    start = [
        rng.integers(0, WEEKS - weeks + 1),
        0 if days == 5 else rng.integers(0, 8 - days),
        rng.integers(2, 20 - hours),
    ]
    return np.array([*start, start[0] + weeks, start[1] + days, start[2] + hours], dtype=np.int64)


def _meet(one: Ints, other: Ints) -> bool:
    """Do two boxes have hours of the week in common, in whatever weeks?"""
    return bool((np.maximum(one, other)[1:3] < np.minimum(one, other)[4:]).all())


# ----- The plain ways -----


def by_components(this: Year, threshold: float) -> Boxes:
    """What is worked more than `threshold` of the time, over some five weeks, as connected pieces (scipy.ndimage)."""
    worked = np.minimum(this.counts, 1).astype(np.float64)
    possible = np.repeat(this.open[:, :, None], 24, axis=2).astype(np.float64)
    rate = ndimage.uniform_filter1d(worked, 5, axis=0) / np.maximum(
        ndimage.uniform_filter1d(possible, 5, axis=0), 0.2
    )
    return _pieces(rate > threshold, worked)


def by_change_points(this: Year, threshold: float) -> Boxes:
    """Each hour of the week cut where its rate changes (PELT of ruptures), and what is above it as connected pieces."""
    rates = _rates(this)
    return _pieces(rates > threshold, np.minimum(this.counts, 1).astype(np.float64))


@cache
def _rates(this: Year) -> Floats:
    """The rate of each hour between its changes: the same whatever the threshold, and slow."""
    worked = np.minimum(this.counts, 1).astype(np.float64)
    rates = np.zeros(worked.shape)
    for day, hour in np.argwhere(worked.sum(axis=0) >= 4):
        series = worked[:, day, hour]
        ends = ruptures.Pelt(model="l2", min_size=4, jump=1).fit(series).predict(pen=np.log(WEEKS) * 0.25)
        for start, stop in zip([0, *ends[:-1]], ends, strict=True):
            rates[start:stop, day, hour] = series[start:stop].mean()
    return rates


def _pieces(above: Bools, worked: Floats) -> Boxes:
    """The boxes around connected pieces of eight hours and more, scored by what was done in them."""
    pieces = ndimage.find_objects(ndimage.label(above)[0])
    boxes = np.array(
        [[*(side.start for side in piece), *(side.stop for side in piece)] for piece in pieces],
        dtype=np.int64,
    ).reshape(-1, 6)
    boxes = boxes[(boxes[:, 3:] - boxes[:, :3]).prod(axis=1) >= 8]
    return Boxes(boxes, np.array([cut(worked, box).sum() for box in boxes]))


def right(found: Boxes, truth: Ints, least: float = 0.5) -> Bools:
    """Which boxes find a block that no better one has found."""
    free = np.ones(len(truth), dtype=np.bool_)
    hits = np.zeros(len(found.boxes), dtype=np.bool_)
    for place in np.argsort(-found.score, kind="stable"):
        overlap = box_iou(found.boxes[[place]], truth)[0] * free
        if overlap.size and overlap.max() >= least:
            hits[place], free[overlap.argmax()] = True, False
    return hits
