"""100,000 tasks from a file to a view that can be asked, beside dlt; `--large` adds how our work grows to a million,
`--floor` the least work that would write the same facts.

Ours takes them through every stage on the embedded default: fetched into the durable queue, parsed, settled, scored.
Models are not learned: neither a first run nor an import asks for any. It is given the file, and keeps raw records,
states, events and scores. dlt merges the same records into DuckDB on their id;
it is given them as dicts in memory, reads no file, and keeps the records as they are in one table, with a table below it
for what repeats. Its best setting for dicts is JSON lines for the load, and no compression of the files between its own
steps. Each run is a process of its own with a fresh directory, timed from the import of the package to the answer of a
first query; both sides' runs alternate.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from _records import MAPPING, write_answer, write_backup, write_table
from _table import Row, row, show

TASKS = 100_000
LARGE = (250_000, 500_000, 1_000_000)
RUNS = 5
TARGET = 5  # times dlt's rate
MEMORY = 400  # MB
LINEAR = 0.8  # of the work per record at 100,000: a quarter more at most
ZONE = "Europe/Berlin"
PEER_SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "CRITICAL",
    "DATA_WRITER__DISABLE_COMPRESSION": "true",
}

Measures = dict[str, Any]


# ----- One run of either side, in a process of its own -----


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


def ours(kind: str, file: Path, folder: Path) -> Measures:
    """Take the file in and ask the view of current tasks."""
    clock = Clock()
    from worklens.cli.pipeline import pipeline
    from worklens.local.platform import open_platform
    from worklens.stages.connect import connect

    platform = open_platform(folder)
    if kind == "answer":
        pull(platform.ports)
        pipeline(platform, partial(answering, file)).drain()
    else:
        take_in(kind, file, platform.ports)
        pipeline(platform, connect).drain()
    with platform.warehouse.read() as session:
        query = "SELECT COUNT(*) FROM current_tasks WHERE status = 'completed'"
        (done,) = session.connection.execute(query).fetchall()[0]
    platform.close()
    return clock.measures(done, platform.paths.warehouse)


def take_in(kind: str, file: Path, ports: Any) -> None:
    """Ask for the import of a backup or a table."""
    from worklens.stages.intake import Intake, request_import

    source = "wunderlist" if kind == "backup" else "csv"
    settings = {} if kind == "backup" else {"mapping": MAPPING}
    intake = Intake(
        name=file.name,
        content=file.read_bytes(),
        feed=f"{source}:me",
        source=source,
        zone=ZONE,
        settings=settings,
    )
    request_import(intake, ports)


def pull(ports: Any) -> None:
    """Ask for a pull from Todoist, of a person whose history begins today: all that is there is in one answer."""
    from datetime import UTC, datetime

    from worklens.messages import SyncRequested
    from worklens.ports import Feed, ZonePeriod

    settings = {"history_since": datetime.now(UTC).date().isoformat()}
    ports.state.save_feed(
        Feed(name="todoist:me", source="todoist", zones=(ZonePeriod(ZONE),), settings=settings)
    )
    ports.bus.publish([SyncRequested(feed="todoist:me", run="one", window="one")])


def answering(file: Path, *_: object) -> Any:
    """Todoist, as far as this benchmark asks it: the file, and nothing else."""
    from worklens.sources.base import Response

    class Service:
        def answer(self, asked: Any) -> Response:
            body = file.read_bytes() if asked.url.endswith("/sync") else b'{"items": [], "results": []}'
            return Response(status=200, headers={}, body=body)

    return nullcontext(Service())


def peer(kind: str, file: Path, folder: Path) -> Measures:
    """Merge the file's task records, as dicts, and ask the table."""
    read = json.loads(file.read_bytes())
    rows, done_column = (
        (read["data"]["tasks"], "completed") if kind == "backup" else (read["items"], "checked")
    )
    del read
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
        query = f"SELECT COUNT(*) FROM loaded.tasks WHERE {done_column}"
        (done,) = connection.execute(query).fetchall()[0]
    return clock.measures(done, store)


def tables(store: Path) -> list[str]:
    """The tables that hold anything, with their rows and columns."""
    import duckdb

    with duckdb.connect(store, read_only=True) as connection:
        found = connection.execute(
            "SELECT schema_name || '.' || table_name, column_count FROM duckdb_tables() ORDER BY 1"
        ).fetchall()
        counted = [(name, connection.table(name).count("*").fetchall()[0][0], width) for name, width in found]
    return [f"{name} {count:,} x {width}" for name, count, width in counted if count]


def floor(kind: str, file: Path, folder: Path) -> Measures:
    """Write the same facts with the least work we know."""
    clock = Clock()
    from _floor import least

    store = folder / "least.duckdb"
    return clock.measures(least(kind, file, store), store)


SIDES: dict[str, Callable[[str, Path, Path], Measures]] = {"ours": ours, "dlt": peer, "floor": floor}


# ----- All runs -----


