"""The warehouse's own views and queries stand in the dialect's subset, and run on DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from worklens.warehouse import catalogue, dialect, schema

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TIMES: list[dict[str, Any]] = [{}, {"as_of": NOW, "known_at": NOW}]


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse's tables, empty."""
    with duckdb.connect() as made:
        for name, columns in schema.tables().items():
            made.execute(schema.create_table(name, columns))
        yield made


@pytest.mark.parametrize("name", sorted(catalogue.sources()))
def test_every_view_gives_what_it_promises(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    """All that a view uses is in the list, its columns have names of their own, and DuckDB gives them the same types."""
    sql = catalogue.views()[name]
    promised = dialect.columns(sql)
    described = warehouse.execute(f"DESCRIBE {dialect.to_duckdb(sql)}").fetchall()

    assert [(line[0], line[1]) for line in described] == [
        (column.name, column.duckdb_type) for column in promised
    ]
    assert len({column.name for column in promised if not column.name.startswith("_")}) == len(promised)


@pytest.mark.parametrize("times", TIMES, ids=lambda times: " ".join(times) or "now")
@pytest.mark.parametrize("name", sorted(catalogue.names()))
def test_everything_that_can_be_asked_is_in_the_subset(name: str, times: dict[str, Any]) -> None:
    """All that tables, views and queries use is in the list, also when asked of the past."""
    sql, _ = catalogue.query(name, **times)

    dialect.check(sql)
