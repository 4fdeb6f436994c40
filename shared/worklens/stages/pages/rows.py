"""Rows of a view as structs: what a page and the API show of it."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from worklens.render.model import Columns

T = TypeVar("T")


def records(table: Columns, kind: type[T]) -> tuple[T, ...]:
    """A struct a row, from the columns named as its fields; a missing table is an empty one."""
    names = [field.name for field in msgspec.structs.fields(kind)]  # type: ignore[arg-type]
    if not table:
        return ()
    rows = zip(*(table[name] for name in names), strict=True)
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in rows)


def in_order(table: Columns, kind: type[T]) -> tuple[T, ...]:
    """The same of a view, whose rows come in any order: by their fields, so that the same numbers are the same bytes."""
    return tuple(sorted(records(table, kind), key=_fields))


def _fields(one: Any) -> list[tuple[bool, Any]]:
    return [(value is None, value) for value in msgspec.structs.astuple(one)]
