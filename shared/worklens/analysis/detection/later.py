"""What became of a block after its last week: is it gone, and since when, or did the history just end?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.detection.week_hours import cut, hours_possible

LEAST_SINCE = 4  # weeks: a shorter pause is a holiday
LEFT = 0.5  # of the block's rate: with more left it has thinned out, and isn't gone


@dataclass(frozen=True)
class Gone:
    """A block that ended, in hours with work in them and hours possible, before and since."""

    since: int  # the first week without it
    worked: int
    possible: int
    worked_since: int
    possible_since: int


def gone(counts: Ints, open_: Bools, box: Ints, level: float = 0.01) -> Gone | None:
    """A block's end, if since then so little was done in its hours that chance gives it less often than `level`.

    None where it lasts to the end of (weeks, 7, 24), ended under four weeks ago, or more than half of it is left. The
    block's rate is taken as Laplace would, and the hours as independent.
    """
    possible = hours_possible(counts, open_)
    worked = np.minimum(counts, 1) * possible
    since = np.array([box[3], box[1], box[2], len(counts), box[4], box[5]])
    if len(counts) - box[3] < LEAST_SINCE:
        return None
    before, hours = int(cut(worked, box).sum()), int(cut(possible, box).sum())
    after, hours_since = int(cut(worked, since).sum()), int(cut(possible, since).sum())
    rate = (before + 1) / (hours + 2)
    if after > LEFT * rate * hours_since or at_most(after, hours_since, rate) > level:
        return None
    return Gone(int(box[3]), before, hours, after, hours_since)


def at_most(seen: int, trials: int, rate: float) -> float:
    """The chance of at most so many successes: the binomial distribution function."""
    number = np.arange(trials + 1)
    logs: Floats = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, trials + 1)))])
    terms = logs[-1] - logs[number] - logs[trials - number]
    chances = np.exp(terms + number * np.log(rate) + (trials - number) * np.log1p(-rate))
    return float(chances[: seen + 1].sum())
