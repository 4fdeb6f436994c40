"""Within how many days 85 % of what was begun lately will be done, also where Kaplan-Meier has not got there yet.

What was begun in the last 90 days tells only of its first 90 days. Beyond what it can tell, older tasks of the last
year speak, then all older ones, then one steady pace of everything; each fills in for the one before it where
that has seen little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints

SHARE = 0.85  # of the tasks: the field's promise for a single one
LEVEL = 0.8  # of the interval: the answer lies below it one time in ten, and above it one time in ten
LATELY = 90  # days: what was begun in them is what is asked about
RECENT = 365  # days of older tasks' lives that count before those of all the past: a year sees every season
STRENGTH = 20  # how many tasks' worth of evidence the next older group brings at each age
LONGEST = 3653  # days of age looked at, ten years; beyond them the answer is inf
PACE = math.log(
    2
)  # one in three times the pace of what is still open turns out more than twice as fast, or half
PACES = 9  # at which the interval's pace is tried, each as likely as the next
LEAST = 10  # tasks begun lately, without which there is no answer


@dataclass(frozen=True)
class CycleTime:
    """The days within which a share of the tasks begun lately is done; NaN where too few were begun."""

    days: float  # as likely too few as too many; inf: not within LONGEST
    low: float
    high: float
    tasks: int  # begun lately, those deleted since left out
    done: int  # of them


def cycle_time(
    started: Ints, ended: Ints, done: Bools, day: int, *, share: float = SHARE, level: float = LEVEL
) -> CycleTime:
    """The cycle time of the tasks begun in the `LATELY` days up to `day`, the last whole day that is known.

    `started` and `ended` (tasks,) are days, `ended` NEVER for what is open; `done` (tasks,) says which ends are
    completions: a task that was deleted counts for as long as it was open. What came after `day` isn't looked at.
    What is asked about is the quantile that these very tasks will have had once all are done; its distribution is that
    of a count of independent tasks (normal, with a half added), over paces of the yet unknown.
    """
    known = (started <= day) & (started <= ended)
    begun, finish = started[known], np.where(ended[known] <= day, ended[known], NEVER)
    lately, is_done = begun > day - LATELY, done[known] & (finish < NEVER)
    asked = lately & (is_done | (finish == NEVER))
    age, over = (np.minimum(finish, day) - begun)[asked], is_done[asked]
    if age.size < LEAST:
        return CycleTime(math.nan, math.nan, math.nan, age.size, int(over.sum()))
    open_still = _log_survival(_hazard(begun, finish, is_done, day))
    reached = _reached(age, over, open_still, math.ceil(share * age.size - 1e-9))
    tail = (1 - level) / 2
    days, low, high = (_first(reached, chance) for chance in (0.5, tail, 1 - tail))
    return CycleTime(days, low, high, age.size, int(over.sum()))


# ----- How likely an open task is to be done on the day it reaches each age -----


def log_still_open(started: Ints, ended: Ints, done: Bools, day: int) -> Floats:
    """The logarithm of the share of tasks still open after each age, from what is known at the end of `day`: (LONGEST,).

    The tasks are as `cycle_time` takes them.
    """
    known = (started <= day) & (started <= ended)
    begun, finish = started[known], np.where(ended[known] <= day, ended[known], NEVER)
    return _log_survival(_hazard(begun, finish, done[known] & (finish < NEVER), day))


def _hazard(begun: Ints, finish: Ints, is_done: Bools, day: int) -> Floats:
    """The chance at each age: (LONGEST,)."""
    lately, since = begun > day - LATELY, day - RECENT
    older = ~lately
    then = np.minimum(finish, since) - begun  # an older task's age a year ago, below 0 if it wasn't begun
    end = np.minimum(finish, day) - begun
    before = older & (then >= 0)
    after = older & (finish > since)
    past = _counts(then[before], (is_done & (finish <= since))[before])
    recent = _counts(end[after], is_done[after], np.maximum(since + 1 - begun[after], 0))
    own = _counts(end[lately], is_done[lately])
    steady = _steady(past[0] + recent[0] + own[0], past[1] + recent[1] + own[1])
    chance = np.full(LONGEST, steady)
    for events, at_risk in (past, recent, own):
        chance = (events + STRENGTH * chance) / (at_risk + STRENGTH)
    return chance


def _counts(end: Ints, ended: Bools, entry: Ints | None = None) -> tuple[Floats, Floats]:
    """Tasks done and tasks watched at each age: (LONGEST,) twice; one watched from `entry` counts from there."""
    events = np.bincount(end[ended], minlength=LONGEST)[:LONGEST]
    come = end.size if entry is None else np.cumsum(np.bincount(entry, minlength=LONGEST)[:LONGEST])
    left = np.cumsum(np.bincount(end, minlength=LONGEST)[:LONGEST])
    return events.astype(np.float64), (come - np.concatenate([[0], left[:-1]])).astype(np.float64)


def _steady(events: Floats, at_risk: Floats) -> float:
    """One chance for all ages: tasks done a day that a task was watched, from the second day on.

    What is done on the day it is begun says nothing of the rest. One task's worth of a prior keeps it above 0.
    """
    return float(min((events[1:].sum() + 1) / (at_risk[1:].sum() + 1), 0.5))


def _log_survival(chance: Floats) -> Floats:
    """The logarithm of the share still open after each age: (LONGEST,)."""
    logs: Floats = np.cumsum(np.log1p(-np.minimum(chance, 1 - 1e-12)))
    return logs


# ----- When the share will have been reached -----


def _reached(age: Ints, over: Bools, open_still: Floats, needed: int) -> Floats:
    """The chance that `needed` of the tasks took no longer than each age: (LONGEST,)."""
    ages, count = np.unique(np.minimum(age[~over], LONGEST - 1), return_counts=True)
    finished = np.cumsum(np.bincount(age[over], minlength=LONGEST)[:LONGEST])
    ahead = np.minimum(open_still[:, None] - open_still[ages], 0.0)  # (LONGEST, ages), 0 up to their own
    total = np.zeros(LONGEST)
    for place in range(PACES):
        pace = math.exp(PACE * NormalDist().inv_cdf((place + 0.5) / PACES))
        left = np.exp(pace * ahead)
        mean, variance = finished + (1 - left) @ count, (left * (1 - left)) @ count
        total += _normal((mean - needed + 0.5) / np.sqrt(np.maximum(variance, 1e-12)))
    return total / PACES


def _normal(z: Floats) -> Floats:
    """The normal distribution function, to 2e-4 (Page, 1977)."""
    z = np.clip(z, -8, 8)
    return 0.5 * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))


def _first(rising: Floats, level: float) -> float:
    """The first age at which it reaches the level; inf where it doesn't."""
    reached = rising >= level - 1e-9
    return float(reached.argmax()) if reached.any() else math.inf
