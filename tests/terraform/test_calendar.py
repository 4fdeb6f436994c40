"""The statement that fills the calendar in BigQuery, beside the rows that DuckDB's gets."""

from __future__ import annotations

from pathlib import Path

import duckdb
import sqlglot

from worklens.warehouse.calendar import calendar_rows

STATEMENT = Path(__file__).resolve().parents[2] / "terraform" / "calendar.sql"


def test_the_calendar_is_the_same_everywhere() -> None:
    """All its days, weekdays, weeks and months; and a second time nothing is added."""
    text = STATEMENT.read_text(encoding="utf-8").replace("${dataset}", "worklens")
    (statement,) = sqlglot.transpile(text, read="bigquery", write="duckdb")
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA worklens")
        connection.execute("CREATE TABLE worklens.calendar (day DATE, weekday BIGINT, week DATE, month DATE)")
        connection.execute(statement)
        connection.execute(statement)
        rows = connection.execute(
            "SELECT day, weekday, week, month FROM worklens.calendar ORDER BY day"
        ).fetchall()

    assert rows == list(zip(*calendar_rows().values(), strict=True))
