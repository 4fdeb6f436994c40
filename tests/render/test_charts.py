"""Specifications that Vega-Lite takes, in the page's colours, bounded whatever the history."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import altair
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

import worklens.render
from worklens.analysis.days import date_of, day_number
from worklens.render import Report, charts
from worklens.render.charts.heat import colours
from worklens.render.charts.theme import day_axis, months
from worklens.render.pages import data
from worklens.render.parts import chosen
from worklens.render.words import Words

CSS = (Path(worklens.render.__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def specs(report: Report) -> dict[str, Any]:
    """Each chart's specification, as the page holds it."""
    shown = chosen(report, Words(report.language))
    return {section.key: json.loads(data(section.chart.spec)) for section in shown if section.chart}


def texts(value: Any) -> Iterator[str]:
    """All strings in a specification, those of its data left out."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key != "datasets":
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


def rows(spec: dict[str, Any]) -> int:
    """How many rows of data a specification holds."""
    return sum(map(len, spec["datasets"].values()))


def test_vega_lite_compiles_each_chart(specs: dict[str, Any]) -> None:
    """The compiler takes them, and draws marks from them."""
    assert list(specs) == [
        "forecast",
        "throughput",
        "flow",
        "time",
        "ageing",
        "where",
        "when",
        "pace",
        "behaviour",
    ]
    for spec in specs.values():
        compiled = vl_convert.vegalite_to_vega({**spec, "width": 400})

        assert compiled["marks"]


def test_each_chart_keeps_to_the_schema(specs: dict[str, Any]) -> None:
    """Altair, which refuses a name or a value that Vega-Lite doesn't know, reads them back as they are."""
    for spec in specs.values():
        few = {name: found[:2] for name, found in spec["datasets"].items()}
        read = altair.Chart.from_dict({**spec, "datasets": few}, validate=True).to_dict(validate=False)

        assert read["datasets"] == few
        assert {"layer", "mark"} & set(read)


def test_every_colour_is_one_of_the_pages(specs: dict[str, Any]) -> None:
    """Charts name variables that the style sheet defines for light and for dark, and no colour of their own."""
    used = {
        name
        for spec in specs.values()
        for text in texts(spec)
        for name in re.findall(r"var\((--[a-z0-9-]+)\)", text)
    }
    light, dark = CSS.split("@media screen and (prefers-color-scheme: dark)")

    assert used
    for name in used:
        assert f"{name}:" in light
        assert f"{name}:" in dark.split("* {")[0]
    assert not [text for spec in specs.values() for text in texts(spec) if text.startswith("#")]


def test_data_is_bounded(specs: dict[str, Any]) -> None:
    """No chart holds more than a few hundred rows."""
    assert all(0 < rows(spec) <= 400 for spec in specs.values())


def test_nothing_is_fetched(specs: dict[str, Any]) -> None:
    """The only address in a chart is the name of its schema."""
    addresses = {text for spec in specs.values() for text in texts(spec) if "://" in text}

    assert {text.rpartition("/")[0] for text in addresses} == {"https://vega.github.io/schema/vega-lite"}


def test_colours_begin_where_counts_begin() -> None:
    """Few counts have few colours, many have five, and the first stands for one."""
    assert charts.steps([]) == charts.steps([0, 0]) == []
    assert charts.steps([0, 1]) == [1]
    assert charts.steps([0, 2, 3]) == [1, 2, 3]
    assert charts.steps([100]) == [1, 9, 26, 47, 72]


@given(st.lists(st.integers(0, 10_000), max_size=30))
def test_each_step_has_a_colour(counts: list[int]) -> None:
    """Steps rise, start at one, end at the largest count or below, and are as many as their colours."""
    steps = charts.steps(counts)

    assert steps == sorted(set(steps))
    assert len(colours(steps)) == len(set(colours(steps))) == len(steps) <= 5
    assert steps[:1] == ([1] if any(counts) else [])
    assert all(step <= max(counts) for step in steps)


@given(st.dates(date(1971, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_months_are_labelled_where_they_begin(first: date, days: int) -> None:
    """Every first of a month in the span, and nothing else."""
    start = day_number(first)
    expected = [day for day in range(start, start + days + 1) if date_of(day).day == 1]

    assert months(start, start + days) == expected


@pytest.mark.parametrize(("days", "ticks"), [(20, 3), (29, 5), (210, 6)])
def test_a_short_span_has_a_label_a_week(days: int, ticks: int) -> None:
    """A fortnight within one month doesn't stand without a date."""
    first = day_number(date(2026, 6, 3))
    axis = day_axis("day", first, first + days - 1, "en")["axis"]

    assert len(axis["values"]) == ticks
    assert ("%-d %b" in axis["labelExpr"]) == (days < 60)
