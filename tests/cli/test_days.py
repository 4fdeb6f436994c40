"""Days, zones and accounts as a person names them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.cli.accounts import named, resolve
from worklens.cli.days import end_of, local_day, start_of_day, system_zone, window
from worklens.cli.failures import Usage

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "Asia/Kathmandu",
    "Asia/Beirut",
)
days = st.dates(date(1990, 1, 1), date(2060, 1, 1))
zones = st.sampled_from(ZONES)


@given(days, zones)
def test_a_day_holds_its_first_and_last_instant(day: date, zone: str) -> None:
    """From its start to the microsecond that --as-of means, also when the clocks change."""
    first, last = start_of_day(day, zone), end_of("--as-of", day.isoformat(), zone)

    assert last is not None
    assert local_day(first, zone) == local_day(last, zone) == day
    assert local_day(last + 1, zone) == day + timedelta(days=1)
    assert 23 <= (last + 1 - first) / 3_600_000_000 <= 25


@given(days, days, days)
def test_a_window_includes_both_its_ends(since: date, until: date, day: date) -> None:
    """And nothing beyond."""
    if since > until:
        with pytest.raises(Usage):
            window(since.isoformat(), until.isoformat())
        return
    found = window(since.isoformat(), until.isoformat())

    assert found.holds(since)
    assert found.holds(until)
    assert found.holds(day) == (since <= day <= until)


def test_an_instant_may_be_named() -> None:
    """With its offset, or on the person's clock."""
    assert end_of("--as-of", "2026-03-01T12:00Z", "UTC") == end_of(
        "--as-of", "2026-03-01T13:00", "Europe/Berlin"
    )


@pytest.mark.parametrize("text", ["x", "2026-13-01", "0000-01-01", "2026-03-01T25:00", "9999-12-31"])
def test_what_is_no_day_is_usage(text: str) -> None:
    """Whatever is wrong with it."""
    with pytest.raises(Usage):
        end_of("--as-of", text, "UTC")


def test_the_machines_zone(tmp_path: Path) -> None:
    """TZ, else where /etc/localtime points; a file that is no link says nothing."""
    link, plain = tmp_path / "localtime", tmp_path / "plain"
    link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    plain.write_bytes(b"TZif2")

    assert system_zone({"TZ": ":Europe/Paris"}, link) == "Europe/Paris"
    assert system_zone({"TZ": "CET-1CEST,M3.5.0,M10.5.0/3"}, plain) is None
    assert system_zone({}, plain) is None
    assert ZoneInfo(system_zone({}, link) or "UTC").key in {"Asia/Tokyo", "UTC"}


KNOWN = ["csv:team", "csv:team/ann", "csv:team/bob", "todoist:me", "wunderlist:me"]


@pytest.mark.parametrize(
    ("given", "account"),
    [
        ("", ""),
        ("csv:team", "csv:team"),
        ("team", "csv:team"),
        ("ann", "csv:team/ann"),
        ("todoist", "todoist:me"),
    ],
)
def test_as_much_of_a_name_as_tells_it_from_the_others(given: str, account: str) -> None:
    """The whole, its end, or its source."""
    assert resolve(given, KNOWN) == account


@pytest.mark.parametrize("given", ["me", "eve", "csv:te"])
def test_a_name_that_means_several_or_none_is_usage(given: str) -> None:
    """Rather than a guess."""
    with pytest.raises(Usage):
        resolve(given, KNOWN)


@pytest.mark.parametrize(("given", "account"), [("me", "todoist:me"), ("todoist:work", "todoist:work")])
def test_a_new_account_is_of_its_source(given: str, account: str) -> None:
    """With its name before it or not."""
    assert named(given, "todoist") == account


@pytest.mark.parametrize("given", ["csv:me", "todoist:", "a b", "a\nb"])
def test_a_new_account_of_another_form_is_usage(given: str) -> None:
    """Another source, no name, or characters that would break a line."""
    with pytest.raises(Usage):
        named(given, "todoist")
