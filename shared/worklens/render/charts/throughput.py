"""Tasks done, a bar a week, with the trend and the level of the weeks before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.render.charts import theme
from worklens.render.columns import WEEK, milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

if TYPE_CHECKING:
    import altair as alt

MARGIN = milliseconds(WEEK) // 12  # left free at each side of a bar


def throughput(weeks: Columns, labels: tuple[str, str, str], language: str) -> Spec:
    """A row a week, oldest first: start (day number), done, recent (in the weeks told of), trend (tasks a week), when (text).

    Where there are recent weeks and others, the mean of the others stands as a dashed line over them. `labels` name the week,
    the count and the trend.
    """
    import altair as alt

    starts = [int(day) for day in weeks["start"]]
    x = theme.day_axis("start", starts[0], starts[-1] + WEEK - 1, language)
    bars = alt.Chart(_rows(weeks, starts)).encode(
        tooltip=[
            alt.Tooltip("when:N", title=labels[0]),
            alt.Tooltip("done:Q", title=labels[1]),
            alt.Tooltip("trend:Q", title=labels[2], format=".1f"),
        ]
    )
    colour = alt.condition("datum.recent", alt.value("var(--blue-mid)"), alt.value("var(--blue-faint)"))
    y = alt.Y("done:Q", axis=alt.Axis(tickMinStep=1), scale=alt.Scale(zero=True))
    layers: list[alt.Chart] = [
        bars.mark_rect(cornerRadiusTopLeft=2, cornerRadiusTopRight=2).encode(
            x=x, x2="end:T", y=y, y2="zero:Q", color=colour
        ),
        bars.mark_line(color="var(--blue)", strokeWidth=2.5, interpolate="monotone").encode(
            x="middle:T", y="trend:Q"
        ),
    ]
    others = [count for count, recent in zip(weeks["done"], weeks["recent"], strict=True) if not recent]
    if 0 < len(others) < len(starts):
        layers.append(_level(starts[0], starts[len(others)], sum(others) / len(others)))
    return theme.finish(*layers)


def _rows(weeks: Columns, starts: list[int]) -> alt.InlineData:
    return theme.records(
        start=[milliseconds(day) + MARGIN for day in starts],
        end=[milliseconds(day + WEEK) - MARGIN for day in starts],
        middle=[milliseconds(day) + milliseconds(WEEK) // 2 for day in starts],
        zero=[0] * len(starts),
        done=weeks["done"],
        recent=weeks["recent"],
        trend=[round(value, 2) for value in weeks["trend"]],
        when=weeks["when"],
    )


def _level(first: int, after: int, mean: float) -> alt.Chart:
    import altair as alt

    data = theme.records(start=[milliseconds(first)], end=[milliseconds(after)], mean=[round(mean, 2)])
    rule = alt.Chart(data).mark_rule(color="var(--ink)", strokeDash=[4, 3], strokeWidth=1.25)
    level: alt.Chart = rule.encode(x="start:T", x2="end:T", y="mean:Q")
    return level
