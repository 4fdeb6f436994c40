"""What `worklens.open` gives: the tables, views and metrics of one data directory, as DuckDB, NumPy, pandas or polars.

It works on a copy of the store, taken between two units of work and deleted when it is closed: nobody has to wait for
whoever reads, and nothing that is done here changes the store.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

from worklens.local.database import Database
from worklens.local.paths import Paths, data_directory
from worklens.local.state import LocalState
from worklens.local.store import prepare
from worklens.local.translated import duckdb_sql
from worklens.local.warehouse import LocalSession, LocalWarehouse
from worklens.warehouse import catalogue, schema
from worklens.warehouse.described import described
from worklens.warehouse.metrics import metrics

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pandas as pd
    import polars as pl

    from worklens.ports import Feed


class Work:
    """A data directory as it was when it was opened; ``refresh`` looks again.

    ``name`` is a table, a view, or a metric as `worklens metrics` lists them. ``as_of`` shows what had happened by then,
    ``known_at`` only what had been seen by then; both are instants with a zone.
    """

    def __init__(self, data_dir: str | os.PathLike[str] | None = None) -> None:
        """Copy the store. Raises FileNotFoundError and Busy."""
        self.paths = Paths(data_directory(data_dir))
        self._take()

    def refresh(self) -> None:
        """Take the store as it is by now; relations made before end."""
        self.close()
        self._take()

    def close(self) -> None:
        """Delete the copy."""
        self._end()

    @property
    def tables(self) -> tuple[str, ...]:
        """What was seen, in rows that are only ever added to."""
        return tuple(schema.tables())

    @property
    def views(self) -> tuple[str, ...]:
        """What it comes to."""
        return tuple(sorted(catalogue.order()))

    @property
    def metrics(self) -> tuple[str, ...]:
        """The numbers that docs/metrics.md explains; some are computed and no view."""
        return tuple(metrics())

    def columns(self, name: str) -> dict[str, str]:
        """What each column is. Raises UnknownName."""
        if name in metrics():
            return dict(metrics()[name].columns)
        if name in described():
            return {field.name: field.description for field in described()[name].fields}
        return {column.name: column.description for column in schema.tables()[self._known(name)]}

    def sql(self, query: str, parameters: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        """The answer to a question in DuckDB's SQL; ``$name`` stands for a parameter."""
        return self._connection.cursor().sql(query, params=dict(parameters) if parameters else None)

    def relation(
        self, name: str, *, as_of: datetime | None = None, known_at: datetime | None = None
    ) -> duckdb.DuckDBPyRelation:
        """All rows, in no order, for DuckDB to go on with. Raises UnknownName, and ValueError for a time without a zone."""
        metric = metrics().get(name)
        if metric and not metric.view:
            return self._computed(name, as_of=as_of, known_at=known_at)
        view = metric.view if metric else self._known(name)
        text, given = catalogue.query(view, as_of=as_of, known_at=known_at)
        return self.sql(duckdb_sql(text), {key: value.replace(tzinfo=None) for key, value in given.items()})

    def numpy(self, name: str, **when: datetime) -> dict[str, np.ndarray]:
        """All rows, an array a column; masked or NaN where something is unknown, days datetime64[D], instants in UTC."""
        rows = self.relation(name, **when)
        days = {column for column, kind in zip(rows.columns, rows.types, strict=True) if str(kind) == "DATE"}
        return {
            column: values.astype("M8[D]") if column in days else values
            for column, values in rows.fetchnumpy().items()
        }

    def pandas(self, name: str, **when: datetime) -> pd.DataFrame:
        """All rows as a frame of pandas, which has to be installed."""
        return self.relation(name, **when).df()

    def polars(self, name: str, **when: datetime) -> pl.DataFrame:
        """All rows as a frame of polars, which has to be installed, with pyarrow."""
        frame: pl.DataFrame = self.relation(name, **when).pl()
        return frame

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Delete the copy."""
        self.close()

    # ----- The copy -----

    def _take(self) -> None:
        if not self.paths.warehouse.exists():
            raise FileNotFoundError(
                f"There is nothing in {self.paths.root} yet: worklens import takes in a file, and worklens demo makes an example."
            )
        folder = TemporaryDirectory(prefix="worklens-")  # which goes with whoever forgets to close
        self._copy = Paths(Path(folder.name))
        LocalWarehouse(self.paths.warehouse, self.paths.backups, duckdb_sql, bool).copy_to(
            self._copy.warehouse
        )
        self._connection = _connected(self._copy)
        self._end: Callable[[], object] = weakref.finalize(self, _let_go, self._connection, folder)

    def _feeds(self) -> list[Feed]:
        """The accounts with their settings, from a copy of the state."""
        if not self._copy.state.exists():
            address = f"{self.paths.state.as_uri()}?mode=ro"
            with (
                closing(sqlite3.connect(address, uri=True)) as here,
                closing(sqlite3.connect(self._copy.state)) as there,
            ):
                here.backup(there)
        database = Database(self._copy.state, self._copy.backups)
        try:
            return LocalState(database).feeds()
        finally:
            database.close()

    def _computed(self, name: str, **when: datetime | None) -> duckdb.DuckDBPyRelation:
        """A metric that takes more than a query, as a relation like any other."""
        import numpy as np

        from worklens.stages.measures import measured

        given: dict[str, Any] = {key: value for key, value in when.items() if value is not None}
        session = LocalSession(self._connection.cursor(), duckdb_sql)
        rows = measured(name, session, self._feeds(), **given)
        columns = {key: np.array(rows.get(key, []), object) for key in metrics()[name].columns}
        cursor = self._connection.cursor()
        cursor.register("computed", columns)
        return cursor.sql("FROM computed")

    def _known(self, name: str) -> str:
        """The name of a table or a view. Raises UnknownName."""
        if name not in self.tables and name not in self.views:
            raise catalogue.UnknownName(name)
        return name


def _connected(copy: Paths) -> duckdb.DuckDBPyConnection:
    """The copy, with the views that this version knows."""
    import duckdb

    connection = duckdb.connect(copy.warehouse)
    prepare(connection, copy.warehouse, copy.backups)
    return connection


def _let_go(connection: duckdb.DuckDBPyConnection, folder: TemporaryDirectory[str]) -> None:
    connection.close()
    folder.cleanup()
