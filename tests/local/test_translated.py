"""The SQL shipped for DuckDB is what the translator makes of the views as they are."""

from __future__ import annotations

from importlib.resources import files

import pytest

from worklens.local.translated import FILE, PASTS, asked, duckdb_sql, origin, shipped, translate_all
from worklens.tasks import digest
from worklens.warehouse import catalogue
from worklens.warehouse.dialect import to_duckdb


@pytest.mark.deep
def test_what_is_shipped_is_true() -> None:
    """Every query, of now and of any past, translated anew."""
    assert files("worklens.local").joinpath(FILE).read_bytes() == translate_all()


def test_what_is_shipped_was_made_from_what_there_is() -> None:
    """Queries, tables and translator are those of which it was made. Write it anew with `make sql` where this fails."""
    assert shipped().made_from == origin()
    assert shipped().queries.keys() == {digest(sql) for sql in asked()}
    assert shipped().views.keys() == set(catalogue.order())


@pytest.mark.parametrize("past", PASTS, ids=str)
@pytest.mark.parametrize("name", ["clocks", "latest_states", "zones_of_feed"])
def test_the_pieces_make_the_translation(name: str, past: dict[str, int]) -> None:
    """To the letter, of any past; three queries for all of them, which a deep run tries."""
    sql = catalogue.query(name, **past)[0]

    assert duckdb_sql(sql) == to_duckdb(sql)


def test_another_query_is_translated_when_asked_for() -> None:
    """A tool of one's own may ask what no view does."""
    assert "task_events" in duckdb_sql("SELECT task FROM task_events")
