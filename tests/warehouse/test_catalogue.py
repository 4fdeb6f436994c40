"""The catalogue: every view and query composes, in the subset, for now and for any past; every metric is described."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from worklens.local.translated import duckdb_sql
from worklens.warehouse import catalogue, dialect, schema
from worklens.warehouse.calendar import calendar_rows
from worklens.warehouse.described import described
from worklens.warehouse.metrics import UnknownMetric, metric, metrics
from worklens.warehouse.metrics_page import page
from worklens.warehouse.schema import Column

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
PAST = [
    dict(zip(("as_of", "known_at"), times, strict=True)) for times in itertools.product((None, NOW), repeat=2)
]
DEEP = settings.get_current_profile_name() == "deep"
TIMES = (
    PAST if DEEP else [PAST[0], PAST[-1]]
)  # the last has all that the others have, and one takes a tenth of a second
# GoogleSQL's reserved words that someone might name a column or an alias by.
RESERVED = {
    "all", "any", "array", "at", "by", "case", "contains", "cube", "current", "default", "define", "end", "enum",
    "escape", "except", "exclude", "exists", "extract", "fetch", "following", "for", "full", "group", "grouping",
    "groups", "hash", "if", "ignore", "interval", "into", "lateral", "like", "limit", "lookup", "merge", "natural",
    "new", "no", "null", "nulls", "of", "order", "over", "partition", "preceding", "proto", "qualify", "range",
    "recursive", "respect", "rollup", "rows", "select", "set", "some", "struct", "then", "to", "treat", "unbounded",
    "using", "when", "where", "window", "with", "within",
}  # fmt: skip


def sql_files() -> Iterator[tuple[str, str]]:
    """Every SQL file of the warehouse by folder and name, with its text."""
    for folder in ("views", "as_of", "queries"):
        for path in files("worklens.warehouse").joinpath(folder).iterdir():
            yield f"{folder}/{path.name}", path.read_text(encoding="utf-8")


FILES = dict(sorted(sql_files()))
each_file = pytest.mark.parametrize("name", FILES)
each_view = pytest.mark.parametrize("view", sorted(catalogue.sources()))


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse's tables, empty."""
    with duckdb.connect() as made:
        for name, columns in schema.tables().items():
            made.execute(schema.create_table(name, columns))
        yield made


@cache
def tree(name: str) -> exp.Expr:
    return sqlglot.parse_one(FILES[name], read="bigquery")


# ----- The files -----


@each_file
def test_what_a_file_reads_is_found(name: str) -> None:
    """The plain search for FROM and JOIN finds just what the parser finds: no comma joins, no words in comments."""
    text = catalogue.COMMENT.sub("", FILES[name])

    assert catalogue.reads(text) == {table.name for table in tree(name).find_all(exp.Table)}


@each_file
def test_no_cte_hides_a_table_or_view(name: str) -> None:
    """Else the catalogue would take one for the other."""
    assert not {cte.alias for cte in tree(name).find_all(exp.CTE)} & catalogue.names()


@each_file
def test_no_name_is_reserved(name: str) -> None:
    """BigQuery would refuse it, and DuckDB doesn't tell."""
    aliases = {
        node.alias.lower() for node in tree(name).find_all(exp.Alias, exp.CTE, exp.TableAlias, exp.Table)
    }

    assert not aliases & RESERVED


@each_file
def test_windows_begin_with_the_account(name: str) -> None:
    """Or with the feed where there is no account, so that a question about one account reads no other's rows."""
    for window in tree(name).find_all(exp.Window):
        assert window.args["partition_by"][0].name in {"account", "feed"}, window.sql()


@each_file
def test_a_file_begins_by_saying_what_it_is(name: str) -> None:
    """A comment of at least a sentence, which the documentation shows."""
    assert FILES[name].startswith("-- ")
    assert "." in FILES[name].partition("\nSELECT")[0].partition("\nWITH")[0]


def test_nobody_needs_notes_but_states_themselves() -> None:
    """Notes may be long; what reads them is slow and shows more than it should."""
    reading = {name for name, text in FILES.items() if "notes" in catalogue.COMMENT.sub("", text)}

    assert {name for name in reading if name.startswith("views/")} == {"views/latest_states.sql"}


def test_views_are_in_an_order_in_which_they_can_be_made() -> None:
    """Each comes after all that it reads."""
    made: set[str] = set(schema.tables())
    for view in catalogue.order():
        ctes = {cte.alias for cte in tree(f"views/{view}.sql").find_all(exp.CTE)}
        assert catalogue.reads(catalogue.sources()[view]) <= made | ctes
        made.add(view)

    assert made == set(schema.tables()) | set(catalogue.sources())


# ----- Composing -----


def asked(name: str) -> list[str]:
    """The texts of a question now and of the past; each once, and that of now first."""
    return list(dict.fromkeys(catalogue.query(name, **times)[0] for times in TIMES))


