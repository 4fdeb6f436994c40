"""What all charts share: their looks, their axes, and the few words of Vega-Lite that they are written in.

A chart is layers; each is its rows, a mark, and what the mark's places and looks mean. They are plain dictionaries: a
library that builds them takes longer than everything else on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from worklens.analysis.days import date_of, day_number
from worklens.render.columns import WEEK, rows_of
from worklens.render.section import Spec

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
KINDS = {"T": "temporal", "Q": "quantitative", "N": "nominal"}

Rows = list[dict[str, Any]]
Channel = dict[str, Any]
Layer = dict[str, Any]

HEIGHT = 190  # pixels: two charts and their words fit on a laptop's screen
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": FONT,
    "aria": False,  # the page's own text stands for the chart; hundreds of marks read out one by one help nobody
    "padding": {"left": 0, "right": 6, "top": 6, "bottom": 5},
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "grid": False,
        "labelColor": "var(--soft)",
        "labelFontSize": 12,
        "labelPadding": 6,
        "title": None,
    },
    "axisY": {"grid": True, "gridColor": "var(--line)", "tickCount": 4},
    "axisX": {"domain": True, "domainColor": "var(--line-strong)", "labelFlush": False},
    "text": {"fill": "var(--ink)", "fontSize": 12},
}

# Axis labels of months: the year in January, else the month.
MONTH_LABELS = {
    "en": "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y') : utcFormat(datum.value, '%b')",
    "zh": "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y年') : utcFormat(datum.value, '%-m月')",
}


# ----- The words -----


def field(shorthand: str, **more: Any) -> Channel:
    """A channel that shows a column, such as ``done:Q``: T is a time, Q a quantity, N a name."""
    name, _, kind = shorthand.rpartition(":")
    return {"field": name, "type": KINDS[kind], **more}


def until(name: str) -> Channel:
    """The other end of a bar or a band: a column of the kind of the first."""
    return {"field": name}


def value(what: Any) -> Channel:
    """A channel that is the same everywhere."""
    return {"value": what}


def either(test: str, so: Any, not_so: Any) -> Channel:
    """A value where the test holds, and another elsewhere."""
    return {"condition": {"test": test, "value": so}, "value": not_so}


def named(fields: Iterable[str], labels: Iterable[str]) -> list[Channel]:
    """What is told of a place that is pointed to."""
    return [field(name, title=label) for name, label in zip(fields, labels, strict=True)]


def layer(rows: Rows, mark: str, looks: Layer, **encoding: Any) -> Layer:
    """Marks of one form, a row each."""
    return {"data": rows, "mark": {"type": mark, **looks}, "encoding": encoding}


def records(**columns: Iterable[Any]) -> Rows:
    """Columns of one length as the rows that a chart holds."""
    return rows_of(columns)


def finish(*layers: Layer, height: int = HEIGHT) -> Spec:
    """The layers as one chart as wide as its place on the page, in the page's looks; rows that layers share stand in it once."""
    held: dict[int, str] = {}
    drawn = [
        one | {"data": {"name": held.setdefault(id(one["data"]), f"rows-{len(held)}")}} for one in layers
    ]
    return {
        "$schema": SCHEMA,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": CONFIG,
        "datasets": {held[id(one["data"])]: one["data"] for one in layers},
        "height": height,
        "width": "container",
        **({"layer": drawn} if len(drawn) > 1 else drawn[0]),
    }


# ----- Axes of time -----

DAY_LABELS = {"en": "utcFormat(datum.value, '%-d %b')", "zh": "utcFormat(datum.value, '%-m月%-d日')"}
LEAST_MONTHS = 2  # labels; a shorter span has a label a week


def months(first: int, last: int) -> list[int]:
    """The first day of each month from day `first` to day `last`."""
    start, end = date_of(first), date_of(last)
    numbers = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    days = (day_number(date(number // 12, number % 12 + 1, 1)) for number in numbers)
    return [day for day in days if first <= day <= last]


def day_axis(name: str, first: int, last: int, language: str, *, line: bool = True) -> Channel:
    """An axis from the start of day `first` to the end of day `last`, a label a month; a week where that is too few."""
    begun = months(first, last)
    short = len(begun) < LEAST_MONTHS
    days: Sequence[int] = range(first, last + 1, WEEK) if short else begun
    labels = DAY_LABELS[language] if short else MONTH_LABELS[language]
    return field(
        f"{name}:T",
        scale={"type": "utc", "domainMin": _at(first), "domainMax": _at(last + 1), "nice": False},
        axis={
            "values": [_at(day) for day in days],
            "labelExpr": labels,
            "labelOverlap": "greedy",
            "domain": line,
        },
    )


def _at(day: int) -> dict[str, Any]:
    """A day by its parts: a number of milliseconds would be read as a year where expressions are interpreted."""
    when = date_of(day)
    return {"year": when.year, "month": when.month, "date": when.day, "utc": True}


def probe(rows: Rows, x: Channel, tooltip: list[Channel]) -> Layer:
    """Unseen full-height lines that tell the numbers at the place pointed to."""
    return layer(rows, "rule", {"opacity": 0, "strokeWidth": 8}, x=x, tooltip=tooltip)
