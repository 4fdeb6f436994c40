"""Forecasts on request, and the same again from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.days import day_number
from worklens.analysis.forecast.forecast import TooLittle
from worklens.analysis.forecast.questions import LONGEST, Emptied, HowMany, Question, When
from worklens.ports import Blobs, Feed, Session
from worklens.stages.ledger import Answer, answer, answers, calendar_then, keep_calendar, question_of, store
from worklens.stages.paces import Base, Pace, by_calendar, read
from worklens.stages.standing import questions

Asked = Callable[[Pace], Sequence[Question]]
"""What is asked of a pace."""


class Silence(NamedTuple):
    """A question that can't be answered yet, and what is missing."""

    pace: Pace
    question: Question
    lack: TooLittle


class Said(NamedTuple):
    """What came of the questions asked of one feed."""

    base: Base
    answers: tuple[Answer, ...]
    silences: tuple[Silence, ...]


class OutOfReach(ValueError):
    """A day that lies before the first one a forecast can speak of, or more than a year after it."""


def when_done(items: int) -> Asked:
    """When are so many done?"""
    return lambda pace: [When(items)]


def how_many(days: int) -> Asked:
    """How many are done in so many days?"""
    return lambda pace: [HowMany(days)]


def how_many_by(day: date) -> Asked:
    """How many are done by the end of a day? Raises OutOfReach when it is asked."""

    def asked(pace: Pace) -> Sequence[Question]:
        days = day_number(day) - pace.origin + 1
        if not 1 <= days <= LONGEST:
            raise OutOfReach(pace.account, days)
        return [HowMany(days)]

    return asked


def emptied(pace: Pace) -> Sequence[Question]:
    """When is all that is open done, new work counted in? Nothing is asked where nothing is open."""
    return [Emptied(pace.open)] if pace.open > 0 else []


def everything(pace: Pace) -> Sequence[Question]:
    """What is asked of it every day."""
    return questions(pace)


def ask(
    session: Session, feed: Feed, asked: Asked, chosen: Callable[[Pace], bool], **when: Any
) -> Said | None:
    """The answers to what is asked of the chosen paces of a feed; None where nothing was settled by then.

    Nothing is stored yet: the session may be one that only reads. Raises OutOfReach.
    """
    found = read(session, feed.name, **when)
    if found is None:
        return None
    paces = by_calendar(found, feed)
    pairs = [(pace, list(asked(pace))) for pace in paces.paces if chosen(pace)]
    told = [
        (pace, question, said)
        for pace, questions in pairs
        for question, said in zip(questions, answers(pace, questions), strict=True)
    ]
    return Said(
        paces.base,
        tuple(said for _, _, said in told if isinstance(said, Answer)),
        tuple(Silence(pace, question, said) for pace, question, said in told if isinstance(said, TooLittle)),
    )


def keep(session: Session, blobs: Blobs, said: Said, as_of: int | None, known_at: int | None) -> int:
    """Store the answers that don't stand in the ledger yet; how many.

    What was asked of a past is marked: it counts for no record, since its answer could have been looked for.
    """
    keep_calendar(blobs, said.base)
    hindsight = as_of is not None or known_at is not None
    return store(session, said.answers, said.base, as_of, hindsight=hindsight)


class Again(NamedTuple):
    """A forecast made anew from what was known when it was made."""

    answer: Answer | TooLittle | None  # None: nothing of what it was made from is there
    same_inputs: bool
    same_version: bool
    same_values: bool


def again(session: Session, blobs: Blobs, rows: Sequence[dict[str, Any]]) -> Again:
    """The forecast whose rows (one a level, all of one id) stand in the ledger, from the facts that were known to it."""
    first = rows[0]
    when = {"known_at": first["seen_at"]} | ({"as_of": first["as_of_at"]} if first["as_of_at"] else {})
    settings = {"calendar": calendar_then(blobs, first["feed"], first["calendar"])}
    paces = read(session, first["feed"], **when)
    known = by_calendar(paces, Feed(name=first["feed"], source="", settings=settings)).paces if paces else ()
    whose = (first["account"], first["collection"] or "")
    pace = next((one for one in known if (one.account, one.collection) == whose), None)
    if pace is None:
        return Again(None, False, False, False)
    said = answer(pace, question_of(first["kind"], first["amount"]))
    if isinstance(said, TooLittle):
        return Again(said, False, False, False)
    return Again(
        said,
        said.fingerprint == first["fingerprint"],
        said.said.version == first["version"],
        _values(said) == {row["level"]: row["value"] for row in rows},
    )


def _values(said: Answer) -> dict[float, float | None]:
    pairs = zip(said.said.levels, said.said.values, strict=True)
    return {float(level): float(value) if np.isfinite(value) else None for level, value in pairs}
