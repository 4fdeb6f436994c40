"""What all charts share: their looks, their axes, and the step from an Altair chart to a specification."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from worklens.analysis.days import date_of, day_number
from worklens.render.columns import WEEK
from worklens.render.section import Spec

if TYPE_CHECKING:
    import altair as alt

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


def finish(*layers: alt.Chart, height: int = HEIGHT) -> Spec:
    """The layers as one chart as wide as its place on the page, in the page's looks."""
    import altair as alt

    chart: Any = alt.layer(*layers) if len(layers) > 1 else layers[0]
    spec: Spec = chart.properties(width="container", height=height).to_dict()
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    spec["config"] = CONFIG
    return spec


def records(**columns: Iterable[Any]) -> alt.InlineData:
    """Columns of one length as the rows that a chart holds."""
    import altair as alt

    names = tuple(columns)
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return alt.InlineData(values=rows)


DAY_LABELS = {"en": "utcFormat(datum.value, '%-d %b')", "zh": "utcFormat(datum.value, '%-m月%-d日')"}
LEAST_MONTHS = 2  # labels; a shorter span has a label a week


def months(first: int, last: int) -> list[int]:
    """The first day of each month from day `first` to day `last`."""
    start, end = date_of(first), date_of(last)
    numbers = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    days = (day_number(date(number // 12, number % 12 + 1, 1)) for number in numbers)
    return [day for day in days if first <= day <= last]


def day_axis(field: str, first: int, last: int, language: str, *, line: bool = True) -> alt.X:
    """An axis from the start of day `first` to the end of day `last`, a label a month; a week where that is too few."""
    import altair as alt

    begun = months(first, last)
    short = len(begun) < LEAST_MONTHS
    days = list(range(first, last + 1, WEEK)) if short else begun
    labels = DAY_LABELS[language] if short else MONTH_LABELS[language]

    return alt.X(
        f"{field}:T",
        scale=alt.Scale(type="utc", domainMin=_at(first), domainMax=_at(last + 1), nice=False),
        axis=alt.Axis(
            values=[_at(day) for day in days],
            labelExpr=labels,
            labelOverlap="greedy",
            domain=line,
        ),
    )


def _at(day: int) -> alt.DateTime:
    """A day by its parts: a number of milliseconds would be read as a year where expressions are interpreted."""
    import altair as alt

    when = date_of(day)
    return alt.DateTime(year=when.year, month=when.month, date=when.day, utc=True)


def probe(base: alt.Chart, x: alt.X, tooltip: list[alt.Tooltip]) -> alt.Chart:
    """Unseen full-height lines that tell the numbers at the place pointed to."""
    rule: alt.Chart = base.mark_rule(opacity=0, strokeWidth=8).encode(x=x, tooltip=tooltip)
    return rule
