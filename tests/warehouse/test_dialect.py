"""The dialect: what is allowed means on DuckDB what it means on BigQuery, and what isn't is refused with a remedy."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import files
from typing import Any

import duckdb
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from worklens.warehouse import dialect, schema
from worklens.warehouse.dialect import DialectError
from worklens.warehouse.grammar import ALLOWED, CLAUSES, FUNCTIONS, OPERATORS
from worklens.warehouse.rewrites import REWRITES
from worklens.warehouse.schema import DUCKDB_TYPES, Column

GOLDEN = json.loads(files("worklens.warehouse").joinpath("golden/subset.json").read_text(encoding="utf-8"))
NAMES = {rule.name for rule in ALLOWED.values()} - {""}
TABLES = {
    "t": (
        Column("a", "STRING"),
        Column("b", "BOOL"),
        Column("d", "DATE"),
        Column("f", "FLOAT64"),
        Column("n", "INT64"),
        Column("at", "TIMESTAMP"),
        Column("labels", "STRING", "REPEATED"),
    ),
    "u": (Column("a", "STRING"), Column("m", "INT64")),
}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        for name, columns in TABLES.items():
            made.execute(schema.create_table(name, columns))
        yield made


def value_of(written: Any) -> Any:
    """A value of a golden row, where dates and instants are written as {"date": ...} and {"timestamp": ...}."""
    if not isinstance(written, dict):
        return written
    ((kind, text),) = written.items()
    return date.fromisoformat(text) if kind == "date" else datetime.fromisoformat(text)


def parameters_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value_of(value) for name, value in row.get("parameters", {}).items()}


def same(given: Any, wanted: Any) -> bool:
    """Equal and of one type: 2 is not 2.0, nor is a date an instant."""
    if isinstance(given, float) and isinstance(wanted, float):
        return math.isclose(given, wanted, rel_tol=1e-15)
    return type(given) is type(wanted) and given == wanted


def outcome(connection: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> Any:
    """What DuckDB gives for a golden row's SQL: the types of the columns and the rows, or its error."""
    try:
        result = connection.execute(dialect.to_duckdb(row["sql"], {}), parameters_of(row))
        return [str(column[1]) for column in result.description], result.fetchall()
    except duckdb.Error as error:
        return error


def agrees(given: Any, row: Mapping[str, Any]) -> bool:
    """The outcome is the golden rows, in columns of the foretold types, or an error where they say so."""
    if isinstance(given, duckdb.Error) or row.get("fails"):
        return isinstance(given, duckdb.Error) and bool(row.get("fails"))
    types, rows = given
    wanted = [[value_of(value) for value in values] for values in row["rows"]]
    return types == foretold(row) and len(rows) == len(wanted) and all(map(all_same, rows, wanted))


def all_same(given: Sequence[Any], wanted: Sequence[Any]) -> bool:
    return len(given) == len(wanted) and all(map(same, given, wanted))


def foretold(row: Mapping[str, Any]) -> list[str]:
    """The DuckDB types of the columns, by what the dialect says BigQuery makes them."""
    return [column.duckdb_type for column in dialect.columns(row["sql"], {})]


def kinds_in(sql: str) -> set[type]:
    """The kinds of nodes in the syntax tree."""
    return {type(node) for node in sqlglot.parse_one(sql, read="bigquery").walk()}


def label(row: Mapping[str, Any]) -> str:
    return f"{row['function']}: {row['why']}"


# ----- Golden rows -----


