"""Freshness: hours since the last sync that came through; imports and withdrawn runs tell nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.moulds import platform_in
from worklens.local.platform import Platform
from worklens.stages.freshness import HOUR, hours_behind
from worklens.tasks import instant

NOW = instant("2026-03-01T12:00:00Z").micros


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """An empty platform."""
    platform = platform_in(tmp_path)
    yield platform
    platform.close()


def ran(platform: Platform, run: int, hours_ago: float, window: str, status: str = "settled") -> None:
    """Write a run's row."""
    about = {"feed": "todoist:me", "run": run, "run_id": f"r{run}", "status": status, "run_window": window}
    counts = {"listed": "nothing", "records": 0, "rejected": 0, "states": 0, "events": 0}
    row = {**about, **counts, "seen_at": NOW - round(hours_ago * HOUR)}
    with platform.warehouse.write() as session:
        session.append("sync_runs", {name: [value] for name, value in row.items()})


def test_hours_are_counted_from_the_newest_sync(platform: Platform) -> None:
    """The one before it doesn't matter, nor does another feed."""
    ran(platform, 1, 50, "sync-2026-02-27T10")
    ran(platform, 2, 31.5, "sync-2026-02-28T04")

    assert hours_behind("todoist:me", NOW, platform.ports) == 31.5
    assert hours_behind("todoist:you", NOW, platform.ports) is None


def test_a_file_says_nothing_of_freshness(platform: Platform) -> None:
    """A feed that came in by files has no time at which it should have been looked at."""
    ran(platform, 1, 500, "import-1")

    assert hours_behind("todoist:me", NOW, platform.ports) is None


def test_what_was_withdrawn_does_not_count(platform: Platform) -> None:
    """After an undo the sync before it is the last."""
    ran(platform, 1, 20, "sync-2026-02-28T16")
    ran(platform, 2, 2, "sync-2026-03-01T10")
    ran(platform, 2, 1, "sync-2026-03-01T10", status="withdrawn")

    assert hours_behind("todoist:me", NOW, platform.ports) == 20


def test_a_sync_later_than_asked_for_is_not_ahead(platform: Platform) -> None:
    """A message that comes late asks about a time before the last sync."""
    ran(platform, 1, -3, "sync-2026-03-01T15")

    assert hours_behind("todoist:me", NOW, platform.ports) == 0
