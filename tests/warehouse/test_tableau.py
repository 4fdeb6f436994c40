"""Tableau's data sources are XML that says of each view what views.toml and metrics.toml say."""

from __future__ import annotations

from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.warehouse import tableau
from worklens.warehouse.described import shown

FOLDER = PurePosixPath("/home/me/my tables")


def read(made: bytes) -> ElementTree.Element:
    assert made.startswith(b"<?xml version='1.0' encoding='utf-8' ?>\n")
    return ElementTree.fromstring(made)  # noqa: S314 - we made it


def columns(source: ElementTree.Element) -> dict[str, dict[str, str]]:
    return {one.attrib["name"].strip("[]"): dict(one.attrib) for one in source.findall("column")}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(shown()))
def test_every_column_has_its_name_words_and_role(name: str, language: str) -> None:
    """In the order of the view; what is put together is a measure, all else tells things apart."""
    view = shown()[name]
    source = read(tableau.on_bigquery(name, view, "my-project", "worklens", language))
    made = columns(source)

    assert list(made) == [field.name for field in view.fields]
    for field in view.fields:
        assert made[field.name]["caption"] == field.title[language]
        assert made[field.name]["role"] == ("measure" if field.together else "dimension")
    assert [run.text for run in source.findall("column/desc/formatted-text/run")] == [
        field.description for field in view.fields
    ]


def test_a_number_is_put_together_as_it_should_be() -> None:
    """Counts are added, times averaged, running totals taken at their largest; an hour is no amount."""
    made = {name: columns(read(tableau.on_bigquery(name, view, "p", "d"))) for name, view in shown().items()}

    assert made["daily_flow"]["done"]["aggregation"] == "Sum"
    assert made["daily_flow"]["open"]["aggregation"] == "Avg"
    assert made["cycle_time"]["lead_days"] == {
        "aggregation": "Avg", "caption": "Lead time (days)", "datatype": "real", "name": "[lead_days]",
        "role": "measure", "type": "quantitative",
    }  # fmt: skip
    assert made["cumulative_flow"]["done"]["aggregation"] == "Max"
    assert made["work_by_weekday_hour"]["hour"] == {
        "caption": "Hour", "datatype": "integer", "name": "[hour]", "role": "dimension", "type": "ordinal",
    }  # fmt: skip
    assert made["current_tasks"]["labels"]["datatype"] == "string"


def test_it_connects_to_the_view_in_bigquery() -> None:
    """Of the project and data set that are given, with no token in it."""
    source = read(tableau.on_bigquery("cycle_time", shown()["cycle_time"], "my-project", "worklens"))
    inner, relation = source.find(".//named-connection/connection"), source.find("connection/relation")

    assert inner is not None
    assert relation is not None
    assert {key: inner.attrib[key] for key in ("class", "project", "EXECCATALOG", "schema", "username")} == {
        "class": "bigquery", "project": "my-project", "EXECCATALOG": "my-project", "schema": "worklens", "username": "",
    }  # fmt: skip
    assert relation.attrib["table"] == "[worklens].[cycle_time]"
    assert relation.attrib["connection"] == "bigquery.worklens"


def test_it_connects_to_the_file_beside_it() -> None:
    """By folder and name, with each column's type in the file's order."""
    view = shown()["throughput_daily"]
    source = read(tableau.on_csv("throughput_daily", view, FOLDER))
    inner = source.find(".//named-connection/connection")

    assert inner is not None
    assert (inner.attrib["directory"], inner.attrib["filename"]) == (str(FOLDER), "throughput_daily.csv")
    assert [(one.attrib["name"], one.attrib["datatype"]) for one in source.findall(".//relation/columns/column")] == [
        ("account", "string"), ("day", "date"), ("value", "integer"),
    ]  # fmt: skip


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_whatever_a_folder_is_called(name: str) -> None:
    """The file is XML, with the name as it is, but for signs that XML has no place for."""
    made = tableau.on_csv("data_quality", shown()["data_quality"], PurePosixPath(f"/{name}"))
    if any(sign in name for sign in "\ufffe\uffff"):
        return
    inner = read(made).find(".//named-connection/connection")

    assert inner is not None
    seen = str(PurePosixPath(f"/{name}")).translate(tableau.UNSEEN)
    assert inner.attrib["directory"].split() == seen.split()
