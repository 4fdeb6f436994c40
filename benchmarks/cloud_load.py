"""What the cloud's topology takes in on this machine: fifty accounts of four hundred tasks each, by push delivery.

Each account's backup is imported: fetched, parsed, settled, scored, and looked at for alerts. The peers are the emulators'
own ceilings, measured just before: pushes to an endpoint that does nothing, by one subscription, which has two in flight;
and rows streamed into BigQuery five hundred at a time, one request after the other.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Any

from _records import write_backup
from _table import row, show

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]
from cloud_local.cloud import Cloud  # noqa: E402
from cloud_local.processes import DidNotStart, Ports  # noqa: E402
from cloud_local.push import Push, Send  # noqa: E402
from cloud_local.sdk import Missing  # noqa: E402

ACCOUNTS, TASKS = 50, 20_000
ZONE = "Europe/Berlin"
PUSHES = 2_000  # with which the ceiling is measured
INSERTS, ROWS = 20, 500
TABLES = ("raw_records", "task_states", "task_events", "collections", "scores", "sync_runs")
QUIET = 5.0  # seconds without a push after which nothing more is on its way
PATIENCE = 3600.0  # seconds; the emulators' inserts are slow


class Watch:
    """Counts pushes by function; may keep them from their functions."""

    def __init__(self, cloud: Cloud) -> None:
        """Sees them from now on."""
        self.pushes: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.open, self.last, self.kept_off = 0, time.monotonic(), False
        self._lock = Lock()
        cloud.forwarder.between = self._between

    def _between(self, push: Push, send: Send) -> int:
        with self._lock:
            self.open += 1
        began = time.monotonic()
        status = HTTPStatus.NO_CONTENT if self.kept_off else send(push)
        with self._lock:
            self.open -= 1
            self.last = time.monotonic()
            self.pushes[push.function] += 1
            self.seconds[push.function] += self.last - began
        return status

    def wait(self, true: Any) -> float:
        """When it became true: the last push's end."""
        end = time.monotonic() + PATIENCE
        while not (true() and not self.open and time.monotonic() - self.last > QUIET):
            if time.monotonic() > end:
                raise SystemExit(f"it did not come to rest within {PATIENCE:.0f} s: {self.pushes}")
            time.sleep(0.2)
        return self.last


def most_pushes(cloud: Cloud) -> float:
    """Pushes a second by one subscription, to an endpoint that does nothing."""
    from worklens.messages import TasksChanged

    watch = Watch(cloud)
    watch.kept_off = True
    message = TasksChanged(feed="csv:nobody", run="r", window="w", number=1, seen_at=0)
    began = time.monotonic()
    cloud.platform().bus.publish([message] * PUSHES)
    return PUSHES / (watch.wait(lambda: watch.pushes.total() == PUSHES) - began)


def most_rows(cloud: Cloud) -> float:
    """Rows a second into BigQuery, by one writer."""
    began = time.monotonic()
    with cloud.platform().warehouse.write() as session:
        for number in range(INSERTS):
            session.append("raw_records", raw_rows(number))
    return INSERTS * ROWS / (time.monotonic() - began)


def raw_rows(number: int) -> dict[str, Any]:
    """As many as one request takes."""
    about = {"feed": "ceiling", "run": number, "batch": f"b{number}", "seen_at": time.time_ns() // 1000}
    repeated = {name: [value] * ROWS for name, value in about.items()}
    return {**repeated, "position": list(range(ROWS)), "record": ['{"title": "a task", "id": 1}'] * ROWS}


def go_through(cloud: Cloud, accounts: int, content: bytes) -> tuple[float, Watch]:
    """Import as many accounts at once; the seconds until all is settled, scored and looked at."""
    from worklens.stages.intake import Intake, request_import

    ports, watch = cloud.platform().ports, Watch(cloud)
    began = time.monotonic()
    runs = []
    for number in range(accounts):
        feed, name = f"wunderlist:{number}", f"{number}.json"
        intake = Intake(name=name, content=content, feed=feed, source="wunderlist", zone=ZONE)
        runs.append(request_import(intake, ports).run)
    last = watch.wait(
        lambda: all((run := ports.state.run(name)) and run.status == "settled" for name in runs)
    )
    return last - began, watch


def rows_in(cloud: Cloud) -> int:
    """How many rows the warehouse holds."""
    with cloud.platform().warehouse.read() as session:
        return sum(session.ask(table, columns="COUNT(*) AS n")["n"][0] for table in TABLES)


def measure(accounts: int, tasks: int, folder: Path) -> list[Any]:
    """The rows of the table."""
    write_backup(folder / "backup.json", tasks // accounts)
    with Cloud(folder / "cloud", ports=Ports(), timers=False) as cloud:
        pushes, rows = most_pushes(cloud), most_rows(cloud)
        before = rows_in(cloud)
        seconds, watch = go_through(cloud, accounts, (folder / "backup.json").read_bytes())
        came = rows_in(cloud) - before
    print(f"{accounts} accounts, {tasks} tasks: {seconds:.0f} s, {tasks / seconds:.0f} tasks a second")
    for name, count in watch.pushes.items():
        print(f"  {name}: {count} pushes of {watch.seconds[name] / count:.2f} s on average")
    ours = {"pushes": watch.pushes.total() / seconds, "rows": came / seconds}
    return [
        row("pushes a second", [ours["pushes"]], [pushes], target=0, unit="pushes/s", better="more"),
        row("rows a second", [ours["rows"]], [rows], target=0, unit="rows/s", better="more"),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=ACCOUNTS)
    parser.add_argument("--tasks", type=int, default=TASKS, help="of all accounts together")
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            show(measure(asked.accounts, asked.tasks, Path(folder)))
    except (Missing, DidNotStart) as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
