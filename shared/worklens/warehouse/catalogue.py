"""What can be asked of the warehouse by name, each as one GoogleSQL query that reads nothing but tables.

A view's file names other views; here those are put before it as CTEs, so that the same text runs on both engines,
with or without views made there. The same is how a question is asked of the past:

* ``known_at`` shows each table only what had been seen by then. A run that was withdrawn later stays withdrawn.
* ``as_of`` puts the files of ``as_of/`` in the place of the views they are named after; such a file may read the view
  it replaces. They hide what happened later, however early or late it was seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from graphlib import TopologicalSorter
from hashlib import blake2b
from importlib.resources import files
from itertools import takewhile

from worklens.tasks import micros
from worklens.warehouse import schema

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COMMENT = re.compile(r"--[^\n]*\n?")
# A table or view where it is read, and whether it is given a name of its own there. IS DISTINCT FROM reads nothing.
READ = re.compile(r"\b(?<!DISTINCT )(FROM|JOIN)\s+(\w+)\b(?!\s*\()(\s+AS\b)?")
UNFILTERED = frozenset({"calendar", "zones"})  # no facts that were seen at some time
KNOWN = {"sync_runs": "seen_at <= @known_at OR status = 'withdrawn'"}


class UnknownName(KeyError):
    """Nothing in the warehouse has this name."""

    def __str__(self) -> str:
        """The name, and what there is."""
        return f"the warehouse has no {self.args[0]!r}; there are {', '.join(sorted(names()))}"


def names() -> set[str]:
    """Everything that can be asked: tables, views and queries."""
    return {*schema.tables(), *sources(), *queries()}


def sources() -> dict[str, str]:
    """The text of each view's file without comments, by its name."""
    return _plain("views")


def queries() -> dict[str, str]:
    """The text of each query's file without comments, by its name. Queries take parameters, and nothing reads them."""
    return _plain("queries")


def order() -> tuple[str, ...]:
    """The views' names, each after those it reads, the same in each process. Raises graphlib.CycleError for a circle."""
    views = sources()
    # A set's order is another in each process, and the store's fingerprint would be with it.
    return tuple(
        TopologicalSorter({name: sorted(reads(views[name]) & set(views)) for name in views}).static_order()
    )


def views() -> dict[str, str]:
    """Each view as a query over the tables alone, by its name."""
    return {name: query(name)[0] for name in order()}


def query(
    name: str, *, as_of: datetime | int | None = None, known_at: datetime | int | None = None
) -> tuple[str, dict[str, datetime]]:
    """A table, view or query by its name, as GoogleSQL over the tables, and the values of ``@as_of`` and ``@known_at``.

    Both times are aware datetimes, or microseconds since 1970; the values come back as datetimes in UTC. Other
    parameters are the query's own. Raises UnknownName, and ValueError for a time without a zone.
    """
    times = {"as_of": as_of, "known_at": known_at}
    given = {key: instant(value) for key, value in times.items() if value is not None}
    text = _composed(name, frozenset(given))
    return text, {key: value for key, value in given.items() if f"@{key}" in text}


@cache
def headings() -> dict[str, str]:
    """The first sentence of each view's file, by its name."""
    return {name: _heading(text) for name, text in _texts("views").items()}


@cache
def fingerprint() -> str:
    """A hash of all tables and views: a store made from others must be brought up to date."""
    parts = [repr(schema.tables()), *(f"{name} {text}" for name, text in views().items())]
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def instant(value: datetime | int) -> datetime:
    """An aware datetime, or microseconds since 1970, as a datetime in UTC."""
    return EPOCH + timedelta(microseconds=value if isinstance(value, int) else micros(value))


# ----- Composing -----


@cache
def _composed(name: str, times: frozenset[str]) -> str:
    """The query by its name, with the CTEs it needs; ``times`` says which of as_of and known_at bind it."""
    if name not in names():
        raise UnknownName(name)
    text = queries().get(name) or f"SELECT *\nFROM {name}"
    parts, renamed = _parts(times)
    ctes: dict[str, str] = {}
    _require(reading(text, renamed), parts, ctes)
    return _with(ctes, reading(text, renamed))


def _require(text: str, parts: Mapping[str, str], ctes: dict[str, str]) -> None:
    """Add to ``ctes`` what the text reads, each after what it reads itself."""
    for name in sorted(reads(text) & set(parts) - set(ctes)):
        _require(parts[name], parts, ctes)
        ctes[name] = parts[name]


def _parts(times: frozenset[str]) -> tuple[dict[str, str], dict[str, str]]:
    """All that can be a CTE, by its name, and how tables are called where only a part of them is shown."""
    tables = _known_tables() if "known_at" in times else {}
    renamed = {table: f"known_{table}" for table in tables}
    parts = {renamed[table]: text for table, text in tables.items()}
    overlays = _plain("as_of") if "as_of" in times else {}
    for view, text in sources().items():
        place = f"{view}_ever" if view in overlays else view
        parts[place] = reading(text, renamed)
    for view, text in overlays.items():
        parts[view] = reading(text, renamed | {view: f"{view}_ever"})
    return parts, renamed


def _known_tables() -> dict[str, str]:
    """Each table as it stood at @known_at."""
    return {
        table: f"SELECT *\nFROM {table}\nWHERE {KNOWN.get(table, 'seen_at <= @known_at')}"
        for table in schema.tables()
        if table not in UNFILTERED
    }


def _with(ctes: Mapping[str, str], text: str) -> str:
    """The text with CTEs before its own."""
    if not ctes:
        return text
    first = ",\n".join(f"{name} AS (\n{_indented(body)}\n)" for name, body in ctes.items())
    own = text.removeprefix("WITH ")
    return f"WITH {first},\n{own}" if own != text else f"WITH {first}\n{text}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


# ----- Reading the files -----


def reads(text: str) -> set[str]:
    """The names after FROM and JOIN: tables, views, and the query's own CTEs."""
    return {match[2] for match in READ.finditer(text)}


def reading(text: str, names: Mapping[str, str]) -> str:
    """The text reading other tables, under the same names as before: for each name, what stands in its place."""

    def rename(match: re.Match[str]) -> str:
        word, name, alias = match.groups()
        if name not in names:
            return match[0]
        return f"{word} {names[name]}{alias or f' AS {name}'}"

    return READ.sub(rename, text)


def _plain(folder: str) -> dict[str, str]:
    """The SQL files of a folder beside this module, by their names, without comments."""
    return {name: COMMENT.sub("", text).strip() for name, text in _texts(folder).items()}


@cache
def _texts(folder: str) -> dict[str, str]:
    found = files("worklens.warehouse").joinpath(folder).iterdir()
    texts = {path.name: path.read_text(encoding="utf-8") for path in found if path.name.endswith(".sql")}
    return {name.removesuffix(".sql"): texts[name] for name in sorted(texts)}


def _heading(text: str) -> str:
    """The comment a file begins with, up to its first full stop."""
    lines = takewhile(lambda line: line.startswith("--"), text.splitlines())
    return (
        " ".join(line.removeprefix("--").strip() for line in lines).partition(". ")[0].removesuffix(".") + "."
    )
