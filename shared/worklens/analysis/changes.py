"""Since when is the pace another one: change-points of a weekly series, each with its evidence.

For every window of a fixed family one asks how far the means before and after its best split lie apart; the narrowest
windows that say more than shuffled weeks ever do tell the changes apart (narrowest over threshold: Baranowski, Chen and
Fryzlewicz, 2019, over the seeded intervals of Kovács, Bühlmann, Li and Munk, 2023), and the strongest around each says when
it was and how sure that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints

LEAST_WEEKS = 16  # in the whole series: four blocks, from which the spread is taken
SHORTEST = 4  # weeks at one pace: a shorter stretch is a holiday or a burst
BLOCK = 4  # weeks that may resemble one another: a month
DECAY = 2**-0.5  # each layer of windows is so much shorter than the last, as that paper advises
SHUFFLES = 999
LEVEL = 0.05
AT_ONCE = 250  # shuffles: after each of these rounds one may know that nothing will hold


@dataclass(frozen=True, eq=False)
class Changes:
    """Where the series changes, in order of time: (changes,) each."""

    start: Ints  # the first week of the new pace
    z: Floats  # the difference of the mean square roots over its spread; below 0 is slower
    p: Floats  # two-sided, corrected for every place in the series at which it might have been


def change_points(
    weekly: Ints, rng: np.random.Generator, *, shuffles: int = SHUFFLES, level: float = LEVEL
) -> Changes:
    """The changes of pace in (weeks,) counts whose p is at most `level`; none where the series is too short.

    Square roots are compared (Anscombe's, so that busy and quiet weeks vary alike), over the long-run spread of months:
    that of the differences of neighbouring blocks of four weeks, but never less than that of single weeks, so that
    neither one jump nor weeks that resemble one another mislead it. It is taken anew in each shuffle. p is how often any
    window of shuffled weeks shows as much: in a series at one pace, a change is found in at most one of twenty.
    """
    none = Changes(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))
    if weekly.size < LEAST_WEEKS:
        return none
    roots = np.sqrt(weekly + 0.375)
    starts, stops = _windows(weekly.size)
    splits, z = _best_splits(roots, starts, stops)
    largest = _largest_of_shuffles(roots, rng, shuffles, np.abs(z).max(), level)
    if largest.size < shuffles:
        return none
    reached = largest.size - np.searchsorted(np.sort(largest), np.abs(z) - 1e-9)
    p = (1 + reached) / (1 + largest.size)
    narrow = _narrowest(starts, stops, splits, np.abs(z), p <= level)
    best = _strongest(starts, stops, np.abs(z), splits[narrow], weekly.size)
    chosen = best[np.unique(splits[best], return_index=True)[1]]  # in order of time
    return Changes(splits[chosen], z[chosen], p[chosen])


def paces(weekly: Ints, start: Ints) -> tuple[Ints, Floats]:
    """The first week of each stretch between changes, and the mean count in it: (changes + 1,) each."""
    edges = np.concatenate([[0], start]).astype(np.int64)
    lengths = np.diff(np.concatenate([edges, [weekly.size]]))
    return edges, np.add.reduceat(weekly, edges) / lengths


def _narrowest(starts: Ints, stops: Ints, splits: Ints, size: Floats, holds: Bools) -> Ints:
    """The windows to believe: the narrowest that holds, then the narrowest without a change already found, and so on."""
    order = np.lexsort((-size, stops - starts))
    order = order[holds[order]]
    found: list[int] = []
    while order.size:
        best = order[0]
        found.append(int(best))
        order = order[(starts[order] >= splits[best]) | (stops[order] <= splits[best])]
    return np.array(sorted(found, key=lambda place: int(splits[place])), dtype=np.int64)


def _strongest(starts: Ints, stops: Ints, size: Floats, found: Ints, weeks: int) -> Ints:
    """Of the windows around each change found and no other, the one that says most: it places the change best."""
    edges = np.concatenate([[0], found, [weeks]])
    around = (starts >= edges[:-2, None]) & (stops <= edges[2:, None])  # (changes, windows)
    around &= (starts < found[:, None]) & (stops > found[:, None])
    strongest: Ints = np.where(around, size, -1.0).argmax(axis=1)
    return strongest


@lru_cache(maxsize=4)
def _windows(weeks: int) -> tuple[Ints, Ints]:
    """Where the windows begin and end: in each layer they are of one length and overlap by half and more."""
    pairs: set[tuple[int, int]] = {(0, weeks)}
    length = float(weeks)
    while length >= 2 * SHORTEST:
        number = 2 * int(np.ceil(weeks / length)) - 1
        firsts = np.linspace(0, weeks - length, number)
        pairs |= {(int(first), int(np.ceil(first + length))) for first in firsts}
        length *= DECAY
    starts, stops = np.array(sorted(pairs), dtype=np.int64).T
    return starts, np.minimum(stops, weeks)


def _best_splits(roots: Floats, starts: Ints, stops: Ints) -> tuple[Ints, Floats]:
    """The split of each window that tells its sides apart best, and its z: (windows,) each."""
    spread = _spread(roots[None, :])[0]
    sums = np.concatenate([[0.0], np.cumsum(roots)])
    splits, z = np.zeros_like(starts), np.zeros(starts.size)
    for place, (start, stop) in enumerate(zip(starts.tolist(), stops.tolist(), strict=True)):
        scores = _scores(sums[None, :], start, stop)[0]
        best = int(np.abs(scores).argmax())
        splits[place], z[place] = start + SHORTEST + best, scores[best] / spread if spread else 0.0
    return splits, z


def _scores(sums: Floats, start: int, stop: int) -> Floats:
    """The difference of the means on either side of each split of a window, times its weight: (rows, splits)."""
    split = np.arange(start + SHORTEST, stop - SHORTEST + 1)
    before, after = split - start, stop - split
    until = sums[:, start + SHORTEST : stop - SHORTEST + 1]  # at the splits, without a copy
    first = (until - sums[:, [start]]) / before
    second = (sums[:, [stop]] - until) / after
    scores: Floats = (second - first) * np.sqrt(before * after / (stop - start))
    return scores


def _spread(roots: Floats) -> Floats:
    """The root of the variance of a week, long-run, of (rows, weeks): (rows,)."""
    rows, weeks = roots.shape
    blocks = roots[:, weeks % BLOCK :].reshape(rows, -1, BLOCK).mean(axis=2)
    long = BLOCK * (np.diff(blocks, axis=1) ** 2).mean(axis=1) / 2
    short = (np.diff(roots, axis=1) ** 2).mean(axis=1) / 2
    spread: Floats = np.sqrt(np.maximum(long, short))
    return spread


def _largest_of_shuffles(
    roots: Floats, rng: np.random.Generator, shuffles: int, most: float, level: float
) -> Floats:
    """The largest |z| of any window in each of some shuffles of the weeks: (shuffles,).

    Fewer where so many came to `most` already that its p is above `level` whatever the others do.
    """
    largest = np.empty(0)
    while largest.size < shuffles and 1 + (largest >= most - 1e-9).sum() <= level * (1 + shuffles):
        rows = min(AT_ONCE, shuffles - largest.size)
        largest = np.append(largest, _largest(rng.permuted(np.tile(roots, (rows, 1)), axis=1)))
    return largest


def _largest(shuffled: Floats) -> Floats:
    """The largest |z| of any window in each of (rows, weeks): (rows,)."""
    sums = np.concatenate([np.zeros((len(shuffled), 1)), np.cumsum(shuffled, axis=1)], axis=1)
    largest = np.zeros(len(shuffled))
    for start, stop in zip(*_windows(shuffled.shape[1]), strict=True):
        np.maximum(largest, np.abs(_scores(sums, int(start), int(stop))).max(axis=1), out=largest)
    spread = _spread(shuffled)
    return np.divide(largest, spread, out=np.zeros_like(largest), where=spread > 1e-12)
