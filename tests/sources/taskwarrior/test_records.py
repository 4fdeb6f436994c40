"""What is made of a task as Taskwarrior exports it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from worklens.sources.base import Reading
from worklens.sources.taskwarrior.records import read, rule, seconds
from worklens.tasks import NO_TIME, Moment, Removal, Task, day, instant

FEED = "taskwarrior:me"
UUID = "8e0a6c58-a53a-435a-9056-be07274c5325"
SEEN = instant("2026-12-01T00:00:00Z").micros


def parsed(zone: str = "Europe/Paris", **fields: Any) -> Any:
    """A record with these fields."""
    record = json.dumps({"uuid": UUID, "status": "pending", "entry": "20261122T154553Z"} | fields)
    return read(record.encode(), Reading(feed=FEED, seen_at=SEEN, zone=zone))


def test_a_whole_task() -> None:
    """Every field that has a meaning for work is kept, the rest passed over."""
    task = parsed(
        description="Buy milk", project="home.food", priority="H", tags=["shop", "b"], modified="20261123T000000Z",
        start="20261122T160000Z", due="20261201T103000Z", depends="a,b", wait="20261130T230000Z", until="x",
        annotations=[{"entry": "20261122T160002Z", "description": "two"}, {"entry": "20261122T160001Z", "description": "one"}],
        recur="2wks", parent=UUID, imask=3.0, estimate="PT1H30M", totalactivetime="P1DT5S", githuburl="https://a.test/7",
        urgency=25.6,
    )  # fmt: skip
    assert task == Task(
        account=FEED, task=UUID, collection="home.food", title="Buy milk", notes="one\ntwo", labels=("b", "shop"), priority=1,
        created=instant("2026-11-22T15:45:53Z"), started=instant("2026-11-22T16:00:00Z"), due=instant("2026-12-01T10:30:00Z"),
        recurrence="FREQ=WEEKLY;INTERVAL=2", estimate_seconds=5_400, spent_seconds=86_405, link="https://a.test/7",
        updated=instant("2026-11-23T00:00:00Z"),
    )  # fmt: skip


def test_midnight_where_the_person_lives_is_a_date() -> None:
    """`due:2026-12-01` is written as the instant at which that day begins; elsewhere it is only an instant."""
    assert parsed(due="20261130T230000Z").due == day("2026-12-01")
    assert parsed("UTC", due="20261130T230000Z").due == instant("2026-11-30T23:00:00Z")


def test_ends() -> None:
    """Completed and deleted have their instants; without one it is only known that it is over."""
    end = instant("2026-11-24T00:00:00Z")
    assert parsed(status="completed", end="20261124T000000Z").completed == end
    assert parsed(status="deleted", end="20261124T000000Z").deleted == end
    assert parsed(status="deleted").deleted == Moment(SEEN, "seen")
    closed = parsed(status="completed").closed
    assert (closed.micros, closed.precision) == (instant("2026-11-22T15:45:53Z").micros, "unknown")
    assert parsed(status="completed", entry=None).closed == NO_TIME


@pytest.mark.parametrize("status", ["pending", "waiting"])
def test_waiting_is_open(status: str) -> None:
    """Up to 2.5 a task that waits has a status of its own."""
    assert parsed(status=status, wait="20270101T000000Z").status == "open"


@pytest.mark.parametrize(
    "fields", [{"status": "recurring", "recur": "weekly"}, {"status": "deleted", "mask": "--"}]
)
def test_a_template_is_no_task(fields: dict[str, str]) -> None:
    """Neither one that makes tasks nor one that was deleted; what was a task before is none any more."""
    assert parsed(**fields) == Removal(account=FEED, task=UUID)


def test_purged() -> None:
    """What is listed no more is gone, nobody knows since when."""
    reading = Reading(feed=FEED, seen_at=SEEN)
    assert read(json.dumps({"purged": UUID}).encode(), reading) == Removal(account=FEED, task=UUID)


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("weekly", "FREQ=WEEKLY"), ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"), ("3d", "FREQ=DAILY;INTERVAL=3"),
        ("P2W", "FREQ=WEEKLY;INTERVAL=2"), ("2q", "FREQ=MONTHLY;INTERVAL=6"), ("1yr", "FREQ=YEARLY"),
        ("biyearly", "FREQ=YEARLY;INTERVAL=2"), ("3fortnight", "3fortnight"), ("0d", "0d"), ("when I like", "when I like"),
    ],
)  # fmt: skip
def test_rules(phrase: str, told: str) -> None:
    """The repetitions that have a rule, and those that keep their words."""
    assert rule(phrase) == told


@pytest.mark.parametrize("value", ["P", "PT", "90", 90, None, "PT1.5H"])
def test_no_duration(value: Any) -> None:
    """A number without its unit says nothing."""
    assert seconds(value) is None


def test_other_priorities_and_links() -> None:
    """A scale of one's own is none; a link is one only with its scheme."""
    assert parsed(priority="urgent!").priority is None
    assert parsed(priority=3).priority is None
    assert parsed(curl="curl -x", aurl=7).link == ""
