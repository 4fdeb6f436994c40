"""Tasks done, a bar a week, with the trend and the level of the weeks before."""

from __future__ import annotations

from worklens.render.charts import theme
from worklens.render.columns import WEEK, milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

MARGIN = milliseconds(WEEK) // 12  # left free at each side of a bar


def throughput(weeks: Columns, labels: tuple[str, str, str], language: str) -> Spec:
    """A row a week, oldest first: start (day number), done, recent (in the weeks told of), trend (tasks a week), when (text).

    Where there are recent weeks and others, the mean of the others stands as a dashed line over them. `labels` name the week,
    the count and the trend.
    """
    starts = [int(day) for day in weeks["start"]]
    x = theme.day_axis("start", starts[0], starts[-1] + WEEK - 1, language)
    rows = _rows(weeks, starts)
    tooltip = theme.named(("when:N", "done:Q", "trend:Q"), labels)
    tooltip[-1]["format"] = ".1f"
    bars = theme.layer(
        rows,
        "rect",
        {"cornerRadiusTopLeft": 2, "cornerRadiusTopRight": 2},
        x=x,
        x2=theme.until("end"),
        y=theme.field("done:Q", axis={"tickMinStep": 1}, scale={"zero": True}),
        y2=theme.until("zero"),
        color=theme.either("datum.recent", "var(--blue-mid)", "var(--blue-faint)"),
        tooltip=tooltip,
    )
    trend = theme.layer(
        rows,
        "line",
        {"color": "var(--blue)", "strokeWidth": 2.5, "interpolate": "monotone"},
        x=theme.field("middle:T"),
        y=theme.field("trend:Q"),
        tooltip=tooltip,
    )
    others = [count for count, recent in zip(weeks["done"], weeks["recent"], strict=True) if not recent]
    if not 0 < len(others) < len(starts):
        return theme.finish(bars, trend)
    return theme.finish(bars, trend, _level(starts[0], starts[len(others)], sum(others) / len(others)))


def _rows(weeks: Columns, starts: list[int]) -> theme.Rows:
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


def _level(first: int, after: int, mean: float) -> theme.Layer:
    return theme.layer(
        theme.records(start=[milliseconds(first)], end=[milliseconds(after)], mean=[round(mean, 2)]),
        "rule",
        {"color": "var(--ink)", "strokeDash": [4, 3], "strokeWidth": 1.25},
        x=theme.field("start:T"),
        x2=theme.until("end"),
        y=theme.field("mean:Q"),
    )
