"""Where a person lived when, as they say it."""

from __future__ import annotations

import pytest

from worklens.ports import Feed, ZonePeriod
from worklens.stages.zones import reading, zones_after
from worklens.tasks import instant

BERLIN = ZonePeriod("Europe/Berlin")
TOKYO = ZonePeriod("Asia/Tokyo", instant("2026-02-28T15:00:00Z").micros)  # the 1st of March, there
YORK = ZonePeriod("America/New_York", instant("2026-06-01T04:00:00Z").micros)


@pytest.mark.parametrize(
    ("known", "said", "after"),
    [
        ((), "Europe/Berlin", (BERLIN,)),
        ((), "Asia/Tokyo@2026-03-01", (ZonePeriod("Asia/Tokyo"),)),  # nothing is known of before
        ((BERLIN,), "Asia/Tokyo", (ZonePeriod("Asia/Tokyo"),)),  # a correction
        ((BERLIN, TOKYO), "Asia/Tokyo", (BERLIN, TOKYO)),  # they do live there now
        ((BERLIN, TOKYO), "Europe/Berlin", (BERLIN,)),
        ((BERLIN,), "Asia/Tokyo@2026-03-01", (BERLIN, TOKYO)),
        ((BERLIN, TOKYO), "Asia/Tokyo@2026-03-01", (BERLIN, TOKYO)),
        ((BERLIN, TOKYO), "America/New_York@2026-06-01", (BERLIN, TOKYO, YORK)),
        ((BERLIN, YORK), "Asia/Tokyo@2026-03-01", (BERLIN, TOKYO, YORK)),  # remembered later
        ((BERLIN,), "Europe/Berlin@2026-03-01", (BERLIN,)),
        ((BERLIN, ZonePeriod("Asia/Seoul", TOKYO.starts_at)), "Asia/Tokyo@2026-03-01", (BERLIN, TOKYO)),
    ],
)
def test_a_zone_corrects_and_a_zone_with_a_day_is_a_move(
    known: tuple[ZonePeriod, ...], said: str, after: tuple[ZonePeriod, ...]
) -> None:
    """A move begins with that day there, and ends with the next one known; another on the same day takes its place."""
    assert zones_after(known, said) == after


def test_a_reader_knows_all_stays() -> None:
    """Where they live now, and what came before that with its end."""
    found = reading(Feed(name="f", source="csv", zones=(BERLIN, TOKYO, YORK)), 7)

    assert (found.zone, found.seen_at) == ("America/New_York", 7)
    assert found.earlier == (("Europe/Berlin", TOKYO.starts_at), ("Asia/Tokyo", YORK.starts_at))
