"""The warehouse's GoogleSQL in DuckDB's dialect, made beforehand: translating takes longer than most queries run.

``translated.json`` is written by ``python -m worklens.local.translated`` and shipped; a test keeps it true. What it
does not hold is translated when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from worklens.tasks import digest
from worklens.warehouse import catalogue

FILE = "translated.json"


def duckdb_sql(sql: str) -> str:
    """The query in DuckDB's dialect."""
    return _shipped().get(digest(sql)) or _now(sql)


@cache
def _shipped() -> dict[str, str]:
    held = files("worklens.local").joinpath(FILE)
    return msgspec.json.decode(held.read_bytes(), type=dict[str, str]) if held.is_file() else {}


@cache
def _now(sql: str) -> str:
    from worklens.warehouse.dialect import to_duckdb

    return to_duckdb(sql)


def asked() -> Iterator[str]:
    """Every query by name, and those that each run asks as of what was known."""
    for name in sorted(catalogue.names()):
        yield catalogue.query(name)[0]
    for name in ("clock_of_feed", "lives"):
        yield catalogue.query(name, known_at=0)[0]


def view(name: str) -> str:
    """The view in DuckDB's dialect, reading the views it is made of: the engine takes that in half the time."""
    return _shipped().get(f"view {name}") or _over_views(name)


def _over_views(name: str) -> str:
    """Its query over tables alone, less what other views give: each of them is a CTE there, as is the view itself."""
    from sqlglot import expressions, parse_one

    query = parse_one(duckdb_sql(catalogue.query(name)[0]), dialect="duckdb")
    parts = {part.alias: part.this for part in query.find_all(expressions.CTE)}
    own: str = parts[name].sql(dialect="duckdb")
    return own


def translate_all() -> bytes:
    """The content of the file."""
    found = {digest(sql): _now(sql) for sql in asked()}
    found |= {f"view {name}": _over_views(name) for name in catalogue.order()}
    return msgspec.json.format(msgspec.json.encode(dict(sorted(found.items()))), indent=1) + b"\n"


def main() -> None:
    """Write the file."""
    Path(__file__).with_name(FILE).write_bytes(translate_all())


if __name__ == "__main__":
    main()
