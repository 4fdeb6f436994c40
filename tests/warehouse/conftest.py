"""A warehouse in memory that tests fill by hand: rows with as few columns as the case needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from worklens.local.translated import duckdb_sql
from worklens.warehouse import catalogue, schema
from worklens.warehouse.calendar import calendar_rows

SETTLED = datetime(2026, 6, 1, 12, tzinfo=UTC)


def utc(text: str) -> datetime:
    """An instant in UTC, as in `2026-03-29 00:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def moments(given: dict[str, Any]) -> dict[str, Any]:
    """`created=` a datetime or a date becomes created_at and created_precision."""
    row = {}
    for name, value in given.items():
        if name in {"created", "started", "reviewed", "due", "completed", "deleted"}:
            dated = isinstance(value, date) and not isinstance(value, datetime)
            row[f"{name}_at"] = datetime(value.year, value.month, value.day, tzinfo=UTC) if dated else value
            row.setdefault(f"{name}_precision", "day" if dated else "instant")
        else:
            row[name] = value
    return row


class Store:
    """Tables in DuckDB. What isn't given is the same everywhere: one feed, `a:me`, that is one account, and run 1."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.positions = 0

    def add(self, table: str, **row: Any) -> None:
        columns = schema.tables()[table]
        values = [row.pop(column.name, [] if column.mode == "REPEATED" else None) for column in columns]
        assert not row, f"{table} has no {sorted(row)}"
        plain = [value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in values]
        self.connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(plain))})", plain)

    def run(self, run: int = 1, *, seen: datetime = SETTLED, **given: Any) -> None:
        """A run, settled unless it is said otherwise."""
        row = {"feed": "a:me", "run": run, "run_id": f"run {run}", "status": "settled", "seen_at": seen}
        counts = dict.fromkeys(("records", "rejected", "states", "events"), 0)
        self.add("sync_runs", **(row | {"run_window": "", "listed": "nothing"} | counts | given))

    def state(self, task: str, *, run: int = 1, seen: datetime = SETTLED, **given: Any) -> None:
        """A full state of a task."""
        self.positions += 1
        row = {"feed": "a:me", "account": "a:me", "task": task, "occurrence": "", "run": run, "seen_at": seen}
        row |= {"state_hash": f"state {self.positions}", "position": self.positions, "removal": False}
        self.add("task_states", **(row | moments(given)))

    def event(self, kind: str, at: datetime, *, run: int = 1, seen: datetime = SETTLED, **given: Any) -> None:
        """An event of the task `t`."""
        self.positions += 1
        row = {"feed": "a:me", "account": "a:me", "task": "t", "occurrence": "", "run": run, "seen_at": seen}
        row |= {
            "event_id": f"event {self.positions}",
            "kind": kind,
            "happened_at": at,
            "precision": "instant",
        }
        self.add("task_events", **(row | {"state": "state"} | given))

    def zone(self, name: str, starts: str = "2026-01-01", ends: str = "2027-01-01", **given: Any) -> None:
        """A stay in a zone, a row for each hour-wise found stretch of one offset."""
        zone, start, end = ZoneInfo(name), utc(starts), utc(ends)
        for begins, until in stretches(zone, start, end):
            offset = begins.astimezone(zone).utcoffset()
            assert offset is not None
            row = {"feed": "a:me", "version": 1, "zone": name, "starts_at": begins, "ends_at": until}
            self.add("zones", **(row | {"offset_seconds": int(offset.total_seconds())} | given))

    def ask(
        self, name: str, *, as_of: datetime | None = None, known_at: datetime | None = None, **params: Any
    ) -> list[dict[str, Any]]:
        """The rows of a view or query, ordered by their text; instants are in UTC."""
        sql, times = catalogue.query(name, as_of=as_of, known_at=known_at)
        plain = {key: value.replace(tzinfo=None) for key, value in times.items()}
        cursor = self.connection.execute(duckdb_sql(sql), plain | params)
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, map(aware, row), strict=True)) for row in cursor.fetchall()]
        return sorted(rows, key=lambda row: [str(value) for value in row.values()])

    def pick(self, name: str, *columns: str, **asked: Any) -> list[tuple[Any, ...]]:
        """Only these columns of the rows, in order, NULL before all else."""
        rows = [tuple(row[column] for column in columns) for row in self.ask(name, **asked)]
        return sorted(rows, key=lambda row: [(value is not None, value) for value in row])


def aware(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def stretches(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of one offset between two instants; offsets change on the hour in the years tests look at."""
    begins, at = start, start
    while at < end:
        later = min(at + timedelta(hours=1), end)
        if later == end or later.astimezone(zone).utcoffset() != begins.astimezone(zone).utcoffset():
            yield begins, later
            begins = later
        at = later


@pytest.fixture(scope="session")
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """All tables, with the calendar."""
    with duckdb.connect() as connection:
        for name, columns in schema.tables().items():
            connection.execute(schema.create_table(name, columns))
        columns_ = list(calendar_rows(2020, 2030).values())
        connection.execute("INSERT INTO calendar SELECT unnest(?), unnest(?), unnest(?), unnest(?)", columns_)
        yield connection


@pytest.fixture
def store(tables: duckdb.DuckDBPyConnection) -> Iterator[Store]:
    """Empty tables but for the calendar."""
    tables.execute("BEGIN")
    yield Store(tables)
    tables.execute("ROLLBACK")
