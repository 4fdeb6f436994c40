"""Timers: who is asked for what at which hour, through changes of the clocks, and the same however often the tick comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.moulds import platform_in
from worklens.local.platform import Platform
from worklens.messages import HOUR, DigestRequested, LearnRequested, SyncRequested, Tick
from worklens.ports import Feed, ZonePeriod
from worklens.stages.hours import hours_of
from worklens.stages.timers import Skipped, due, fan_out
from worklens.tasks import instant
from worklens.testing.clock import Clock

FEED = "todoist:me"
CLOCKS = (
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Antarctica/Troll",
    "UTC",
)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A platform that follows nobody yet."""
    platform = platform_in(tmp_path, Clock())
    yield platform
    platform.close()


def follow(platform: Platform, name: str = FEED, zone: str = "Europe/Berlin", **setting: Any) -> Feed:
    """Connect a feed."""
    feed = Feed(name=name, source=name.partition(":")[0], zones=(ZonePeriod(zone),), settings=setting)
    platform.state.save_feed(feed)
    return feed


def tick(at: str, **more: Any) -> Tick:
    """The tick that was published at this instant."""
    return Tick(**more).happened(instant(at).micros)


def asked(platform: Platform, at: str, **more: Any) -> list[str]:
    """The windows of what a tick asks for."""
    return [message.window for message in fan_out(tick(at, **more), platform.ports).asked]


def test_an_ordinary_hour(platform: Platform) -> None:
    """Changes of each service, at the person's hour."""
    follow(platform)
    follow(platform, "todoist:you", "Asia/Kolkata")

    assert asked(platform, "2026-01-07T12:00:03Z") == ["sync-2026-01-07T13", "sync-2026-01-07T17"]


def test_the_night_and_monday_morning(platform: Platform) -> None:
    """A whole listing at 3 in the place of the changes, the models at 4, on Monday the digest at 7, by the person's clock."""
    follow(platform)
    night = [
        asked(platform, f"2026-01-0{day}T{hour:02}:00:00Z") for day, hour in ((7, 2), (7, 3), (5, 6), (6, 6))
    ]

    assert night == [
        ["reconcile-2026-01-07T03"],
        ["sync-2026-01-07T04", "learn-2026-01-07T04"],
        ["sync-2026-01-05T07", "digest-2026-01-05T06"],
        ["sync-2026-01-06T07"],
    ]


def test_what_each_request_says(platform: Platform) -> None:
    """A listing is full; models and digest speak of what had been seen by the tick."""
    follow(platform, hours={"learn": [3], "digest": [3]})
    listing, learn, letter = fan_out(tick("2026-01-05T02:00:00Z"), platform.ports).asked
    at = instant("2026-01-05T02:00:00Z").micros

    assert isinstance(listing, SyncRequested)
    assert (listing.feed, listing.full) == (FEED, True)
    assert isinstance(learn, LearnRequested)
    assert (learn.feed, learn.at) == (FEED, at)
    assert isinstance(letter, DigestRequested)
    assert (letter.feed, letter.feeds, letter.at) == ("", (FEED,), at)


def test_a_tick_asks_for_what_it_names(platform: Platform) -> None:
    """A job may be for one thing, or for one feed."""
    follow(platform)
    follow(platform, "todoist:you")

    assert asked(platform, "2026-01-07T03:00:00Z", asks=("learn",), feed=FEED) == ["learn-2026-01-07T04"]


def test_people_with_several_services_get_one_letter(platform: Platform) -> None:
    """And those elsewhere one of their own, at their own hour."""
    for name in ("todoist:me", "wunderlist:me"):
        follow(platform, name)
    follow(platform, "todoist:you", "Asia/Tokyo")
    letters = [
        fan_out(tick(at, asks=("digest",)), platform.ports).asked
        for at in ("2026-01-04T22:00:00Z", "2026-01-05T06:00:00Z")
    ]

    assert [letter.feeds for (letter,) in letters] == [("todoist:you",), ("todoist:me", "wunderlist:me")]  # type: ignore[attr-defined]


def test_double_and_late_ticks_ask_for_the_same_runs(platform: Platform) -> None:
    """Whatever the clock says when they come."""
    follow(platform)
    first = fan_out(tick("2026-01-05T06:00:00Z"), platform.ports).asked
    again = fan_out(tick("2026-01-05T06:59:59Z"), platform.ports).asked

    assert first == again
    assert [one.message_id for one in first] == [one.message_id for one in again]


def test_a_tick_without_its_hour_is_of_now(platform: Platform) -> None:
    """So that one can be run by hand."""
    follow(platform)  # the clock stands at nine in the morning, UTC

    assert [one.window for one in fan_out(Tick(), platform.ports).asked] == ["sync-2026-01-05T10"]


# ----- Who is left out -----


def skipped(platform: Platform, at: str = "2026-01-07T12:00:00Z") -> list[Skipped]:
    """What was due and isn't asked for."""
    return fan_out(tick(at), platform.ports).skipped