@cache
def promised(sql: str) -> tuple[Column, ...]:
    """The columns of a text, which stands in the subset; to find them takes a tenth of a second."""
    return dialect.columns(sql)


def of_view(view: str) -> tuple[Column, ...]:
    """The columns of a view: as the shipped descriptions have them, which are held to what they were made from; in a deep run
    found anew."""
    if DEEP:
        return promised(catalogue.query(view)[0])
    fields: Sequence[Any] = described()[view].fields
    return tuple(Column(one.name, one.type, one.mode) for one in fields)


def given_by(engine: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[str, str]]:
    """The names and types of the columns that the engine gives."""
    text = duckdb_sql(sql)
    times = {name: NOW.replace(tzinfo=None) for name in ("as_of", "known_at") if f"${name}" in text}
    return [line[:2] for line in engine.execute(f"DESCRIBE {text}", times).fetchall()]


@each_view
def test_a_view_gives_what_it_promises(empty: duckdb.DuckDBPyConnection, view: str) -> None:
    """Its columns have names of their own, and DuckDB gives them the same types: now, as of then and known at then."""
    wanted = [(column.name, column.duckdb_type) for column in of_view(view)]

    assert [given_by(empty, sql) for sql in asked(view)] == [wanted] * len(asked(view))
    named = [name for name, _ in wanted if not name.startswith("_")]
    assert len(set(named)) == len(named)


@pytest.mark.deep
@each_view
def test_a_view_gives_the_same_columns_of_any_time(view: str) -> None:
    """In GoogleSQL, too: it stands in the subset now, as of then and known at then, and is read the same way. That each does
    is what the shipped translations were made by."""
    now, *past = map(promised, asked(view))

    assert all(columns == now for columns in past)


@pytest.mark.parametrize("table", sorted(schema.tables()))
def test_a_table_as_it_was_known_has_the_same_columns(table: str) -> None:
    """And stands in the subset."""
    assert {promised(sql) for sql in asked(table)} == {promised(f"SELECT * FROM {table}")}


@pytest.mark.parametrize("name", ["settled_states"])
def test_settled_states_has_the_columns_of_its_table(name: str) -> None:
    """So that settling can take states of this run and of those before together."""
    found = [(column.name, column.type) for column in promised(catalogue.query(name)[0])]

    assert found == [(column.name, column.type) for column in schema.tables()["task_states"]]


@pytest.mark.parametrize("name", sorted(catalogue.queries()))
def test_a_query_composes_and_translates(name: str) -> None:
    """Queries with a WITH of their own get what they read put before it."""
    for sql in asked(name):
        duckdb_sql(sql)


def test_a_query_reads_only_tables() -> None:
    """Nothing has to be made beforehand but the tables: seen in the longest text of each, that of a past known at a time.

    Views are held to it above, by an engine that has the tables alone.
    """
    for sql in {asked(name)[-1] for name in catalogue.names() - catalogue.sources().keys()}:
        parsed = sqlglot.parse_one(sql, read="bigquery")
        ctes = {cte.alias for cte in parsed.find_all(exp.CTE)}
        assert {table.name for table in parsed.find_all(exp.Table)} - ctes <= set(schema.tables())


def test_a_table_can_be_asked_for() -> None:
    """As it is, or as it was known; a table without a time of sight is as it is."""
    assert catalogue.query("scores") == ("SELECT *\nFROM scores", {})
    assert catalogue.query("calendar", known_at=NOW) == ("SELECT *\nFROM calendar", {})
    text, given_ = catalogue.query("scores", known_at=NOW)
    assert "seen_at <= @known_at" in text
    assert given_ == {"known_at": NOW}


def test_only_the_times_a_query_speaks_of_are_given() -> None:
    """An engine refuses a value for a parameter that isn't there."""
    assert catalogue.query("settled_runs", as_of=NOW)[1] == {}
    assert catalogue.query("latest_zones", as_of=NOW, known_at=NOW)[1] == {}
    assert catalogue.query("completions", as_of=NOW)[1] == {"as_of": NOW}


def test_a_time_is_an_instant() -> None:
    """An aware datetime of any zone, or microseconds since 1970; never one without its zone."""
    there = NOW.astimezone(timezone(timedelta(hours=9)))

    assert catalogue.instant(there) == catalogue.instant(int(NOW.timestamp()) * 1_000_000) == NOW
    assert catalogue.instant(1) == datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="without a zone"):
        catalogue.query("completions", as_of=datetime(2026, 6, 1))  # noqa: DTZ001


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    """The error says what can be asked instead."""
    with pytest.raises(catalogue.UnknownName, match=r"no 'burndown'.*current_tasks.*task_states"):
        catalogue.query("burndown")
    with pytest.raises(UnknownMetric, match=r"no metric 'velocity'; there are throughput, "):
        metric("velocity")


