"""Facts put straight into a warehouse, as a settled run would have left them, and platforms that hold them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.moulds import platform_in
from worklens.local.platform import Platform
from worklens.messages import LearnRequested, TasksChanged
from worklens.ports import Feed
from worklens.tasks import Collection, Task, instant
from worklens.testing.clock import Clock
from worklens.warehouse.rows import collection_rows, task_rows

FEED = "wunderlist:7"
NOW = instant("2026-03-01T12:00:00Z").micros


@contextmanager
def opened(root: Path, tasks: Sequence[Task] = ()) -> Iterator[Platform]:
    """A platform at NOW that knows the feed, and these tasks of it."""
    platform = platform_in(root, Clock(NOW))
    platform.ports.state.save_feed(Feed(name=FEED, source="wunderlist"))
    if tasks:
        settle(platform, tasks, seen_at=NOW)
    yield platform
    platform.close()


@contextmanager
def copied(made: Path, root: Path) -> Iterator[Platform]:
    """A copy of such a platform that was made once, to do with as one likes."""
    shutil.copytree(made, root, dirs_exist_ok=True)
    with opened(root) as platform:
        yield platform


def learn_requested(at: int = NOW) -> LearnRequested:
    """What a timer asks of learn."""
    return LearnRequested(feed=FEED, run="learn", window="w", at=at)


def settle(
    platform: Platform, tasks: Sequence[Task], lists: Sequence[Collection] = (), *, run: int = 1, seen_at: int
) -> TasksChanged:
    """Append the states of a settled run; the message that follows from it."""
    about = {"feed": FEED, "run": run, "position": 0, "seen_at": seen_at}
    counts = {name: [0] for name in ("records", "rejected", "states", "events")}
    with platform.warehouse.write() as session:
        session.append("task_states", task_rows(tasks, **about))  # type: ignore[arg-type]
        if lists:
            session.append("collections", collection_rows(lists, **about))  # type: ignore[arg-type]
        session.append(
            "sync_runs",
            {
                "feed": [FEED], "run": [run], "run_id": [f"r{run}"], "status": ["settled"], "seen_at": [seen_at],
                "run_window": ["w"], "listed": ["nothing"], **counts,
            },
        )  # fmt: skip
    return TasksChanged(feed=FEED, run=f"r{run}", window="w", number=run, seen_at=seen_at)
