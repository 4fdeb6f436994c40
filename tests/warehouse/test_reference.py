"""Golden rows, views and queries against Google's reference implementation of GoogleSQL, as a second engine.

The package `zetasql` brings it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import duckdb
import pytest

from worklens.warehouse import catalogue, dialect, schema
from worklens.warehouse.calendar import calendar_rows
from worklens.warehouse.described import described
from worklens.warehouse.schema import Column

pytestmark = pytest.mark.deep

GOLDEN = json.loads(files("worklens.warehouse").joinpath("golden/subset.json").read_text(encoding="utf-8"))
EPOCH = datetime.fromisoformat("1970-01-01")
NOW = datetime.fromisoformat("2026-03-20")

Reference = Callable[[str], list[list[Any]]]
Types = Callable[[str], list[tuple[str, str]]]
KINDS = {
    1: "INT64",
    2: "INT64",
    5: "BOOL",
    7: "FLOAT64",
    8: "STRING",
    10: "DATE",
    19: "TIMESTAMP",
}  # of its TypeKind
ARRAY = 16
translated = cache(dialect.to_duckdb)


@pytest.fixture(scope="module")
def prepared() -> tuple[Callable[[str], Any], Callable[[Any], Any]]:
    """Takes a query, and then its rows; raises its errors. Half a minute goes by before the first."""
    clients: Any = pytest.importorskip("zetasql.core.wasm_client", reason="pip install zetasql")
    messages: Any = pytest.importorskip("zetasql.wasi._pb2.zetasql.local_service.local_service_pb2")
    client = clients.WasmClient(wasm_path=pytest.importorskip("zetasql.wasi").get_wasm_path())

    def call(function: str, request: Any, response: Any) -> Any:
        return client.call_grpc_func(f"ZetaSqlLocalService_{function}", request, response)

    wanted = messages.LanguageOptionsRequest(maximum_features=True)
    language = call("GetLanguageOptions", wanted, type(messages.AnalyzeRequest().options.language_options))
    language.product_mode = 1  # external: the types and names that BigQuery has
    language.reserved_keywords.append("QUALIFY")  # as in BigQuery, where it needs no WHERE before it

    def prepare(sql: str) -> Any:
        request = messages.PrepareQueryRequest(sql=sql)
        request.options.language_options.CopyFrom(language)
        request.options.default_timezone = "UTC"
        request.simple_catalog.builtin_function_options.language_options.CopyFrom(language)
        return call("PrepareQuery", request, messages.PrepareQueryResponse).prepared

    def evaluate(query: Any) -> Any:
        evaluation = messages.EvaluateQueryRequest(prepared_query_id=query.prepared_query_id)
        return call("EvaluateQuery", evaluation, messages.EvaluateQueryResponse).content.table_data

    return prepare, evaluate


@pytest.fixture(scope="module")
def reference(prepared: tuple[Callable[[str], Any], Callable[[Any], Any]]) -> Reference:
    """Runs a query."""
    prepare, evaluate = prepared

    def run(sql: str) -> list[list[Any]]:
        return [[value_of(cell) for cell in row.cell] for row in evaluate(prepare(sql)).row]

    return run


@pytest.fixture(scope="module")
def types(prepared: tuple[Callable[[str], Any], Callable[[Any], Any]]) -> Types:
    """Says a query's columns by name and type."""

    def columns(sql: str) -> list[tuple[str, str]]:
        return [(one.name, kind_of(one.type)) for one in prepared[0](sql).columns]

    return columns


def kind_of(type_: Any) -> str:
    """A type as GoogleSQL spells it."""
    if type_.type_kind == ARRAY:
        return f"ARRAY<{kind_of(type_.array_type.element_type)}>"
    return KINDS[type_.type_kind]


def value_of(cell: Any) -> Any:
    """A cell as Python's value; instants are naive UTC, as DuckDB gives them."""
    kind = cell.WhichOneof("value")
    if kind is None:
        return None
    value = getattr(cell, kind)
    if kind == "date_value":
        return EPOCH.date() + timedelta(days=value)
    if kind == "timestamp_value":
        return EPOCH + timedelta(seconds=value.seconds, microseconds=value.nanos // 1000)
    if kind == "array_value":
        return [value_of(element) for element in value.element]
    return value


def constant(value: Any, kind: str) -> str:
    """A value in GoogleSQL; `kind` is the type of a NULL."""
    if value is None:
        return f"CAST(NULL AS {kind})"
    if isinstance(value, list):
        kind = "INT64" if value and isinstance(value[0], int) else "STRING"
        return f"ARRAY<{kind}>[{', '.join(map(json.dumps, value))}]"
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value.isoformat(' ')}'"
    return f"DATE '{value}'" if isinstance(value, date) else json.dumps(value)


