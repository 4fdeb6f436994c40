"""Questions to the warehouse with a condition: a view by its name, cut in the engine and not in Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.local.warehouse import LocalSession

OF_ACCOUNT = "($account = '' OR account = $account OR starts_with(account, $account || '/'))"
"""The rows of one account, or of all within it; of everyone where none is named."""

Rows = dict[str, list[Any]]


def ask(session: LocalSession, view: str, rest: str = "", *, columns: str = "*", **params: Any) -> Rows:
    """Columns of a view or table; ``rest`` is what stands after FROM, its values given as ``$name``.

    Times are microseconds since 1970, dates are dates, NULL is None.
    """
    from worklens.local.columns import as_list
    from worklens.local.warehouse import fetched
    from worklens.warehouse import catalogue

    text, _ = catalogue.query(view)
    sql = f"SELECT {columns} FROM ({session.translate(text)}) AS asked {rest}"  # noqa: S608 - our own texts
    found = fetched(session.connection.execute(sql, params or None))
    return {name: as_list(values) for name, values in found.items()}


def records(rows: Rows) -> Iterator[dict[str, Any]]:
    """The rows one by one."""
    for values in zip(*rows.values(), strict=True):
        yield dict(zip(rows, values, strict=True))
