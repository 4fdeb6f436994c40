"""`worklens forget`: no trace in any file."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Person, copy_of, every_file, trace_of, write_table
from tests.cli.exports import backup
from worklens.findings.alerts import Alert
from worklens.local.platform import open_platform
from worklens.messages import Batch, TasksChanged
from worklens.stages.alerts import warn
from worklens.stages.hazards import place
from worklens.tasks import digest
from worklens.warehouse.catalogue import views

CANARY = "canary-5e1f"


@pytest.fixture
def full(_full: Path, tmp_path: Path) -> Person:
    """Somebody whose titles stand everywhere they can: tables, quarantine, dead letters, queue, blobs, page, backups."""
    return copy_of(_full, tmp_path)


@pytest.fixture(scope="module")
def _full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKLENS_SECRETS", "file")
        fill(Person(folder / "data"), folder)
    return folder


def fill(person: Person, tmp_path: Path) -> None:
    """Put the canary everywhere."""
    file, mapping = write_table(tmp_path, canary=CANARY, broken=3)
    person.run("import", file, "--mapping", mapping, code=3)
    (tmp_path / "other.json").write_text(backup("of somebody else"))
    person.run("import", tmp_path / "other.json")
    (person.data / "report.html").write_text(f"<p>{CANARY}</p>")
    platform = open_platform(person.data)
    with platform.warehouse.write() as session:  # from before the table knew feeds
        older: dict[str, list[object]] = {name: ["{}"] * 2 for name in ("finding", "params", "channel")}
        older |= {"alert_id": ["a", "b"], "account": ["wunderlist:7", "csv:team"], "seen_at": [0, 0]}
        session.append("alerts", older)
    batch = Batch(feed="csv:team", run="r", window="w", number=9, page=0, batch="b", seen_at=0, records=[])
    text = f'{{"feed": "csv:team", "title": "{CANARY}"}}'.encode()
    platform.queue.keep("worklens.unknown.v9", text, "unknown")
    platform.queue.publish([batch])
    platform.blobs.put(f"oversized/{digest('csv:team')}/r/1.json", text)
    platform.blobs.put("imports/left-by-a-killed-command", text)
    backups = platform.paths.backups
    backups.mkdir(exist_ok=True)
    platform.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    platform.close()
    shutil.copy2(person.data / "warehouse.duckdb", backups / "warehouse-old.duckdb")
    shutil.copy2(person.data / "state.sqlite", backups / "state-v0.sqlite")
    (backups / "something.else").write_bytes(text)


def rows_with(text: str, path: Path) -> list[str]:
    """The tables of a DuckDB file in which a value holds the text, compressed or not."""
    with duckdb.connect(path, read_only=True) as connection:
        tables = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return [
            table
            for table in tables
            if any(text in str(row) for row in connection.execute(f'SELECT * FROM "{table}"').fetchall())
        ]


def said_of_itself(path: Path) -> list[tuple[str, str, str | None]]:
    """Each table's and view's SQL with its comment, and each column's comment, of a DuckDB file."""
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute("""
            SELECT table_name, sql, comment FROM duckdb_tables() UNION ALL
            SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal UNION ALL
            SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL
        """).fetchall()


def assert_no_trace(text: str, data: Path) -> None:
    """In no file's bytes, and in no table."""
    assert trace_of(text, data) == []
    for path in every_file(data):
        if path.suffix == ".duckdb":
            assert rows_with(text, path) == [], path
        assert path.suffix not in {".wal", ".part", ".new"}, path


def test_the_canary_is_there_to_begin_with(full: Person) -> None:
    """So that its absence says something."""
    assert len(trace_of(CANARY, full.data)) > 3
    assert rows_with(CANARY, full.data / "warehouse.duckdb")
    assert rows_with(CANARY, full.data / "backups" / "warehouse-old.duckdb")


def test_an_account_leaves_no_trace(full: Person) -> None:
    """In no file of the data directory, local backups included."""
    done = full.run("forget", "csv:team", "--yes")

    assert_no_trace(CANARY, full.data)
    assert_no_trace("csv:team", full.data)
    assert "reports and exports you saved elsewhere" in done.out


def test_the_others_stay(full: Person) -> None:
    """Their tasks, events and runs are as before, here and in the backups; so are the views, and what the file says of them."""
    before = full.run("events", "--json", "--account", "wunderlist:7").out
    said = said_of_itself(full.data / "warehouse.duckdb")
    assert sum(1 for *_, comment in said if comment) > len(views())
    full.run("forget", "csv:team", "--yes")

    assert full.run("events", "--json").out == before
    assert said_of_itself(full.data / "warehouse.duckdb") == said
    assert [run["run"] for run in full.run("status", "--json").json["runs"]] == ["wunderlist:7#1"]
    assert rows_with("of somebody else", full.data / "backups" / "warehouse-old.duckdb")
    with duckdb.connect(full.data / "warehouse.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT account FROM alerts").fetchall() == [("wunderlist:7",)]


def test_one_person_of_several(full: Person) -> None:
    """Ann is gone, with what is put aside and may be hers, and what another feed's model borrowed; Bob stays."""
    platform = open_platform(full.data)
    platform.database.connection.execute("DELETE FROM queue")
    alert = Alert(key="work_doubled", account="csv:team/ann", params={"open": 90, "usual": 41})
    about = TasksChanged(feed="csv:team", run="r", window="w", number=1, seen_at=0)
    warn(about, [alert], 0, 1, platform.ports)
    borrowed = {"borrowed": [digest("csv:team")], "replaced": ""}
    platform.state.point("wunderlist:7", "hazard", "v", borrowed)
    platform.blobs.put(place("wunderlist:7", "v"), b"")
    platform.close()
    queue = next(one for one in full.run("doctor", "--json", code=1).json["checks"] if one["name"] == "queue")
    assert queue["well"], "an alert that nobody takes is no work"

    full.run("forget", "csv:team/ann", "--yes")

    assert_no_trace(CANARY, full.data)
    assert trace_of("work_doubled|csv:team/ann", full.data) == []
    assert full.run("alerts", "--take").out == ""
    left = open_platform(full.data)
    assert left.blobs.names("models/") == []
    left.close()
    assert {task["account"] for task in full.run("tasks", "--json").lines} == {"csv:team/bob", "wunderlist:7"}


def test_it_asks_first(full: Person) -> None:
    """Without --yes and without anyone to ask, nothing is removed."""
    assert "--yes" in full.run("forget", "csv:team", code=1).err
    assert len(full.run("tasks", "--json").lines) == 241


def test_again_after_a_crash_in_the_middle(full: Person) -> None:
    """The feed is gone from the state, but its facts are still there: the same command ends what was begun."""
    platform = open_platform(full.data)
    platform.state.drop_feed("csv:team")
    platform.close()

    full.run("forget", "csv:team", "--yes")

    assert_no_trace(CANARY, full.data)


def test_an_unknown_account(full: Person) -> None:
    """Is told, with those there are."""
    assert "csv:team" in full.run("forget", "csv:nobody", "--yes", code=2).err


def test_it_can_be_imported_anew(full: Person, tmp_path: Path) -> None:
    """Run numbers begin again, and all is as the first time."""
    full.run("forget", "csv:team", "--yes")

    again = full.run("import", tmp_path / "work.csv", "--mapping", tmp_path / "map.toml", "--json", code=3)

    assert again.json["runs"][0]["run"] == "csv:team#1"
    assert again.json["runs"][0]["tasks"] == 240
