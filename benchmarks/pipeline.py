"""100,000 tasks from a file to a view that can be asked, beside dlt; `--large` adds how our time grows to a million.

Ours imports a Wunderlist backup through every stage on the embedded default: fetched into the durable queue, parsed,
settled, scored. dlt merges the same task records into DuckDB on their id; it is given them as dicts in memory, so
that it need not read the file. Its best setting for such rows is JSON lines for the load, and no compression of the
files between its own steps. Each run is a process of its own with a fresh directory, timed from the import of the
package to the answer of a first query.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from _table import Row, row, show

TASKS = 100_000
LARGE = (250_000, 500_000, 1_000_000)
RUNS = 5
TARGET = 5  # times dlt's rate
MEMORY = 400  # MB
LINEAR = 0.8  # of the time per record at 100,000: a quarter slower at most
ZONE = "Europe/Berlin"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
PEER_SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "CRITICAL",
    "DATA_WRITER__DISABLE_COMPRESSION": "true",
}

Measures = dict[str, Any]


# ----- What is loaded -----


def tasks(count: int) -> Iterator[dict[str, Any]]:
    """Task records as a Wunderlist backup has them: a fifth open, two fifths with a due date, over five years."""
    dice = random.Random(2026)
    for number in range(count):
        created = SINCE + timedelta(milliseconds=dice.randrange(5 * 365 * 86_400_000))
        task: dict[str, Any] = {
            "id": 2_440_793_065 + number,
            "created_at": written(created),
            "created_by_id": 1_000_000,
            "created_by_request_id": f"sample:{dice.getrandbits(128):032x}:{number}",
            "completed": False,
            "starred": dice.random() < 0.1,
            "list_id": 285_861_916 + number % 20,
            "revision": 3,
            "title": f"Write the report about thing {number} and call",
            "type": "task",
        }
        if dice.random() < 0.4:
            task["due_date"] = (created + timedelta(days=dice.randrange(30))).date().isoformat()
        if dice.random() < 0.8:
            completed = created + timedelta(seconds=dice.randrange(30 * 86_400))
            task |= {"completed": True, "completed_at": written(completed), "completed_by_id": 1_000_000}
        yield task


def written(when: datetime) -> str:
    """An instant as the service writes it."""
    return when.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def write_backup(path: Path, count: int) -> None:
    """A backup of so many tasks in twenty lists, written a task at a time."""
    lists = [{"id": 285_861_916 + n, "title": f"list {n}", "type": "list", "revision": 5} for n in range(20)]
    rest = {name: [] for name in ("reminders", "subtasks", "notes", "task_positions", "subtask_positions")}
    head = json.dumps({"user": 1_000_000, "exported": "Fri Jan 16 2026 03:39:26 GMT+0000 (UTC)"})[:-1]
    with path.open("w") as file:
        file.write(f'{head}, "data": {{"lists": {json.dumps(lists)}, "tasks": [')
        for number, task in enumerate(tasks(count)):
            file.write(f"{',' if number else ''}{json.dumps(task)}")
        file.write(f"], {json.dumps(rest)[1:-1]}}}}}")


# ----- One run of either side, in a process of its own -----


def ours(file: Path, folder: Path) -> Measures:
    """Import the file and ask the view of current tasks."""
    clock = Clock()
    from worklens.cli.pipeline import pipeline
    from worklens.local.platform import open_platform
    from worklens.stages.connect import connect
    from worklens.stages.intake import Intake, request_import

    platform = open_platform(folder)
    feed = "wunderlist:1000000"
    intake = Intake(name=file.name, content=file.read_bytes(), feed=feed, source="wunderlist", zone=ZONE)
    request_import(intake, platform.ports)
    del intake
    pipeline(platform, connect).drain()
    with platform.warehouse.read() as session:
        query = "SELECT COUNT(*) FROM current_tasks WHERE status = 'completed'"
        (done,) = session.connection.execute(query).fetchall()[0]
    platform.close()
    return clock.measures(done, platform.paths.warehouse)


def peer(file: Path, folder: Path) -> Measures:
    """Merge the file's task records, as dicts, and ask the table."""
    rows = json.loads(file.read_bytes())["data"]["tasks"]
    os.environ |= PEER_SETTINGS | {"DLT_DATA_DIR": str(folder)}
    clock = Clock()
    import dlt
    import duckdb

    store = folder / "tasks.duckdb"
    loading = dlt.pipeline(
        "tasks",
        destination=dlt.destinations.duckdb(str(store)),
        dataset_name="loaded",
        pipelines_dir=str(folder),
    )
    loading.run(
        rows, table_name="tasks", write_disposition="merge", primary_key="id", loader_file_format="jsonl"
    )
    with duckdb.connect(store, read_only=True) as connection:
        (done,) = connection.execute("SELECT COUNT(*) FROM loaded.tasks WHERE completed").fetchall()[0]
    return clock.measures(done, store)


