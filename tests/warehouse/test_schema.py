"""Table schemas: BigQuery's JSON read strictly, and DuckDB tables made from it."""

from __future__ import annotations

import duckdb
import pytest

from worklens.warehouse import schema
from worklens.warehouse.schema import Column, SchemaError


def test_reads_bigquerys_form() -> None:
    """Mode and description may be left out; a column is then nullable."""
    text = '[{"name": "day", "type": "DATE", "mode": "REQUIRED", "description": "d"}, {"name": "n", "type": "INT64"}]'

    assert schema.read(text, "t.json") == (Column("day", "DATE", "REQUIRED", "d"), Column("n", "INT64"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[{"name": "a", "type": "DATETIME"}]', "Invalid enum value 'DATETIME' - at `$[0].type`"),
        ('[{"name": "a", "type": "STRING", "mod": "REQUIRED"}]', "unknown field `mod`"),
        ('[{"name": "a b", "type": "STRING"}]', "'a b' is no column name"),
        ('[{"name": "a\\"", "type": "STRING"}]', "is no column name"),
        ('[{"name": "a", "type": "STRING"}, {"name": "a", "type": "DATE"}]', "the column a is there 2 times"),
        ('[{"name": "a"}', "t.json"),
    ],
)
def test_an_unreadable_schema_names_the_file_and_the_fault(text: str, says: str) -> None:
    """The error says which file and what in it is wrong."""
    with pytest.raises(SchemaError, match=r"^t\.json: ") as caught:
        schema.read(text, "t.json")

    assert says in str(caught.value)


def test_every_type_holds_its_values_in_duckdb() -> None:
    """What goes into a column of each type comes out as it was; the column has the type we say."""
    types = list(schema.DUCKDB_TYPES)
    columns = [Column(f"c{n}", name) for n, name in enumerate(types)]  # type: ignore[arg-type]
    columns += [Column(f"a{n}", name, "REPEATED") for n, name in enumerate(types)]  # type: ignore[arg-type]
    with duckdb.connect() as connection:
        connection.execute(schema.create_table("t", columns))
        described = connection.execute("DESCRIBE t").fetchall()

    assert [row[1] for row in described] == [column.duckdb_type for column in columns]


def test_required_is_never_null_and_an_array_is_at_least_empty() -> None:
    """BigQuery refuses NULL in a REQUIRED column, and reads a missing array as an empty one."""
    columns = [
        Column("id", "STRING", "REQUIRED"),
        Column("labels", "STRING", "REPEATED"),
        Column("n", "INT64"),
    ]
    with duckdb.connect() as connection:
        connection.execute(schema.create_table("t", columns))
        connection.execute("INSERT INTO t (id) VALUES ('a')")

        assert connection.execute("SELECT * FROM t").fetchall() == [("a", [], None)]
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("INSERT INTO t (labels) VALUES (['x'])")
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("INSERT INTO t (id, labels) VALUES ('a', NULL)")


def test_a_table_is_made_once() -> None:
    """Making a table that is there already leaves its rows alone."""
    columns = [Column("id", "STRING")]
    with duckdb.connect() as connection:
        connection.execute(schema.create_table("t", columns))
        connection.execute("INSERT INTO t VALUES ('a')")
        connection.execute(schema.create_table("t", columns))

        assert connection.execute("SELECT COUNT(*) FROM t").fetchall() == [(1,)]


def test_all_tables_of_the_warehouse_can_be_made() -> None:
    """Every schema file is readable, says what each column is, and makes a table with its columns in order."""
    tables = schema.tables()

    assert {"task_states", "task_events", "raw_records", "quarantine", "sync_runs"} <= set(tables)
    with duckdb.connect() as connection:
        for name, columns in tables.items():
            connection.execute(schema.create_table(name, columns))
            described = connection.execute(f"DESCRIBE {name}").fetchall()

            assert [row[0] for row in described] == [column.name for column in columns]
            assert all(column.description for column in columns), name
