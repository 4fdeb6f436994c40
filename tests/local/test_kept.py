"""What is kept in the store answers as the facts do, and is believed only of the facts that it was made of."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from worklens.cli.pipeline import pipeline
from worklens.local import kept
from worklens.local.forget import Target, forget
from worklens.local.held import parted
from worklens.local.kept import KEPT, SOURCES
from worklens.local.platform import Platform, open_platform
from worklens.local.translated import duckdb_sql
from worklens.local.warehouse import LocalSession
from worklens.stages.connect import connect
from worklens.stages.intake import Intake, request_import
from worklens.warehouse import catalogue, schema

FEED = "wunderlist:3"
EARLY, LATE = datetime(2026, 1, 10, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
PASTS: tuple[dict[str, Any], ...] = ({}, {"known_at": LATE}, {"known_at": EARLY}, {"as_of": EARLY})


def take_in(platform: Platform, done: int) -> None:
    """A file of nine tasks, some of them done, through to its scores."""
    tasks = [
        {
            "id": number,
            "list_id": 7,
            "title": f"task {number}",
            "created_at": f"2026-01-0{number}T10:00:00.000Z",
        }
        | ({"completed": True, "completed_at": "2026-02-03T08:00:00.000Z"} if number <= done else {})
        for number in range(1, 10)
    ]
    content = json.dumps(
        {"user": 3, "data": {"lists": [{"id": 7, "title": "home"}], "tasks": tasks}}
    ).encode()
    file = Intake(name="b.json", content=content, feed=FEED, source="wunderlist", zone="Asia/Shanghai")
    request_import(file, platform.ports)
    pipeline(platform, connect).drain()


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: Path) -> Iterator[Platform]:
    """A store with a few tasks, of which tables are kept all the same."""
    monkeypatch.setattr(kept, "LEAST", 1)
    shutil.copytree(stored, tmp_path / "data")
    platform = open_platform(tmp_path / "data")
    yield platform
    platform.close()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its directory."""
    root = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "LEAST", 1)
        platform = open_platform(root)
        take_in(platform, 4)
        platform.close()
    return root


def found(session: LocalSession) -> set[str]:
    """The views that are read from tables."""
    query = parted(duckdb_sql(catalogue.query("attention")[0]))
    return set(session.kept.tables(query, (None, None)))


def rows(session: LocalSession, name: str, past: dict[str, Any]) -> list[tuple[Any, ...]]:
    """In an order of their own."""
    return sorted(zip(*session.query(name, **past).values(), strict=True), key=repr)


def test_tables_answer_as_the_views_do(platform: Platform) -> None:
    """Now, and of what was known by a day after all of it; of any other past they are not read."""
    asked = [(name, past) for past in PASTS for name in ("attention", "task_spans")]
    with platform.warehouse.read() as session:
        assert found(session) == set(KEPT)
        by_table = [rows(session, name, past) for name, past in asked]
    with platform.warehouse.write() as session:
        kept.drop(session.connection)
    with platform.warehouse.read() as session:
        assert not found(session)
        assert [rows(session, name, past) for name, past in asked] == by_table


def test_they_are_made_anew_with_each_run(platform: Platform) -> None:
    """So that they never tell of the run before."""
    take_in(platform, 6)

    with platform.warehouse.read() as session:
        assert found(session) == set(KEPT)
        assert len(session.query("open_tasks")["task"]) == 3


def test_another_row_makes_them_stale(platform: Platform) -> None:
    """In whatever table they read, and in the same unit of work; what scored the run makes them anew."""
    values: dict[str, Any] = {"STRING": "x", "INT64": 1, "TIMESTAMP": 1, "BOOL": False, "FLOAT64": 1.0}
    for table in SOURCES:
        row = {
            column.name: [values[column.type]]
            for column in schema.tables()[table]
            if column.mode == "REQUIRED"
        }
        with platform.warehouse.write() as session:
            session.kept.make({})  # the mark alone
            assert found(session) == set(KEPT)
            session.append(table, row)
            assert not found(session)
    assert "seen_at" not in {column.name for column in schema.tables()["zones"]}


def test_who_is_forgotten_is_kept_nowhere(platform: Platform) -> None:
    """Neither the tables nor their mark outlive them."""
    forget(platform, Target(FEED))

    with platform.warehouse.read() as session:
        assert not found(session)
        schemas = session.connection.execute("SELECT schema_name FROM duckdb_schemas()").fetchall()
    assert kept.SCHEMA not in {name for (name,) in schemas}
    assert b"task 1" not in platform.paths.warehouse.read_bytes()


@pytest.mark.parametrize("mark", ["", "1 2 3 4 5", "open_tasks 1 2 3 4 5@never"])
def test_a_mark_of_another_version_is_not_believed(platform: Platform, mark: str) -> None:
    """Nor does it keep the store from answering."""
    with platform.warehouse.write() as session:
        session.connection.execute("UPDATE store SET value = ? WHERE name = 'kept'", [mark])

    with platform.warehouse.read() as session:
        assert not found(session)
        assert len(session.query("open_tasks")["task"]) == 5


class CutOff:
    """A connection of somebody who is stopped after a first statement."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.given = 0

    def execute(self, sql: str) -> None:
        """The first, and no more."""
        self.given += 1
        if self.given > 1:
            raise KeyboardInterrupt
        self.connection.execute(sql)


def test_no_mark_outlives_its_tables(platform: Platform) -> None:
    """Whoever is stopped while they are let go of leaves a store that answers."""
    with pytest.raises(KeyboardInterrupt), platform.warehouse.held() as connection:
        kept.drop(CutOff(connection))  # type: ignore[arg-type]

    with platform.warehouse.read() as session:
        assert len(session.query("open_tasks")["task"]) == 5


def test_of_few_tasks_none_are_made(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """A view of them takes no longer than a table."""
    monkeypatch.undo()
    with platform.warehouse.write() as session:
        kept.drop(session.connection)
        session.hold()

    with platform.warehouse.read() as session:
        assert not found(session)
