"""What may be asked, what the answer came to be, and what a distribution promises at a level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from worklens.analysis.arrays import Floats, Ints

LEVELS = (0.5, 0.7, 0.85, 0.95)  # a coin's throw, likely, the field's promise, nearly sure
LONGEST = 365  # days a "when" looks ahead; beyond it the answer is inf: "not within a year"
ROUNDING = 1e-12  # two ways to one chance may differ by this


@dataclass(frozen=True)
class HowMany:
    """How many are finished in the `days` days from the origin's day on."""

    days: int


@dataclass(frozen=True)
class When:
    """After how many days `items` more are finished; 1 is the end of the origin's own day."""

    items: int


@dataclass(frozen=True)
class Emptied:
    """After how many days a list with `items` open is empty, new work counted in.

    On its past days the list is asked about with what was open then.
    """

    items: int


Question: TypeAlias = HowMany | When | Emptied


def check(question: Question, arrived: Ints | None, days: int) -> None:
    """Raise ValueError for a question without sense, or without the arrivals that it needs."""
    size = question.days if isinstance(question, HowMany) else question.items
    if size < 1:
        raise ValueError(f"{question} asks about nothing: give 1 or more")
    if isinstance(question, HowMany) and size > LONGEST:
        raise ValueError(f"{question} looks further ahead than {LONGEST} days")
    if isinstance(question, Emptied) and (arrived is None or arrived.size != days):
        raise ValueError(
            f"{question} needs `arrived`, new tasks a day, for each of the {days} days of `done`"
        )


@dataclass(frozen=True, eq=False)
class Truth:
    """What came of a question asked at each origin."""

    value: Floats  # (origins,): a count, or days; inf: not within LONGEST; NaN: nobody knows yet
    known: Ints  # (origins,): the first origin that knows it; meaningless where it is NaN


def left_open(done: Ints, arrived: Ints, items: int) -> Ints:
    """What was open of a list when each day began, and after the last, when it was `items`: (days + 1,)."""
    net = _sums(done) - _sums(arrived)
    left: Ints = items + net[-1] - net
    return left


def truth(
    done: Ints,
    question: Question,
    origins: Ints,
    arrived: Ints | None = None,
    items: Ints | None = None,
) -> Truth:
    """What came of it, as far as (days,) of `done` tell; an origin may be `days` itself, the day after the last.

    `items` (origins,) is what was open at each, for `Emptied`, if it was not the question's; nothing is asked of an empty
    list, so nobody ever knows.
    """
    total = _sums(done)
    if isinstance(question, HowMany):
        end = np.minimum(origins + question.days, done.size)
        value = np.where(origins + question.days <= done.size, total[end] - total[origins], np.nan)
        return Truth(value, origins + question.days)
    if isinstance(question, When):
        days = np.searchsorted(total, total[origins] + question.items) - origins
    else:
        asked = np.full(origins.shape, question.items) if items is None else items
        came = _dated(_until_empty(total - _sums(there(arrived)), asked, origins), origins, done.size)
        return Truth(np.where(asked > 0, came.value, np.nan), came.known)
    return _dated(days, origins, done.size)


def promised(table: Floats, question: Question, asked: Floats) -> Floats:
    """What (origins, answers) of P(answer <= x) promise at (origins, levels) or (levels,): (origins, levels).

    "At least so many" is the largest count that is reached with that chance; "within so many days" the fewest days, inf
    where the table never gets there.
    """
    wanted = np.broadcast_to(asked, (table.shape[0], asked.shape[-1]))
    if isinstance(question, HowMany):
        return _count(table, 1 - wanted + ROUNDING).astype(np.float64)
    days = _count(table, wanted - ROUNDING)
    return np.where(days < table.shape[1], days, np.inf)


def _count(table: Floats, bound: Floats) -> Ints:
    """How many entries of each rising row lie at or below each of its bounds: (origins, levels)."""
    return np.stack([(table <= bound[:, [level]]).sum(axis=1) for level in range(bound.shape[1])], axis=1)


def _sums(counts: Ints) -> Ints:
    """The running total before each day, and after the last: (days + 1,)."""
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def there(arrived: Ints | None) -> Ints:
    """The arrivals that `check` has seen."""
    if arrived is None:
        raise ValueError("an Emptied question needs `arrived`")
    return arrived


def _until_empty(net: Ints, items: Ints, origins: Ints) -> Ints:
    """Days until the net work done since each origin reaches `items`; more than are there where it doesn't."""
    days = np.full(origins.shape, net.size, dtype=np.int64)
    for row, origin in enumerate(origins.tolist()):
        reached = net[origin : origin + LONGEST + 1] - net[origin] >= items[row]
        if reached.any():
            days[row] = int(reached.argmax())
    return days


def _dated(days: Ints, origins: Ints, size: int) -> Truth:
    """Days that came, inf where they did not come within LONGEST, NaN where the history ends before."""
    came = (origins + days <= size) & (days <= LONGEST)
    late = ~came & (origins + LONGEST <= size)
    value = np.where(came, days, np.where(late, np.inf, np.nan))
    return Truth(value.astype(np.float64), origins + np.where(came, days, LONGEST))
