"""Do the completion times know anything of the tasks? Only if they do is anything said about tasks.

Deal each completion time to a task drawn by chance from those then open, and no collection, age or habit shapes which
task is done. If a history looks like that, as when its times were shuffled, or filled in by some import, it is silent
about tasks, whatever else it shows: shares of undone work, late work or estimates would be true of it by accident.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.findings.history import History

LEAST = 100  # completions with a choice; below, the normal tail of the test is not to be trusted
CLEAR = 5.0  # standard deviations: its tails are a little heavier than normal, and shuffled histories must not pass
VAGUE = 3.0  # below, it looks like chance; between, more completions will tell
MOST_IMPOSSIBLE = 0.05  # a record with more completions before creations is wrong about times in general


class Order(NamedTuple):
    """How far the order of completions departs from chance."""

    z: float  # above 0: what came last is done first; NaN where nothing was chosen
    n: int  # completions on a day when at least two tasks were open

    @property
    def matters(self) -> bool:
        """Whether something may be said about tasks."""
        return self.n >= LEAST and abs(self.z) >= CLEAR

    @property
    def looks_like_chance(self) -> bool:
        """Whether there is enough to see an order, and none is seen."""
        return self.n >= LEAST and not abs(self.z) >= VAGUE

    @property
    def missing(self) -> int:
        """How many completions more would show it, if they go on like these; 0 where it shows, or looks like chance."""
        if self.n < LEAST:
            return LEAST - self.n
        if self.matters or self.looks_like_chance:
            return 0
        return math.ceil(self.n * ((CLEAR / self.z) ** 2 - 1))


def order_of(history: History) -> Order:
    """Test whether age has to do with which of the open tasks is done next, among those that were done in the end.

    Keeping to tasks that were done keeps it right where only the times of done tasks were dealt out anew. Given those
    times, the hazard of each open task is then the same on every day, whenever it was created, also where times that fell
    before a creation were left out. It is Cox's score test (1972) on calendar days with the order of creation as covariate;
    the day of creation itself is left out, since not all of it was there to be done in.
    """
    rows = history.single & history.is_done & (history.done > history.created)
    born, done = history.created[rows], history.done[rows]
    if not born.size:
        return Order(math.nan, 0)
    return _score(born + 1, done, _ranks(born))


def too_many_impossible(history: History) -> bool:
    """Whether so many completions lie before their creation that no time in this record can be believed."""
    done = history.timed & (history.done <= history.end)
    return bool(history.impossible[done].sum() > MOST_IMPOSSIBLE * max(done.sum(), 1))


def _ranks(born: Ints) -> Floats:
    """The share of tasks created earlier, the same for those of one day: (rows,)."""
    ranks: Floats = np.searchsorted(np.sort(born), born) / born.size
    return ranks


def _score(entered: Ints, done: Ints, x: Floats) -> Order:
    """Cox's score over its standard deviation, tied times taken as hypergeometric."""
    first = int(entered.min())
    came, went = entered - first, done - first
    days = int(went.max()) + 2
    n = _standing(came, went, np.ones_like(x), days)
    mean, square = (_standing(came, went, part, days) / np.maximum(n, 1) for part in (x, x * x))
    finished, total = (np.bincount(went, weights=part, minlength=days) for part in (np.ones_like(x), x))
    choice: Bools = n > finished  # the last ones open are no choice
    score = (total - finished * mean)[choice].sum()
    spread = (finished * (square - mean**2) * (n - finished) / np.maximum(n - 1, 1))[choice].sum()
    return Order(float(score / math.sqrt(spread)) if spread > 1e-9 else math.nan, int(finished[choice].sum()))


def _standing(came: Ints, went: Ints, weights: Floats, days: int) -> Floats:
    """The sum of the weights of what stood open on each day, its last day included: (days,)."""
    steps = np.bincount(came, weights=weights, minlength=days)
    steps -= np.bincount(went + 1, weights=weights, minlength=days)
    return np.cumsum(steps)
