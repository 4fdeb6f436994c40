"""A feed's history from the warehouse: narrow columns, and the days and ages read from them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.findings.chances import needs_of
from worklens.findings.history import History, Need, Promises, last_sign
from worklens.ports import Session
from worklens.stages.columns import rows_of

INSTANT, DAY = 1, 2  # precisions of which the day is known; 3 is seen by then, 4 after then
UNKNOWN = 4
DAY_SECONDS = 86_400
SHORTEST_PROMISE = 7  # days of the standing ones: before, there are hardly enough to speak of


class Columns(NamedTuple):
    """The rows of one feed's ``history``: masks gone, NEVER for a day that is not there, 0 for a time."""

    feed: str
    now: int  # seconds since 1970: the feed's last look
    today: int  # the person's day then
    values: dict[str, Any]

    def day(self, name: str) -> Ints:
        """A column of days: (rows,)."""
        days: Ints = np.ma.filled(self.values[name].astype(np.int64), NEVER)
        return days

    def seconds(self, name: str) -> Ints:
        """A column of times: (rows,)."""
        times: Ints = np.ma.filled(self.values[name].astype(np.int64), 0)
        return times

    def precision(self, name: str) -> Ints:
        """How well a time is known, 0 where there is none: (rows,)."""
        return np.asarray(self.values[f"{name}_precision"], dtype=np.int64)

    def text(self, name: str) -> Any:
        """A column of text, empty where there is none: (rows,)."""
        return np.ma.filled(self.values[name], "")

    @property
    def rows(self) -> int:
        """How many tasks."""
        return len(self.values["task"])


def read(session: Session, feed: str, query: str = "history", **when: Any) -> Columns | None:
    """The history of a feed, ``as_of`` and ``known_at`` any past; None where nothing was settled by then.

    The query "lives" gives what `ages` needs and no more, in half the time.
    """
    clock = session.arrays("clock_of_feed", feed=feed, **when)
    if not clock["now_at"].size:
        return None
    now = clock["now_at"][0].astype("M8[s]").astype(np.int64)
    today = clock["now_day"][0].astype("M8[D]").astype(np.int64)
    return Columns(feed, int(now), int(today), session.arrays(query, feed=feed, **when))


def last_day(columns: Columns, rows: slice) -> int:
    """The day that a file's account ends on: its last sign of life where it is quiet before the look, else the day of the
    look. Nobody knows when a file's writer stopped."""
    made = np.isin(columns.precision("created")[rows], (INSTANT, DAY))
    done = np.isin(columns.precision("completed")[rows], (INSTANT, DAY))
    days = np.concatenate([columns.day("created_day")[rows][made], columns.day("ended_day")[rows][done]])
    ended = last_sign(days, columns.today)
    return columns.today if ended is None else ended


# ----- As findings see it -----


def load(session: Session, feeds: Sequence[str], *, told: bool = False, **when: Any) -> History | None:
    """The tasks of some feeds as one history, as of the latest look at any; None where nothing is settled.

    With ``told`` it has what we told of them, too: what became of forecasts, and what the scores of open tasks come to.
    """
    if told:
        session.hold()
    found = [columns for feed in feeds if (columns := read(session, feed, **when))]
    if not found:
        return None
    titles = _titles(session, **when)
    parts = [_arrays(columns, _series_titles(session, columns, **when)) for columns in found]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    accounts, account = coded(joined["account"])
    lists, collection = coded(joined.pop("collection"))
    _, series = coded(joined.pop("series"))
    return History(
        **{**joined, "account": account, "collection": collection, "series": series},
        accounts=accounts,
        collections=lists,
        titles=tuple(titles.get(name) or name for name in lists),
        today=max(columns.today for columns in found),
        promises=tuple(one for columns in found for one in promises_over(session, columns, **when))
        if told
        else (),
        needs=tuple(one for feed in feeds for one in needs_told(session, feed, **when)) if told else (),
    )


def needs_told(session: Session, feed: str, **when: Any) -> tuple[Need, ...]:
    """What the scores of a feed's open tasks come to, by account."""
    rows = session.query("open_chances", feed=feed, **when)
    return needs_of(rows_of(rows))


def promises_over(session: Session, columns: Columns, **when: Any) -> Iterator[Promises]:
    """What became of a feed's promises; asked for only where some may be over, for it takes a second."""
    (first,) = session.query("first_promise", feed=columns.feed, **when)["day"]
    if first is None or first + SHORTEST_PROMISE > columns.today:
        return
    rows = session.query("promises_over", feed=columns.feed, **when)
    names = ("block", "first_day", "last_day", "n", "kept", "lately")
    for account, *numbers in zip(rows["account"], *(rows[name] for name in names), strict=True):
        yield Promises(account, *map(int, numbers))


