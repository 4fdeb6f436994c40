"""Tasks done week by week: with the pace of each stretch, or with the limits of the usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.render.charts import theme
from worklens.render.columns import WEEK, milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

if TYPE_CHECKING:
    import altair as alt


def paces(weeks: Columns, stretches: Columns, labels: tuple[str, str], language: str) -> Spec:
    """A row a week, oldest first: start (day number), done, when (text); a row a stretch: first and last (day numbers), pace.

    `labels` name the week and the count.
    """
    import altair as alt

    starts = [int(day) for day in weeks["start"]]
    x = theme.day_axis("start", starts[0], starts[-1] + WEEK - 1, language)
    bars = alt.Chart(_rows(weeks, starts)).mark_rect(color="var(--blue-faint)")
    y = alt.Y("done:Q", axis=alt.Axis(tickMinStep=1), scale=alt.Scale(zero=True))
    levels = theme.records(
        start=[milliseconds(day) for day in stretches["first"]],
        end=[milliseconds(day + 1) for day in stretches["last"]],
        pace=[round(pace, 2) for pace in stretches["pace"]],
    )
    rule = alt.Chart(levels).mark_rule(color="var(--blue)", strokeWidth=2.5)
    return theme.finish(
        bars.encode(x=x, x2="end:T", y=y, y2="zero:Q", tooltip=_tooltip(labels)),
        rule.encode(x="start:T", x2="end:T", y="pace:Q"),
    )


def behaviour(
    weeks: Columns, lines: tuple[float, float, float], labels: tuple[str, str], language: str
) -> Spec:
    """A row a week, oldest first: start, done, unusual (True or False), when. `lines` are the lower limit, the average, the upper."""
    import altair as alt

    starts = [int(day) for day in weeks["start"]]
    data = alt.Chart(_rows(weeks, starts, unusual=weeks["unusual"]))
    x = theme.day_axis("middle", starts[0], starts[-1] + WEEK - 1, language)
    y = alt.Y("done:Q", axis=alt.Axis(tickMinStep=1), scale=alt.Scale(zero=True))
    colour = alt.condition("datum.unusual", alt.value("var(--orange)"), alt.value("var(--blue)"))
    return theme.finish(
        _limits(lines, starts),
        data.mark_line(color="var(--blue-mid)", strokeWidth=1.5).encode(x=x, y=y),
        data.mark_point(filled=True, size=36, opacity=1).encode(
            x=x, y=y, color=colour, tooltip=_tooltip(labels)
        ),
    )


def _limits(lines: tuple[float, float, float], starts: list[int]) -> alt.Chart:
    """The average as a line, the limits dashed."""
    import altair as alt

    data = theme.records(
        start=[milliseconds(starts[0])] * 3,
        end=[milliseconds(starts[-1] + WEEK)] * 3,
        level=[round(line, 2) for line in lines],
        limit=[True, False, True],
    )
    dash = alt.condition("datum.limit", alt.value([4, 3]), alt.value([1, 0]))
    rule = alt.Chart(data).mark_rule(color="var(--ink)", strokeWidth=1.25)
    drawn: alt.Chart = rule.encode(x="start:T", x2="end:T", y="level:Q", strokeDash=dash)
    return drawn


def _tooltip(labels: tuple[str, str]) -> list[alt.Tooltip]:
    import altair as alt

    return [alt.Tooltip("when:N", title=labels[0]), alt.Tooltip("done:Q", title=labels[1])]


def _rows(weeks: Columns, starts: list[int], **more: object) -> alt.InlineData:
    return theme.records(
        start=[milliseconds(day) for day in starts],
        end=[milliseconds(day + WEEK) for day in starts],
        middle=[milliseconds(day) + milliseconds(WEEK) // 2 for day in starts],
        zero=[0] * len(starts),
        done=weeks["done"],
        when=weeks["when"],
        **more,  # type: ignore[arg-type]
    )
