"""The share of tasks done by each age, with its confidence band: Kaplan and Meier's curve turned round."""

from __future__ import annotations

import math

from worklens.render.charts import theme
from worklens.render.model import Columns
from worklens.render.section import Spec

TICKS = (0, 1, 3, 7, 14, 30, 90, 180, 365, 730, 1825, 3650)  # days: what people have words for

ROOM = 0.65  # of the width: on a phone a label beside what lies further right would be cut


def age_axis(field: str, longest: float, labels: dict[int, str]) -> theme.Channel:
    """Days of age on a scale of log(1 + age), which shows the first day as well as the first year."""
    ticks = [tick for tick in TICKS if tick <= longest]
    text = " : ".join(f"datum.value == {tick} ? '{labels[tick]}'" for tick in ticks)
    return theme.field(
        f"{field}:Q",
        scale={"type": "symlog", "constant": 1, "domain": [0, longest], "nice": False},
        axis={"values": ticks, "labelExpr": f"{text} : ''", "labelOverlap": "greedy"},
    )


def time_to_done(
    ages: Columns, marks: Columns, labels: tuple[str, str, str], ticks: dict[int, str], percent: str
) -> Spec:
    """A row an age, ascending: age (days), done, low and high (shares of 1), when, share and band (text).

    `marks` has a row a quantile: age, share, label. `labels` name the age, the share and the band; `ticks` are the labels of the ages,
    and `percent` is what follows a number to make it a share.
    """
    longest = max(ages["age"])
    data = theme.records(
        **{name: ages[name] for name in ("age", "done", "low", "high", "when", "share", "band")}
    )
    x = age_axis("age", longest, ticks)
    scale = {"domain": [0, 1]}
    y = {"axis": {"labelExpr": f"datum.value * 100 + '{percent}'"}, "scale": scale}
    band = {"color": "var(--blue)", "opacity": 0.18, "interpolate": "step-after"}
    line = {"color": "var(--blue)", "strokeWidth": 2.5, "interpolate": "step-after"}
    return theme.finish(
        theme.layer(data, "area", band, x=x, y=theme.field("low:Q", **y), y2=theme.until("high")),
        theme.layer(data, "line", line, x=x, y=theme.field("done:Q", **y)),
        *_crossings(marks, longest, x, scale),
        theme.probe(data, x, theme.named(("when:N", "share:N", "band:N"), labels)),
    )


def _crossings(marks: Columns, longest: float, x: theme.Channel, scale: theme.Channel) -> list[theme.Layer]:
    """Where the curve reaches each quantile: a dot on it, and its age in words beside."""
    if not marks["age"]:
        return []
    rows = theme.records(age=marks["age"], share=marks["share"], label=marks["label"])
    at = {"x": x, "y": theme.field("share:Q", scale=scale)}
    dot = {
        "filled": True,
        "size": 64,
        "color": "var(--blue)",
        "opacity": 1,
        "stroke": "var(--paper)",
        "strokeWidth": 2,
    }
    beside = {"align": "left", "dx": 9, "dy": 9, "fontWeight": 600}
    before = {
        "align": "right",
        "dx": -9,
        "dy": -9,
        "fontWeight": 600,
    }  # above the curve, which rises from the left
    edge = ROOM * math.log1p(longest)
    near, far = (
        [row for row in rows if (math.log1p(row["age"]) > edge) == beyond] for beyond in (False, True)
    )
    sides = [(near, beside), (far, before)]
    return [
        theme.layer(rows, "point", dot, **at),
        *(theme.layer(some, "text", form, **at, text=theme.field("label:N")) for some, form in sides if some),
    ]
