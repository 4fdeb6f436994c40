"""Standing forecasts: what is asked every day of each account, and of its lists with the most open work.

Once a day of the account's: its days up to yesterday are what an answer is made from, so another run on the same day has
nothing to say anew. At most SUBJECTS accounts and lists of a feed are asked about, each ASKED questions, so a run stores
at most 24 * 6 answers of 4 levels: 576 rows, whatever the feed holds. A file that is imported is asked about its accounts
alone: somebody waits for it, and whoever lives by files asks for a list when they want to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from worklens.analysis.arrays import NEVER
from worklens.analysis.forecast.forecast import NEEDED, TooLittle
from worklens.analysis.forecast.questions import Emptied, HowMany, Question, When
from worklens.messages import TasksChanged
from worklens.ports import Ports
from worklens.stages.alerts import AHEAD, Promised, alarms, promised, warn
from worklens.stages.history import Columns
from worklens.stages.intake import IMPORT
from worklens.stages.ledger import Answer, answered, answers, keep_calendar, store, written
from worklens.stages.paces import Pace, Paces, by_calendar, read

ASKED: tuple[Question, ...] = (HowMany(7), HowMany(14), HowMany(30), When(10), When(30))
LEAST_OPEN = 10  # tasks in a list: fewer are seen at a glance
MOST_OPEN = 500  # tasks: more are hardly all done within a year, and to reckon it takes seconds
LISTS = 3  # of an account: those with the most open work
SUBJECTS = 24  # accounts and lists of a feed: a team of 24, or a person with all lists


def may_stand(history: Columns) -> bool:
    """Whether work ended on so many days that there might be an answer; to look closer takes a tenth of a second."""
    days = history.day("ended_day")
    return np.unique(days[days != NEVER]).size >= NEEDED


def stand(message: TasksChanged, ports: Ports) -> int:
    """Answer what stands to be answered and was not by the run, and raise the alerts that follow; how many answers were stored."""
    feed = ports.state.feed(message.feed)
    with ports.warehouse.read() as session:
        found = read(session, message.feed, known_at=message.seen_at)
        if found is None or feed is None:
            return 0
        paces = by_calendar(found, feed)
        subjects = chosen(paces, lists=not message.window.startswith(IMPORT))
        days = sorted({pace.origin for pace in subjects})
        known = answered(session, message.feed, days, message.seen_at) if days else set()
        made = promised(session, message.feed, max(days), message.seen_at) if days else {}
    told = [one for pace in subjects for one in _answers(pace, known)]
    stored = 0
    if told:
        keep_calendar(ports.blobs, paces.base)
        with ports.warehouse.write() as session:
            stored = store(session, told, paces.base)
    warn(message, alarms(paces.paces, _with(made, told)), message.seen_at, paces.base.run, ports)
    return stored


def _with(made: dict[str, dict[int, dict[float, float]]], told: Sequence[Answer]) -> Promised:
    """What was promised, with what is promised now."""
    for one in told:
        if one.question == HowMany(AHEAD) and not one.pace.collection:
            values = zip(one.said.levels, one.said.values, strict=True)
            said = {round(level, 4): float(value) for level, value in values}
            made.setdefault(one.pace.account, {}).setdefault(one.pace.origin, said)
    return made


def chosen(paces: Paces, *, lists: bool = True) -> list[Pace]:
    """Whom it is asked of: accounts with the longest record of completions first, then lists with the most open work."""
    whole = [pace for pace in paces.paces if not pace.collection and pace.dated]
    parts = (
        [pace for pace in _largest(paces.paces) if pace.open >= LEAST_OPEN and pace.dated] if lists else []
    )
    by_size = sorted(whole, key=lambda pace: (-pace.dated, pace.account))
    by_open = sorted(parts, key=lambda pace: (-pace.open, pace.account, pace.collection))
    return [*by_size, *by_open][:SUBJECTS]


def _largest(paces: Sequence[Pace]) -> Iterator[Pace]:
    """Each account's first lists; they come in the order of their open work."""
    for _, own in groupby(paces, key=lambda pace: pace.account):
        yield from [pace for pace in own if pace.collection][:LISTS]


def questions(pace: Pace) -> tuple[Question, ...]:
    """What is asked of it: with some open work also when that is gone, new work counted in."""
    return (*ASKED, Emptied(pace.open)) if 0 < pace.open <= MOST_OPEN else ASKED


def _answers(pace: Pace, known: set[tuple[str, str, int]]) -> Iterator[Answer]:
    asked = [
        question
        for question in questions(pace)
        if (pace.account, written(question, pace.collection), pace.origin) not in known
    ]
    for found in answers(pace, asked):
        if not isinstance(found, TooLittle):
            yield found
