"""Score: each open task's chances within a day, a week, two and a month, when it will be done, whether late or never, and why.

Where learn found that a hazard learnt from the feed's past tells an account's tasks better than its plain curve, that
speaks. Otherwise it is the curve, "age-curve": what became of the account's tasks that got as old as this one, deletions
counted as a competing end; score reads the one that learn published, and makes it on the spot where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.competing import Incidence, aalen_johansen
from worklens.analysis.curve_prospects import RULE, curve_prospects
from worklens.messages import ScoresReady, TasksChanged
from worklens.ports import Columns, Feed, Ports, Session
from worklens.stages.curves import MODEL, Curves, published
from worklens.stages.history import DAY, DAY_SECONDS, Ages, ages, last_day, read
from worklens.stages.history import Columns as HistoryColumns
from worklens.stages.intake import IMPORT
from worklens.stages.prospects import Rows, Told, fingerprint, prospects, scores
from worklens.stages.standing import may_stand, stand
from worklens.stages.zones import reading
from worklens.tasks import Moment

if TYPE_CHECKING:
    from worklens.stages.hazards import Learnt

SECOND = 1_000_000  # microseconds
TODAY = 0.5  # days: what is left of a day on average, for what is due on it


class Models(NamedTuple):
    """What learn published of a feed, as far as it knew only what had been seen by then."""

    curves: Curves | None = None
    hazard: Learnt | None = None

    @property
    def now(self) -> int:
        """When the newest of them was made, in seconds since 1970; 0 for none."""
        return max((one.now for one in (self.curves, self.hazard) if one), default=0)


def models(feed: str, known_at: int, ports: Ports) -> Models:
    """The feed's models in force. The learnt one's code is imported only where there is one."""
    pointer = ports.state.pointer(feed, "hazard")
    if pointer is None or not pointer.version:
        return Models(published(feed, known_at, ports))
    from worklens.stages import hazards

    return Models(published(feed, known_at, ports), hazards.published(feed, known_at, ports))


def score(message: TasksChanged, ports: Ports) -> None:
    """Append the scores and prospects of each open task, unless those of the run before still hold, and tell the report.

    With them come the day's standing forecasts, which hold as long as the scores do. It speaks from the run's own instant and
    of what had been seen by then, so that a repeated message gives equal rows.
    """
    feed = ports.state.feed(message.feed)
    if feed is None:
        return  # forgotten meanwhile
    learnt = models(message.feed, message.seen_at, ports)
    if still_hold(message, feed, learnt.now):
        with ports.warehouse.write() as session:
            session.hold()  # for what is asked until the next run
    else:
        with ports.warehouse.write() as session:
            session.hold()
            history = _read(session, message, learnt)
            parts = told(session, message, learnt, history) if history else []
            for table, rows in tables(parts).items():
                session.append(table, {**_about(message, len(rows["task"])), **rows})
        if history and may_stand(history):
            stand(message, ports)
    ready = ScoresReady(feed=message.feed, run=message.run, window=message.window, number=message.number)
    ports.bus.publish([ready])


def still_hold(message: TasksChanged, feed: Feed, learnt: int) -> bool:
    """Whether the scores of the run before hold: nothing happened since, on the same day of the person's, and no model is
    new: ``learnt`` is when the newest was made (seconds since 1970).

    Ages grow between two looks of a day, but what is told counts in days. It follows from the message and the models alone,
    so that it is the same in whatever order messages come.
    """
    if message.events is None or message.events or not message.before:
        return False
    if learnt >= message.before // SECOND:
        return False
    home = reading(feed, message.seen_at).home
    day, day_before = (
        Moment(at).datetime.astimezone(home).date() for at in (message.seen_at, message.before)
    )
    return day == day_before


def _about(message: TasksChanged, count: int) -> dict[str, Any]:
    return {
        "feed": [message.feed] * count,
        "run": [message.number] * count,
        "seen_at": [message.seen_at] * count,
    }


def tables(parts: Sequence[Told]) -> dict[str, Columns]:
    """What is told as the rows of ``scores`` and ``prospects`` that a history determines; nothing where nothing is open."""
    some = [part for part in parts if part.age.size]
    return (
        {
            "scores": _joined([scores(part) for part in some]),
            "prospects": _joined([prospects(part) for part in some]),
        }
        if some
        else {}
    )


def _joined(parts: Sequence[Rows]) -> Rows:
    return (
        parts[0]
        if len(parts) == 1
        else {name: [value for part in parts for value in part[name]] for name in parts[0]}
    )


def _read(session: Session, message: TasksChanged, learnt: Models) -> HistoryColumns | None:
    """As much of the history as the models look at."""
    query = "history" if learnt.hazard else "lives"
    return read(session, message.feed, query, known_at=message.seen_at)


def told(session: Session, message: TasksChanged, learnt: Models, history: HistoryColumns) -> list[Told]:
    """What is told of each account's open tasks, from what had been seen by the message."""
    lives = ages(history)
    by_hazard = hazard_of(session, history, lives, learnt, {"known_at": message.seen_at})
    found = []
    for rows in accounts_of(history):
        origin = last_day(history, rows) if message.window.startswith(IMPORT) else history.today
        one = Asked(history, lives, rows, origin)
        found.append(by_hazard(one) or _by_curve(one, learnt.curves))
    return found


