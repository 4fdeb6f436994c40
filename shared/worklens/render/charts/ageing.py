"""Open tasks by age, beside the ages by which half and most of the tasks are usually done."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from worklens.render.charts import theme
from worklens.render.charts.time_to_done import age_axis
from worklens.render.model import Columns
from worklens.render.section import Spec

if TYPE_CHECKING:
    import altair as alt

LINE = 16  # pixels from one label to the next
FAR = 0.6  # of the way to the right, beyond which a name stands left of its line
HEADROOM = 1.3  # of the tallest bar: two labels stand above it


def ageing(
    bins: Columns, marks: Columns, single: Columns, labels: tuple[str, str, str], ticks: dict[int, str]
) -> Spec:
    """A row a bin of ages, ascending: from and to (days), within and past (tasks of an age up to the last mark, and above), when.

    `marks` has a row a quantile, ascending: age, label; `single` one for each task to mark: age, label. `labels` name the age and the two counts; `ticks` are the axis labels.
    """
    import altair as alt

    size = len(bins["from"])
    data = theme.records(
        start=bins["from"],
        end=bins["to"],
        zero=[0] * size,
        within=bins["within"],
        past=bins["past"],
        top=[a + b for a, b in zip(bins["within"], bins["past"], strict=True)],
        when=bins["when"],
    )
    x = age_axis("start", max(bins["to"]), ticks)
    named = zip(("when:N", "within:Q", "past:Q"), labels, strict=True)
    tooltip = [alt.Tooltip(field, title=label) for field, label in named]
    tallest = max(a + b for a, b in zip(bins["within"], bins["past"], strict=True))
    axis, scale = alt.Axis(tickMinStep=1), alt.Scale(domain=[0, tallest * HEADROOM], nice=False)
    bars = alt.Chart(data).mark_rect(stroke="var(--paper)", strokeWidth=1.5)
    within = bars.encode(
        x=x,
        x2="end:Q",
        y=alt.Y("within:Q", axis=axis, scale=scale),
        y2="zero:Q",
        color=alt.value("var(--blue-mid)"),
        tooltip=tooltip,
    )
    past = bars.encode(
        x=x,
        x2="end:Q",
        y=alt.Y("top:Q", axis=axis, scale=scale),
        y2="within:Q",
        color=alt.value("var(--orange)"),
        tooltip=tooltip,
    )
    return theme.finish(within, past, *_quantiles(marks, x, max(bins["to"])), _singled_out(single, x))


def _singled_out(tasks: Columns, x: alt.X) -> alt.Chart:
    """A dot for each task at the foot of its bar."""
    import altair as alt

    base = alt.Chart(theme.records(start=[age + 0.5 for age in tasks["age"]], label=tasks["label"]))
    dots = base.mark_circle(color="var(--ink)", stroke="var(--paper)", strokeWidth=1.5, size=90, opacity=1)
    dot: alt.Chart = dots.encode(x=x, y=alt.value(theme.HEIGHT), tooltip=[alt.Tooltip("label:N", title=" ")])
    return dot


def _quantiles(marks: Columns, x: alt.X, oldest: float) -> list[alt.Chart]:
    """A line at each quantile's age, its name at the top on the side where there is room.

    Each begins lower than the last, so that no line crosses another's name.
    """
    import altair as alt

    layers = []
    for row, (age, label) in enumerate(zip(marks["age"], marks["label"], strict=True)):
        base = alt.Chart(theme.records(start=[age], label=[label])).encode(x=x, y=alt.value(row * LINE))
        left_of_it = math.log1p(age) > FAR * math.log1p(oldest)
        rule = base.mark_rule(color="var(--ink)", strokeDash=[4, 3], strokeWidth=1.25)
        text = base.mark_text(
            baseline="top",
            fontWeight=600,
            align="right" if left_of_it else "left",
            dx=-5 if left_of_it else 5,
        )
        layers += [rule.encode(y2=alt.value(theme.HEIGHT)), text.encode(text="label:N")]
    return layers
