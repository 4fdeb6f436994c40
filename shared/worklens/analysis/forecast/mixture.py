"""The models that may speak: "pace", the person's own "days", and their average.

Each is wrong in its own way: "pace" knows drift and the week, the windows of days know this person's odd distribution.
An average of distributions forecasts better than the best of them more often than not (Clemen, 1989), and needs no
luck in choosing.
"""

from __future__ import annotations

from functools import cache, cached_property, partial

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.forecast.bootstrap import bootstrap, day_chances, reached, sums
from worklens.analysis.forecast.pacing import TIMES, Drift, along, table_of_pace
from worklens.analysis.forecast.questions import (
    LONGEST,
    Emptied,
    HowMany,
    Question,
    When,
    left_open,
    there,
)
from worklens.analysis.forecast.record import Record

WINDOWS = (30, 60, 90, 180, 365, 730)  # days, from a month to two years: no single one is right for everybody
NET_WINDOWS = (60, 180, 365)  # days, for lists that grow and shrink, whose walk costs more
PACE_SHARE = 2 / 3  # against the windows of days
STOPS = 0.05  # a year: how often someone's work comes to an end. No one's own past shows it, as it went on until today
MANY = 1000  # tasks: what was open beyond is asked about as so many; hardly anybody does these in a year
UNSEEN = 0.005  # the chance that a list meets what none of its past days held: nothing undone is ever sure


class Past:
    """A history and the origins it is asked about: what several questions need of it is reckoned once."""

    def __init__(self, done: Ints, origins: Ints, arrived: Ints | None = None) -> None:
        """(days,) of finished tasks, and of new ones for `Emptied`."""
        self.done, self.origins, self.arrived = done, origins, arrived
        self.chances = cache(partial(day_chances, done, origins))  # by window

    def left(self, question: Emptied) -> Ints:
        """What was open when each day began, and after the last: (days + 1,)."""
        return left_open(self.done, there(self.arrived), question.items)

    def items(self, question: Question) -> Ints | None:
        """What was open at each origin, for `Emptied`: (origins,)."""
        return self.left(question)[self.origins] if isinstance(question, Emptied) else None

    def asked(self, question: Question) -> Past:
        """With the origins at which there is something to ask: a list that is empty needs no date."""
        items = self.items(question)
        return self if items is None else Past(self.done, self.origins[items > 0], self.arrived)

    @cached_property
    def drift(self) -> Drift:
        """Its rates."""
        return Drift(self.done, self.origins)


def candidates(past: Past, question: Question) -> dict[str, Floats]:
    """P(answer <= x) at each origin by each model's name: (origins, answers). The first speaks unless beaten.

    `Emptied` is by the windows of days and by how soon the list was empty before.
    """
    if isinstance(question, Emptied):
        return {"days and record": _emptied(past, question)}
    days = average([_window(past, question, window) for window in WINDOWS])
    pace = table_of_pace(past.drift, question)
    if isinstance(question, When):
        days, pace = going_on(days), going_on(pace)
    return {"pace and days": average([pace, days], (PACE_SHARE, 1 - PACE_SHARE)), "pace": pace, "days": days}


def _emptied(past: Past, question: Emptied) -> Floats:
    """The average of walk and record, as far as there is one."""
    walk = average([_window(past, question, window) for window in NET_WINDOWS]) * (1 - UNSEEN)
    known = Record.of(past.left(question))
    share = known.weight(past.origins)[:, None]
    return (1 - share) * walk + share * known.table(past.origins)


def going_on(table: Floats) -> Floats:
    """The same where the work may stop on the way: what comes on day t comes if it goes on until then."""
    lasting = np.exp(-STOPS / 365 * np.arange(table.shape[1]))
    gone_on: Floats = np.cumsum(np.diff(table, axis=1, prepend=0.0) * lasting, axis=1)
    return gone_on


def average(tables: list[Floats], shares: tuple[float, ...] | None = None) -> Floats:
    """The weighted mean of tables, of which a shorter one has come to 1 at its end."""
    width = max(table.shape[1] for table in tables)
    total = np.zeros((tables[0].shape[0], width))
    for table, share in zip(tables, shares or (1 / len(tables),) * len(tables), strict=True):
        total[:, : table.shape[1]] += share * table
        total[:, table.shape[1] :] += share
    return total


def _window(past: Past, question: Question, window: int) -> Floats:
    """The bootstrap; for dates on the days of `TIMES`, straight between them."""
    if isinstance(question, HowMany):
        return sums(past.chances(window), question.days)
    days = np.append(0, TIMES)
    if isinstance(question, When):
        table = reached(past.chances(window), question.items, days)
    else:
        items = np.minimum(past.left(question)[past.origins], max(MANY, question.items))
        table = bootstrap(past.done, question, past.origins, window, past.arrived, days, items)
    rows = np.ones((past.origins.size, 1))
    return along(rows * days, table, rows * np.arange(LONGEST + 1))
