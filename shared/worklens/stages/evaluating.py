"""How good the forecasts are on the person's own past, beside the plain baselines: the past alone at every origin.

One document with a part a kind of forecast. A part first loads what it needs, so that the warehouse isn't held while it
reckons; another joins by a line in PARTS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.forecast.evaluate import Evaluation, evaluate
from worklens.analysis.forecast.questions import LONGEST, HowMany, Question, When
from worklens.ports import Feed, Session
from worklens.stages import efforts
from worklens.stages.calendar import calendar_of
from worklens.stages.efforts import Efforts
from worklens.stages.paces import Pace, read
from worklens.stages.prospects_worth import late_rows, pasts_of, score_rows
from worklens.stages.worth import cycle_time_rows, estimate_rows

LEAST_DATED = 60  # completions of a known day: an account with fewer has no past to speak of
QUESTIONS: Mapping[str, Question] = {
    "how_many_14d": HowMany(14),
    "how_many_30d": HowMany(30),
    "when_10": When(10),
    "when_30": When(30),
}

Row = dict[str, Any]
Tell = Callable[[int, int], None]
"""Told of progress: steps done, of how many."""


class Scope(NamedTuple):
    """Whose past is looked at; ``accounts`` is None for everyone in the feeds.

    ``known`` are the feeds themselves by name: whose is missing there works on every day.
    """

    feeds: Sequence[str]
    accounts: Sequence[str] | None
    known: Mapping[str, Feed] = {}

    def holds(self, account: str) -> bool:
        """Whether it is about this account."""
        return self.accounts is None or account in self.accounts


class Part(NamedTuple):
    """A part of the document: what it needs of the warehouse, and its rows made from that."""

    load: Callable[[Session, Scope], Any]
    grade: Callable[[Any, Tell], list[Row]]


class Days(NamedTuple):
    """An account's finished tasks a day, and the days that are worked."""

    done: Ints  # (days,)
    working: Bools | None  # (days + LONGEST,); None: every one


def days_of(session: Session, scope: Scope) -> list[Days]:
    """The days of each account with enough finished tasks.

    What a calendar would learn from the days is left out of it: on none of the days looked at was it all known.
    """
    found: list[Days] = []
    for feed in scope.feeds:
        paces = read(session, feed)
        found += [
            Days(pace.done, _working(pace, scope.known.get(feed)))
            for pace in (paces.paces if paces else ())
            if not pace.collection and scope.holds(pace.account) and pace.dated >= LEAST_DATED
        ]
    return found


def _working(pace: Pace, feed: Feed | None) -> Bools | None:
    return calendar_of(feed, pace.first, pace.done.size + LONGEST) if feed else None


def forecast_rows(days: list[Days], tell: Tell) -> list[Row]:
    """One row a question and level, over all accounts together; none without an origin that can be graded."""
    rows: list[Row] = []
    series, calendars = [one.done for one in days], [one.working for one in days]
    for step, (name, question) in enumerate(QUESTIONS.items()):
        tell(step, len(QUESTIONS))
        found = evaluate(series, question, calendars=calendars) if series else None
        rows += _rows(name, found) if found and found.n else []
    tell(len(QUESTIONS), len(QUESTIONS))
    return rows


def _rows(name: str, found: Evaluation) -> list[Row]:
    return [
        {
            "question": name,
            "level": level,
            "coverage": float(found.coverage[place]),
            "n": found.n,
            "promise": float(found.promise[place]),
            "pinball": float(found.pinball[place]),
            "baselines": {other: float(np.asarray(loss)[place]) for other, loss in found.baselines.items()},
        }
        for place, level in enumerate(found.levels)
    ]


def efforts_of(session: Session, scope: Scope) -> Efforts:
    """What the tasks took."""
    return efforts.read(session, scope.feeds, scope.accounts)


def _told(rows: Callable[[Efforts], list[Row]]) -> Callable[[Efforts, Tell], list[Row]]:
    """Rows that come in one step."""

    def grade(loaded: Efforts, tell: Tell) -> list[Row]:
        tell(0, 1)
        found = rows(loaded)
        tell(1, 1)
        return found

    return grade


PARTS: Mapping[str, Part] = {
    "forecasts": Part(days_of, forecast_rows),
    "cycle_times": Part(efforts_of, _told(cycle_time_rows)),
    "estimates": Part(efforts_of, _told(estimate_rows)),
    "scores": Part(pasts_of, score_rows),
    "lateness": Part(pasts_of, late_rows),
}
