"""The offsets of a zone's wall clock, as rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from worklens.ports import ZonePeriod
from worklens.stages.zones import FIRST, LAST, offsets
from worklens.tasks import micros

# Summer time that pauses for a month of fasting, half hours, a day that was left out, and no change at all.
ZONES = ("Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


def assert_true_each_day(name: str) -> None:
    """At every midnight of the calendar the offset in force is the zone's own."""
    zone, at, found = ZoneInfo(name), FIRST, iter(offsets([ZonePeriod(name)]))
    _, _, end, seconds = next(found)
    while at < LAST:
        while micros(at) >= end:
            _, _, end, seconds = next(found)
        assert at.astimezone(zone).utcoffset() == timedelta(seconds=seconds), (name, at)
        at += timedelta(days=1)


@pytest.mark.parametrize("name", ZONES)
def test_no_change_is_overlooked(name: str) -> None:
    """Changes are looked for week by week."""
    assert_true_each_day(name)


@pytest.mark.deep
def test_no_change_of_any_zone_is_overlooked() -> None:
    """Should clocks somewhere be put forward and back within a week, one would have to look each day."""
    for name in sorted(available_timezones()):
        assert_true_each_day(name)


def test_a_change_is_known_to_the_second() -> None:
    """Clocks went forward in Berlin at one o'clock UTC."""
    begins = [begin for _, begin, _, _ in offsets([ZonePeriod("Europe/Berlin")])]
    assert micros(datetime(2026, 3, 29, 1, tzinfo=UTC)) in begins
