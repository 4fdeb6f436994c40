"""The timers fire when Terraform says, in the job's own zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from cloud_local.scheduler import Scheduler, next_time
from cloud_local.topology import Job, topology
from worklens.messages import Tick, decode

HOURLY = topology().jobs["tick"]
MONDAYS = Job(schedule="30 2 * * 1", time_zone="Europe/Berlin", topic="t", attributes={}, data={})


def utc(text: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("job", "after", "due"),
    [
        (HOURLY, "2026-03-01T11:59:59", "2026-03-01T12:00:00"),
        (HOURLY, "2026-03-01T12:00:00", "2026-03-01T13:00:00"),
        (MONDAYS, "2026-01-01T00:00:00", "2026-01-05T01:30:00"),
        (MONDAYS, "2026-07-01T00:00:00", "2026-07-06T00:30:00"),
        (replace(HOURLY, time_zone="Asia/Kolkata"), "2026-03-01T12:00:00", "2026-03-01T12:30:00"),
    ],
)
def test_when_a_job_is_due_next(job: Job, after: str, due: str) -> None:
    """Its schedule is read in its zone, summer and winter."""
    assert next_time(job, utc(after)) == utc(due)


def test_each_hour_once() -> None:
    """However the looks fall, in a day there are 24 ticks."""
    scheduler = Scheduler({"tick": HOURLY}, lambda *message: None)
    start = utc("2026-03-01T00:00:30")
    looks = [start + timedelta(seconds=977 * n) for n in range(1 + 86_400 // 977)] + [
        start + timedelta(days=1)
    ]
    fired = [scheduler.due(since, now) for since, now in pairwise(looks)]

    assert sum(map(len, fired)) == 24


def test_a_job_can_be_run_now() -> None:
    """What it publishes is the message that a function takes."""
    sent: list[tuple[str, bytes, Mapping[str, str]]] = []
    Scheduler(topology().jobs, lambda *message: sent.append(message)).run_now("tick")
    ((topic, data, attributes),) = sent

    assert topic == Tick.topic
    assert decode(attributes["ce-type"], data) == Tick()
    assert {"ce-id", "ce-source", "ce-specversion"} <= set(attributes)
