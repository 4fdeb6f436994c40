"""What other programs are told of the views: words for each, that are true, in both languages."""

from __future__ import annotations

import re
from importlib.resources import files
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.warehouse.conftest import Store

from worklens.local.translated import duckdb_sql
from worklens.warehouse import catalogue, described, describing, looker_studio, schema
from worklens.warehouse.described import View
from worklens.warehouse.describing import NotDescribed
from worklens.warehouse.metrics import metrics

LIMIT = 16_384  # characters that BigQuery takes as the description of a view
CHINESE = re.compile(r"[\u4e00-\u9fff]")
each = pytest.mark.parametrize("name", sorted(catalogue.sources()))


def view(name: str) -> View:
    return described.described()[name]


def test_what_is_shipped_was_made_from_what_there_is() -> None:
    """The words, the views and the tables are those of which it was made. Write it anew with `make sql` where this fails."""
    assert described.made_from() == describing.origin()
    assert described.described().keys() == catalogue.sources().keys()


@pytest.mark.deep
def test_what_is_shipped_is_true() -> None:
    """Every view described anew."""
    assert files("worklens.warehouse").joinpath(described.FILE).read_bytes() == describing.describe_all()


@each
def test_every_view_and_column_says_what_it_is(name: str) -> None:
    """In a sentence, within what BigQuery takes; no column is there twice."""
    one = view(name)

    assert one.title.en
    assert re.search(r"\w.*[.?]$", one.description.en, re.DOTALL)
    assert len(one.description.en) <= LIMIT
    assert [field.name for field in one.fields if not re.search(r"\w.*\.$", field.description)] == []
    assert len({field.name for field in one.fields}) == len(one.fields)


@pytest.mark.parametrize("name", sorted(described.shown()))
def test_what_people_see_has_a_name_in_both_languages(name: str) -> None:
    """Of its own for each column, so that no two read the same; a name that is no number isn't added up."""
    one = view(name)

    assert CHINESE.search(one.title.zh)
    assert CHINESE.search(one.description.zh) or name == "attention"
    for language in ("en", "zh"):
        titles = [field.title[language] for field in one.fields]
        assert len(set(titles)) == len(titles)
    assert all(CHINESE.search(field.title.zh) for field in one.fields)
    assert all(field.type in {"INT64", "FLOAT64"} for field in one.fields if field.together)


def test_every_metric_of_a_view_is_shown() -> None:
    """And its number is one that is put together."""
    for metric in metrics().values():
        if metric.view:
            number = {field.name: field for field in view(metric.view).fields}[metric.value]
            assert view(metric.view).shown
            assert number.together


def duckdb_of(name: str) -> str:
    return duckdb_sql(catalogue.query(name)[0])


def plain(kind: str) -> str:
    """DuckDB adds up whole numbers in wider ones and counts in narrower: to a reader they are the same."""
    return {"HUGEINT": "BIGINT", "INTEGER": "BIGINT"}.get(kind, kind)


def test_the_store_has_just_these_columns(store: Store) -> None:
    """Of the types that are told, in their order; DuckDB's own types stand for GoogleSQL's."""
    for name, one in described.described().items():
        found = store.connection.execute(f"DESCRIBE {duckdb_of(name)}").fetchall()
        assert [row[0] for row in found] == [field.name for field in one.fields]
        assert [plain(row[1]) for row in found] == [
            schema.Column(field.name, field.type, field.mode).duckdb_type
            for field in one.fields  # type: ignore[arg-type]
        ]


def test_a_column_without_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the place where they belong."""
    words = describing._text()
    monkeypatch.delitem(words.views["clocks"].columns, "now_day")

    with pytest.raises(NotDescribed, match=r"clocks\.now_day is, under \[views\.clocks\.columns\]"):
        describing.describe("clocks")


# ----- Looker Studio -----


def asked(address: str) -> dict[str, str]:
    """What an address asks for."""
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == (
        "https",
        "lookerstudio.google.com",
        "/reporting/create",
    )
    found = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True)
    assert len(dict(found)) == len(found)
    return dict(found)


def test_a_page_opens_on_its_views() -> None:
    """A source for each, by the names that the Linking API's documentation has."""
    found = asked(looker_studio.page_addresses(described.titles(), "my-project", "worklens")["tasks"])

    assert (found["c.mode"], found["r.reportName"]) == ("edit", "Worklens: Tasks")
    for place, (name, title) in enumerate(
        [
            ("current_tasks", "Tasks"),
            ("age_of_open_work", "Age of open work"),
            ("cycle_time", "Lead and cycle time"),
        ]
    ):
        source = {
            key.rpartition(".")[2]: value for key, value in found.items() if key.startswith(f"ds.ds{place}.")
        }
        assert source == {
            "connector": "bigQuery", "datasourceName": title, "type": "TABLE", "projectId": "my-project",
            "datasetId": "worklens", "tableId": name,
        }  # fmt: skip


def test_every_view_that_people_see_is_behind_a_page() -> None:
    """And has an address of its own."""
    behind = {name for _, views in looker_studio.PAGES.values() for name in views}

    assert behind == described.shown().keys()
    assert looker_studio.view_addresses(described.titles(), "p", "d").keys() == behind


def test_it_speaks_chinese() -> None:
    """In the report's name and in the sources'."""
    found = asked(looker_studio.page_addresses(described.titles(), "p", "d", "zh")["data"])

    assert (found["r.reportName"], found["ds.ds0.datasourceName"]) == ("Worklens: 数据", "数据质量")


@given(st.text(), st.text(), st.text())
def test_whatever_stands_in_a_name_stays_in_it(title: str, project: str, dataset: str) -> None:
    """No sign of a name can begin another parameter."""
    made = looker_studio.address(title, {"v": title}, project, dataset)
    found = asked(made)

    assert (found["r.reportName"], found["ds.ds0.projectId"], found["ds.ds0.datasetId"]) == (
        title,
        project,
        dataset,
    )
    assert len(found) == 8
    assert made.isascii()


@pytest.mark.parametrize("what", ["pages", "views"])
def test_terraform_finds_the_places_to_fill_in(what: str) -> None:
    """They stand for themselves, and nothing else looks like them."""
    made = looker_studio.templates(described.titles())[what]
    filled = {name: url.replace("=PROJECT", "=p").replace("=DATASET", "=d") for name, url in made.items()}

    assert filled == getattr(looker_studio, f"{what[:-1]}_addresses")(described.titles(), "p", "d")
