"""What the report shows besides views is what the metrics and commands say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from tests.moulds import platform_in
from tests.stages.facts import FEED, settle
from worklens.analysis.days import day_number
from worklens.local.platform import Platform
from worklens.ports import Feed
from worklens.stages import efforts
from worklens.stages.history import load
from worklens.stages.list_hours import list_hours
from worklens.stages.measures import measured
from worklens.stages.reckoned import RECKONED, Known
from worklens.tasks import DAY, Collection, Moment, Task

TODAY = day_number(date(2026, 6, 1))
DAYS = 200


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Two tasks a day for 200 days, most done within a week in half as long again as estimated; list B is larger."""
    rng = np.random.default_rng(2)
    opened = platform_in(tmp_path_factory.mktemp("reckoned"))
    tasks = [task(number, int(lives)) for number, lives in enumerate(rng.geometric(0.3, 2 * DAYS))]
    lists = [Collection(account=FEED, collection=name, title=f"The {name}") for name in "AB"]
    settle(opened, tasks, lists, seen_at=TODAY * DAY)
    yield opened
    opened.close()


def task(number: int, lives: int) -> Task:
    """One of a day; each ninth is open for good."""
    born = TODAY - DAYS + number // 2
    over = number % 9 and born + lives < TODAY
    hours = 1 + number % 2
    return Task(
        account=FEED, task=str(number), collection="AB"[number % 2], created=Moment(born * DAY, "day"),
        completed=Moment((born + lives) * DAY, "day") if over else None,
        estimate_seconds=3600.0 * hours, spent_seconds=5400.0 * hours if over else None,
    )  # fmt: skip


def test_the_report_and_the_metrics_say_the_same(platform: Platform) -> None:
    """Pace, weeks, cycle time and estimates of one account, column by column."""
    feed = Feed(name=FEED, source="wunderlist")
    named = {
        "changes_of_pace": "changes-of-pace",
        "process_behaviour": "process-behaviour",
        "cycle_time_lately": "cycle-time-lately",
        "estimates_by_list": "estimates-by-kind",
    }
    with platform.warehouse.read() as session:
        history = load(session, [FEED])
        assert history is not None
        known = Known(session, [FEED], history, {})
        tables = {name: dict(RECKONED[name](known)) for name in named}
        metrics = {name: measured(metric, session, [feed]) for name, metric in named.items()}

    for name, table in tables.items():
        assert len(table[next(iter(table))]) > 0, name
        for column, values in table.items():
            assert metrics[name][column] == values, (name, column)


def test_the_largest_estimated_lists_come_first_with_the_hours_the_command_tells(platform: Platform) -> None:
    """As `worklens forecast --list` has them."""
    with platform.warehouse.read() as session:
        history = load(session, [FEED])
        assert history is not None
        rows = RECKONED["list_hours"](Known(session, [FEED], history, {}))
        told = list_hours(efforts.read(session, [FEED]), FEED, "B", history.end)

    assert rows["title"][0] == "The B"
    assert rows["hours"][0] == told.seconds / 3600 > 20
    assert rows["half"][0] == told.days[0]
    assert rows["learnt"][0] == told.learnt > 200
