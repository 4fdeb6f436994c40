"""Days and hours: instants in UTC, days in the person's zone at that time, dates as they are."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pipeline.chaos import Chaos, calm
from worklens.local.platform import Platform
from worklens.ports import Feed, ZonePeriod
from worklens.sources.recognize import recognize
from worklens.stages.intake import Intake, request_import
from worklens.stages.zones import offsets
from worklens.tasks import day, iso, micros
from worklens.testing.chance import seeded
from worklens.testing.clock import Clock

MOVED = datetime(2024, 6, 15, 9, 30, tzinfo=UTC)
LIVES: dict[str, tuple[ZonePeriod, ...]] = {
    name: (ZonePeriod(name),)
    for name in (
        "UTC", "Etc/GMT+12", "Pacific/Kiritimati", "Pacific/Apia", "Europe/Berlin", "America/New_York", "Asia/Kathmandu",
        "Australia/Lord_Howe", "America/Sao_Paulo",
    )
}  # fmt: skip
LIVES["Berlin, then New York"] = (
    ZonePeriod("Europe/Berlin"),
    ZonePeriod("America/New_York", micros(MOVED)),
)
LIVES["to the other side of the date line and back"] = (
    ZonePeriod("Etc/GMT+12"),
    ZonePeriod("Pacific/Kiritimati", micros(MOVED)),
    ZonePeriod("Etc/GMT+12", micros(MOVED + timedelta(days=30))),
)
STEPS = [
    timedelta(**{unit: sign * 1}) for unit in ("microseconds", "seconds", "hours", "days") for sign in (-1, 1)
]


def zone_at(life: Sequence[ZonePeriod], at: datetime) -> ZoneInfo:
    """Where the person was at an instant."""
    moves = [period.starts_at or -(1 << 62) for period in life]
    return ZoneInfo(life[bisect_right(moves, micros(at)) - 1].zone)


@cache
def changes(name: str, year: int) -> list[datetime]:
    """The instants at which the clocks of a zone change in a year; all are at whole or half hours."""
    zone, half = ZoneInfo(name), timedelta(minutes=30)
    times = [datetime(year, 1, 1, tzinfo=UTC) + half * n for n in range(366 * 48)]
    known = [at.astimezone(zone).utcoffset() for at in times]
    return [at for at, before, after in zip(times[1:], known, known[1:], strict=False) if before != after]


@cache
def instants(life: tuple[ZonePeriod, ...]) -> list[datetime]:
    """Around every change of the clocks and every move, around midnights, and any others."""
    random = seeded(1)
    edges = [at for period in life for year in (1991, 2011, 2024) for at in changes(period.zone, year)]
    edges += [MOVED, MOVED + timedelta(days=30)]
    for days in random.sample(range(70 * 365), 10):
        noon = datetime(1991, 1, 1, 12, tzinfo=UTC) + timedelta(days=days)
        midnight = noon.astimezone(zone_at(life, noon)).replace(hour=0, minute=0)
        edges.append(midnight.astimezone(UTC))
    edges += [
        datetime(1991, 1, 1, tzinfo=UTC) + random.random() * timedelta(days=69 * 365) for _ in range(20)
    ]
    return sorted({edge + step for edge in edges for step in (timedelta(0), *STEPS)})


class Lived(NamedTuple):
    """A life with its instants, and what the views say of the tasks that were done at them."""

    life: tuple[ZonePeriod, ...]
    instants: list[datetime]
    tasks: dict[str, dict[str, Any]]
    completions: dict[str, dict[str, Any]]
    history: dict[str, dict[str, Any]]


def table(found: Sequence[datetime], dates: Sequence[date]) -> bytes:
    """A task for each instant, created, due and completed then; and one for each date."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["id", "title", "created", "due", "completed"])
    writer.writerows([f"i{n}", "x", *[iso(micros(at))] * 3] for n, at in enumerate(found))
    writer.writerows([f"d{n}", "x", *[on.isoformat()] * 3] for n, on in enumerate(dates))
    return file.getvalue().encode()


DATES = [date(2024, 3, 30) + timedelta(days=n) for n in range(3)] + [
    date(2024, 10, 27),
    date(1990, 1, 1),
    date(2060, 12, 31),
]


def take_in(chaos: Chaos, feed: str, life: tuple[ZonePeriod, ...], content: bytes) -> None:
    """Import a table of a person who lived so."""
    ports = chaos.platform.ports
    ports.state.save_feed(Feed(name=feed, source="csv", zones=life))
    known = recognize("days.csv", content)
    request_import(
        Intake(
            name="days.csv",
            content=content,
            feed=feed,
            source="csv",
            zone=life[-1].zone,
            settings=known.settings,
        ),
        ports,
    )
    chaos.run()


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """All lives in one data directory, an account each."""
    chaos = calm(tmp_path_factory.mktemp("days"), Clock())
    for number, life in enumerate(LIVES.values()):
        take_in(chaos, f"csv:{number}", life, table(instants(life), DATES))
    yield chaos.platform
    chaos.platform.close()


