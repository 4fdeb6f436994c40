"""Proposals of which tasks of two accounts are one."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from worklens.stages.linking import Pair, Seen, proposals, words
from worklens.tasks import DAY, day

MOVED = date(2026, 3, 2)


def seen(feed: str, task: str, title: str = "Buy milk", **more: Any) -> Seen:
    """A task of an account, open and created on the day of the move unless it is said otherwise."""
    about: dict[str, Any] = {
        "created_day": MOVED,
        "due_day": None,
        "completed_day": None,
        "ended_at": None,
        **more,
    }
    created = about["created_day"]
    ended = about["completed_day"]
    status = "completed" if ended else "closed" if about["ended_at"] else "open"
    return Seen(
        feed=feed, account=feed, task=task, occurrence="", title=title, collection=about.pop("collection", ""),
        created_at=day(created).micros if created else None, created_precision="day" if created else None,
        first_seen_at=day(MOVED).micros, status=status, **about,
    )  # fmt: skip


def old(task: str, title: str = "Buy milk", **more: Any) -> Seen:
    """At the account that was left, long since."""
    return seen("old:me", task, title, **{"created_day": date(2026, 1, 5), **more})


def new(task: str, title: str = "Buy milk", **more: Any) -> Seen:
    """At the account that was moved to."""
    return seen("new:me", task, title, **more)


def found(older: list[Seen], newer: list[Seen]) -> list[tuple[str, str, bool]]:
    """The pairs by their ids, and whether they are sure."""
    return [(pair.older.task, pair.newer.task, pair.sure) for pair in proposals(older, newer)]


def test_a_title_is_compared_by_its_words() -> None:
    """Case, form and punctuation differ between services."""
    assert words("Buy  MILK!") == words("buy milk") == "buy milk"
    assert words("写周报。") == words("写周报")
    assert words("?!") == ""


def test_what_speaks_for_a_pair() -> None:
    """The same creation or completion is enough; the same due date where no other is called so; a title alone is not."""
    jan = {"created_day": date(2026, 1, 5)}
    done = {"completed_day": date(2026, 2, 1)}
    due = {"due_day": date(2026, 4, 1)}
    assert found([old("a")], [new("b", **jan)]) == [("a", "b", True)]
    assert found([old("a", **done)], [new("b", **done)]) == [("a", "b", True)]
    assert found([old("a", **due)], [new("b", **due)]) == [("a", "b", True)]
    assert found([old("a")], [new("b")]) == [("a", "b", False)]
    assert found([old("a", collection="Home")], [new("b", collection="home")]) == [("a", "b", False)]
    assert found([old("a")], [new("b"), new("c")]) == []
    assert found([old("a", "!")], [new("b", "?", **jan)]) == []


def test_what_speaks_against_it() -> None:
    """Done there and not here, done on another day, ended before the other came, done before it was made."""
    assert found([old("a", completed_day=date(2026, 2, 1))], [new("b")]) == []
    assert found([old("a", completed_day=date(2026, 2, 1))], [new("b", completed_day=date(2026, 2, 8))]) == []
    assert found([old("a", ended_at=day(MOVED).micros - 30 * DAY)], [new("b")]) == []
    assert found([old("a", ended_at=day(MOVED).micros + DAY)], [new("b")]) == [("a", "b", False)]
    assert found([old("a")], [new("b", completed_day=date(2025, 12, 1))]) == []


def test_a_chore_is_matched_week_by_week() -> None:
    """Each completion with the one of its day, whatever the order."""
    weeks = [date(2026, 1, 5 + 7 * n) for n in range(3)]
    older = [old(f"a{n}", completed_day=one, created_day=one) for n, one in enumerate(weeks)]
    newer = [new(f"b{n}", completed_day=one, created_day=one) for n, one in reversed(list(enumerate(weeks)))]
    assert sorted(found(older, newer)) == [(f"a{n}", f"b{n}", True) for n in range(3)]


days = st.none() | st.sampled_from([date(2026, 1, 5), date(2026, 2, 1), MOVED])
some = st.lists(st.tuples(st.sampled_from("xyz"), days, days, days), max_size=6)


@given(some, some)
def test_each_task_in_one_pair_at_most(left: list[Any], right: list[Any]) -> None:
    """And the likeliest pairs come first."""
    older = [
        old(f"a{n}", title, created_day=c, due_day=d, completed_day=f)
        for n, (title, c, d, f) in enumerate(left)
    ]
    newer = [
        new(f"b{n}", title, created_day=c, due_day=d, completed_day=f)
        for n, (title, c, d, f) in enumerate(right)
    ]
    pairs: list[Pair] = proposals(older, newer)
    assert len({pair.older.task for pair in pairs}) == len({pair.newer.task for pair in pairs}) == len(pairs)
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)
    assert all(words(pair.older.title) == words(pair.newer.title) for pair in pairs)
