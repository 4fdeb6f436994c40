"""Raw records are kept for a stated time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from worklens.local.platform import Platform, open_platform
from worklens.local.retention import DAY, BadSetting, expire, raw_days
from worklens.messages import SyncRequested
from worklens.ports import Feed

NOW = 1_700_000_000_000_000
OLD, YOUNG = NOW - 91 * DAY, NOW - 89 * DAY


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A data directory with one feed."""
    made = open_platform(tmp_path)
    made.state.save_feed(Feed(name="f", source="csv"))
    yield made
    made.close()


def took_in(platform: Platform, number: int, begun: int, seen_at: int | None = None) -> None:
    """A run that began then, with a raw record of that or another time."""
    request = SyncRequested(feed="f", run=f"r{number}", window="w", seen_at=seen_at)
    run = platform.state.begin(request, begun).run
    assert run is not None
    platform.state.fetched(run, "", "{}")
    platform.state.settled(run, [])
    rows = {"feed": ["f"], "run": [number], "batch": ["b"], "position": [0], "record": ["{}"]}
    with platform.warehouse.write() as session:
        session.append("raw_records", rows | {"seen_at": [seen_at or begun]})


def kept(platform: Platform) -> list[int]:
    """The runs whose records are there."""
    with platform.warehouse.read() as session:
        return sorted(session.query("raw_records")["run"])


def test_what_is_older_goes_and_the_rest_stays(platform: Platform) -> None:
    """Ninety days from when they were taken in."""
    took_in(platform, 1, OLD)
    took_in(platform, 2, YOUNG)

    assert [expire(platform.state, platform.warehouse, NOW) for _ in range(2)] == [1, 0]
    assert kept(platform) == [2]


def test_an_old_file_counts_from_its_import(platform: Platform) -> None:
    """What tells of 2017 and was given today is kept as long as anything else."""
    took_in(platform, 1, YOUNG, seen_at=NOW - 3_000 * DAY)

    assert expire(platform.state, platform.warehouse, NOW) == 0
    assert kept(platform) == [1]


def test_the_time_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """By WORKLENS_RAW_DAYS; what is no number of days is said so."""
    monkeypatch.setenv("WORKLENS_RAW_DAYS", "7")
    assert raw_days() == 7
    for wrong in ("a week", "", "-1", "²", "9999999999"):
        monkeypatch.setenv("WORKLENS_RAW_DAYS", wrong)
        with pytest.raises(BadSetting, match="WORKLENS_RAW_DAYS"):
            raw_days()
