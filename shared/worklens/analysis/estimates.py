"""What a person's estimates are worth: how long a task will take, from how earlier ones came out against theirs.

How many times its estimate a task takes is kept as a distribution of its logarithm in bins, for everyone, for estimates
of a size, for the person's of that size, and for those in one list; each fills in for the next where that has seen
little. The same distribution gives the corrected estimate, its limits, and the draws of a schedule.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats

WIDTH = 0.02  # of a bin, in logarithms: 2 % of the time
HALF = 205  # bins on either side of "as estimated": from a 60th of the estimate to 60 times
LOGS = (
    np.arange(-HALF, HALF + 1) * WIDTH
)  # (BINS,): the logarithm of spent / estimate in the middle of each bin
HOUR = 3600.0  # seconds
SIZES = (-3, 6)  # powers of two of an hour, from some minutes to two weeks' work, beyond which sizes are one
STRENGTH = (
    20.0,
    40.0,
    40.0,
    40.0,
)  # tasks' worth of what a group is given to start from, from everyone inwards
MEMORY = 100  # tasks of a group after which one counts half: people learn, slowly
AT_ONCE = 0.5  # of the prior, which takes an unknown person's estimate at its word ...
SPREAD = (
    0.8  # ... while the rest lies around it with this deviation, twice too much or too little being common
)
CLOSE, FAR = (
    0.15,
    0.3,
)  # logarithms: a correction that comes so close is right, and worth nothing that far away
FACTORS = np.arange(-75, 51) * WIDTH  # the corrections tried: from a fifth to nearly three times the estimate
LEVEL = 0.8  # of the limits
GAIN = 0.02  # by how much the asked level moves after each task: Gibbs and Candes, 2021
ASKED = (0.5, 0.98)  # bounds of it
EXACT = (
    0.55  # of the ratios: where more of a kind come out exactly as estimated, any factor would only take away
)
LEAST = 20  # of a person's tasks with both times, under which their estimates are left as they are


@dataclass(frozen=True)
class Correction:
    """What to multiply an estimate by."""

    factor: float  # 1 where correcting hasn't paid on the person's own past, or too little is known of it
    low: float  # the time spent lies between these with LEVEL
    high: float
    tasks: int  # of this person, with both times


@dataclass(frozen=True)
class Task:
    """One task with its estimate in seconds; `person` and `kind` (a list or project) are the caller's numbers."""

    person: int
    kind: int
    estimate: float


@dataclass
class _Past:
    """How a person's estimates came out, and what correcting them was worth."""

    tasks: int = 0
    exact: int = 0  # of them took what was estimated
    credit: float = 0.0  # by how much the corrected estimates came closer than the person's own
    asked: float = LEVEL  # of the limits, so that LEVEL comes true

    def pays(self) -> bool:
        """Whether to correct: not where more than half take exactly their estimate, by more than a deviation's chance."""
        is_exact = self.exact >= (self.tasks + math.sqrt(self.tasks)) / 2
        return self.tasks >= LEAST and self.credit > 0 and not is_exact


class Corrector:
    """Learns from finished tasks in the order of completion, and corrects the estimates of others."""

    def __init__(self) -> None:
        """It knows nobody: estimates are as good as they are for most people."""
        self._groups: dict[tuple[int, ...], Floats] = {}  # (BINS,) of weights, by group
        self._people: dict[int, _Past] = {}

    def correct(self, task: Task) -> Correction:
        """The factor for a task with an estimate above 0, and its limits."""
        chance, past = self.chances(task), self._people.get(task.person, _Past())
        low, high = limits(chance, past.asked)
        if not past.pays():
            return Correction(1.0, math.exp(low), math.exp(high), past.tasks)
        found = factor(
            chance
        )  # of equal worth the one nearest to 1: where all ratios are alike it lies beside them
        low, high = min(low, found), max(high, found)
        return Correction(math.exp(found), math.exp(low), math.exp(high), past.tasks)

    def chances(self, task: Task) -> Floats:
        """How likely each ratio of LOGS is: (BINS,), adding up to 1."""
        chance = PRIOR
        for group, strength in zip(_groups(task), STRENGTH, strict=True):
            seen = self._groups.get(group)
            if seen is not None:
                chance = (seen + strength * chance) / (seen.sum() + strength)
        return chance

    def tasks(self, person: int) -> int:
        """How many of a person's finished tasks with both times are known."""
        return self._people.get(person, _Past()).tasks

    def learn(self, task: Task, spent: float) -> None:
        """Take in one finished task with both times above 0."""
        ratio = math.log(spent / task.estimate)
        past = self._people.setdefault(task.person, _Past())
        _grade(past, self.chances(task), ratio)
        place = int(np.clip(round(ratio / WIDTH), -HALF, HALF)) + HALF
        past.tasks += 1
        past.exact += place == HALF
        for group in _groups(task):
            weights = self._groups.setdefault(group, np.zeros(LOGS.size))
            weights *= 0.5 ** (1 / MEMORY)
            weights[place] += 1


def _grade(past: _Past, chance: Floats, ratio: float) -> None:
    """Had this task been corrected before it was finished: was it closer, and was it within the limits?"""
    past.credit += float(_credit(ratio - factor(chance)) - _credit(ratio))
    low, high = limits(chance, past.asked)
    moved = past.asked + GAIN * (LEVEL - (low <= ratio <= high))
    past.asked = min(max(moved, ASKED[0]), ASKED[1])


def factor(chance: Floats) -> float:
    """The logarithm of the factor that brings most tasks close: those within 15 % count whole, beyond 35 % not at all.

    A mean would follow the few that ran away, and a median stays at 1 wherever a third of the times were noted down as
    estimated. Where two factors are worth the same it is the one nearer to 1, and 1 it is where EXACT were estimated so.
    """
    if chance[HALF] >= EXACT:
        return 0.0
    worth = chance @ CREDIT
    return float(FACTORS[int(np.argmax(worth - 1e-9 * np.abs(FACTORS)))])


def limits(chance: Floats, level: float) -> tuple[float, float]:
    """The logarithms between which that share of the ratios lies, as much below as above."""
    rising = np.cumsum(chance)
    low, high = np.searchsorted(rising, [(1 - level) / 2, (1 + level) / 2 - 1e-9])
    return float(LOGS[low]) - WIDTH / 2, float(LOGS[min(high, LOGS.size - 1)]) + WIDTH / 2


def _groups(task: Task) -> Iterator[tuple[int, ...]]:
    """What a task is one of, from everyone's to this person's of this size and kind."""
    size = int(np.clip(round(math.log2(task.estimate / HOUR)), *SIZES))
    yield ()
    yield (size,)
    yield (size, task.person)
    yield (size, task.person, task.kind)


def _credit(apart: float | Floats) -> Floats:
    """1 for what is as close as CLOSE, 0 from FAR on, and a straight line between."""
    worth: Floats = np.clip((FAR - np.abs(apart)) / (FAR - CLOSE), 0.0, 1.0)
    return worth


def _prior() -> Floats:
    around = np.exp(-0.5 * (LOGS / SPREAD) ** 2)
    chance: Floats = (1 - AT_ONCE) * around / around.sum()
    chance[HALF] += AT_ONCE
    return chance


PRIOR = _prior()
CREDIT = _credit(LOGS[:, None] - FACTORS)  # (BINS, factors)
