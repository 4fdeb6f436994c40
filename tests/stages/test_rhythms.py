"""Blocks of the week by the person's own clock, from the warehouse on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from tests.moulds import platform_in
from tests.stages.facts import FEED, settle
from tests.stages.pages.conftest import Reader
from worklens.ports import Feed, Run, ZonePeriod
from worklens.stages.measures import Rows, measured
from worklens.stages.pages.router import Site
from worklens.stages.zones import append_zones
from worklens.tasks import Collection, Moment, Task, micros

FIRST = datetime(2025, 9, 1)  # noqa: DTZ001  (a Monday by the wall clock, wherever that is)
WEEKS = 39  # the clocks go back in October and forward in March
BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
MOVED = datetime(2026, 2, 2)  # noqa: DTZ001


def lived(wall: datetime) -> Task:
    """A task done at an hour by the clock of where she lived then; those of the block's hours are of the Garden."""
    at = wall.replace(tzinfo=BERLIN if wall < MOVED else TOKYO)
    place = "garden" if wall.weekday() in {1, 2} and wall.hour in {9, 10} else "home"
    done = Moment(micros(at.astimezone(UTC)), "instant")
    return Task(account=FEED, task=wall.isoformat(), title="t", collection=place, completed=done)


def blocks(root: Path, zones: tuple[ZonePeriod, ...]) -> tuple[Rows, list[dict[str, Any]]]:
    """The blocks, and by the API what fits the next, of Tuesdays and Wednesdays from 9 to 11 among some ten other hours a week, for who lived in these zones."""
    rng = np.random.default_rng(3)
    walls = {
        FIRST + timedelta(days=7 * week + day, hours=hour)
        for week in range(WEEKS)
        for day in (1, 2)
        for hour in (9, 10)
    }
    walls |= {
        FIRST + timedelta(days=int(day), hours=int(hour))
        for day, hour in zip(rng.integers(0, 7 * WEEKS, 400), rng.integers(8, 23, 400), strict=True)
    }
    platform = platform_in(root)
    feed = Feed(name=FEED, source="wunderlist", zones=zones)
    now = micros((FIRST + timedelta(weeks=WEEKS)).replace(tzinfo=UTC))
    platform.ports.state.save_feed(feed)
    garden = Collection(account=FEED, collection="garden", title="The Garden")
    open_ = [Task(account=FEED, task=f"open {n}", title=f"Bed {n}", collection="garden") for n in range(4)]
    subtask = Task(account=FEED, task="part", title="p", collection="garden", parent="open 1")
    settle(platform, [*map(lived, sorted(walls)), *open_, subtask], [garden], seen_at=now)
    with platform.warehouse.write() as session:
        append_zones(feed, Run(feed=FEED, number=1, run="r1", window="w", now=now), session)
    with platform.warehouse.read() as session:
        found = measured("rhythms", session, [feed])
    api: dict[str, Any] = Reader(Site(platform.ports, version=lambda: 1)).json("/api/v1/time")
    platform.close()
    return found, api["coming"]


def test_a_block_keeps_its_hours_when_clocks_change_and_people_move(tmp_path: Path) -> None:
    """One block by her own clock, from the first week to the last: through both changes of the clocks and from Berlin to Tokyo."""
    moved = micros(MOVED.replace(tzinfo=TOKYO).astimezone(UTC))
    found, coming = blocks(tmp_path, (ZonePeriod("Europe/Berlin"), ZonePeriod("Asia/Tokyo", moved)))

    places = ("weekday", "last_weekday", "from_hour", "to_hour")
    assert [tuple(found[name]) for name in places] == [(2,), (3,), (9,), (11,)]
    assert found["worked"][0] == WEEKS * 2 * 2
    assert (found["until"][0] - found["since"][0]).days == 7 * (WEEKS - 1) + 1

    (block,) = coming
    assert (block["day"], block["from_hour"], block["collection_title"]) == ("2026-06-02", 9, "The Garden")
    assert (block["list_share"], block["open"], len(block["fitting"])) == (1.0, 4, 3)
