"""Rows by column as BigQuery takes and gives them: JSON in, cells of text out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from worklens.ports import Columns
from worklens.tasks import micros
from worklens.warehouse.schema import Column, tables

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Cell = Any  # text, None, or a list of {"v": cell}
Read = Callable[[Cell], Any]


# ----- Into BigQuery -----


ENVELOPE = 64  # bytes around a row in an insert

encode = msgspec.json.Encoder(order="sorted").encode


class Row(NamedTuple):
    """A row as JSON has it, the key by which a repetition of it is known, and its bytes in an insert."""

    key: str
    values: dict[str, Any]
    size: int


def made(table: str, columns: Columns) -> Iterator[Row]:
    """The rows of a table as JSON; columns that are not given, and values that are None, are left out.

    The key is a hash of the whole row: what is delivered twice is equal to the last letter, and what differs in
    anything is no repetition.
    """
    types = {column.name: column for column in tables()[table]}
    given = [(name, _written(types[name], values)) for name, values in columns.items()]
    names = [name for name, _ in given]
    for values in zip(*(written for _, written in given), strict=True):
        row = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        content = encode(row)
        yield Row(blake2b(content, digest_size=16).hexdigest(), row, len(content) + ENVELOPE)


def _written(column: Column, values: Sequence[Any]) -> Sequence[Any]:
    """The values as JSON holds them without loss: whole numbers and instants as text."""
    if column.mode == "REPEATED":
        return [list(value) if value else None for value in values]
    if column.type == "TIMESTAMP":
        return [None if value is None else stamp(value) for value in values]
    if column.type == "INT64":
        return [None if value is None else str(value) for value in values]
    if column.type == "DATE":
        return [None if value is None else value.isoformat() for value in values]
    return values


@lru_cache(maxsize=4096)  # most rows of a batch share their times
def stamp(at: int) -> str:
    """Microseconds as an instant that BigQuery reads."""
    return (EPOCH + timedelta(microseconds=at)).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


# ----- Out of BigQuery -----


def _text(cell: Cell) -> Any:
    return cell


def _bool(cell: Cell) -> Any:
    return None if cell is None else str(cell).lower() == "true"


def _integer(cell: Cell) -> Any:
    return None if cell is None else int(cell)


def _float(cell: Cell) -> Any:
    return None if cell is None else float(cell)


def _date(cell: Cell) -> Any:
    return None if cell is None else date.fromisoformat(cell)


READERS: Mapping[str, Read] = {
    "STRING": _text,
    "JSON": _text,
    "INTEGER": _integer,
    "INT64": _integer,
    "FLOAT": _float,
    "FLOAT64": _float,
    "BOOLEAN": _bool,
    "BOOL": _bool,
    "TIMESTAMP": _integer,  # microseconds, as the client library asks for
    "DATE": _date,
}


class Field(NamedTuple):
    """A column of a result."""

    name: str
    type: str
    repeated: bool


def values_of(field: Field, cells: Sequence[Cell]) -> list[Any]:
    """A column's cells as Python values: times as microseconds, dates as dates, repeated ones as tuples, NULL as None."""
    read = READERS[field.type]
    if field.repeated:
        return [tuple(read(one["v"]) for one in cell or ()) for cell in cells]
    return list(cells) if read is _text else [read(cell) for cell in cells]


# ----- Parameters -----


def kind_of(value: Any) -> tuple[str, Any]:
    """A parameter's type as GoogleSQL names it, and its value. Raises TypeError for what no query takes."""
    match value:
        case bool():
            return "BOOL", value
        case int():
            return "INT64", value
        case float():
            return "FLOAT64", value
        case str() | None:
            return "STRING", value
        case datetime():
            return "TIMESTAMP", EPOCH + timedelta(microseconds=micros(value))
        case date():
            return "DATE", value
    raise TypeError(f"a {type(value).__name__} is no parameter of a query")
