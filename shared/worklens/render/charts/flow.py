"""The cumulative flow diagram: what was done and removed so far, and above it what is open."""

from __future__ import annotations

from worklens.render.charts import theme
from worklens.render.columns import milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

BANDS = (("open", "var(--blue-mid)"), ("removed", "var(--grey)"), ("done", "var(--blue-faint)"))


def cumulative_flow(days: Columns, labels: tuple[str, str, str, str], language: str) -> Spec:
    """A row a day, oldest first: day (number), done and removed since the first, open at the day's end, when (text).

    `labels` name the day and the three bands: open, removed, done.
    """
    import altair as alt

    numbers = [int(day) for day in days["day"]]
    data = theme.records(
        day=[milliseconds(day) for day in numbers],
        top_done=days["done"],
        top_removed=[done + removed for done, removed in zip(days["done"], days["removed"], strict=True)],
        top_open=[sum(row) for row in zip(days["done"], days["removed"], days["open"], strict=True)],
        done=days["done"],
        removed=days["removed"],
        open=days["open"],
        when=days["when"],
        zero=[0] * len(numbers),
    )
    x = theme.day_axis("day", numbers[0], numbers[-1] - 1, language)
    y = alt.Axis(tickMinStep=1)
    bases = {"open": "top_removed:Q", "removed": "top_done:Q", "done": "zero:Q"}
    base = alt.Chart(data)
    layers = [
        base.mark_area(color=colour).encode(x=x, y=alt.Y(f"top_{band}:Q", axis=y), y2=bases[band])
        for band, colour in BANDS
    ]
    layers.append(
        base.mark_line(color="var(--blue)", strokeWidth=2).encode(x=x, y=alt.Y("top_open:Q", axis=y))
    )
    named = zip(("when:N", "open:Q", "removed:Q", "done:Q"), labels, strict=True)
    tooltip = [alt.Tooltip(field, title=label) for field, label in named]
    layers.append(theme.probe(base, x, tooltip))
    return theme.finish(*layers)