def test_files_are_not_asked(platform: Platform) -> None:
    """What came in by files alone, of whichever source, can't be pulled; its models are still fitted."""
    follow(platform, "csv:a")
    follow(platform, "wunderlist:old")

    assert skipped(platform) == [
        Skipped("csv:a", "sync", "file"),
        Skipped("wunderlist:old", "sync", "not-connected"),
    ]
    assert asked(platform, "2026-01-07T03:00:00Z") == ["learn-2026-01-07T04"] * 2
    platform.ports.secrets.put("wunderlist:old", "token")
    assert asked(platform, "2026-01-07T12:00:00Z") == ["sync-2026-01-07T13"]


def test_who_paused_is_left_alone(platform: Platform) -> None:
    """In everything."""
    follow(platform, paused=True)

    assert skipped(platform, "2026-01-05T06:00:00Z") == [
        Skipped(FEED, "sync", "paused"),
        Skipped(FEED, "digest", "paused"),
    ]


def test_a_refused_token_is_tried_once_a_night(platform: Platform) -> None:
    """Each hour would change nothing; whatever passes by itself is tried each hour."""
    follow(platform)
    run = platform.state.begin(SyncRequested(feed=FEED, run="r", window="w"), 0).run
    assert run is not None
    platform.state.failed(run, "token-refused")

    assert skipped(platform) == [Skipped(FEED, "sync", "refused")]
    assert asked(platform, "2026-01-07T02:00:00Z") == ["reconcile-2026-01-07T03"]
    run = platform.state.begin(SyncRequested(feed=FEED, run="r", window="w"), 0).run
    assert run is not None
    platform.state.failed(run, "service-down")
    assert skipped(platform) == []


def test_hours_of_ones_own(platform: Platform) -> None:
    """A list of hours for each thing, none at all for never; what can't be read leaves the usual ones."""
    follow(platform, hours={"sync": [9, 18], "reconcile": []})

    assert asked(platform, "2026-01-07T08:00:00Z") == ["sync-2026-01-07T09"]
    assert asked(platform, "2026-01-07T09:00:00Z") == []
    assert asked(platform, "2026-01-07T02:00:00Z") == []
    assert hours_of(Feed(name=FEED, source="todoist", settings={"hours": {"sync": [25]}})).reconcile == (3,)
    assert hours_of(Feed(name=FEED, source="todoist", settings={"hours": {"sink": [2]}})).sync == tuple(
        range(24)
    )


# ----- Changes of the clocks -----


@pytest.mark.parametrize(
    ("day", "ticks"),
    [
        ("2026-03-29", ["2026-03-29T01:00:00Z"]),  # two o'clock never comes: at three
        ("2026-10-25", ["2026-10-25T00:00:00Z"]),  # two o'clock comes twice: the first time
    ],
)
def test_berlin_at_two(day: str, ticks: list[str]) -> None:
    """The hour that the clocks of Berlin skip in spring, and give twice in autumn."""
    feed = Feed(name=FEED, source="todoist", zones=(ZonePeriod("Europe/Berlin"),))
    start = instant(f"{day}T00:00:00Z").micros - 3 * HOUR
    found = [start + n * HOUR for n in range(27) if due(feed, [2], start + n * HOUR)]

    assert [instant(one).micros for one in ticks] == [
        at for at in found if due(feed, [2], at).day.isoformat() == day
    ]  # type: ignore[union-attr]


@given(st.sampled_from(CLOCKS), st.integers(0, 23), st.sampled_from([86, 91, 296, 303]))
def test_every_hour_of_every_day_comes_once(zone: str, hour: int, first: int) -> None:
    """In each zone, over ten days in which clocks change: half an hour, an hour or two, forth and back."""
    feed = Feed(name=FEED, source="todoist", zones=(ZonePeriod(zone),))
    start = instant("2026-01-01T00:00:00Z").micros + (first - 1) * 24 * HOUR
    found = Counter(one for n in range(10 * 24) if (one := due(feed, [hour], start + n * HOUR)))
    days = sorted({one.day for one in found})

    assert (days[-1] - days[0]).days + 1 == len(days) >= 9
    assert all(
        count == 1 or zone == "Antarctica/Troll" for count in found.values()
    )  # there: the same window again
    assert {one.hour for one in found} == {hour}


def test_who_moves_misses_nothing() -> None:
    """Who flies east over the hour has it on landing; who flies west meets it again, as the same window."""
    change = instant("2026-01-07T01:30:00Z").micros
    east = Feed(name=FEED, source="todoist", zones=(ZonePeriod("UTC"), ZonePeriod("Asia/Tokyo", change)))
    west = Feed(name=FEED, source="todoist", zones=(ZonePeriod("Asia/Tokyo"), ZonePeriod("UTC", change)))
    hours = [instant(f"2026-01-07T{hour:02}:00:00Z").micros for hour in range(12)]

    assert [hour for hour, at in enumerate(hours) if due(east, [4], at)] == [2]
    assert due(west, [10], hours[1]) == due(west, [10], hours[10]) is not None
