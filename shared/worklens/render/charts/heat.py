"""Heat maps in a few steps of one colour: work by collection and week, and by weekday and hour."""

from __future__ import annotations

import math
from collections.abc import Sequence

from worklens.render.charts import theme
from worklens.render.columns import WEEK, milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

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
OUTLINE = {"filled": False, "stroke": "var(--ink)", "strokeWidth": 1.5, "cornerRadius": 2}
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
    return _heat(data, x, cells["done"], names, labels)


def weekday_by_hour(
    cells: Columns, names: Sequence[str], labels: tuple[str, str, str], outlined: Columns | None = None
) -> Spec:
    """A row a cell: name (of the weekday), hour (0 to 23), done, when (text). Zeros are cells too.

    `names` are the rows from the top; `labels` name the weekday, the hour and the count. `outlined` are boxes with a
    line around them: name and last (weekdays), start and end (hours, 0 to 24).
    """
    hours = [int(hour) for hour in cells["hour"]]
    data = theme.records(
        name=cells["name"],
        start=hours,
        end=[hour + 1 for hour in hours],
        done=cells["done"],
        when=cells["when"],
    )
    axis = {
        "values": list(range(0, 25, 6)),
        "labelExpr": "datum.value + ':00'",
        "labelFlush": True,
        "domain": False,
    }
    x = theme.field("start:Q", scale={"domain": [0, 24], "nice": False}, axis=axis)
    lines = [(theme.records(**outlined), OUTLINE)] if outlined else []
    return _heat(data, x, cells["done"], names, labels, *lines)


def _heat(
    rows: theme.Rows,
    x: theme.Channel,
    counts: Sequence[int],
    names: Sequence[str],
    labels: tuple[str, str, str],
    *over: tuple[theme.Rows, theme.Layer],
) -> Spec:
    """A cell a row from ``start`` to ``end``, the more done the stronger; ``over`` it, rows of other looks."""
    starts = steps(counts)
    scale = {"type": "threshold", "domain": starts, "range": [NOTHING, *colours(starts)]}
    y = theme.field(
        "name:N",
        sort=list(names),
        axis={"labelLimit": LONGEST_NAME, "grid": False},
        scale={"domain": list(names), "paddingInner": 0, "paddingOuter": 0},
    )
    cells = theme.layer(
        rows,
        "rect",
        {"stroke": "var(--paper)", "strokeWidth": 1.5, "cornerRadius": 2},
        x=x,
        x2=theme.until("end"),
        y=y,
        color=theme.field("done:Q", scale=scale, legend=None),
        tooltip=theme.named(("name:N", "when:N", "done:Q"), labels),
    )
    ends = {"y": y | {"bandPosition": 0}, "y2": {"field": "last", "bandPosition": 1}}
    above = [theme.layer(more, "rect", looks, x=x, x2=theme.until("end"), **ends) for more, looks in over]
    return theme.finish(cells, *above, height=ROW * len(names))
