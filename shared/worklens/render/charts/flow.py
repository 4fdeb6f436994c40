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
    bases = {"open": "top_removed", "removed": "top_done", "done": "zero"}
    axis = {"tickMinStep": 1}
    bands = [
        theme.layer(
            data,
            "area",
            {"color": colour},
            x=x,
            y=theme.field(f"top_{band}:Q", axis=axis),
            y2=theme.until(bases[band]),
        )
        for band, colour in BANDS
    ]
    top = theme.field("top_open:Q", axis=axis)
    return theme.finish(
        *bands,
        theme.layer(data, "line", {"color": "var(--blue)", "strokeWidth": 2}, x=x, y=top),
        theme.probe(data, x, theme.named(("when:N", "open:Q", "removed:Q", "done:Q"), labels)),
    )