def _titles(session: Session, **when: Any) -> dict[str, str]:
    """The lists' titles by their ids; people who share a list share its title."""
    rows = session.query("latest_collections", **when)
    return dict(zip(rows["collection"], rows["title"], strict=True))


def _arrays(columns: Columns, series: Sequence[Any]) -> dict[str, Any]:
    """One feed's columns as a history has them, with lists and series still by name."""
    done, known = columns.day("completed_day"), columns.precision("completed")
    over = (done == NEVER) & (columns.precision("deleted") == 0) & (columns.precision("closed") > 0)
    created = np.isin(columns.precision("created"), (INSTANT, DAY))
    return {
        "account": columns.text("account"),
        "task": columns.text("task"),
        "occurrence": columns.text("occurrence"),
        "collection": columns.text("collection"),
        "subtask": np.not_equal(columns.text("parent"), "").astype(np.bool_),
        "recurring": np.asarray(columns.values["recurring"], dtype=np.bool_),
        "series": np.array(series, dtype=object),
        "created": np.where(created, columns.day("created_day"), NEVER),
        "started": np.where(
            np.isin(columns.precision("started"), (INSTANT, DAY)), columns.day("started_day"), NEVER
        ),
        "done": done,
        "hour": np.ma.filled(columns.values["completed_hour"].astype(np.int64), -1),
        "timed": np.isin(known, (INSTANT, DAY)),
        "gone": np.where(done == NEVER, columns.day("ended_day"), NEVER),
        "closed": over,
        "due": columns.day("due_day"),
        "moved": np.asarray(columns.values["times_moved"], dtype=np.int64),
        "estimate": _floats(columns.values["estimate_seconds"]),
        "spent": _floats(columns.values["spent_seconds"]),
    }


def _floats(values: Any) -> Floats:
    numbers: Floats = np.ma.filled(values.astype(np.float64), np.nan)
    return numbers


def _series_titles(session: Session, columns: Columns, **when: Any) -> list[Hashable]:
    """Which series each row is of: a list and title, so that occurrences with ids of their own are found together."""
    recurring: Bools = np.asarray(columns.values["recurring"], dtype=np.bool_)
    series: list[Hashable] = [""] * columns.rows
    if not recurring.any():
        return series
    rows = session.query("series", feed=columns.feed, **when)
    keys = zip(rows["account"], rows["task"], rows["occurrence"], strict=True)
    titles = dict(zip(keys, rows["title"], strict=True))
    names = [columns.text(name) for name in ("account", "task", "occurrence", "collection")]
    for row in np.flatnonzero(recurring):
        account, task, occurrence, place = (part[row] for part in names)
        series[row] = (account, place, titles.get((account, task, occurrence)) or task)
    return series


def coded(names: Iterable[Hashable]) -> tuple[tuple[Any, ...], Ints]:
    """The names in the order they come, and each row's place among them; -1 for an empty one."""
    rows = list(names)
    met = dict.fromkeys(rows)
    met.pop("", None)
    places = {"": -1, **{name: place for place, name in enumerate(met)}}
    return tuple(met), np.fromiter(map(places.__getitem__, rows), np.int64, len(rows))


# ----- As the scores see it -----


class Ages(NamedTuple):
    """How long each task stood open, in days, and what ended it: (rows,) each."""

    age: Floats  # at its end, or at the last look; NaN where its creation is unknown or after that
    cause: Ints  # 1 done, 2 deleted, 0 still open when last known
    open: Bools  # still open at the last look
    since: Floats  # from its creation to the last look; NaN where its creation is unknown or after its end


def ages(columns: Columns) -> Ages:
    """Between two instants exact to the second; where either is a date, the difference of the days.

    A completion noticed later counts when it was noticed; one at some time after an instant, and a task closed at an unknown
    time, count as open until the last instant they were known to be.
    """
    known = columns.precision("completed")
    done, deleted = known > 0, columns.precision("deleted") > 0
    closed = columns.precision("closed") > 0
    end = np.select(
        [done, deleted, closed],
        [columns.seconds(name) for name in ("completed", "deleted", "closed")],
        columns.now,
    )
    exact = np.select([done, deleted, closed], [known, columns.precision("deleted"), INSTANT], INSTANT)
    last_day = np.where(done | deleted | closed, columns.day("ended_day"), columns.today)
    created = columns.precision("created")
    by_day = (created == DAY) | (exact == DAY)
    born, born_day = columns.seconds("created"), columns.day("created_day")
    age = np.where(by_day, last_day - born_day, (end - born) / DAY_SECONDS)
    since = np.where(by_day, columns.today - born_day, (columns.now - born) / DAY_SECONDS)
    sound = np.isin(created, (INSTANT, DAY)) & (age >= 0)
    cause = np.where(done & (known != UNKNOWN), 1, np.where(deleted & ~done, 2, 0))
    age, since = np.where(sound, age, np.nan), np.where(sound, since, np.nan)
    return Ages(age, cause, ~(done | deleted | closed), since)
