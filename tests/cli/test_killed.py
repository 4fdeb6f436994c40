"""An import that is killed in the middle: the same command again ends as if nothing had been."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Person, write_table
from tests.pipeline.chaos import keyed
from worklens.local.platform import open_platform

ROOT = Path(__file__).resolve().parents[2]


def killed_in_the_middle(command: list[str], state: Path) -> None:
    """Kill the process when some of its batches are parsed, and others aren't."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not _halfway(state):
            time.sleep(0.005)
        process.kill()
    assert process.returncode == -9, "it was through before it could be killed"


def _halfway(state: Path) -> bool:
    if not state.exists():
        return False
    with closing(sqlite3.connect(f"file:{state}?mode=ro", uri=True, timeout=5)) as connection:
        try:
            parsed = connection.execute("SELECT COALESCE(SUM(parsed), 0), COUNT(*) FROM batches").fetchone()
        except sqlite3.OperationalError:  # the tables are being made
            return False
    return bool(parsed[1])


def assert_same(disturbed: Path, calm: Path) -> None:
    """The keyed views are equal."""
    views = []
    for root in (disturbed, calm):
        platform = open_platform(root)
        views.append(keyed(platform))
        platform.close()
    assert views[1]["current_tasks"]
    for view, rows in views[1].items():
        assert views[0][view] == rows, view


def test_a_table(tmp_path: Path) -> None:
    """Six thousand rows, killed between fetch and settle."""
    file, mapping = write_table(tmp_path, rows=6_000)
    import_it = ("import", file, "--mapping", mapping)
    disturbed, calm = Person(tmp_path / "disturbed"), Person(tmp_path / "calm")
    calm.run(*import_it)

    killed_in_the_middle(disturbed.command(*import_it), disturbed.data / "state.sqlite")
    again = disturbed.run(*import_it, "--json")

    runs = again.json["runs"]
    assert [(run["run"], run["changed"]) for run in runs] == [("csv:team#1", True), ("csv:team#2", False)]
    assert_same(disturbed.data, calm.data)


@pytest.mark.deep
@pytest.mark.parametrize("mapping", [ROOT / "docs" / "examples" / "sip-tasks.toml"])
def test_ten_years_of_a_company(tmp_path: Path, test_data: Path, mapping: Path) -> None:
    """The same with real data: all its rows, each once."""
    import_it = ("import", test_data / "sip-tasks.csv", "--mapping", mapping)
    disturbed, calm = Person(tmp_path / "disturbed"), Person(tmp_path / "calm")
    calm.run(*import_it)

    killed_in_the_middle(disturbed.command(*import_it), disturbed.data / "state.sqlite")
    disturbed.run(*import_it)

    assert_same(disturbed.data, calm.data)
    assert sum(row["value"] for row in disturbed.run("metrics", "throughput", "--json").json) == 6_501


def test_two_at_once(tmp_path: Path) -> None:
    """Two imports of one account begun together: the one waits for the other, and both are taken in."""
    person = Person(tmp_path / "data")
    person.run("import", *write_table(tmp_path, "first.csv", rows=50)[:1], "--mapping", tmp_path / "map.toml")
    files = [write_table(tmp_path, f"{n}.csv", rows=n)[0] for n in (2_000, 2_500)]
    import_them = [
        person.command("import", file, "--mapping", tmp_path / "map.toml", "--json") for file in files
    ]

    loud = os.environ | {"WORKLENS_DEBUG": "1"}  # so that a failure tells what it was
    processes = [subprocess.Popen(one, stdout=subprocess.DEVNULL, env=loud) for one in import_them]

    assert [process.wait(120) for process in processes] == [0, 0]
    seen = person.run("status", "--json").json
    assert [(run["run"], run["status"]) for run in seen["runs"]] == [
        ("csv:team#3", "settled"), ("csv:team#2", "settled"), ("csv:team#1", "settled"),
    ]  # fmt: skip
    assert seen["waiting"] == 0
    assert len(person.run("tasks", "--json").lines) == 2_500
