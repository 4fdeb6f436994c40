"""One forecast from one person's days: the answer at each level, and how such answers came out on their own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.calendar import calendar_days, on_working_days
from worklens.analysis.forecast import competition, conformal, mixture, pacing, rates, record
from worklens.analysis.forecast.competition import compete
from worklens.analysis.forecast.conformal import correct
from worklens.analysis.forecast.grades import GradeSummary, summary
from worklens.analysis.forecast.mixture import Past, candidates
from worklens.analysis.forecast.questions import (
    LEVELS,
    LONGEST,
    HowMany,
    Question,
    check,
    truth,
)

CODE = "3"  # counts up with every change of what the code below makes of the same days
NEEDED = 5  # active days: with fewer, one day more or less moves every chance by a fifth
RECENT = 90  # days in which they must lie: what is older says little about next week
EVERY = 14  # days between the origins of a record: closer ones share most of their answer


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is promised, by which model, and what such promises were worth before."""

    question: Question
    levels: tuple[float, ...]
    values: Floats  # (levels,) at least so many; or within so many days, inf: not within LONGEST
    model: str
    version: str  # the hash of the code's version and its parameters
    asked: Floats  # (levels,): the corrected levels that were really asked of the model
    record: GradeSummary  # the same question on this person's own past origins


@dataclass(frozen=True)
class TooLittle:
    """There is no forecast: so many days with something done in the last RECENT, and so many are needed."""

    active_days: int
    needed: int = NEEDED


def forecast(
    done: Ints,
    question: Question,
    *,
    arrived: Ints | None = None,
    calendar: Bools | None = None,
    levels: tuple[float, ...] = LEVELS,
) -> Forecast | TooLittle:
    """Forecast from (days,) of finished tasks, oldest day first, to the day before the origin's.

    `arrived` (days,) are new tasks a day, for `Emptied`. `calendar` (days + LONGEST,) is True on working days: the others
    are left out of the history (what was done on one counts for the working day before it) and skipped in the
    future; days in question and answer stay days of the calendar. None: every day is a working day.
    Raises ValueError for a question about nothing and for arrays that don't fit together.
    """
    return forecasts(done, [question], arrived=arrived, calendar=calendar, levels=levels)[0]


def forecasts(
    done: Ints,
    questions: Sequence[Question],
    *,
    arrived: Ints | None = None,
    calendar: Bools | None = None,
    levels: tuple[float, ...] = LEVELS,
) -> list[Forecast | TooLittle]:
    """The same for several questions, in their order: what they have in common is reckoned once."""
    for question in questions:
        check(question, arrived, done.size)
    if calendar is not None and not calendar.all():
        return _by_calendar(done, questions, arrived, calendar, levels)
    active = active_days(done, np.array([done.size]))[0]
    if active < NEEDED:
        return [TooLittle(int(active))] * len(questions)
    past = Past(done, np.append(past_origins(done), done.size), arrived)
    return [_forecast(past.asked(question), question, levels) for question in questions]


def _forecast(past: Past, question: Question, levels: tuple[float, ...]) -> Forecast:
    came = truth(past.done, question, past.origins, past.arrived, past.items(question))
    chosen = compete(candidates(past, question), question, past.origins, came, EVERY)
    said = correct(chosen.table, question, np.array(levels), past.origins, came.value, EVERY)
    return Forecast(
        question=question,
        levels=levels,
        values=said.promises[-1],
        model=chosen.models[-1],
        version=version(),
        asked=said.asked[-1],
        record=summary(question, levels, said.promises[:-1], came.value[:-1]),
    )


def version() -> str:
    """The hash of all that decides what a history is made into, apart from the history: the code's count and each default."""
    defaults = {
        f"{module.__name__}.{name}": repr(value)
        for module in (pacing, rates, record, mixture, competition, conformal)
        for name, value in sorted(vars(module).items())
        if name.isupper()
    }
    state = (CODE, NEEDED, RECENT, EVERY, defaults)
    return blake2b(repr(state).encode(), digest_size=16).hexdigest()


def active_days(done: Ints, origins: Ints) -> Ints:
    """On how many of the RECENT days before each origin something was done: (origins,)."""
    active = np.concatenate([[0], np.cumsum(done > 0)])
    recent: Ints = active[origins] - active[np.maximum(origins - RECENT, 0)]
    return recent


def past_origins(done: Ints, every: int = EVERY) -> Ints:
    """The days in the past, `every` days apart, on which there was enough evidence for a forecast."""
    origins = np.arange(every, done.size, every)
    return origins[active_days(done, origins) >= NEEDED]


def _by_calendar(
    done: Ints,
    questions: Sequence[Question],
    arrived: Ints | None,
    calendar: Bools,
    levels: tuple[float, ...],
) -> list[Forecast | TooLittle]:
    """The same in working days, and the answers back in days of the calendar."""
    if calendar.size != done.size + LONGEST:
        raise ValueError(f"the calendar has {calendar.size} days; it needs {done.size} + {LONGEST}")
    past, ahead = calendar[: done.size], calendar[done.size :]
    counted = [_counted(question, ahead) for question in questions]
    told = iter(
        forecasts(
            on_working_days(done, past),
            [question for question in counted if question],
            arrived=None if arrived is None else on_working_days(arrived, past),
            levels=levels,
        )
    )
    pairs = zip(questions, counted, strict=True)
    return [_back(asked, next(told), ahead) if there else TooLittle(0) for asked, there in pairs]


def _counted(question: Question, ahead: Bools) -> Question | None:
    """The question in working days; None where nobody works on any of its days."""
    if not isinstance(question, HowMany):
        return question
    days = int(ahead[: question.days].sum())
    return HowMany(days) if days else None


def _back(question: Question, said: Forecast | TooLittle, ahead: Bools) -> Forecast | TooLittle:
    """The answer in days of the calendar."""
    if isinstance(said, TooLittle):
        return said
    if isinstance(question, HowMany):
        return replace(said, question=question)
    return replace(said, values=calendar_days(said.values, ahead))
