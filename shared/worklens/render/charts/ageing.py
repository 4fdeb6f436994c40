"""Open tasks by age, beside the ages by which half and most of the tasks are usually done."""

from __future__ import annotations

import math

from worklens.render.charts import theme
from worklens.render.charts.time_to_done import age_axis
from worklens.render.model import Columns
from worklens.render.section import Spec

LINE = 16  # pixels from one label to the next
FAR = 0.6  # of the way to the right, beyond which a name stands left of its line
HEADROOM = 1.3  # of the tallest bar: two labels stand above it


def ageing(
    bins: Columns, marks: Columns, single: Columns, labels: tuple[str, str, str], ticks: dict[int, str]
) -> Spec:
    """A row a bin of ages, ascending: from and to (days), within and past (tasks of an age up to the last mark, and above), when.

    `marks` has a row a quantile, ascending: age, label; `single` one for each task to mark: age, label. `labels` name the age and the two counts; `ticks` are the axis labels.
    """
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
    tooltip = theme.named(("when:N", "within:Q", "past:Q"), labels)
    tallest = max(a + b for a, b in zip(bins["within"], bins["past"], strict=True))
    y = {"axis": {"tickMinStep": 1}, "scale": {"domain": [0, tallest * HEADROOM], "nice": False}}
    looks = {"stroke": "var(--paper)", "strokeWidth": 1.5}
    across = {"x": x, "x2": theme.until("end"), "tooltip": tooltip}
    bars = [
        theme.layer(
            data,
            "rect",
            looks,
            **across,
            y=theme.field(top, **y),
            y2=theme.until(foot),
            color=theme.value(color),
        )
        for top, foot, color in (
            ("within:Q", "zero", "var(--blue-mid)"),
            ("top:Q", "within", "var(--orange)"),
        )
    ]
    return theme.finish(*bars, *_quantiles(marks, x, max(bins["to"])), _singled_out(single, x))


def _singled_out(tasks: Columns, x: theme.Channel) -> theme.Layer:
    """A dot for each task at the foot of its bar."""
    rows = theme.records(start=[age + 0.5 for age in tasks["age"]], label=tasks["label"])
    looks = {"color": "var(--ink)", "stroke": "var(--paper)", "strokeWidth": 1.5, "size": 90, "opacity": 1}
    tooltip = theme.named(("label:N",), (" ",))
    return theme.layer(rows, "circle", looks, x=x, y=theme.value(theme.HEIGHT), tooltip=tooltip)


def _quantiles(marks: Columns, x: theme.Channel, oldest: float) -> list[theme.Layer]:
    """A line at each quantile's age, its name at the top on the side where there is room.

    Each begins lower than the last, so that no line crosses another's name.
    """
    layers = []
    for row, (age, label) in enumerate(zip(marks["age"], marks["label"], strict=True)):
        rows = theme.records(start=[age], label=[label])
        left = math.log1p(age) > FAR * math.log1p(oldest)
        at = {"x": x, "y": theme.value(row * LINE)}
        rule = {"color": "var(--ink)", "strokeDash": [4, 3], "strokeWidth": 1.25}
        text = {
            "baseline": "top",
            "fontWeight": 600,
            "align": "right" if left else "left",
            "dx": -5 if left else 5,
        }
        layers += [
            theme.layer(rows, "rule", rule, **at, y2=theme.value(theme.HEIGHT)),
            theme.layer(rows, "text", text, **at, text=theme.field("label:N")),
        ]
    return layers
