"""Rows of a table or view as a Parquet file, written by DuckDB: BigQuery's own way there needs a bucket to export to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write(rows: Mapping[str, Sequence[Any]], name: str, folder: Path) -> int:
    """Write them beside their place and move them there; how many they are. Raises ImportError without DuckDB."""
    import duckdb

    from worklens.warehouse import catalogue, dialect

    types = {column.name: column.duckdb_type for column in dialect.columns(catalogue.query(name)[0])}
    beside = folder / f"{name}.json.part"
    with beside.open("wb") as file:
        for line in zip(*(_plain(types[one], values) for one, values in rows.items()), strict=True):
            file.write(msgspec.json.encode(dict(zip(rows, line, strict=True))) + b"\n")
    made = folder / f"{name}.parquet"
    columns = ", ".join(f"'{one}': '{types[one]}'" for one in rows)
    read = f"read_json('{_quoted(beside)}', format = 'newline_delimited', columns = {{{columns}}})"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM {read}) TO '{_quoted(made)}' (FORMAT parquet)")  # noqa: S608 - our own names
    beside.unlink()
    return len(next(iter(rows.values()), ()))


def _plain(type_: str, values: Sequence[Any]) -> Sequence[Any]:
    """Times as text that DuckDB reads."""
    if type_ != "TIMESTAMP":
        return values
    return [
        None if value is None else (EPOCH + timedelta(microseconds=value)).replace(tzinfo=None).isoformat(" ")
        for value in values
    ]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
