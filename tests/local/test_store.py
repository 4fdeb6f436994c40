"""The tables and views that a new warehouse has."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from worklens.cli.pipeline import pipeline
from worklens.local import warehouse
from worklens.local.columns import as_list
from worklens.local.platform import Platform, open_platform
from worklens.local.translated import duckdb_sql
from worklens.local.warehouse import GROUP_ROWS, LocalSession, fetched
from worklens.ports import Busy
from worklens.stages.connect import connect
from worklens.stages.intake import Intake, request_import
from worklens.warehouse import catalogue, schema
from worklens.warehouse.calendar import calendar_rows
from worklens.warehouse.described import described, shown

TASKS = [
    {"id": 1, "list_id": 7, "title": "one", "created_at": "2026-01-05T10:00:00.000Z"},
    {
        "id": 2,
        "list_id": 7,
        "title": "two",
        "created_at": "2026-01-05T10:00:00.000Z",
        "completed": True,
        "completed_at": "2026-03-30T23:30:00.000Z",
        "due_date": "2026-03-01",
    },
]
BACKUP = {"user": 3, "data": {"lists": [{"id": 7, "title": "home"}], "tasks": TASKS}}


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with two tasks in it, made from nothing."""
    folder = tmp_path_factory.mktemp("taken-in")
    platform = open_platform(folder)
    content = json.dumps(BACKUP).encode()
    request_import(
        Intake(
            name="b.json", content=content, feed="wunderlist:3", source="wunderlist", zone="Europe/Berlin"
        ),
        platform.ports,
    )
    pipeline(platform, connect).drain()
    platform.close()
    return folder


@pytest.fixture
def platform(taken_in: Path, tmp_path: Path) -> Iterator[Platform]:
    """A copy of it, to do with as one likes."""
    shutil.copytree(taken_in, tmp_path, dirs_exist_ok=True)
    platform = open_platform(tmp_path)
    yield platform
    platform.close()


def rows(session: LocalSession, sql: str) -> dict[str, list[object]]:
    """The rows of a query by column, in an order that doesn't depend on the plan."""
    found = fetched(session.connection.execute(f"SELECT * FROM ({sql}) ORDER BY ALL"))
    return {name: as_list(values) for name, values in found.items()}


def test_a_view_over_views_gives_what_it_gives_over_tables(platform: Platform) -> None:
    """The file's views read one another; named queries hold them as CTEs."""
    with platform.warehouse.read() as session:
        for name in catalogue.order():
            assert rows(session, f"FROM {name}") == rows(session, duckdb_sql(catalogue.query(name)[0])), name
        assert len(rows(session, "FROM current_tasks")["task"]) == 2


def test_rows_are_packed_in_small_groups_and_spilt_beside_the_file(platform: Platform) -> None:
    """A commit packs the last group anew, so a group is what an import's memory hangs on."""
    with platform.warehouse.write() as session:
        session.connection.execute(
            f"CREATE TABLE many AS SELECT i FROM range({GROUP_ROWS + 1}) AS numbers(i)"
        )
        spilt = session.connection.execute("SELECT current_setting('temp_directory')").fetchone()
    with platform.warehouse.read() as session:
        sizes = "SELECT SUM(count) FROM pragma_storage_info('many') WHERE segment_type != 'VALIDITY' GROUP BY row_group_id"
        assert sorted(session.connection.execute(sizes).fetchall()) == [(1,), (GROUP_ROWS,)]

    assert spilt == (f"{platform.paths.warehouse}.tmp",)


def test_a_file_that_is_open_in_this_process_is_busy(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has it open without taking a turn is waited for like another process, and then named."""
    monkeypatch.setattr(warehouse, "WAIT_SECONDS", 0.1)
    with (
        duckdb.connect(platform.paths.warehouse, read_only=True),
        pytest.raises(Busy),
        platform.warehouse.write(),
    ):
        pass


def test_the_calendar_is_the_one_of_every_platform(platform: Platform) -> None:
    """It is made by the engine here."""
    with platform.warehouse.read() as session:
        assert rows(session, "FROM calendar") == calendar_rows()


def test_the_file_says_what_its_views_are(platform: Platform) -> None:
    """To any tool that shows comments: of each view, and of each column of those made for people."""
    with platform.warehouse.read() as session:
        views = session.connection.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
        said = dict(views.fetchall())
        columns = session.connection.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE comment IS NOT NULL"
        ).fetchall()

    assert said == {name: view.description.en for name, view in described().items()}
    assert sorted(columns) == sorted(
        (name, field.name, field.description) for name, view in shown().items() for field in view.fields
    )


def test_an_older_files_tables_grow_when_it_is_first_read(platform: Platform) -> None:
    """Empty ones are made anew, with what they require; full ones get the column, and keep their rows."""
    path, columns = platform.paths.warehouse, "SELECT column_name FROM duckdb_columns() WHERE table_name = ?"
    platform.close()
    with duckdb.connect(path) as connection:
        connection.execute("DROP TABLE forecasts")
        connection.execute("CREATE TABLE forecasts (forecast_id VARCHAR NOT NULL)")
        connection.execute("ALTER TABLE task_states DROP COLUMN link")
        connection.execute("UPDATE store SET value = 'older' WHERE name = 'schema'")
    anew = open_platform(platform.paths.root)
    with anew.warehouse.read() as session:
        names = {row[0] for row in session.connection.execute(columns, ["forecasts"]).fetchall()}
        tasks = session.query("task_states")
    anew.close()

    assert names == {column.name for column in schema.tables()["forecasts"]}
    assert (len(tasks["task"]), set(tasks["link"])) == (2, {None})
