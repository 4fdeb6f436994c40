"""Questions to the warehouse with a condition: a view by its name, cut in the engine and not in Python.

What stands in them is SQL that DuckDB and BigQuery read alike; a test asks each of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.stages.care import Asked

OF_ACCOUNT = "($account = '' OR account = $account OR STARTS_WITH(account, CONCAT($account, '/')))"
"""The rows of one account, or of all within it; of everyone where none is named."""

Rows = dict[str, list[Any]]


def ask(session: Asked, view: str, rest: str = "", *, columns: str = "*", **params: Any) -> Rows:
    """Columns of a view or table; ``rest`` is what stands after FROM, its values given as ``$name``.

    Times are microseconds since 1970, dates are dates, NULL is None.
    """
    return session.ask(view, rest, columns=columns, **params)


def records(rows: Rows) -> Iterator[dict[str, Any]]:
    """The rows one by one."""
    for values in zip(*rows.values(), strict=True):
        yield dict(zip(rows, values, strict=True))


def accounts(session: Asked) -> list[str]:
    """Every account of which a task was seen, and every feed that was pulled."""
    people = ask(session, "task_states", columns="DISTINCT account")["account"]
    feeds = ask(session, "sync_runs", columns="DISTINCT feed")["feed"]
    return sorted({*people, *feeds})