class Clock:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self.began, self.worked = time.perf_counter(), time.process_time()

    def measures(self, done: int, store: Path) -> Measures:
        """What the run took and what it left, at its end."""
        took = {"seconds": time.perf_counter() - self.began, "cpu": time.process_time() - self.worked}
        unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
        return took | {"memory": memory, "done": done, "bytes": store.stat().st_size, "tables": tables(store)}


def tables(store: Path) -> list[str]:
    """The tables that hold anything, with their rows and columns."""
    import duckdb

    with duckdb.connect(store, read_only=True) as connection:
        found = connection.execute(
            "SELECT schema_name || '.' || table_name, column_count FROM duckdb_tables() ORDER BY 1"
        ).fetchall()
        counted = [(name, connection.table(name).count("*").fetchall()[0][0], width) for name, width in found]
    return [f"{name} {count:,} x {width}" for name, count, width in counted if count]


SIDES = {"ours": ours, "peer": peer}


# ----- All runs -----


def run(side: str, file: Path) -> Measures:
    """One run of a side in a fresh process and directory."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--side", side, str(file), folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found: Measures = json.loads(done.stdout.splitlines()[-1])
        return found


def beside_the_peer(file: Path, runs: int) -> tuple[list[Row], float]:
    """The rows of the table, after what each side wrote; and our median time."""
    pairs = [(run("ours", file), run("peer", file)) for _ in range(runs)]
    mine, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assert {each["done"] for each in mine + theirs} == {mine[0]["done"]}, (
        "both sides must have the same tasks"
    )
    for name, all_ in (("ours", mine), ("dlt", theirs)):
        print(f"{name} writes {all_[0]['bytes'] / 1e6:.0f} MB: {', '.join(all_[0]['tables'])}")
        for what in ("seconds", "cpu", "memory"):
            print(f"{name} {what}: {', '.join(f'{each[what]:.1f}' for each in all_)}")
    rates = [[TASKS / each["seconds"] for each in all_] for all_ in (mine, theirs)]
    work = [[each["cpu"] for each in all_] for all_ in (mine, theirs)]
    memory = [each["memory"] for each in mine]
    rows = [
        row(f"pipeline {TASKS:,} tasks", *rates, target=TARGET, unit="records/s", better="more"),
        row(f"pipeline {TASKS:,} tasks, CPU", *work, target=TARGET, unit="s"),
        row(
            "pipeline, peak memory beside dlt",
            memory,
            [each["memory"] for each in theirs],
            target=1,
            unit="MB",
        ),
        row(
            f"pipeline, peak memory beside the limit of {MEMORY} MB",
            memory,
            [MEMORY] * runs,
            target=1,
            unit="MB",
        ),
    ]
    times = sorted(each["seconds"] for each in mine)
    return rows, times[len(times) // 2]


def large(folder: Path, seconds: float) -> list[Row]:
    """Our time for more tasks, beside what it would be if each took as long as of the hundred thousand."""
    rows = []
    for count in LARGE:
        file = folder / f"{count}.json"
        write_backup(file, count)
        measures = run("ours", file)
        file.unlink()
        print(f"ours at {count:,}: {measures['seconds']:.1f} s, {measures['memory']:.0f} MB")
        even = seconds * count / TASKS
        rows.append(
            row(f"pipeline {count:,} tasks, linear", [measures["seconds"]], [even], target=LINEAR, unit="s")
        )
    return rows


def main() -> None:
    """Either side alone, for the process of one run; else all runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", nargs=3, metavar=("SIDE", "FILE", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--large", action="store_true", help="also ours alone with up to a million tasks")
    given = parser.parse_args()
    if given.side:
        side, file, folder = given.side
        print(json.dumps(SIDES[side](Path(file), Path(folder))))
        return
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "backup.json"
        write_backup(file, TASKS)
        rows, seconds = beside_the_peer(file, given.runs)
        show(rows + (large(Path(made), seconds) if given.large else []))


if __name__ == "__main__":
    main()
