"""The warehouse's tables, read from BigQuery's schema JSON: the one place where a column is defined.

From it come the CREATE TABLE statements for DuckDB and the types by which `dialect` checks the views.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

# BigQuery's type, and the one that holds the same values in DuckDB. Instants are naive UTC there: its TIMESTAMP WITH
# TIME ZONE shows itself in the zone of the session. JSON is kept as text, since no view looks into it.
DUCKDB_TYPES = {
    "STRING": "VARCHAR",
    "INT64": "BIGINT",
    "FLOAT64": "DOUBLE",
    "BOOL": "BOOLEAN",
    "TIMESTAMP": "TIMESTAMP",
    "DATE": "DATE",
    "BYTES": "BLOB",
    "JSON": "VARCHAR",
}
NAME = re.compile(r"[a-z][a-z0-9_]*")


class SchemaError(ValueError):
    """A schema file can't be read; says which one and where in it."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column as BigQuery's schema JSON has it.

    An unknown field is an error: a misspelt `mode` would otherwise make a required column nullable.
    """

    name: str
    type: Literal["STRING", "INT64", "FLOAT64", "BOOL", "TIMESTAMP", "DATE", "BYTES", "JSON"]
    mode: Literal["NULLABLE", "REQUIRED", "REPEATED"] = "NULLABLE"
    description: str = ""

    @property
    def google_type(self) -> str:
        """The type as GoogleSQL spells it: INT64, ARRAY<STRING>."""
        return f"ARRAY<{self.type}>" if self.mode == "REPEATED" else self.type

    @property
    def duckdb_type(self) -> str:
        """The type as DuckDB spells it: BIGINT, VARCHAR[]."""
        return DUCKDB_TYPES[self.type] + ("[]" if self.mode == "REPEATED" else "")


def read(data: bytes | str, place: str) -> tuple[Column, ...]:
    """The columns in a schema file's text; `place` names the file in the SchemaError for one that can't be read."""
    try:
        columns = msgspec.json.decode(data, type=tuple[Column, ...])
    except msgspec.DecodeError as error:
        raise SchemaError(f"{place}: {error}") from error
    names = [column.name for column in columns]
    for name in names:
        if not NAME.fullmatch(name):
            raise SchemaError(f"{place}: {name!r} is no column name; use lower-case letters, digits and _")
        if names.count(name) > 1:
            raise SchemaError(f"{place}: the column {name} is there {names.count(name)} times; keep one")
    return columns


def definition(column: Column) -> str:
    """A column's line in CREATE TABLE. BigQuery's arrays are never NULL, only empty, so DuckDB's may not be either."""
    always = {"REQUIRED": " NOT NULL", "REPEATED": " NOT NULL DEFAULT []", "NULLABLE": ""}[column.mode]
    return f'"{column.name}" {column.duckdb_type}{always}'


def addition(column: Column) -> str:
    """A column's line in ALTER TABLE ADD: rows of before don't have it, so it can't be asked of them."""
    empty = " DEFAULT []" if column.mode == "REPEATED" else ""
    return f'"{column.name}" {column.duckdb_type}{empty}'


def create_table(name: str, columns: Sequence[Column]) -> str:
    """The DuckDB statement that makes a table where there is none yet."""
    lines = ",\n  ".join(map(definition, columns))
    return f'CREATE TABLE IF NOT EXISTS "{name}" (\n  {lines}\n)'


@cache
def tables() -> dict[str, tuple[Column, ...]]:
    """Every table's columns by its name, in the order of the names."""
    found = files("worklens.warehouse").joinpath("schemas").iterdir()
    texts = {path.name: path.read_bytes() for path in found if path.name.endswith(".json")}
    return {name.removesuffix(".json"): read(texts[name], f"schemas/{name}") for name in sorted(texts)}