class Setting(NamedTuple):
    """What is loaded: the kind of file each side gets, and how it is written."""

    name: str
    ours: str
    peer: str


# dlt has no use for a table's text: beside our table it is given the same records as beside our answer.
SETTINGS = (
    Setting("wide (Todoist's answer)", "answer", "answer"),
    Setting("wide (CSV)", "table", "answer"),
    Setting("narrow (Wunderlist backup)", "backup", "backup"),
)
WRITE = {"answer": write_answer, "table": write_table, "backup": write_backup}


def run(side: str, kind: str, file: Path) -> Measures:
    """One run of a side in a fresh process and directory, with byte-code from earlier runs on both sides."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--side", side, kind, str(file), folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=kept)
        found: Measures = json.loads(done.stdout.splitlines()[-1])
        return found


Runs = dict[tuple[str, str], list[Measures]]


def all_runs(files: dict[str, Path], runs: int, *, with_floor: bool = False) -> Runs:
    """Every side's runs of every kind, in turns: all meet the same load."""
    wanted = [("ours", "backup"), ("dlt", "backup"), ("ours", "answer"), ("dlt", "answer"), ("ours", "table")]
    if with_floor:
        wanted += [("floor", "backup"), ("floor", "answer")]
    measured: Runs = {each: [] for each in wanted}
    for _ in range(runs):
        for side, kind in wanted:
            measured[side, kind].append(run(side, kind, files[kind]))
    return measured


def compared(setting: Setting, measured: Runs) -> list[Row]:
    """The rows of one setting."""
    mine, theirs = measured["ours", setting.ours], measured["dlt", setting.peer]
    assert {each["done"] for each in mine + theirs} == {mine[0]["done"]}, (
        "both sides must have the same tasks"
    )
    rates = [[TASKS / each["seconds"] for each in all_] for all_ in (mine, theirs)]
    work = [[each["cpu"] for each in all_] for all_ in (mine, theirs)]
    memory = [each["memory"] for each in mine]
    name = f"pipeline {TASKS:,} tasks, {setting.name}"
    return [
        row(name, *rates, target=TARGET, unit="records/s", better="more"),
        row(f"{name}: CPU", *work, target=TARGET, unit="s"),
        row(f"{name}: peak memory, limit", memory, [MEMORY] * len(memory), target=1, unit="MB"),
    ]


def least(measured: Runs) -> list[Row]:
    """The least work beside the peer's: what stands between these rows' ratios and ours is queue, stages, views, scores."""
    return [
        row(
            f"least work that writes the same facts, {setting.name}: CPU",
            [each["cpu"] for each in measured["floor", setting.ours]],
            [each["cpu"] for each in measured["dlt", setting.peer]],
            target=TARGET,
            unit="s",
        )
        for setting in SETTINGS
        if ("floor", setting.ours) in measured
    ]


def tell(measured: Runs) -> None:
    """What each side wrote and took, run by run."""
    for (side, kind), runs in measured.items():
        print(f"{side}, {kind}: writes {runs[0]['bytes'] / 1e6:.0f} MB: {', '.join(runs[0]['tables'])}")
        for what, digits in (("seconds", 2), ("cpu", 2), ("memory", 0)):
            print(f"  {what}: {', '.join(f'{each[what]:.{digits}f}' for each in runs)}")


def large(folder: Path, few: Sequence[Measures]) -> list[Row]:
    """Our work on more tasks, beside what it would be if each took as much as of the hundred thousand."""
    rows = []
    for count in LARGE:
        file = folder / f"{count}.json"
        write_backup(file, count)
        found = run("ours", "backup", file)
        file.unlink()
        print(
            f"ours at {count:,}: {found['seconds']:.1f} s, {found['cpu']:.1f} s of CPU, {found['memory']:.0f} MB"
        )
        even = median(each["cpu"] for each in few) * count / TASKS
        rows.append(
            row(f"pipeline {count:,} tasks, CPU, linear", [found["cpu"]], [even], target=LINEAR, unit="s")
        )
    return rows


def main() -> None:
    """One side alone, for the process of one run; else all runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", nargs=4, metavar=("SIDE", "KIND", "FILE", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--floor", action="store_true", help="also the least work that writes the same facts")
    parser.add_argument("--large", action="store_true", help="also ours alone with up to a million tasks")
    given = parser.parse_args()
    if given.side:
        side, kind, file, folder = given.side
        print(json.dumps(SIDES[side](kind, Path(file), Path(folder))))
        return
    with tempfile.TemporaryDirectory() as made:
        files = {kind: Path(made) / kind for kind in WRITE}
        for kind, write in WRITE.items():
            write(files[kind], TASKS)
        measured = all_runs(files, given.runs, with_floor=given.floor)
        tell(measured)
        rows = [found for setting in SETTINGS for found in compared(setting, measured)] + least(measured)
        show(rows + (large(Path(made), measured["ours", "backup"]) if given.large else []))


if __name__ == "__main__":
    main()
