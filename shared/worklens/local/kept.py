"""Views that most questions read, kept as tables in the store until a run, a link or a zone is added.

Who scores a run asks for them to be made, and all that is asked afterwards reads tables. They are no facts: what they were
made of is counted beside them, and where the counts are others they are as good as not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

    from worklens.local.held import Parts

KEPT = ("open_tasks", "task_spans")
SOURCES = ("collections", "links", "sync_runs", "task_states", "zones")  # of these views
LEAST = 2_000  # states: of fewer, a view is planned and read within the time that it takes to make a table
SCHEMA = "kept"

_COUNTS = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in SOURCES)  # noqa: S608 - our own names
_SEEN = [table for table in SOURCES if table != "zones"]  # which nobody hides from an earlier day
_NEWEST = ", ".join(f"(SELECT MAX(seen_at) FROM {table})" for table in _SEEN)  # noqa: S608 - as above
# Rows are only ever added; where somebody is forgotten, all of this goes.
_MARK = f"concat_ws(' ', '{' '.join(KEPT)}', {_COUNTS})"
_MAKE = f"INSERT OR REPLACE INTO store SELECT '{SCHEMA}', concat_ws('@', {_MARK}, greatest({_NEWEST}))"
# A version that keeps other views, or marks them otherwise, is not misread.
_PARTS = "split_part(value, '@', 1), TRY_CAST(split_part(value, '@', 2) AS TIMESTAMP)"
_MADE = f"SELECT {_PARTS} FROM store WHERE name = '{SCHEMA}'"  # noqa: S608 - as above


class Kept:
    """What is kept in an open store, looked up once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.newest: Any = None  # when the newest fact of the sources was seen
        self.found: dict[str, str] | None = None  # each view's table

    def tables(self, parts: Parts, times: tuple[Any, Any]) -> dict[str, str]:
        """Each kept view's table, where the query reads any and means those of these times (``as_of``, ``known_at``)."""
        as_of, known_at = times
        if as_of is not None or not any(name in parts.ctes for name in KEPT):
            return {}
        found = self._found()
        # Where all had been seen by then, what was known then is what is known now.
        return found if known_at is None or (found and self.newest <= known_at) else {}

    def make(self, parts: dict[str, str]) -> None:
        """Make the tables of these queries over tables, where there is enough to be worth it, and mark what they are of."""
        if self._found() or self._small():
            return
        self.connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        for name, sql in parts.items():
            self.connection.execute(f'CREATE OR REPLACE TABLE {SCHEMA}."{name}" AS {sql}')
        self.connection.execute(_MAKE)
        self.found = None

    def _small(self) -> bool:
        ((states,),) = self.connection.execute("SELECT COUNT(*) FROM task_states").fetchall()
        return int(states) < LEAST

    def _found(self) -> dict[str, str]:
        if self.found is None:
            made = self.connection.execute(_MADE).fetchall()  # most stores are small, and have none
            self.found = self._true(*made[0]) if made else {}
        return self.found

    def _true(self, mark: str, newest: Any) -> dict[str, str]:
        """The tables, where the mark says of what they are what is there."""
        self.newest = newest
        there = self.connection.execute(f"SELECT {_MARK}").fetchall()
        return {name: f'{SCHEMA}."{name}"' for name in KEPT} if there == [(mark,)] else {}


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep nothing."""
    # The mark first: one that outlived its tables would be believed.
    connection.execute(f"DELETE FROM store WHERE name = '{SCHEMA}'")  # noqa: S608 - our own name
    connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
