"""Runs the timers: reads what Terraform gives Cloud Scheduler, and publishes when it is time, or at once when asked.

No retries and no memory: what is missed while it is stopped is missed, as the next hour's tick makes up for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Event, Thread
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

import msgspec
from cronsim import CronSim

from cloud_local.topology import Job

LONGEST_WAIT = 30.0  # seconds; the clock may be set meanwhile
Publish = Callable[[str, bytes, Mapping[str, str]], object]  # topic, data, attributes


def next_time(job: Job, after: datetime) -> datetime:
    """When the job is due next, in UTC; its schedule is read in its own time zone."""
    zone = ZoneInfo(job.time_zone)
    return next(CronSim(job.schedule, after.astimezone(zone))).astimezone(UTC)


class Scheduler:
    """The jobs, by their names. Use it in a ``with`` to let them run."""

    def __init__(self, jobs: Mapping[str, Job], publish: Publish) -> None:
        """``publish`` takes the topic as the topology names it."""
        self.jobs, self._publish = jobs, publish
        self._stop = Event()

    def run_now(self, name: str) -> None:
        """Do what the job does, whatever the time."""
        job = self.jobs[name]
        self._publish(job.topic, msgspec.json.encode(job.data), job.attributes)

    def due(self, since: datetime, now: datetime) -> list[str]:
        """The jobs whose time came after ``since`` and by ``now``."""
        return [name for name, job in self.jobs.items() if next_time(job, since) <= now]

    def __enter__(self) -> Self:
        """Wait for the jobs' times, in a thread."""
        Thread(target=self._run, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let no more run."""
        self._stop.set()

    def _run(self) -> None:
        since = datetime.now(UTC)
        while not self._stop.wait(self._seconds(since)):
            now = datetime.now(UTC)
            for name in self.due(since, now):
                self.run_now(name)
            since = now

    def _seconds(self, since: datetime) -> float:
        """Until the next job, and no longer than we dare."""
        nearest = min((next_time(job, since) for job in self.jobs.values()), default=None)
        left = LONGEST_WAIT if nearest is None else (nearest - datetime.now(UTC)).total_seconds()
        return min(max(left, 0.0), LONGEST_WAIT)
