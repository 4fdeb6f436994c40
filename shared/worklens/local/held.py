"""Views that the questions of a session have in common, made once and held as tables in the engine's own memory.

A named query carries the views it reads as CTEs, down to the tables, and the engine plans and runs them anew for each
question. Where many follow, what stands under them is made by the first that needs it, for each time asked of.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import duckdb

# What takes longer to make than to read, and is read by several questions.
HELD = frozenset(
    {
        "attention",
        "clocks",
        "flow_by_list",
        "forecast_grades",
        "forecast_ledger",
        "latest_collections",
        "latest_links",
        "latest_states",
        "latest_zones",
        "open_tasks",
        "record_ends",
        "settled_runs",
        "task_spans",
        "zone_days",
    }
)
CTE = re.compile(r'^(?:WITH|\),) "(\w+)" AS \(\n', re.MULTILINE)  # as the translator writes them
END = "\n)\n"  # of the last one
READ = re.compile(r'\b(?:FROM|JOIN) "(\w+)"')


class Parts(NamedTuple):
    """A query's CTEs by name, each after those it reads, and what reads them."""

    ctes: Mapping[str, str]
    own: str


class Held:
    """What one connection holds. The facts must stand still meanwhile."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.made: dict[tuple[Any, Any], dict[str, str]] = {}  # by time: each view's table

    def over(self, parts: Parts, given: Mapping[str, Any], kept: dict[str, str]) -> str:
        """The query over what is held of the times in ``given``; what is missing is made, but for what is kept elsewhere."""
        tables = ChainMap(self.made.setdefault(times(given), {}), kept)
        self._ready(parts.own, parts.ctes, tables, given)
        return over(parts.own, parts.ctes, tables)

    def let_go(self) -> None:
        """Drop the tables."""
        for tables in self.made.values():
            for table in tables.values():
                self.connection.execute(f"DROP TABLE {table}")
        self.made = {}

    def _ready(
        self, text: str, ctes: Mapping[str, str], tables: MutableMapping[str, str], given: Mapping[str, Any]
    ) -> None:
        """Make what is to be held of all that the text reads."""
        for name in _read(text, ctes, tables):
            self._ready(ctes[name], ctes, tables, given)
            if name in HELD and name not in tables:
                text = f"SELECT * FROM (\n{ctes[name]}\n)"  # noqa: S608 - our own texts
                tables[name] = self._make(over(text, ctes, tables), given)

    def _make(self, sql: str, given: Mapping[str, Any]) -> str:
        table = f"temp.held_{sum(map(len, self.made.values()))}"
        self.connection.execute(f"CREATE TEMP TABLE {table} AS {sql}", named(sql, given))
        return table


def times(given: Mapping[str, Any]) -> tuple[Any, Any]:
    """Of a query's parameters ``as_of`` and ``known_at``, None for now."""
    return given.get("as_of"), given.get("known_at")


def named(sql: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that the text names: others are refused."""
    return {key: value for key, value in given.items() if re.search(rf"\${key}\b", sql)}


@lru_cache(maxsize=256)
def parted(sql: str) -> Parts:
    """A translated query in its parts."""
    found = list(CTE.finditer(sql))
    if not found:
        return Parts({}, sql)
    end = sql.index(END, found[-1].end())
    stops = [*(one.start() for one in found[1:]), end]
    ctes = {one[1]: sql[one.end() : stop] for one, stop in zip(found, stops, strict=True)}
    return Parts(ctes, sql[end + len(END) :])


def _read(text: str, ctes: Mapping[str, str], tables: Mapping[str, str]) -> list[str]:
    """The CTEs that the text reads and that are no tables yet."""
    read = dict.fromkeys(READ.findall(text))
    return [name for name in read if name in ctes and name not in tables]


def over(text: str, ctes: Mapping[str, str], tables: Mapping[str, str]) -> str:
    """The text with the CTEs that it needs, those that are held as short as can be."""
    needed: set[str] = set()
    todo = [text]
    while todo:
        new = {name for name in READ.findall(todo.pop()) if name in ctes} - needed
        needed |= new
        todo += [ctes[name] for name in new if name not in tables]
    parts = [f'"{name}" AS {_cte(name, ctes, tables)}' for name in ctes if name in needed]
    return f"WITH {', '.join(parts)}\n{text}" if parts else text


def _cte(name: str, ctes: Mapping[str, str], tables: Mapping[str, str]) -> str:
    if name in tables:
        return f"NOT MATERIALIZED (SELECT * FROM {tables[name]})"  # noqa: S608 - our own names
    return f"(\n{ctes[name]}\n)"
