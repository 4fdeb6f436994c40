"""Heat maps in a few steps of one colour: work by collection and week, and by weekday and hour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from worklens.render.charts import theme
from worklens.render.columns import WEEK, milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

if TYPE_CHECKING:
    import altair as alt

NOTHING = "var(--heat-0)"
_PICKED: dict[int, tuple[int, ...]] = {
    0: (),
    1: (4,),
    2: (2, 4),
    3: (1, 3, 5),
    4: (1, 2, 4, 5),
    5: (1, 2, 3, 4, 5),
}
ROW = 26  # pixels a row
LONGEST_NAME = 108  # pixels of a collection's name, so that a phone has room for the cells


def steps(counts: Sequence[int]) -> list[int]:
    """Where each colour begins: up to five whole numbers from 1, wider towards the largest count, since counts have long tails."""
    most = max(counts, default=0)
    return sorted({max(1, math.ceil(most * (step / 5) ** 1.5)) for step in range(5)}) if most else []


def colours(starts: Sequence[int]) -> list[str]:
    """The colour from each of these counts on, pale to strong."""
    return [f"var(--heat-{step})" for step in _PICKED[len(starts)]]


def week_by_collection(
    cells: Columns, names: Sequence[str], labels: tuple[str, str, str], language: str
) -> Spec:
    """A row a cell: name, start (the week's first day, a day number), done, when (text). Zeros are cells too.

    `names` are the rows from the top; `labels` name the collection, the week and the count.
    """

    starts = [int(day) for day in cells["start"]]
    data = theme.records(
        name=cells["name"],
        start=[milliseconds(day) for day in starts],
        end=[milliseconds(day + WEEK) for day in starts],
        done=cells["done"],
        when=cells["when"],
    )
    x = theme.day_axis("start", min(starts), max(starts) + WEEK - 1, language, line=False)
    return _heat(_cells(data, cells["done"]).encode(x=x, x2="end:T"), names, labels)


def weekday_by_hour(cells: Columns, names: Sequence[str], labels: tuple[str, str, str]) -> Spec:
    """A row a cell: name (of the weekday), hour (0 to 23), done, when (text). Zeros are cells too.

    `names` are the rows from the top; `labels` name the weekday, the hour and the count.
    """
    import altair as alt

    hours = [int(hour) for hour in cells["hour"]]
    data = theme.records(
        name=cells["name"],
        start=hours,
        end=[hour + 1 for hour in hours],
        done=cells["done"],
        when=cells["when"],
    )
    axis = alt.Axis(
        values=list(range(0, 25, 6)), labelExpr="datum.value + ':00'", labelFlush=True, domain=False
    )
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, 24], nice=False), axis=axis)
    return _heat(_cells(data, cells["done"]).encode(x=x, x2="end:Q"), names, labels)


def _cells(data: alt.InlineData, counts: Sequence[int]) -> alt.Chart:
    import altair as alt

    starts = steps(counts)
    scale = alt.Scale(type="threshold", domain=starts, range=[NOTHING, *colours(starts)])
    cells = alt.Chart(data).mark_rect(stroke="var(--paper)", strokeWidth=1.5, cornerRadius=2)
    coloured: alt.Chart = cells.encode(color=alt.Color("done:Q", scale=scale, legend=None))
    return coloured


def _heat(cells: alt.Chart, names: Sequence[str], labels: tuple[str, str, str]) -> Spec:
    import altair as alt

    axis = alt.Axis(labelLimit=LONGEST_NAME, grid=False)
    fields = zip(("name:N", "when:N", "done:Q"), labels, strict=True)
    chart = cells.encode(
        y=alt.Y("name:N", sort=list(names), axis=axis, scale=alt.Scale(paddingInner=0, paddingOuter=0)),
        tooltip=[alt.Tooltip(field, title=label) for field, label in fields],
    )
    return theme.finish(chart, height=ROW * len(names))