@pytest.fixture(scope="module")
def views(platform: Platform) -> dict[str, dict[str, list[Any]]]:
    """What is read of all accounts at once."""
    with platform.warehouse.read() as session:
        return {name: session.query(name) for name in ("current_tasks", "completions", "throughput_daily")}


@pytest.fixture(scope="module", params=range(len(LIVES)), ids=list(LIVES))
def lived(
    request: pytest.FixtureRequest, platform: Platform, views: dict[str, dict[str, list[Any]]]
) -> Lived:
    """One of the lives."""
    number: int = request.param
    account, life = f"csv:{number}", list(LIVES.values())[number]
    with platform.warehouse.read() as session:
        history = by_task(session.query("history", feed=account), account)
    tasks, completions = (by_task(views[name], account) for name in ("current_tasks", "completions"))
    return Lived(life, instants(life), tasks, completions, history)


def by_task(columns: Mapping[str, Sequence[Any]], account: str) -> dict[str, dict[str, Any]]:
    """The rows of an account, by task."""
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return {row["task"]: row for row in rows if row["account"] == account}


def test_an_instant_has_the_day_and_hour_of_the_persons_clock(lived: Lived) -> None:
    """At every change of the clocks, at midnight and anywhere else, as zoneinfo has it."""
    for number, at in enumerate(lived.instants):
        local = at.astimezone(zone_at(lived.life, at))
        task, done, row = (rows[f"i{number}"] for rows in (lived.tasks, lived.completions, lived.history))
        assert {task[name] for name in ("created_day", "due_day", "completed_day")} == {local.date()}, local
        assert (done["done_day"], done["done_hour"]) == (local.date(), local.hour), local
        days = {row[name] for name in ("created_day", "due_day", "completed_day", "arrived_day", "ended_day")}
        assert days == {local.date().toordinal() - date(1970, 1, 1).toordinal()}, local
        assert row["completed_hour"] == local.hour, local


def test_a_date_is_that_date_in_every_zone(lived: Lived) -> None:
    """It never shifts, and has no hour."""
    for number, on in enumerate(DATES):
        task, done = lived.tasks[f"d{number}"], lived.completions[f"d{number}"]
        assert {task[name] for name in ("created_day", "due_day", "completed_day")} == {on}
        assert (done["done_day"], done["done_hour"]) == (on, None)
        assert task["created_at"] == day(on).micros


def test_the_days_of_flow_are_the_persons(views: dict[str, dict[str, list[Any]]]) -> None:
    """The numbers of a day count what was done on it where the person was."""
    flow = views["throughput_daily"]
    done: dict[str, dict[date, int]] = {}
    for account, on, value in zip(flow["account"], flow["day"], flow["value"], strict=True):
        if value:
            done.setdefault(account, {})[on] = value
    for number, life in enumerate(LIVES.values()):
        days = Counter([at.astimezone(zone_at(life, at)).date() for at in instants(life)] + DATES)
        assert done[f"csv:{number}"] == days


def test_another_place_moves_the_days_and_back_again(tmp_path: Path) -> None:
    """Where it turns out that the person lived elsewhere, the days are those of that place, without a new import."""
    chaos = calm(tmp_path, Clock())
    at = datetime(2024, 3, 1, 3, tzinfo=UTC)
    found = []
    for life in (LIVES["Europe/Berlin"], LIVES["America/New_York"], LIVES["Europe/Berlin"]):
        take_in(chaos, "csv:me", life, table([at], []))
        with chaos.platform.warehouse.read() as session:
            found += session.query("current_tasks")["created_day"]
            events = session.query("known_events")["kind"]
    chaos.platform.close()

    assert found == [date(2024, 3, 1), date(2024, 2, 29), date(2024, 3, 1)]
    assert sorted(events) == ["completed", "created"]


zones = st.sampled_from(sorted(available_timezones() - {"localtime"}))
moments = st.datetimes(datetime(1990, 1, 2), datetime(2060, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001


@given(zones, zones, moments, st.lists(moments, min_size=20, max_size=20))
def test_offsets_are_those_of_zoneinfo(
    first: str, second: str, moved: datetime, found: list[datetime]
) -> None:
    """For any two zones of the world, before a move and after it."""
    life = (ZonePeriod(first), ZonePeriod(second, micros(moved)))
    known = offsets(life)
    for at in [moved, moved - timedelta(microseconds=1), *found]:
        offset = at.astimezone(zone_at(life, at)).utcoffset()
        assert [
            timedelta(seconds=seconds) for _, starts, ends, seconds in known if starts <= micros(at) < ends
        ] == [offset]
