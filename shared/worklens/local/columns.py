"""Rows by column between Python and DuckDB: lists to NumPy arrays by the table's schema, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from worklens.ports import Columns
from worklens.tasks import DAY
from worklens.warehouse.schema import Column, tables

if TYPE_CHECKING:
    import duckdb

INCOMING = "incoming_rows"
SEPARATOR = "\x1f"  # between the parts of a repeated string on its way into the engine
_EPOCH = date(1970, 1, 1).toordinal()
_NAT = np.iinfo(np.int64).min


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Columns) -> None:
    """Append rows; columns that are not given are NULL (or empty, where they repeat)."""
    if not next(iter(rows.values()), ()):
        return
    made = insertion(table, rows)
    if made.arrays:
        connection.register(INCOMING, made.arrays)
    connection.execute(made.statement, made.common)
    connection.unregister(INCOMING)


class Insertion(NamedTuple):
    """How rows get into the engine: the statement, and what it reads."""

    statement: str
    arrays: dict[str, np.ndarray]  # as the table INCOMING
    common: dict[str, Any]  # the values that all rows share


def insertion(table: str, rows: Columns) -> Insertion:
    """A column that is the same in all rows travels as one value, not as an array: so do most columns of most runs."""
    expressions: list[str] = []
    arrays: dict[str, np.ndarray] = {}
    common: dict[str, Any] = {}
    for column in tables()[table]:
        values = rows.get(column.name)
        if values is None or _is_same(values, column):
            value = values[0] if values else None
            if value is not None and column.mode != "REPEATED":
                common[column.name] = value
            expressions.append(_value(column, value))
        else:
            arrays[column.name] = _array(column, values)
            expressions.append(_expression(column))
    source = INCOMING if arrays else f"range({len(next(iter(rows.values())))})"
    return Insertion(f'INSERT INTO "{table}" SELECT {", ".join(expressions)} FROM {source}', arrays, common)  # noqa: S608


def _is_same(values: Sequence[Any], column: Column) -> bool:
    """Whether all rows have the first one's value; lists of text only where all are empty."""
    first = values[0]
    if column.mode == "REPEATED":
        return not any(values)
    return bool(values[-1] == first) and values.count(first) == len(values)


def _value(column: Column, value: Any) -> str:
    if column.mode == "REPEATED":
        return "[]"
    if value is None:
        return "NULL"
    return f"make_timestamp(${column.name})" if column.type == "TIMESTAMP" else f"${column.name}"


def _expression(column: Column) -> str:
    name = f'"{column.name}"'
    if column.mode == "REPEATED":
        return f"CASE WHEN {name} = '' THEN [] ELSE string_split({name}, chr(31)) END"
    return f"CAST({name} AS DATE)" if column.type == "DATE" else name


def _array(column: Column, values: Sequence[Any]) -> np.ndarray:
    if column.mode == "REPEATED":
        values = [SEPARATOR.join(value) if value else "" for value in values]
    return _BY_TYPE[column.type](values)


def _strings(values: Sequence[str | None]) -> np.ndarray:
    array = np.empty(len(values), object)
    array[:] = values
    return array


def _integers(values: Sequence[int | None]) -> np.ndarray:
    if None not in values:
        return np.array(values, np.int64)
    whole = np.array([value or 0 for value in values], np.int64)
    return np.ma.MaskedArray(whole, np.array([value is None for value in values]))


def _times(values: Sequence[int | None]) -> np.ndarray:
    filled = values if None not in values else [_NAT if value is None else value for value in values]
    return np.array(filled, np.int64).view("M8[us]")


def _dates(values: Sequence[date | None]) -> np.ndarray:
    """As instants at midnight: the engine takes no coarser unit. NumPy itself reads dates ten times slower."""
    return _times([None if value is None else (value.toordinal() - _EPOCH) * DAY for value in values])


_BY_TYPE: Mapping[str, Callable[[Sequence[Any]], np.ndarray]] = {
    "STRING": _strings,
    "INT64": _integers,
    "FLOAT64": lambda values: np.array(values, np.float64),  # None becomes NaN
    "BOOL": lambda values: np.array(values, np.bool_),
    "TIMESTAMP": _times,
    "DATE": _dates,
}


def as_list(values: Any) -> list[Any]:
    """A column of a result as Python values: times as microseconds, dates as dates, NULL as None."""
    if isinstance(values, np.ma.MaskedArray):
        plain = as_list(values.data)
        return [
            None if hidden else value for value, hidden in zip(plain, np.ma.getmaskarray(values), strict=True)
        ]
    if values.dtype.kind == "M":
        return _list_of_times(values)
    if values.dtype.kind == "O" and len(values) and isinstance(values[0], np.ndarray | list):
        return [tuple(value) for value in values]
    return list(values.tolist())


def _list_of_times(values: np.ndarray) -> list[Any]:
    if np.datetime_data(values.dtype)[0] == "D":
        return list(values.tolist())
    whole = values.astype("M8[us]").view(np.int64).tolist()
    return [None if value == _NAT else value for value in whole]


def parameters(given: Mapping[str, Any]) -> dict[str, Any]:
    """Query parameters as the engine takes them: a time (microseconds, ending in ``_at`` or ``as_of``) as one."""
    return {name: _parameter(name, value) for name, value in given.items()}


def _parameter(name: str, value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
