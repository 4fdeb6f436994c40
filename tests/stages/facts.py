"""Facts put straight into a warehouse, as a settled run would have left them."""

from __future__ import annotations

from collections.abc import Sequence

from worklens.local.platform import Platform
from worklens.messages import TasksChanged
from worklens.tasks import Collection, Task
from worklens.warehouse.rows import collection_rows, task_rows

FEED = "wunderlist:7"


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
