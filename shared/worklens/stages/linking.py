"""Which tasks of two accounts are the same: proposals, from equal titles with something else that speaks for it.

A repeated chore has the same title each week, so a title alone says little: dates of creation or completion must agree
as far as both are known, and one task is proposed for one other only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from unicodedata import normalize

import msgspec

from worklens.ports import Session
from worklens.tasks import DAY, day, digest

CREATED, DONE, DUE, LIST, ALONE = 4, 4, 2, 1, 1  # what speaks for a pair, by how seldom it agrees by chance
SURE = 3  # together: created or done alike; or due alike and the only ones of their title; not title and list alone
_SEPARATORS = re.compile(r"[\W_]+")

Key = tuple[str, str, str]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A task as its account shows it; times are microseconds, days the person's own."""

    feed: str
    account: str
    task: str
    occurrence: str
    status: str
    title: str
    collection: str
    created_at: int | None
    created_precision: str | None
    created_day: date | None
    due_day: date | None
    completed_day: date | None
    ended_at: int | None
    first_seen_at: int

    @property
    def key(self) -> Key:
        """Which task it is."""
        return (self.account, self.task, self.occurrence)

    @property
    def came_at(self) -> int:
        """When it was created, or first seen."""
        return self.first_seen_at if self.created_at is None else self.created_at


class Pair(NamedTuple):
    """Two tasks that may be one; ``sure`` where more than a title speaks for it."""

    older: Seen
    newer: Seen
    reasons: tuple[str, ...]
    score: int

    @property
    def sure(self) -> bool:
        """Whether it is likely enough to be taken with all others at once."""
        return self.score >= SURE


def words(title: str) -> str:
    """A title as it is compared: letters and digits, whatever their case and form."""
    return _SEPARATORS.sub(" ", normalize("NFKC", title).casefold()).strip()


def proposals(older: Sequence[Seen], newer: Sequence[Seen]) -> list[Pair]:
    """Pairs of an account a person left and the one they moved to, the likeliest first; each task in one pair at most."""
    left, right = _by_title(older), _by_title(newer)
    found = [
        pair for title in left.keys() & right.keys() if title for pair in _pairs(left[title], right[title])
    ]
    return list(
        _each_once(
            sorted(
                found, key=lambda pair: (-pair.score, pair.older.came_at, pair.newer.came_at, pair.older.key)
            )
        )
    )


def _by_title(tasks: Iterable[Seen]) -> dict[str, list[Seen]]:
    found: defaultdict[str, list[Seen]] = defaultdict(list)
    for task in tasks:
        found[words(task.title)].append(task)
    return found


def _pairs(older: Sequence[Seen], newer: Sequence[Seen]) -> Iterator[Pair]:
    """All pairs of one title that may be; of a chore done a hundred times only those that were done on one day."""
    alone = len(older) == len(newer) == 1
    by_day: defaultdict[date | None, list[Seen]] = defaultdict(list)
    for task in newer:
        by_day[task.completed_day].append(task)
    for one in older:
        others = by_day[one.completed_day] if one.completed_day is not None else newer
        for other in others:
            if may_be(one, other):
                reasons = tuple(_reasons(one, other, alone=alone))
                yield Pair(one, other, reasons, sum(WEIGHTS[reason] for reason in reasons))


WEIGHTS = {"created": CREATED, "done": DONE, "due": DUE, "list": LIST, "alone": ALONE}


def may_be(older: Seen, newer: Seen) -> bool:
    """Whether nothing speaks against it: what was done there was done here that day, and what ended there came here before."""
    if older.status == "completed":
        return newer.completed_day == older.completed_day
    if newer.completed_day is not None and day(newer.completed_day).micros + DAY < older.came_at:
        return False
    return older.ended_at is None or older.ended_at >= newer.came_at - DAY


def _reasons(older: Seen, newer: Seen, *, alone: bool) -> Iterator[str]:
    if older.created_day is not None and older.created_day == newer.created_day:
        yield "created"
    if older.completed_day is not None and older.completed_day == newer.completed_day:
        yield "done"
    if older.due_day is not None and older.due_day == newer.due_day:
        yield "due"
    if older.collection and words(older.collection) == words(newer.collection):
        yield "list"
    if alone:
        yield "alone"


def _each_once(pairs: Iterable[Pair]) -> Iterator[Pair]:
    taken: set[Key] = set()
    for pair in pairs:
        if pair.score and not taken & {pair.older.key, pair.newer.key}:
            taken |= {pair.older.key, pair.newer.key}
            yield pair


# ----- The warehouse -----


def write_links(session: Session, pairs: Sequence[Pair], now: int) -> None:
    """Say of these pairs that they are one task each; said twice, it is said once."""
    sides = [
        (pair, side, one) for pair in pairs for side, one in (("older", pair.older), ("newer", pair.newer))
    ]
    rows = [_row(one, side, _link(pair), now, undone=False) for pair, side, one in sides]
    _append(session, rows)


def undo_links(session: Session, links: Iterable[dict[str, Any]], now: int) -> None:
    """Take back links, given as rows of ``latest_links``."""
    rows = []
    for link in links:
        for prefix, side in (("", "older"), ("into_", "newer")):
            about = {name: link[f"{prefix}{name}"] for name in ("feed", "account", "task", "occurrence")}
            rows.append({**about, "link": link["link"], "side": side, "undone": True, "seen_at": now})
    _append(session, rows)


def _link(pair: Pair) -> str:
    return digest("link", *pair.older.key, *pair.newer.key)


def _row(one: Seen, side: str, link: str, now: int, *, undone: bool) -> dict[str, Any]:
    older = side == "older"
    return {
        "feed": one.feed,
        "account": one.account,
        "task": one.task,
        "occurrence": one.occurrence,
        "link": link,
        "side": side,
        "undone": undone,
        "seen_at": now,
        "created_at": one.created_at if older else one.came_at,
        "created_precision": one.created_precision if older else None,
        "first_seen_at": one.first_seen_at if older else None,
    }


COLUMNS = (
    "feed", "account", "task", "occurrence", "link", "side", "undone", "seen_at", "created_at", "created_precision", "first_seen_at",
)  # fmt: skip


def _append(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.append("links", {name: [row.get(name) for row in rows] for name in COLUMNS})
