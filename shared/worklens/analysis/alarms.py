"""Alarms on a person's days: raised where something is clearly another than it was, and cleared only once it clearly isn't.

Two bounds instead of one, so that what hovers about a bound is one episode and not many. Each asks for more than luck
would show in years of quiet days. All series are one value a day.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints

LAG, BASE = 28, 56  # days: what was usual is the mean of eight weeks, up to four weeks ago
DOUBLE, CALM = 2.0, 1.5  # times what was usual: raised at the first, cleared below the second
USUAL_OPEN = 10  # tasks: of fewer, twice as many are seen at a glance
SPREADS = 4.0  # standard deviations between two Poisson counts of the usual size: small ones double by luck
QUIET_DAYS = 14  # the least without anything done in a list, before it can have stopped
PAST = 182  # days: from which a list's share of all that is done is taken
REGULAR = 20  # completions of a list, before one can say what is usual in it
LEFT = 3  # open tasks: a list with fewer is at its end, not stopped
LUCK = 1e-5  # chance that so much is done elsewhere and nothing there, at its usual share
PAUSES = 3  # times the longest pause so far, counted in what was done elsewhere meanwhile


class Sides(NamedTuple):
    """On which days an alarm is raised, and on which it is cleared: (days,) each."""

    raised: Bools
    cleared: Bools


def latched(sides: Sides) -> Bools:
    """Whether the alarm is on at the end of each day: from a day that raises it to the next that clears it."""
    day = np.arange(sides.raised.size)
    up = np.maximum.accumulate(np.where(sides.raised, day, -1))
    down = np.maximum.accumulate(np.where(sides.cleared & ~sides.raised, day, -1))
    return up > down


def began(sides: Sides) -> int | None:
    """The day on which the alarm that is on at the end began; None where it is off."""
    on = latched(sides)
    if not on.size or not on[-1]:
        return None
    off = np.flatnonzero(~on)
    return int(off[-1]) + 1 if off.size else 0


def usual(values: Ints) -> Floats:
    """The mean of each day's eight weeks up to four weeks before it, NaN where there aren't so many: (days,)."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    found = np.full(values.size, np.nan)
    last = np.arange(LAG + BASE, values.size)
    found[last] = (sums[last - LAG] - sums[last - LAG - BASE]) / BASE
    return found


def doubled(open_: Ints) -> Sides:
    """Whether open work is twice what was usual, and more than luck makes of a count."""
    was = usual(open_)
    enough = was >= USUAL_OPEN
    with np.errstate(invalid="ignore"):
        raised = enough & (open_ >= DOUBLE * was) & (open_ >= was + SPREADS * np.sqrt(2 * was))
        return Sides(raised, ~(open_ >= CALM * was))


class Work(NamedTuple):
    """What was done on each day, in a list or in all, and what was open at its end: (days,) each."""

    done: Ints
    open: Ints


def stopped(part: Work, whole: Work) -> Sides:
    """Whether nothing is done any more in a list that has open work, while work elsewhere goes on.

    Counted in what was done elsewhere, so that a holiday stops no list: so much that it would be luck at the list's share,
    and far more than in its longest pause so far.
    """
    day = np.arange(part.done.size)
    last = np.maximum.accumulate(np.where(part.done > 0, day, -1))  # of a completion there; -1: none yet
    own, others = np.cumsum(part.done), np.cumsum(whole.done - part.done)
    meanwhile = np.where(last < 0, 0, others - others[last])  # (days,) done elsewhere since
    regular = (last >= 0) & (own >= REGULAR) & (part.open >= LEFT) & (day - last >= QUIET_DAYS)
    share = np.minimum(_share(own, others, last), part.open / np.maximum(whole.open, 1))
    chance = np.power(1.0 - np.clip(share, 0.0, 1 - 1e-9), meanwhile)
    raised = regular & (chance < LUCK) & (meanwhile >= PAUSES * _longest(others, part.done)[last])
    return Sides(raised, (part.done > 0) | (part.open < 1))


def _share(own: Ints, others: Ints, last: Ints) -> Floats:
    """The list's share of what was done in the half year up to its last completion: (days,).

    Beside it stands its share of what is open: where anything open may be done next, that is its chance.
    """
    before = np.maximum(last - PAST, 0)
    mine, theirs = own[last] - own[before], others[last] - others[before]
    return mine / np.maximum(mine + theirs, 1)


def _longest(others: Ints, done: Ints) -> Ints:
    """The most that was done elsewhere between two days with something done in the list, so far: (days,)."""
    active = np.flatnonzero(done > 0)
    pauses = np.zeros(done.size, dtype=np.int64)
    pauses[active[1:]] = np.diff(others[active])
    longest: Ints = np.maximum(np.maximum.accumulate(pauses), 1)
    return longest


class Bands(NamedTuple):
    """A forecast's answers on some days, and those of four weeks before them: (days,) each, NaN where there was none.

    ``sure`` is what was promised with 95 %, ``likely`` with 85 %, ``fair`` with 70 % and ``even`` with 50 %.
    """

    sure: Floats
    likely: Floats
    fair: Floats
    even: Floats


def below(now: Bands, then: Bands) -> Sides:
    """Whether what is now a coin's throw is less than what was nearly sure four weeks before: work slowed."""
    with np.errstate(invalid="ignore"):
        return Sides(now.even < then.sure, now.fair >= then.sure)


def above(now: Bands, then: Bands) -> Sides:
    """Whether what is now nearly sure is more than what was a coin's throw four weeks before: work got faster."""
    with np.errstate(invalid="ignore"):
        return Sides(now.sure > then.even, now.likely <= then.even)
