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
from worklens.analysis.forecast.questions import LONGEST, Emptied, HowMany, Question, When

WINDOWS = (30, 60, 90, 180, 365, 730)  # days, from a month to two years: no single one is right for everybody
NET_WINDOWS = (60, 180, 365)  # days, for lists that grow and shrink, whose walk costs more
PACE_SHARE = 2 / 3  # against the windows of days
STOPS = 0.05  # a year: how often someone's work comes to an end. No one's own past shows it, as it went on until today
UNSEEN = 0.005  # the chance that a list meets what none of its past days held: nothing undone is ever sure


class Past:
    """A history and the origins it is asked about: what several questions need of it is reckoned once."""

    def __init__(self, done: Ints, origins: Ints, arrived: Ints | None = None) -> None:
        """(days,) of finished tasks, and of new ones for `Emptied`."""
        self.done, self.origins, self.arrived = done, origins, arrived
        self.chances = cache(partial(day_chances, done, origins))  # by window

    @cached_property
    def drift(self) -> Drift:
        """Its rates."""
        return Drift(self.done, self.origins)


def candidates(past: Past, question: Question) -> dict[str, Floats]:
    """P(answer <= x) at each origin by each model's name: (origins, answers). The first speaks unless beaten.

    `Emptied` is by the windows of days alone.
    """
    if isinstance(question, Emptied):
        known = average([_window(past, question, window) for window in NET_WINDOWS])
        return {"days": known * (1 - UNSEEN)}
    days = average([_window(past, question, window) for window in WINDOWS])
    pace = table_of_pace(past.drift, question)
    if isinstance(question, When):
        days, pace = going_on(days), going_on(pace)
    return {"pace and days": average([pace, days], (PACE_SHARE, 1 - PACE_SHARE)), "pace": pace, "days": days}


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
        table = bootstrap(past.done, question, past.origins, window, past.arrived, days)
    rows = np.ones((past.origins.size, 1))
    return along(rows * days, table, rows * np.arange(LONGEST + 1))
