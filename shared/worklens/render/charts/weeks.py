"""Tasks done week by week: with the pace of each stretch, or with the limits of the usual."""

from __future__ import annotations

from worklens.render.charts import theme
from worklens.render.columns import WEEK, milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

TOLD = ("when:N", "done:Q")


def paces(weeks: Columns, stretches: Columns, labels: tuple[str, str], language: str) -> Spec:
    """A row a week, oldest first: start (day number), done, when (text); a row a stretch: first and last (day numbers), pace.

    `labels` name the week and the count.
    """
    starts = [int(day) for day in weeks["start"]]
    x = theme.day_axis("start", starts[0], starts[-1] + WEEK - 1, language)
    levels = theme.records(
        start=[milliseconds(day) for day in stretches["first"]],
        end=[milliseconds(day + 1) for day in stretches["last"]],
        pace=[round(pace, 2) for pace in stretches["pace"]],
    )
    return theme.finish(
        theme.layer(
            _rows(weeks, starts),
            "rect",
            {"color": "var(--blue-faint)"},
            x=x,
            x2=theme.until("end"),
            y=_counts(),
            y2=theme.until("zero"),
            tooltip=theme.named(TOLD, labels),
        ),
        theme.layer(
            levels,
            "rule",
            {"color": "var(--blue)", "strokeWidth": 2.5},
            x=theme.field("start:T"),
            x2=theme.until("end"),
            y=theme.field("pace:Q"),
        ),
    )


def behaviour(
    weeks: Columns, lines: tuple[float, float, float], labels: tuple[str, str], language: str
) -> Spec:
    """A row a week, oldest first: start, done, unusual (True or False), when. `lines` are the lower limit, the average, the upper."""
    starts = [int(day) for day in weeks["start"]]
    rows = _rows(weeks, starts, unusual=weeks["unusual"])
    x = theme.day_axis("middle", starts[0], starts[-1] + WEEK - 1, language)
    return theme.finish(
        _limits(lines, starts),
        theme.layer(rows, "line", {"color": "var(--blue-mid)", "strokeWidth": 1.5}, x=x, y=_counts()),
        theme.layer(
            rows,
            "point",
            {"filled": True, "size": 36, "opacity": 1},
            x=x,
            y=_counts(),
            color=theme.either("datum.unusual", "var(--orange)", "var(--blue)"),
            tooltip=theme.named(TOLD, labels),
        ),
    )


def _counts() -> theme.Channel:
    return theme.field("done:Q", axis={"tickMinStep": 1}, scale={"zero": True})


def _limits(lines: tuple[float, float, float], starts: list[int]) -> theme.Layer:
    """The average as a line, the limits dashed."""
    data = theme.records(
        start=[milliseconds(starts[0])] * 3,
        end=[milliseconds(starts[-1] + WEEK)] * 3,
        level=[round(line, 2) for line in lines],
        limit=[True, False, True],
    )
    return theme.layer(
        data,
        "rule",
        {"color": "var(--ink)", "strokeWidth": 1.25},
        x=theme.field("start:T"),
        x2=theme.until("end"),
        y=theme.field("level:Q"),
        strokeDash=theme.either("datum.limit", [4, 3], [1, 0]),
    )


def _rows(weeks: Columns, starts: list[int], **more: object) -> theme.Rows:
    return theme.records(
        start=[milliseconds(day) for day in starts],
        end=[milliseconds(day + WEEK) for day in starts],
        middle=[milliseconds(day) + milliseconds(WEEK) // 2 for day in starts],
        zero=[0] * len(starts),
        done=weeks["done"],
        when=weeks["when"],
        **more,  # type: ignore[arg-type]
    )