def inlined(sql: str, parameters: Mapping[str, Any]) -> str:
    """The query with its parameters written out."""
    return re.sub(r"@(\w+)", lambda match: constant(parameters[match[1]], "STRING"), sql)


# ----- Golden rows -----


def parsed(written: Any) -> Any:
    """A value of a golden row, where dates and instants are written as {"date": ...} and {"timestamp": ...}."""
    if not isinstance(written, dict):
        return written
    ((kind, text),) = written.items()
    return date.fromisoformat(text) if kind == "date" else datetime.fromisoformat(text)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['function']}: {row['why']}")
def test_the_reference_gives_the_golden_rows(reference: Reference, row: Mapping[str, Any]) -> None:
    """What was derived by hand is what Google's own code gives, types included."""
    sql = inlined(row["sql"], {name: parsed(value) for name, value in row.get("parameters", {}).items()})
    if row.get("fails"):
        with pytest.raises(Exception, match="OUT_OF_RANGE"):
            reference(sql)
        return
    given = reference(sql)
    wanted = [[parsed(value) for value in values] for values in row["rows"]]

    assert given == [
        [pytest.approx(v, rel=1e-15, abs=0) if isinstance(v, float) else v for v in w] for w in wanted
    ]
    assert [list(map(type, values)) for values in given] == [list(map(type, values)) for values in wanted]


# ----- The warehouse's own views and queries, over random tables -----

SEEDS = (1, 2, 4)  # among them nothing that can be asked stays empty
SIZES = {
    "task_states": 25, "task_events": 20, "sync_runs": 7, "collections": 8, "zones": 4, "links": 12,
    "scores": 25, "prospects": 25, "forecasts": 8,
}  # fmt: skip
POOLS: dict[str, list[Any]] = {
    "feed": ["a:me", "a:me", "a:me", "b:us"],
    "account": ["a:me", "a:me", "a:me", "a:me/p"],
    "task": ["t1", "t2", "t3", "t4", "t5"],
    "occurrence": ["", "", "o1"],
    "collection": ["x", "y", None],
    "run": [1, 2, 3],
    "version": [1, 1, 2],
    "status": [*["settled"] * 9, "withdrawn", "open"],
    "quarantine.status": ["held", "held", "replayed"],
    "kind": ["created", "completed", "rescheduled", "restored", "carried", "change", "change", "change"],
    "state": ["", "p", "q"],
    "side": ["older", "newer"],
    "link": ["p", "q"],
    "undone": [False, False, True],
    "precision": ["instant", "instant", "day", "seen"],
    "labels": [[], ["l1"], ["l1", "l2"]],
    "removal": [*[False] * 6, True],
    "offset_seconds": [3600, -36000],
    "starts_at": [NOW - timedelta(days=90), NOW - timedelta(days=2)],
    "ends_at": [NOW - timedelta(days=2), NOW + timedelta(days=90)],
}
RARE = {"completed_at", "closed_at", "deleted_at", "recurrence"}
PARAMETERS: dict[str, Any] = {
    "feed": "a:me",
    "account": "a:me",
    "run": 2,
    "tasks": ["t1", "t2"],
    "collections": ["x"],
    "first": "",
    "until": "",
    "days": [(NOW.date() - date(1970, 1, 1)).days - day for day in range(30)],
    "mark": "p",
    "task": "t1",
    "since": 0,  # days in one query, seconds in another: from the beginning
    "parents": ["p"],
    "any_listed": True,
    "all_states": True,
    "all_collections": False,
}


def random_value(rng: random.Random, table: str, column: Column) -> Any:
    if column.mode == "NULLABLE" and rng.random() < (0.7 if column.name in RARE else 0.3):
        return None
    name = "precision" if column.name.endswith("_precision") else column.name
    pool = POOLS.get(f"{table}.{name}") or POOLS.get(name)
    if pool:
        chosen = rng.choice(pool)
        return "" if chosen is None and column.mode == "REQUIRED" else chosen
    moment = NOW - timedelta(seconds=rng.randint(-2 * 86400, 30 * 86400))
    return {
        "STRING": rng.choice(["p", "q", "r"]),
        "INT64": rng.randint(0, 9),
        "FLOAT64": rng.choice([0.85, 2.0, 10.25]),
        "BOOL": rng.random() < 0.5,
        "TIMESTAMP": moment,
        "DATE": moment.date(),
    }[column.type]


