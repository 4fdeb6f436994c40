"""What forecasts are made from: how much of an account's work, or a list's, came and was done on each day of its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec
import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Ints
from worklens.analysis.forecast.questions import LONGEST
from worklens.ports import Feed, Session
from worklens.stages.calendar import calendar_of


class Base(NamedTuple):
    """What a reading of the warehouse stands on: the newest run that counts, and the last look."""

    feed: str
    run: int
    withdrawn: int  # runs up to that one that had been withdrawn
    now: int  # microseconds: the instant it speaks from
    seen: int  # microseconds: the last look it knows
    calendar: str = ""  # the person's working calendar as JSON; "": every day is worked


@dataclass(frozen=True, eq=False)
class Pace:
    """An account's days, or a list's: `first` is the first day on which anything of the account was done."""

    account: str
    collection: str  # "" for all work
    first: int  # days since 1970
    done: Ints  # (days,): finished on a day that is known
    arrived: Ints  # (days,)
    gone: Ints  # (days,): finished, deleted or closed
    open: int  # at the end of the last day
    ended: bool  # the record is a file that was quiet at its end: nobody knows what came after its last day
    undated: int = 0  # completions of the account of which nobody knows the day
    working: Bools | None = None  # (days + LONGEST,): which are worked; None: every one

    @property
    def origin(self) -> int:
        """The first day that is not told of: days since 1970."""
        return self.first + self.done.size

    @property
    def dated(self) -> int:
        """Completions of a known day."""
        return int(self.done.sum())


class Paces(NamedTuple):
    """A feed's paces: of each account first its own, then its lists' from the most open work to the least."""

    base: Base
    paces: tuple[Pace, ...]


def read(session: Session, feed: str, **when: Any) -> Paces | None:
    """The paces of a feed, `as_of` and `known_at` any past; None where nothing was settled by then.

    An account of which nothing was done on a known day has one without days.
    """
    base = base_of(session, feed, **when)
    if base is None:
        return None
    rows = session.arrays("paces", feed=feed, **when)
    found = [pace for account, span in _spans(rows["account"]) for pace in _of_account(account, rows, span)]
    return Paces(base, tuple(found))


def by_calendar(paces: Paces, feed: Feed) -> Paces:
    """The paces with the days that the feed's person works; what there is to learn of them is learnt from all work."""
    setting = feed.settings.get("calendar")
    if not setting:
        return paces
    whole = {pace.account: pace for pace in paces.paces if not pace.collection}
    masks = {
        account: calendar_of(feed, pace.first, pace.done.size + LONGEST, pace.done)
        for account, pace in whole.items()
    }
    written = msgspec.json.encode(setting, order="sorted").decode()
    found = tuple(replace(pace, working=masks[pace.account]) for pace in paces.paces)
    return Paces(paces.base._replace(calendar=written), found)


def base_of(session: Session, feed: str, **when: Any) -> Base | None:
    """What a reading now stands on; None where nothing was settled."""
    now = _clock(session, feed, **when)
    if now is None:
        return None
    known = session.arrays("base_of_feed", feed=feed, **when)
    seen = _clock(session, feed, known_at=when.get("known_at")) if when.get("as_of") else now
    return Base(feed, int(known["run"][0]), int(known["withdrawn"][0]), now, seen or now)


def _clock(session: Session, feed: str, **when: Any) -> int | None:
    clock = session.arrays("clock_of_feed", feed=feed, **when)["now_at"]
    return int(clock[0].astype("M8[us]").astype(np.int64)) if clock.size else None


def _spans(names: Any) -> list[tuple[str, slice]]:
    """The rows of each name; equal ones stand together."""
    if not len(names):
        return []
    edges = [0, *(np.flatnonzero(names[1:] != names[:-1]) + 1).tolist(), len(names)]
    return [(str(names[start]), slice(start, stop)) for start, stop in pairwise(edges)]


def _of_account(account: str, rows: Any, span: slice) -> Iterator[Pace]:
    """The account's pace, then its lists'."""
    about = {name: rows[name][span][0] for name in ("first_day", "last_day", "is_over", "undated")}
    last = int(about["last_day"])
    first = last + 1 if about["first_day"] is np.ma.masked else min(int(about["first_day"]), last + 1)
    values = {name: _whole(rows[name][span]) for name in ("day", "arrived", "done", "gone")}
    given = {"account": account, "first": first, "ended": bool(about["is_over"])}
    yield _pace(values, last, collection="", undated=int(about["undated"]), **given)
    apart = [
        _pace({name: column[part] for name, column in values.items()}, last, collection=name, **given)
        for name, part in _spans(rows["collection"][span])
        if name
    ]
    yield from sorted(apart, key=lambda one: (-one.open, one.collection))


def _whole(values: Any) -> Ints:
    """Whole numbers, NEVER where there is none; sums come as fractions from one engine."""
    whole: Ints = np.ma.filled(np.ma.asarray(values).astype(np.int64), NEVER)
    return whole


def _pace(values: dict[str, Ints], last: int, **given: Any) -> Pace:
    """The days from the first to the last, and what was open at their end."""
    day, first = values["day"], given["first"]
    inside = (day >= first) & (day <= last)
    width = last - first + 1
    dense: dict[str, Any] = {
        name: np.bincount(day[inside] - first, weights=values[name][inside], minlength=width).astype(np.int64)
        for name in ("arrived", "done", "gone")
    }
    return Pace(**given, **dense, open=int((values["arrived"] - values["gone"]).sum()))
