"""Raw records are kept for a stated time."""

from __future__ import annotations

from pathlib import Path

import pytest

from worklens.local.platform import open_platform
from worklens.local.retention import DAY, expire, raw_days

NOW = 1_700_000_000_000_000


def test_what_is_older_goes_and_the_rest_stays(tmp_path: Path) -> None:
    """Ninety days by the time they were seen."""
    platform = open_platform(tmp_path)
    seen = [NOW - 91 * DAY, NOW - 89 * DAY, NOW]
    rows = {
        "feed": ["f"] * 3,
        "run": [1] * 3,
        "batch": ["b"] * 3,
        "position": [0, 1, 2],
        "record": ["{}"] * 3,
    }
    with platform.warehouse.write() as session:
        session.append("raw_records", rows | {"seen_at": seen})

    assert [expire(platform.warehouse, NOW) for _ in range(2)] == [1, 0]
    with platform.warehouse.read() as session:
        assert sorted(session.query("raw_records")["position"]) == [1, 2]
    platform.close()


def test_the_time_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """By WORKLENS_RAW_DAYS; what is no number of days is said so."""
    monkeypatch.setenv("WORKLENS_RAW_DAYS", "7")
    assert raw_days() == 7
    monkeypatch.setenv("WORKLENS_RAW_DAYS", "a week")
    with pytest.raises(ValueError, match="WORKLENS_RAW_DAYS"):
        raw_days()
