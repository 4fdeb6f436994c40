"""A feed's tasks as the hazard model sees them, read from the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.stages.facts import FEED, settle
from worklens.analysis.arrays import NEVER
from worklens.analysis.hazard.records import DELETED, DONE
from worklens.local.platform import Platform, open_platform
from worklens.stages.records import load
from worklens.tasks import Moment, Task, after

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
ZERO = (FIRST - datetime(1970, 1, 1, tzinfo=UTC)).days


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A laptop's platform in a folder of its own."""
    opened = open_platform(tmp_path)
    yield opened
    opened.close()


def on(day: int) -> Moment:
    """A date, so many days after the first."""
    return Moment(int((FIRST + timedelta(days=day)).timestamp()) * 1_000_000, "day")


def task(name: str, **known: Moment | None) -> Task:
    """One created on the first day, of which this much is known besides."""
    return Task(account=FEED, task=name, title="", collection="c", created=on(0), **known)


def seen(day: int) -> int:
    """Noon of a day, in microseconds."""
    return int((FIRST + timedelta(days=day, hours=12)).timestamp()) * 1_000_000


def test_ends_are_days_with_a_cause(platform: Platform) -> None:
    """Done, deleted, over at an unknown time, open: what is only known to be over was open until then, and is no event."""
    ends = [
        task("done", completed=on(3)),
        task("gone", deleted=on(4)),
        task("lost", closed=after(on(5))),
        task("open", due=on(9)),
    ]
    settle(platform, ends, seen_at=seen(6))

    with platform.warehouse.read() as session:
        told = load(session, FEED)

    assert told is not None
    by = dict(zip(told.history.text("task").tolist(), range(4), strict=True))
    order = [by[name] for name in ("done", "gone", "lost", "open")]
    assert told.records.cause[order].tolist() == [DONE, DELETED, 0, 0]
    assert (told.records.ended[order] - ZERO).tolist()[:3] == [3, 4, 5]
    assert told.records.ended[by["open"]] == NEVER
    assert told.records.due[by["open"]] == ZERO + 9
    assert (told.records.born == ZERO).all()


def test_a_moved_date_is_known_from_the_day_it_was_seen(platform: Platform) -> None:
    """Both dates and the day of the look; what was never moved has none."""
    settle(platform, [task("a", due=on(4)), task("b", due=on(5))], seen_at=seen(1))
    settle(platform, [task("a", due=on(8)), task("b", due=on(5))], run=2, seen_at=seen(3))

    with platform.warehouse.read() as session:
        told = load(session, FEED)

    assert told is not None
    moves = told.records.moves
    assert told.history.text("task")[moves.task].tolist() == ["a"]
    assert [int(days[0]) - ZERO for days in (moves.day, moves.before, moves.after)] == [3, 4, 8]
    assert np.array_equal(told.records.sights.day, np.empty(0))


def test_a_feed_without_a_look_has_no_records(platform: Platform) -> None:
    """Nothing was settled, so nothing is known."""
    with platform.warehouse.read() as session:
        assert load(session, FEED) is None