@pytest.mark.parametrize("row", GOLDEN, ids=label)
def test_duckdb_gives_the_golden_rows(connection: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> None:
    """What was derived by hand from BigQuery's documentation is what the translation gives, types included.

    A column that BigQuery calls INT64 is BIGINT in DuckDB, not the 32 or 128 bits that it would choose itself.
    """
    given = outcome(connection, row)

    assert agrees(given, row), f"{given!r} for {dialect.to_duckdb(row['sql'], {})}"


@pytest.mark.parametrize("row", GOLDEN, ids=label)
def test_a_golden_row_uses_what_it_is_about(row: Mapping[str, Any]) -> None:
    """The syntax tree of a golden row has the function it is filed under."""
    assert row["function"] in {ALLOWED[kind].name for kind in kinds_in(row["sql"])}


def test_everything_allowed_has_golden_rows() -> None:
    """Nothing enters the list without rows that show what it gives."""
    assert {row["function"] for row in GOLDEN} == NAMES
    assert (
        len(NAMES)
        == len({rule.name for part in (CLAUSES, OPERATORS, FUNCTIONS) for rule in part.values()}) + 2
    )


@pytest.mark.parametrize(
    "node",
    sorted(REWRITES.keys() - {exp.Coalesce}, key=str),
    ids=str,
)
def test_plain_translation_fails_where_we_rewrite(
    connection: duckdb.DuckDBPyConnection, node: type[exp.Expr], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rewrite is needed: some golden row with such a node goes wrong without it."""
    monkeypatch.delitem(REWRITES, node)

    assert not all(agrees(outcome(connection, row), row) for row in GOLDEN if node in kinds_in(row["sql"]))


# ----- Against Python -----

EPOCH = datetime.fromisoformat("1970-01-01")  # instants are naive UTC, as DuckDB holds them
INSTANTS = st.datetimes(max_value=datetime.fromisoformat("9999-12-30"))
DAYS = st.dates(date(1600, 1, 1), date(2400, 1, 1))
WHOLE = st.integers(-(10**12), 10**12)


def answer(connection: duckdb.DuckDBPyConnection, sql: str, **parameters: Any) -> Any:
    row = connection.execute(dialect.to_duckdb(sql, {}), parameters).fetchone()
    assert row
    return row[0]


@given(at=INSTANTS)
def test_unix_seconds_rounds_down(connection: duckdb.DuckDBPyConnection, at: datetime) -> None:
    """UNIX_SECONDS is the floor of the seconds since 1970, and TIMESTAMP_SECONDS leads back to the whole second."""
    seconds = (at - EPOCH) // timedelta(seconds=1)

    assert answer(connection, "SELECT UNIX_SECONDS(CAST(@at AS TIMESTAMP))", at=at) == seconds
    assert answer(connection, "SELECT TIMESTAMP_SECONDS(CAST(@n AS INT64))", n=seconds) == at.replace(
        microsecond=0
    )


@given(a=WHOLE, b=WHOLE.filter(bool))
def test_div_and_mod_go_towards_zero(connection: duckdb.DuckDBPyConnection, a: int, b: int) -> None:
    """DIV drops the fraction, and MOD is what remains, with the sign of the first."""
    quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)

    assert answer(connection, "SELECT DIV(CAST(@a AS INT64), CAST(@b AS INT64))", a=a, b=b) == quotient
    assert (
        answer(connection, "SELECT MOD(CAST(@a AS INT64), CAST(@b AS INT64))", a=a, b=b) == a - b * quotient
    )


@given(x=st.one_of(st.floats(-1e9, 1e9), WHOLE.map(lambda n: n % 1000 + 0.5)))
def test_round_sends_ties_away_from_zero(connection: duckdb.DuckDBPyConnection, x: float) -> None:
    """ROUND as Decimal does it with ROUND_HALF_UP, which is away from zero."""
    wanted = int(Decimal(x).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    assert answer(connection, "SELECT CAST(ROUND(CAST(@x AS FLOAT64)) AS INT64)", x=x) == wanted


@given(day=DAYS, n=st.integers(-100_000, 100_000))
def test_dates_count_days(connection: duckdb.DuckDBPyConnection, day: date, n: int) -> None:
    """Adding, subtracting and numbering days agree with Python's calendar."""
    there = day + timedelta(days=n)
    sql = "SELECT DATE_ADD(CAST(@day AS DATE), INTERVAL CAST(@n AS INT64) DAY)"

    assert answer(connection, sql, day=day, n=n) == there
    assert answer(connection, sql.replace("ADD", "SUB"), day=there, n=n) == day
    assert (
        answer(connection, "SELECT DATE_DIFF(CAST(@a AS DATE), CAST(@b AS DATE), DAY)", a=there, b=day) == n
    )
    assert answer(connection, "SELECT UNIX_DATE(CAST(@day AS DATE))", day=day) == day.toordinal() - 719163


# ----- What is refused -----

EXPRESSIONS = {
    "n / 2": "/: Use SAFE_DIVIDE(a, b)",
    "n % 2": "%: Use MOD(a, b)",
    "n::STRING": ":::",
    "a LIKE 'b%'": "LIKE: Use STARTS_WITH",
    "LOWER(a)": "LOWER: Fold case before storing",
    "EXTRACT(DAYOFWEEK FROM d)": "EXTRACT: Take weekday, week and month from the table calendar",
    "DATE_TRUNC(d, WEEK)": "DATE_TRUNC: Take week and month from the table calendar",
    "TIMESTAMP_DIFF(at, at, DAY)": "TIMESTAMP_DIFF: Subtract UNIX_SECONDS",
    "ARRAY_AGG(a ORDER BY n LIMIT 1)": "ARRAY_AGG: Take the first row by QUALIFY",
    "CURRENT_TIMESTAMP()": "CURRENT_TIMESTAMP: A view doesn't read the clock",
    "SAFE_CAST(a AS INT64)": "SAFE_CAST: Text is parsed before it is stored",
    "SAFE.DIV(1, 0)": "SAFE.: ",
    "ANY_VALUE(n)": "ANY_VALUE: Use MIN or MAX",
    "MAX_BY(a, n)": "MAX_BY: Take the row by QUALIFY",
    "EXISTS (SELECT 1)": "EXISTS: Use IN",
    "RANK() OVER (ORDER BY n)": "RANK: It is not in the subset",
    "made_up(a)": "MADE_UP: It is not in the subset",
    "STRUCT(n)": "STRUCT: It is not in the subset",
    "labels[OFFSET(0)]": "BRACKET: It is not in the subset",
    "[1, 2]": "An array may be written only inside UNNEST",
    "at + INTERVAL 1 SECOND": "Use DATE_ADD(x, INTERVAL n DAY) or TIMESTAMP_ADD",
    "SUM(DISTINCT n)": "DISTINCT may stand only after SELECT and in COUNT",
    "COUNT(DISTINCT a, n)": "COUNT(DISTINCT x) takes one expression",
    "COUNT(DISTINCT a) OVER (ORDER BY n)": "takes no ORDER BY in OVER",
    "ROUND(f, 2)": "ROUND: Round when the number is shown",
    "ROUND(n)": "ROUND: It takes FLOAT64, and `t`.`n` is INT64",
    "DATE(at, 'Europe/Berlin')": "DATE: Add the zone's offset",
    "DATE(a)": "DATE: It takes TIMESTAMP, and `t`.`a` is STRING",
    "UNIX_SECONDS(d)": "UNIX_SECONDS: It takes TIMESTAMP",
    "CONCAT(a, f)": "CONCAT: It takes STRING",
    "SUM(b)": "SUM: It takes FLOAT64 or INT64",
    "MAX(labels)": "MAX: It takes BOOL or DATE",
    "d - d": "-: It takes FLOAT64 or INT64",
    "NOT n": "NOT: It takes BOOL",
    "CAST(f AS INT64)": "Round it first",
    "CAST(a AS INT64)": "Text is parsed before it is stored",
    "CAST(f AS STRING)": "FLOAT64 and TIMESTAMP are spelt differently",
    "CAST(at AS STRING)": "FLOAT64 and TIMESTAMP are spelt differently",
    "CAST(at AS DATE)": "Use DATE(x)",
    "CAST(n AS NUMERIC)": "CAST to NUMERIC is not in the subset",
    "CAST(d AS STRING FORMAT 'YYYY')": "It may not have FORMAT",
    "TIMESTAMP '2020-01-01 10:00:00+02'": "Write it as TIMESTAMP '2026-03-01 12:00:00'",
    "DATE '2020-1-1'": "Write it as DATE '2026-03-01'",
    "TIMESTAMP_ADD(at, INTERVAL 1 DAY)": "Its unit may only be SECOND",
    "DATE_DIFF(d, d, WEEK)": "WEEK: Take the week from the table calendar",
    "DATE_DIFF(d, d, MONTH)": "Its unit may only be DAY",
    "DATE_ADD(d, INTERVAL f DAY)": "DATE_ADD: It takes INT64",
    "n = a": "=: It mixes STRING and a number",
    "d = '2020-01-01'": "=: It mixes DATE and STRING",
    "d = at": "=: It mixes DATE and TIMESTAMP",
    "n IN ('x')": "IN: It mixes STRING and a number",
    "COALESCE(n, a)": "COALESCE: It mixes STRING and a number",
    "IF(b, n, a)": "IF: It mixes STRING and a number",
    "CASE WHEN b THEN 1 ELSE 'x' END": "CASE: It mixes STRING and a number",
    "CASE a WHEN 1 THEN 1 END": "CASE: It mixes STRING and a number",
    "n IS 3": "IS takes NULL, TRUE or FALSE",
    "NULL AS x": "Give a column of NULL its type",
    "1 AS x, x + 1 AS y": "x is an alias here",
    "LAG(n)": "LAG: It needs OVER",
    "PERCENTILE_CONT(f, 0.5)": "PERCENTILE_CONT: It needs OVER",
    "PERCENTILE_CONT(f, 0.5) OVER (ORDER BY n)": "takes no ORDER BY in OVER",
    "ROW_NUMBER() OVER (PARTITION BY a)": "ROW_NUMBER, LAG and LEAD need ORDER BY in OVER",
    "SUM(n) OVER (ORDER BY d)": "Write the frame",
    "SUM(n) OVER (ORDER BY d RANGE UNBOUNDED PRECEDING)": "A frame counts ROWS",
    "FIRST_VALUE(n) OVER (PARTITION BY a)": "It needs ORDER BY and a frame",
    "LAG(n IGNORE NULLS) OVER (ORDER BY d)": "IGNORE NULLS is for FIRST_VALUE and LAST_VALUE",
    "nope": "Column 'nope' could not be resolved",
    "?": "PLACEHOLDER",
}
STATEMENTS = {
    "SELECT t.a FROM t FULL JOIN u ON t.a = u.a": "FULL JOIN is not in the subset",
    "SELECT t.a FROM t JOIN u": "Give the join an ON or a USING",
    "SELECT t.a FROM t LEFT JOIN u ON n < m": "BigQuery joins LEFT only where ON has an equality",
    "SELECT a FROM t NATURAL JOIN u": "It may not have METHOD",
    "SELECT l FROM t LEFT JOIN UNNEST(labels) AS l ON TRUE = TRUE": "Use it with CROSS JOIN",
    "SELECT l FROM t CROSS JOIN UNNEST(labels) AS l WITH OFFSET AS o": "WITH OFFSET starts at 1",
    "SELECT d FROM UNNEST(GENERATE_DATE_ARRAY(@a, @b, INTERVAL 1 MONTH)) AS d": "a constant number of days",
    "SELECT x FROM UNNEST([1, 'a']) AS x": "It mixes STRING and a number",
    "SELECT a FROM t UNION DISTINCT SELECT a FROM u": "Write UNION ALL",
    "SELECT n FROM t UNION ALL SELECT f FROM t": "A column is INT64 on one side and FLOAT64 on the other",
    "SELECT n FROM t UNION ALL SELECT n, n FROM t": "Its sides have 1 and 2 columns",
    "SELECT a FROM t GROUP BY ALL": "It may not have ALL",
    "SELECT a FROM t GROUP BY ROLLUP(a)": "ROLLUP: It is not in the subset",
    "SELECT SUM(n) AS n FROM t HAVING n > 1": "n is both an alias and a column it is made from",
    "SELECT COUNT(a) AS k FROM (SELECT a, n FROM t) AS a": "a is a table here too; write a.a",
    "SELECT n + 1 AS k FROM t WHERE k > 1": "k is an alias here",
    "SELECT a FROM t WHERE n": "WHERE: It takes BOOL",
    "SELECT a FROM t LIMIT 1 + 1": "LIMIT: It takes a number or a parameter",
    "SELECT a FROM t WHERE n = (SELECT MAX(m) FROM u WHERE u.a = t.a)": "may not use columns from outside",
    "SELECT a FROM data.t": "Name the table alone",
    "SELECT a FROM gone": "gone: There is no such table or view",
    "SELECT t.a FROM t, u WHERE a = 'x'": "Column 'a' could not be resolved",
    "WITH RECURSIVE x AS (SELECT 1 AS y) SELECT y FROM x": "WITH RECURSIVE is not in the subset",
    "SELECT AS STRUCT a FROM t": "It may not have KIND",
    "SELECT 'it''s'": "this is no GoogleSQL",
    "SELECT (": "this is no GoogleSQL",
    "SELECT 1; SELECT 2": "write one SELECT",
    "DELETE FROM t WHERE TRUE": "write one SELECT",
    "": "write one SELECT",
}


@pytest.mark.parametrize(("expression", "says"), EXPRESSIONS.items())
def test_a_forbidden_expression_is_named_with_its_line(expression: str, says: str) -> None:
    """The error says the line, what is wrong there, and what to write instead."""
    with pytest.raises(DialectError) as caught:
        dialect.check(f"SELECT\n  {expression}\nFROM t", TABLES)

    assert says in str(caught.value)
    assert str(caught.value).startswith(("line 2: ", "line 3: "))


@pytest.mark.parametrize(("statement", "says"), STATEMENTS.items())
def test_a_forbidden_statement_is_refused(statement: str, says: str) -> None:
    """The error says what is wrong in it."""
    with pytest.raises(DialectError) as caught:
        dialect.check(statement, TABLES)

    assert says in str(caught.value)


def test_tables_are_the_warehouses_unless_given() -> None:
    """Without a second argument a query is checked against the warehouse's own tables."""
    dialect.check("SELECT account, title FROM task_states")
    with pytest.raises(DialectError, match="There is no such table"):
        dialect.check("SELECT account FROM task_states", TABLES)


def test_columns_tell_names_and_types() -> None:
    """What a query gives is known before it runs, so that a view can stand on another."""
    sql = "SELECT a, COUNT(*) AS n, MAX(at) AS last, SAFE_DIVIDE(SUM(n), 2) AS half FROM t GROUP BY a"

    assert dialect.columns(sql, TABLES) == (
        Column("a", "STRING"),
        Column("n", "INT64"),
        Column("last", "TIMESTAMP"),
        Column("half", "FLOAT64"),
    )
    assert dialect.columns("SELECT labels FROM t", TABLES) == (Column("labels", "STRING", "REPEATED"),)


def test_filters_reach_the_table_through_using(connection: duckdb.DuckDBPyConnection) -> None:
    """A merged column is the left one, not COALESCE of both, which would hide the table's column from a filter."""
    sql = dialect.to_duckdb("SELECT a, n, m FROM t LEFT JOIN u USING (a)", TABLES)

    assert "COALESCE" not in sql
    assert "COALESCE" in dialect.to_duckdb(
        "SELECT COALESCE(t.a, u.a) AS a FROM t LEFT JOIN u ON u.a = t.a", TABLES
    )


def test_every_type_of_the_warehouse_is_known_to_the_dialect() -> None:
    """A column's type in GoogleSQL is one that sqlglot reads as the same."""
    for name in DUCKDB_TYPES:
        columns = (Column("x", name), Column("y", name, "REPEATED"))  # type: ignore[arg-type]

        assert dialect.columns("SELECT x, y FROM t", {"t": columns}) == columns
