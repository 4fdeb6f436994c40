"""The warehouse's GoogleSQL in DuckDB's dialect, made beforehand: translating takes longer than most queries run.

``translated.json`` is written by ``python -m worklens.local.translated`` and shipped; tests keep it true. It holds every
named query, of now and of any past, in pieces, since they share most of their CTEs. What it does not hold is translated
when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import msgspec

from worklens.tasks import digest
from worklens.warehouse import catalogue, schema

FILE = "translated.json"
PIECE = re.compile(r"^(?=\))", re.MULTILINE)  # before each CTE but the first, and before what reads them
PASTS: tuple[dict[str, int], ...] = ({}, {"as_of": 0}, {"known_at": 0}, {"as_of": 0, "known_at": 0})
TRANSLATOR = (
    "dialect.py",
    "grammar.py",
    "kinds.py",
    "rewrites.py",
)  # of warehouse: what a translation follows from


class Translations(msgspec.Struct):
    """What is shipped."""

    made_from: str  # see `origin`
    pieces: list[str]
    queries: dict[str, list[int]]  # by a hash of the GoogleSQL: its pieces, to be put together as they are
    views: dict[str, str]


def duckdb_sql(sql: str) -> str:
    """The query in DuckDB's dialect."""
    return _shipped_query(sql) or _now(sql)


def view(name: str) -> str:
    """The view in DuckDB's dialect, reading the views it is made of: the engine takes that in half the time."""
    return shipped().views.get(name) or _over_views(name)


@cache
def shipped() -> Translations:
    """The content of the file; nothing where it is being made."""
    held = files("worklens.local").joinpath(FILE)
    if not held.is_file():
        return Translations("", [], {}, {})
    return msgspec.json.decode(held.read_bytes(), type=Translations)


def _shipped_query(sql: str) -> str:
    found = shipped()
    return "".join(found.pieces[number] for number in found.queries.get(digest(sql), ()))


@cache
def _now(sql: str) -> str:
    from worklens.warehouse.dialect import to_duckdb

    return to_duckdb(sql)


# ----- Making the file -----


def asked() -> Iterator[str]:
    """Every query by name, of now and of any past."""
    for past in PASTS:
        for name in sorted(catalogue.names()):
            yield catalogue.query(name, **past)[0]


def origin() -> str:
    """A hash of all that the translations follow from: the queries, the tables they read, and the translator."""
    room = files("worklens.warehouse")
    code = [room.joinpath(name).read_text(encoding="utf-8") for name in TRANSLATOR]
    columns = [
        f"{table}.{one.name} {one.google_type}" for table, held in schema.tables().items() for one in held
    ]
    return digest(*asked(), *columns, *code, version("sqlglot"))


def translate_all() -> bytes:
    """The content of the file."""
    numbers: dict[str, int] = {}  # of each piece
    made = Translations(origin(), [], {}, {name: _over_views(name) for name in sorted(catalogue.order())})
    for sql in asked():
        made.queries[digest(sql)] = [
            numbers.setdefault(piece, len(numbers)) for piece in PIECE.split(_now(sql))
        ]
    made.pieces.extend(numbers)
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def _over_views(name: str) -> str:
    """Its query over tables alone, less what other views give: each of them is a CTE there, as is the view itself."""
    from sqlglot import expressions, parse_one

    query = parse_one(_now(catalogue.query(name)[0]), dialect="duckdb")
    parts = {part.alias: part.this for part in query.find_all(expressions.CTE)}
    own: str = parts[name].sql(dialect="duckdb")
    return own


def main() -> None:
    """Write the file."""
    Path(__file__).with_name(FILE).write_bytes(translate_all())


if __name__ == "__main__":
    main()
