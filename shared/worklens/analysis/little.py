"""Little's law, and whether a history keeps what it asks for: L = lambda W only where work comes and goes steadily.

The mean number of open tasks is the tasks that leave a day times the days each was there (Little, 1961). Vacanti
(*Actionable Agile Metrics*, 2015) names the five assumptions under which averages over a span obey it; where one fails, an
average cycle time promises what the system doesn't keep.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.evidence import excess
from worklens.analysis.flow import daily_counts, is_open, open_ages, standing

ROUGHLY = 0.1  # of the value before: "about the same" where no test can say it
LEVEL = 0.05
WEEK = 7


@dataclass(frozen=True)
class Assumption:
    """One of the five: two numbers that should agree, and whether they do. NaN where there is nothing to compare."""

    name: str  # balance, finished, steady, young, units
    first: float
    second: float
    holds: bool
    p: float = float("nan")  # where a test can say it


@dataclass(frozen=True)
class Little:
    """The law over a span of days, and what it rests on."""

    open: float  # L: tasks open at a day's end, on average
    a_day: float  # lambda: tasks that left a day
    days: float  # W: how long those that left had been there, on average; NaN where none left
    assumptions: tuple[Assumption, ...]

    @property
    def ratio(self) -> float:
        """L over lambda W: 1 where the law holds."""
        return self.open / (self.a_day * self.days) if self.a_day * self.days > 0 else float("nan")


def littles_law(
    created: Ints, left: Ints, done: Bools, known: Bools, first: int, last: int, rng: np.random.Generator
) -> Little:
    """Hold days `first` to `last`, whole weeks, against the law. Each (tasks,): when they came and left, whether by being
    done, and whether both days are known.

    * balance: as many come as leave a day; told by the weekly balances (`evidence.excess`).
    * finished: what leaves was done; of what left, at least nine in ten.
    * steady: as much is open at the end as before the beginning, within a tenth.
    * young: what is open is about as old at the end as before the beginning, within a tenth.
    * units: tasks and days throughout; holds where the times of nine in ten are known to the day.
    """
    days = last - first + 1
    inside = (left >= first) & (left <= last)
    stood = standing(created, left, first, last)[0]
    stays = (left - created)[inside]
    return Little(
        open=float(stood.mean()),
        a_day=float(inside.sum() / days),
        days=float(stays.mean()) if stays.size else float("nan"),
        assumptions=(
            _balance(created, left, first, last, rng),
            _finished(done[inside]),
            _alike("steady", float(is_open(created, left, first - 1).sum()), float(stood[-1])),
            _alike("young", *(_mean_age(created, left, day) for day in (first - 1, last))),
            _units(known[(created <= last) & (left >= first)]),
        ),
    )


def _balance(created: Ints, left: Ints, first: int, last: int, rng: np.random.Generator) -> Assumption:
    came, went = (
        daily_counts(days, first, last)[0].reshape(-1, WEEK).sum(axis=1) for days in (created, left)
    )
    net, moves = (came - went).astype(np.float64)[:, None], float((came + went).sum())
    p = float(excess(net, np.array([moves]), net.sum(axis=0), rng).p[0])
    days = last - first + 1
    return Assumption("balance", float(came.sum() / days), float(went.sum() / days), not p <= LEVEL, p)


def _finished(done: Bools) -> Assumption:
    share = float(done.mean()) if done.size else float("nan")
    return Assumption("finished", share, 1.0, share >= 1 - ROUGHLY)


def _units(known: Bools) -> Assumption:
    share = float(known.mean()) if known.size else float("nan")
    return Assumption("units", share, 1.0, share >= 1 - ROUGHLY)


def _alike(name: str, before: float, after: float) -> Assumption:
    return Assumption(name, before, after, abs(after - before) <= ROUGHLY * before)


def _mean_age(created: Ints, left: Ints, day: int) -> float:
    ages = open_ages(created, left, day)
    return float(ages.mean()) if ages.size else float("nan")