class Asked(NamedTuple):
    """Of which account it is to be told, and from which day."""

    history: HistoryColumns
    lives: Ages
    rows: slice
    origin: int

    @property
    def name(self) -> str:
        """The account's."""
        return str(self.history.text("account")[self.rows.start])

    @property
    def back(self) -> int:
        """How many days before the look it speaks from."""
        return self.history.today - self.origin

    @property
    def age(self) -> Floats:
        """How old each task was at its end, or on that day, NaN where that is unknown or it came later: (rows,)."""
        lived = np.minimum(self.lives.age[self.rows], self.lives.since[self.rows] - self.back)
        return np.where(lived >= 0, lived, np.nan)

    @property
    def places(self) -> Ints:
        """The places of its open tasks."""
        places: Ints = np.flatnonzero(self.lives.open[self.rows]) + self.rows.start
        return places

    @property
    def keys(self) -> dict[str, Any]:
        """What its open tasks are called."""
        return {name: self.history.text(name)[self.places] for name in ("account", "task", "occurrence")}


def hazard_of(
    session: Session, history: HistoryColumns, lives: Ages, learnt: Models, when: dict[str, Any]
) -> Callable[[Asked], Told | None]:
    """What tells of an account by the learnt hazard; it tells None of one that is not served by it."""
    model = learnt.hazard
    if model is None or not model.knows(int(np.count_nonzero(lives.cause))):
        return lambda one: None
    from worklens.analysis.hazard.prospects import GROUPS, Prospects
    from worklens.analysis.hazard.telling import prospects as tell
    from worklens.stages import hazards
    from worklens.stages.records import read_more

    known = read_more(session, history, **when).records
    features = fingerprint(hazards.MODEL, *GROUPS, *known.arrays())
    days: dict[int, Prospects] = {}

    def of(one: Asked) -> Told | None:
        if one.name not in model.accounts:
            return None
        if one.origin not in days:
            days[one.origin] = tell(model.hazard, known, one.origin)
        age = one.age[one.places - one.rows.start]
        about = (one.keys, hazards.MODEL, model.version, features, one.origin, age)
        own = days[one.origin].those(one.places)
        return Told(*about, replace(own, late=model.lateness(one.name, own.late)))

    return of


def accounts_of(history: HistoryColumns) -> list[slice]:
    """The stretches of rows of one account; the history comes in the order of accounts."""
    account = history.text("account")
    if not len(account):
        return []
    changes = np.flatnonzero(account[1:] != account[:-1]) + 1
    edges = [0, *changes.tolist(), len(account)]
    return [slice(start, stop) for start, stop in pairwise(edges)]


def _by_curve(one: Asked, learned: Curves | None) -> Told:
    """One account's open tasks by its curve."""
    age, cause = one.age, one.lives.cause[one.rows]
    known = ~np.isnan(age)
    curve = learned.of(one.name, int(np.count_nonzero(cause[known]))) if learned else None
    if curve is None:
        curve = aalen_johansen(age[known], cause[known])
    due = until_due(one.history)[one.rows] + one.back
    own = one.places - one.rows.start
    features = fingerprint(MODEL, age, cause, due)
    about = (one.keys, MODEL, version(curve), features, one.origin, age[own])
    return Told(*about, curve_prospects(curve, age[own], due[own]))


def until_due(history: HistoryColumns) -> Floats:
    """Days until each task is due, below 0 where that is over, NaN without a due date: (rows,).

    Of a date what is left of its day counts for TODAY, since nobody knows at which hour one stops.
    """
    known, due = history.precision("due"), history.seconds("due")
    by_day = due // DAY_SECONDS - history.today
    exact = (due - history.now) / DAY_SECONDS
    days = np.where(known == DAY, np.where(by_day == 0, TODAY, by_day), exact)
    return np.where(known > 0, days, np.nan)


def version(curve: Incidence) -> str:
    """The hash of the curve's parameters and of the rule that reads it: the same whoever made it from the same past."""
    state = blake2b(f"{MODEL} {RULE}".encode(), digest_size=16)
    for values in (curve.time, curve.at_risk, curve.events):
        state.update(np.ascontiguousarray(values).tobytes())
    return state.hexdigest()
