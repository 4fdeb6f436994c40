"""What tasks took, read from the warehouse, and what the figures made of it were worth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.stages.facts import FEED, settle
from worklens.analysis.arrays import NEVER
from worklens.local.platform import Platform, open_platform
from worklens.stages.efforts import Efforts, read
from worklens.stages.worth import cycle_time_rows, estimate_rows
from worklens.tasks import Moment, Task

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
NOW = FIRST + timedelta(days=200)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A laptop's platform in a folder of its own."""
    opened = open_platform(tmp_path)
    yield opened
    opened.close()


def on(day: int) -> Moment:
    """A date, so many days after the first."""
    return Moment(int((FIRST + timedelta(days=day)).timestamp()) * 1_000_000, "day")


def task(number: int, *, days: int, who: str = "") -> Task:
    """One begun on its day and done so many days later, in twice the hour it was thought to take."""
    return Task(
        account=FEED + who, task=f"{who}{number}", title="", collection="c", created=on(0),
        started=on(number), completed=on(number + days), estimate_seconds=3600, spent_seconds=7200,
    )  # fmt: skip


def told(platform: Platform, tasks: list[Task]) -> Efforts:
    """The efforts of a feed that holds these tasks."""
    settle(platform, tasks, seen_at=int(NOW.timestamp()) * 1_000_000)
    with platform.warehouse.read() as session:
        return read(session, [FEED])


def steady(who: str = "") -> list[Task]:
    """Two tasks begun a day for a hundred days, each fifth pair taking 20 days and the others one."""
    return [
        task(number, days=20 if number % 5 == 0 else 1, who=f"{who}/{twin}")
        for number in range(100)
        for twin in "ab"
    ]


def test_columns_are_plain_arrays(platform: Platform) -> None:
    """What is open has no end, what nobody timed has no time; one person's can be had alone."""
    bare = Task(account=f"{FEED}/b", task="bare", title="", created=on(3))
    found = told(platform, [task(2, days=4, who="/a"), bare])

    first = int(np.datetime64(FIRST.date(), "D").astype(np.int64))
    assert [found.accounts[code] for code in found.account] == [f"{FEED}/a", f"{FEED}/b"]
    assert (found.started - first).tolist() == [2, NEVER - first]
    assert found.ended.tolist() == [first + 6, NEVER]
    assert found.ending.tolist() == [1, 0]
    assert found.spent[0] == 7200
    assert np.isnan(found.spent[1])
    with platform.warehouse.read() as session:
        assert read(session, [FEED], [f"{FEED}/b"]).ending.tolist() == [0]
        assert read(session, []).ending.size == 0


def test_cycle_times_count_from_the_start_where_it_is_known(platform: Platform) -> None:
    """Otherwise from the creation: a few starts among many tasks are not enough to speak of."""
    few = told(platform, [task(number, days=1) for number in range(30)])

    assert not few.from_start
    assert few.begun.tolist() == few.created.tolist()


def test_rows_of_cycle_times(platform: Platform) -> None:
    """A row for what Kaplan-Meier answers and one for all, together and for each of two people; all is valid JSON."""
    rows = cycle_time_rows(told(platform, steady()))

    assert {row["from"] for row in rows} == {"started"}
    assert {(row["accounts"], row["snapshots"]) for row in rows} >= {
        ("together", "kaplan_meier_answers"), ("together", "all"), ("each_account", "all"),
    }  # fmt: skip
    assert all(row["baselines"].keys() == {"kaplan_meier", "closed_90d"} for row in rows)
    assert all(row["n"] > 0 and row["truth"] == 20 for row in rows)
    json.dumps(rows, allow_nan=False)


def test_rows_of_estimates(platform: Platform) -> None:
    """Who always takes twice as long is corrected: the error beside that of the estimates, over all and for each."""
    rows = estimate_rows(told(platform, steady()))

    assert [(row["account"], row["n"]) for row in rows] == [
        (None, 200),
        (f"{FEED}/a", 100),
        (f"{FEED}/b", 100),
    ]
    for row in rows:
        assert row["baselines"]["own"] == pytest.approx(np.log(2))
        assert row["ours"] < 0.2
    json.dumps(rows, allow_nan=False)


def test_nothing_gives_no_rows(platform: Platform) -> None:
    """Neither without tasks, nor without estimates."""
    nothing = told(platform, [])

    assert cycle_time_rows(nothing) == estimate_rows(nothing) == []
