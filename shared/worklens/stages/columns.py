"""A query's columns as its rows."""

from __future__ import annotations

from typing import Any

from worklens.ports import Columns


def rows_of(table: Columns) -> list[dict[str, Any]]:
    """The rows one by one, each by its columns' names."""
    return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]
