"""export, doctor, demo, and how commands end when something is wrong that nobody foresaw."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Person
from worklens.warehouse import catalogue, schema


def test_every_table_and_view_is_exported(worker: Person, tmp_path: Path) -> None:
    """As Parquet that holds as many rows as it says."""
    target = tmp_path / "it's here"
    rows = worker.run("export", target, "--json").json["rows"]

    assert rows.keys() == {*schema.tables(), *catalogue.sources()}
    assert {path.stem for path in target.iterdir()} == rows.keys()
    with duckdb.connect() as connection:
        for name in ("task_events", "current_tasks"):
            path = str(target / f"{name}.parquet")
            (count,) = connection.execute("SELECT COUNT(*) FROM read_parquet(?)", [path]).fetchone() or (0,)
            assert count == rows[name]


def test_the_doctor_finds_all_in_order(worker: Person) -> None:
    """And says which versions, stores and keyring there are."""
    found = worker.run("doctor", "--json").json

    assert found["well"]
    assert {"version", "packages", "folder", "space", "state", "warehouse", "queue", "secrets"} <= {
        check["name"] for check in found["checks"]
    }


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_the_doctor_sees_an_open_door(worker: Person) -> None:
    """A directory that others can read, with the command that closes it."""
    worker.data.chmod(0o755)

    assert "chmod 700" in worker.run("doctor", code=1).out


def test_the_doctor_sees_a_damaged_store(worker: Person) -> None:
    """And every other command says so in one paragraph."""
    (worker.data / "warehouse.duckdb").write_bytes(b"not a database" * 100)

    assert "damaged" in worker.run("doctor", code=1).out
    done = worker.run("status", code=1)
    assert "damaged" in done.err
    assert "Traceback" not in done.err


def test_the_unforeseen_ends_without_a_traceback(worker: Person) -> None:
    """Unless WORKLENS_DEBUG asks for it."""
    (worker.data / "state.sqlite").write_bytes(b"not a database" * 100)

    plain = worker.process("status")
    assert (plain.code, plain.out) == (1, "")
    assert "WORKLENS_DEBUG=1" in plain.err
    assert "Traceback" not in plain.err
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKLENS_DEBUG", "1")
        assert "Traceback" in worker.process("status").err


def test_a_reader_that_goes_away_is_no_error(worker: Person) -> None:
    """As in `worklens events --json | head -1`."""
    with subprocess.Popen(
        worker.command("events", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_as_a_process(worker: Person) -> None:
    """Exit codes and stdout are those of the runs in this process; usage errors go to stderr."""
    assert worker.process("status", "--json").code == 0
    usage = worker.process("stauts")
    assert (usage.code, usage.out) == (2, "")
    assert "status" in usage.err


def test_the_demo(newcomer: Person) -> None:
    """Five findings and a page in a directory of its own, made anew each time; the person's own stays as it is."""
    done = newcomer.run("demo", "--months", 2, "--json").json

    assert [set(one) for one in done["findings"]] == [{"key", "params", "evidence", "text"}] * 5
    assert done["report"] == str(newcomer.data / "demo" / "report.html")
    assert Path(done["report"]).stat().st_size > 100_000
    demo = Person(newcomer.data / "demo")
    assert [run["run"] for run in demo.run("status", "--json").json["runs"]] == [
        "wunderlist:demo#2",
        "wunderlist:demo#1",
    ]
    assert {path.name for path in newcomer.data.iterdir()} == {"demo"}


def test_the_demo_empties_no_folder_of_somebody_else(person: Person) -> None:
    """What it didn't make stays."""
    (person.data / "demo").mkdir(parents=True)
    (person.data / "demo" / "thesis.txt").write_text("years of work")

    assert "--data-dir" in person.run("demo", "--months", 1, code=1).err
    assert (person.data / "demo" / "thesis.txt").read_text() == "years of work"


def test_json_is_utf8_whatever_the_terminal_is(person: Person, tmp_path: Path) -> None:
    """A Chinese title comes out as it went in."""
    file = tmp_path / "a.csv"
    file.write_text("id,title\n1,读书 📚\n2,跑步\n", encoding="utf-8")
    person.run("import", file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONIOENCODING", "ascii")
        lines = person.process("tasks", "--json").out.splitlines()
        shown = person.process("tasks")

    assert json.loads(lines[0])["title"] == "读书 📚"
    assert shown.code == 0
