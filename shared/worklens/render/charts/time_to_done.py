"""The share of tasks done by each age, with its confidence band: Kaplan and Meier's curve turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.render.charts import theme
from worklens.render.model import Columns
from worklens.render.section import Spec

if TYPE_CHECKING:
    import altair as alt

TICKS = (0, 1, 3, 7, 14, 30, 90, 180, 365, 730, 1825, 3650)  # days: what people have words for


def age_axis(field: str, longest: float, labels: dict[int, str]) -> alt.X:
    """Days of age on a scale of log(1 + age), which shows the first day as well as the first year."""
    import altair as alt

    ticks = [tick for tick in TICKS if tick <= longest]
    text = " : ".join(f"datum.value == {tick} ? '{labels[tick]}'" for tick in ticks)
    return alt.X(
        f"{field}:Q",
        scale=alt.Scale(type="symlog", constant=1, domain=[0, longest], nice=False),
        axis=alt.Axis(values=ticks, labelExpr=f"{text} : ''", labelOverlap="greedy"),
    )


def time_to_done(
    ages: Columns, marks: Columns, labels: tuple[str, str, str], ticks: dict[int, str], percent: str
) -> Spec:
    """A row an age, ascending: age (days), done, low and high (shares of 1), when, share and band (text).

    `marks` has a row a quantile: age, share, label. `labels` name the age, the share and the band; `ticks` are the labels of the ages,
    and `percent` is what follows a number to make it a share.
    """
    import altair as alt

    longest = max(ages["age"])
    data = theme.records(
        **{name: ages[name] for name in ("age", "done", "low", "high", "when", "share", "band")}
    )
    x = age_axis("age", longest, ticks)
    y = alt.Axis(labelExpr=f"datum.value * 100 + '{percent}'")
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(data)
    done = alt.Y("done:Q", axis=y, scale=scale)
    band = base.mark_area(color="var(--blue)", opacity=0.18, interpolate="step-after")
    line = base.mark_line(color="var(--blue)", strokeWidth=2.5, interpolate="step-after")
    fields = zip(("when:N", "share:N", "band:N"), labels, strict=True)
    tooltip = [alt.Tooltip(name, title=title) for name, title in fields]
    return theme.finish(
        band.encode(x=x, y=alt.Y("low:Q", axis=y, scale=scale), y2="high:Q"),
        line.encode(x=x, y=done),
        *_crossings(marks, x, scale),
        theme.probe(base, x, tooltip),
    )


def _crossings(marks: Columns, x: alt.X, scale: alt.Scale) -> list[alt.Chart]:
    """Where the curve reaches each quantile: a dot on it, and its age in words beside."""
    import altair as alt

    if not marks["age"]:
        return []
    base = alt.Chart(theme.records(age=marks["age"], share=marks["share"], label=marks["label"]))
    y = alt.Y("share:Q", scale=scale)
    dot = base.mark_point(
        filled=True, size=64, color="var(--blue)", opacity=1, stroke="var(--paper)", strokeWidth=2
    )
    text = base.mark_text(align="left", dx=9, dy=9, fontWeight=600)
    return [dot.encode(x=x, y=y), text.encode(x=x, y=y, text="label:N")]