def test_renaming_keeps_the_name_a_table_is_called_by() -> None:
    """What a query says of task_states after reading it stays right where only a part of it is shown."""
    text = "SELECT t.a FROM t JOIN t AS u ON t.a IS DISTINCT FROM t.b WHERE t.a IN (SELECT a FROM t)"

    assert catalogue.reading(text, {"t": "known_t"}) == (
        "SELECT t.a FROM known_t AS t JOIN known_t AS u ON t.a IS DISTINCT FROM t.b"
        " WHERE t.a IN (SELECT a FROM known_t AS t)"
    )


def test_the_fingerprint_changes_with_a_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store made from other views is known by it."""
    before = catalogue.fingerprint.__wrapped__()
    changed = {**catalogue.sources(), "settled_runs": catalogue.sources()["settled_runs"] + " -- changed"}
    monkeypatch.setattr(catalogue, "sources", lambda: changed)
    catalogue._composed.cache_clear()
    try:
        assert catalogue.fingerprint.__wrapped__() != before
    finally:
        catalogue._composed.cache_clear()


# ----- Metrics -----


@pytest.mark.parametrize("name", metrics())
def test_a_metric_is_said_in_both_languages(name: str) -> None:
    """Its words, in the letters of each; the value and the day are among its columns."""
    said = metric(name)

    assert {said.value, said.day or said.value} <= said.columns.keys()
    for words in (said.title, said.unit, said.question, said.definition, said.least):
        assert words["en"].strip()
        assert words["zh"].strip()
        assert words["en"].isascii()
        assert not words["zh"].isascii()


@pytest.mark.parametrize("name", [name for name, said in metrics().items() if said.view])
def test_a_metric_describes_its_view(name: str) -> None:
    """Every column is described, in order; the value is a number and the day a date."""
    said = metric(name)
    types = {column.name: column.type for column in of_view(said.view)}

    assert list(said.columns) == list(types)
    assert types[said.value] in {"INT64", "FLOAT64"}
    assert not said.day or types[said.day] == "DATE"


def test_the_metrics_of_the_command_line() -> None:
    """The names people type; `throughput` prints rows of account, day, value."""
    assert list(metrics()) == [
        "throughput", "throughput-weekly", "daily-flow", "cycle-time", "lead-time", "age", "cumulative-flow",
        "by-collection", "by-label", "by-weekday-hour", "rescheduling", "estimates", "data-quality", "tasks",
        "wip", "time-to-done", "working-time", "cycle-time-lately", "residual-time", "changes-of-pace",
        "process-behaviour", "rhythms", "littles-law",
        "flow-efficiency", "estimates-by-kind",
        "forecasts", "forecast-grades", "forecast-coverage",
    ]  # fmt: skip
    assert list(metric("throughput").columns) == ["account", "day", "value"]


def test_the_page_of_metrics_is_up_to_date() -> None:
    """docs/metrics.md is what the registry says; python -m worklens.warehouse.metrics_page docs/metrics.md makes it."""
    assert (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8") == page()


def test_every_view_is_on_the_page() -> None:
    """As a metric's, or among those underneath."""
    text = page()

    assert all(f"`{view}`" in text for view in catalogue.sources())


# ----- The calendar -----


def test_the_calendar_agrees_with_duckdb() -> None:
    """Each day from 1990 to 2060 once, its ISO weekday, the Monday of its week and the first of its month."""
    rows = list(calendar_rows().values())
    query = """
        SELECT count(*), count(DISTINCT day), min(day), max(day),
            bool_and(isodow(day) = weekday AND date_trunc('week', day) = week AND date_trunc('month', day) = month)
        FROM (SELECT unnest(?) AS day, unnest(?) AS weekday, unnest(?) AS week, unnest(?) AS month)
    """
    days = (date(2061, 1, 1) - date(1990, 1, 1)).days

    assert duckdb.connect().execute(query, rows).fetchone() == (
        days, days, date(1990, 1, 1), date(2060, 12, 31), True,
    )  # fmt: skip


@given(st.integers(1, 9998))
def test_the_calendar_of_any_year(year: int) -> None:
    """A week's Monday is at most six days before, and its days are numbered from it."""
    rows = calendar_rows(year, year) if year > 1 else calendar_rows(2, 2)

    for day, weekday, week in zip(rows["day"], rows["weekday"], rows["week"], strict=True):
        assert (day - week).days == weekday - 1


def test_the_fingerprint_is_the_same_in_each_process() -> None:
    """Else a store would be backed up and made anew by whoever opens it with another order of its sets."""
    code = "from worklens.warehouse import catalogue; print(catalogue.fingerprint())"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "3")  # with these two it was another, once
    }

    assert seen == {f"{catalogue.fingerprint()}\n"}