def random_tables(seed: int) -> dict[str, list[list[Any]]]:
    """Rows of every table, some of them twice, with keys that meet."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    tables = {}
    for name, columns in schema.tables().items():
        rows = [[random_value(rng, name, column) for column in columns] for _ in range(SIZES.get(name, 3))]
        tables[name] = [*rows, list(rows[0])]
    days: list[list[Any]] = [list(row) for row in zip(*calendar_rows(2026, 2026).values(), strict=True)]
    tables["calendar"] = [row for row in days if date(2026, 2, 1) < row[0] < date(2026, 3, 25)]
    return tables


def as_query(rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> str:
    """The rows of a table written out; the first SELECT names the columns."""
    kinds = [column.google_type for column in columns]
    written = [list(map(constant, row, kinds)) for row in rows]
    written[0] = [f"{text} AS {column.name}" for text, column in zip(written[0], columns, strict=True)]
    return "\nUNION ALL ".join(f"SELECT {', '.join(row)}" for row in written)


def before(ctes: Mapping[str, str], sql: str) -> str:
    """The query with the tables it names put before it."""
    needed = [f"{name} AS (\n{text}\n)" for name, text in ctes.items() if re.search(rf"\b{name}\b", sql)]
    own = sql.removeprefix("WITH ")
    return f"WITH {', '.join(needed)}{', ' if own != sql else ' '}{own}"


def ordered(rows: Sequence[Sequence[Any]]) -> list[str]:
    """The rows as text in order, as each engine gives them in its own."""
    return sorted(" | ".join(map(text, row)) for row in rows)


def text(value: Any) -> str:
    """An empty array reads as NULL: the reference hands over both alike."""
    return f"{value:.12g}" if isinstance(value, float) else str(None if value == [] else value)


@pytest.fixture(scope="module")
def answers(reference: Reference) -> dict[tuple[int, str, bool], tuple[list[str], list[str]]]:
    """What DuckDB and the reference give to everything that can be asked, now and of the past."""
    return {
        (seed, name, bool(times)): asked
        for seed in SEEDS
        for (name, times), asked in ask_both(reference, random_tables(seed))
    }


def ask_both(reference: Reference, tables: Mapping[str, list[list[Any]]]) -> Iterator[tuple[Any, Any]]:
    ctes = {name: as_query(rows, schema.tables()[name]) for name, rows in tables.items()}
    past = NOW.replace(tzinfo=UTC) - timedelta(days=1)
    with duckdb.connect() as connection:
        for name, columns in schema.tables().items():
            connection.execute(schema.create_table(name, columns))
            marks = ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", tables[name])
        for name, times in product(sorted(catalogue.names()), ({}, {"as_of": past, "known_at": past})):
            sql, given = catalogue.query(name, **times)
            values: dict[str, Any] = {key: value.replace(tzinfo=None) for key, value in given.items()}
            values |= {key: PARAMETERS[key] for key in set(re.findall(r"@(\w+)", sql)) - set(values)}
            rows = connection.execute(translated(sql), values).fetchall()
            yield (name, times), (ordered(rows), ordered(reference(before(ctes, inlined(sql, values)))))


def test_views_and_queries_mean_the_same_on_both_engines(answers: dict[Any, Any]) -> None:
    """Over the same random tables DuckDB gives what the reference gives, and not always nothing."""
    assert [asked for asked, (ours, theirs) in answers.items() if ours != theirs] == []
    assert {name for (_, name, _), (ours, _) in answers.items() if ours} == catalogue.names()


@pytest.mark.parametrize("name", sorted(catalogue.sources()))
def test_the_columns_are_those_that_are_described(types: Types, name: str) -> None:
    """Of the types that BigQuery is told: it refuses a view whose columns are others."""
    empty = {table: as_query([[None] * len(columns)], columns) for table, columns in schema.tables().items()}
    told = described()[name].fields

    assert types(before(empty, catalogue.query(name)[0])) == [
        (one.name, Column(one.name, one.type, one.mode).google_type)  # type: ignore[arg-type]
        for one in told
    ]
