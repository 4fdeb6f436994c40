"""What if: the same questions of an account as it is, and as it would be without a list, or with days off.

Nobody knows what becomes of the time that a list took. So dropping one is answered twice: the rest goes on as it went,
or it is given all the time. The truth lies between. Days off, where there are any, hold for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from worklens.analysis.days import day_number
from worklens.analysis.forecast.forecast import TooLittle
from worklens.analysis.forecast.questions import LEVELS, LONGEST, HowMany, Question, When
from worklens.stages.ledger import answer, kind_and_amount
from worklens.stages.paces import Pace

ASKED: tuple[Question, ...] = (HowMany(14), HowMany(30), When(30))
MOST_OPEN = 500  # tasks: more are hardly all done within a year


class Way(NamedTuple):
    """How it might be: ``name`` is as_is, rest_alone, rest_gets_all or days_off."""

    name: str
    pace: Pace


class Outcome(NamedTuple):
    """One answer: at each level so many tasks at least, or within so many days; None: not within a year."""

    way: str
    kind: str
    amount: int
    values: dict[float, float | None]


def ways(
    paces: tuple[Pace, ...], account: str, without: str = "", off: tuple[date, date] | None = None
) -> list[Way]:
    """As it is, and as it might be; without a list that isn't there, or days off that are over, as it is alone."""
    found = {pace.collection: pace for pace in paces if pace.account == account}
    if "" not in found:
        return []
    whole = found[""]
    told = [Way("as_is", whole)]
    free = _off(whole, *off) if off else None
    if free is not None:
        told.append(Way("days_off", free))
    if without and without in found:
        # Only what comes and is open changes where the rest gets all the time; days off hold for each way.
        rest, base = less(whole, found[without]), free or whole
        told.append(Way("rest_alone", replace(rest, working=base.working)))
        told.append(Way("rest_gets_all", replace(base, arrived=rest.arrived, open=rest.open)))
    return told


def less(whole: Pace, part: Pace) -> Pace:
    """What is left of an account without one of its lists; both tell of the same days."""
    return replace(
        whole,
        done=whole.done - part.done,
        arrived=whole.arrived - part.arrived,
        gone=whole.gone - part.gone,
        open=whole.open - part.open,
    )


def _off(pace: Pace, first: date, last: date) -> Pace | None:
    """The pace with these days not worked; None where none of them lies ahead within a year."""
    size = pace.done.size + LONGEST
    working = np.ones(size, dtype=np.bool_) if pace.working is None else pace.working.copy()
    start = max(day_number(first) - pace.first, pace.done.size)
    stop = min(day_number(last) - pace.first + 1, size)
    if start >= stop:
        return None
    working[start:stop] = False
    return replace(pace, working=working)


def outcomes(told: list[Way]) -> list[Outcome]:
    """The answers of each way to the same questions; what can't be answered yet is left out."""
    found = []
    for way in told:
        for kind, question in _questions(way.pace):
            said = answer(way.pace, question)
            if isinstance(said, TooLittle):
                continue
            pairs = zip(LEVELS, said.said.values.tolist(), strict=True)
            values = {level: value if np.isfinite(value) else None for level, value in pairs}
            found.append(Outcome(way.name, kind, kind_and_amount(question)[1], values))
    return found


def _questions(pace: Pace) -> Iterator[tuple[str, Question]]:
    """What is asked of a way, under its kind: last, when as many are done as are open now."""
    yield from ((kind_and_amount(one)[0], one) for one in ASKED)
    if 0 < pace.open <= MOST_OPEN:
        yield "as_many_as_open", When(pace.open)
