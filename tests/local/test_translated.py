"""The SQL shipped for DuckDB is what the translator makes of the views as they are."""

from __future__ import annotations

from importlib.resources import files

from worklens.local.translated import FILE, duckdb_sql, translate_all


def test_what_is_shipped_is_true() -> None:
    """Write it anew with `make sql` where this fails."""
    assert files("worklens.local").joinpath(FILE).read_bytes() == translate_all()


def test_another_query_is_translated_when_asked_for() -> None:
    """A tool of one's own may ask what no view does."""
    assert "task_events" in duckdb_sql("SELECT task FROM task_events")
