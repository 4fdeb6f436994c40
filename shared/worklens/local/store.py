"""The DuckDB file's tables and views: made, and brought up to date after a backup."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from worklens.local import kept, translated
from worklens.warehouse import catalogue
from worklens.warehouse.calendar import FIRST_YEAR, LAST_YEAR
from worklens.warehouse.schema import addition, create_table, tables

if TYPE_CHECKING:
    import duckdb

_META = "CREATE TABLE IF NOT EXISTS store (name VARCHAR PRIMARY KEY, value VARCHAR)"
_CALENDAR = """
INSERT INTO calendar
SELECT day, isodow(day), CAST(date_trunc('week', day) AS DATE), CAST(date_trunc('month', day) AS DATE)
FROM (SELECT CAST(range AS DATE) AS day FROM range(CAST(? AS DATE), CAST(? AS DATE), INTERVAL 1 DAY))
"""  # the rows of warehouse/calendar.py, in a tenth of the time


def prepare(connection: duckdb.DuckDBPyConnection, path: Path, backups: Path) -> None:
    """Make tables and views where the file does not have them as this version knows them."""
    wanted = catalogue.fingerprint()
    have = _have(connection)
    if have == wanted:
        return
    if have is not None:
        _back_up(connection, path, backups, have)
    connection.execute("BEGIN TRANSACTION")
    connection.execute(_META)
    kept.drop(connection)
    _make_tables(connection)
    _make_views(connection)
    _say_what_they_are(connection)
    connection.execute("INSERT OR REPLACE INTO store VALUES ('schema', ?)", [wanted])
    connection.execute("COMMIT")


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file has tables and views as this version knows them."""
    return _have(connection) == catalogue.fingerprint()


def _have(connection: duckdb.DuckDBPyConnection) -> str | None:
    from duckdb import CatalogException

    try:
        row = connection.execute("SELECT value FROM store WHERE name = 'schema'").fetchone()
    except CatalogException:
        return None
    return str(row[0]) if row else None


def _back_up(connection: duckdb.DuckDBPyConnection, path: Path, backups: Path, version: str) -> None:
    connection.execute("CHECKPOINT")
    backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy2(path, backups / f"warehouse-{version}.duckdb")


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Tables are made, and grow by columns; they never lose one, and none that holds rows is made anew."""
    have = set(connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall())
    known = {table for table, _ in have}
    for table, columns in tables().items():
        missing = [column for column in columns if (table, column.name) not in have]
        if table in known and missing and not _has_rows(connection, table):
            connection.execute(f'DROP TABLE "{table}"')
            missing = []
        connection.execute(create_table(table, columns))
        if table in known:
            for column in missing:
                connection.execute(f'ALTER TABLE "{table}" ADD COLUMN {addition(column)}')
    if not _has_rows(connection, "calendar"):
        connection.execute(_CALENDAR, [date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 1, 1, 1)])


def _has_rows(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None  # noqa: S608 - ours


def _make_views(connection: duckdb.DuckDBPyConnection) -> None:
    for name in catalogue.order():
        connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {translated.view(name)}')


def _say_what_they_are(connection: duckdb.DuckDBPyConnection) -> None:
    """For whoever opens the file with a tool that shows comments: of each view, and of the columns that people see."""
    from worklens.warehouse.described import described

    for name, view in described().items():
        connection.execute(f'COMMENT ON VIEW "{name}" IS {_text(view.description.en)}')
        for field in view.fields if view.shown else ():
            connection.execute(f'COMMENT ON COLUMN "{name}"."{field.name}" IS {_text(field.description)}')


def _text(words: str) -> str:
    """A constant: the statement takes no parameters."""
    return f"'{words.replace(chr(39), chr(39) * 2)}'"
