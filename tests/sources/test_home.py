"""Local times of a person who moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worklens.sources.dates import Dates
from worklens.sources.home import home
from worklens.tasks import instant, iso, micros

LEFT = instant("2026-03-01T11:00:00Z").micros  # noon in Berlin, 20:00 in Tokyo
HERE = home((("Europe/Berlin", LEFT),), "Asia/Tokyo")


@pytest.mark.parametrize(
    ("local", "then"),
    [
        ("2026-02-28 12:00", "2026-02-28T11:00:00Z"),
        ("2025-07-01 12:00", "2025-07-01T10:00:00Z"),  # summer time, there and then
        ("2026-03-01 11:59", "2026-03-01T10:59:00Z"),
        ("2026-03-01 20:00", "2026-03-01T11:00:00Z"),
        (
            "2026-03-01 15:00",
            "2026-03-01T06:00:00Z",
        ),  # no clock of theirs ever showed this: as in the new zone
        ("2026-07-01 12:00", "2026-07-01T03:00:00Z"),
    ],
)
def test_a_time_is_read_where_they_lived_then(local: str, then: str) -> None:
    """Each in the zone, and at the offset, that was in force for them."""
    assert iso(Dates(["%Y-%m-%d %H:%M"], HERE)[local].micros) == then


NEW_YEAR, MINUTE = datetime(2020, 1, 1, tzinfo=UTC), timedelta(minutes=1)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Etc/GMT+12", "Pacific/Kiritimati"]
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(
    st.lists(st.sampled_from(ZONES), min_size=1, max_size=4), st.lists(TIMES, min_size=3, max_size=3), TIMES
)
@example(
    ["UTC", "Europe/Berlin", "UTC"], [NEW_YEAR - MINUTE, NEW_YEAR, NEW_YEAR], NEW_YEAR
)  # there for a minute
@example(["UTC", "Europe/Berlin", "UTC"], [NEW_YEAR] * 3, NEW_YEAR)  # or not at all
def test_what_their_clock_showed_is_read_as_that_instant(
    zones: list[str], moves: list[datetime], at: datetime
) -> None:
    """Or as an earlier one, at which it showed the same."""
    ends = sorted(moves)[: len(zones) - 1]
    earlier = tuple((zone, micros(end)) for zone, end in zip(zones, ends, strict=False))
    place = zones[sum(end <= at for end in ends)]
    shown = at.astimezone(ZoneInfo(place)).replace(tzinfo=None)

    read = shown.replace(tzinfo=home(earlier, zones[-1])).astimezone(UTC)
    back = read.astimezone(ZoneInfo(zones[sum(end <= read for end in ends)])).replace(tzinfo=None)
    assert (read == at) or (at - timedelta(hours=27) < read < at and back == shown)


def test_who_never_moved_has_a_plain_zone() -> None:
    """And the same object each time, so that what was read is remembered."""
    assert home((), "Asia/Tokyo") is ZoneInfo("Asia/Tokyo")
    assert home((("UTC", 5),), "Asia/Tokyo") is home((("UTC", 5),), "Asia/Tokyo")
