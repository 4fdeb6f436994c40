"""What was done lately, and from today on a fan: the surer the promise, the lower its edge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from worklens.render.charts import theme
from worklens.render.columns import milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

SHADES = (42, 26, 13)  # per cent of the line's colour, from the least sure band to the surest


def shade(place: int) -> str:
    """The colour of a band, the least sure first; nothing shows through, so that the grid stays behind it."""
    return f"color-mix(in srgb, var(--blue) {SHADES[place]}%, var(--paper))"


def fan(past: Columns, ahead: Columns, levels: Sequence[str], labels: Sequence[str], language: str) -> Spec:
    """`past` has a row a day, `ahead` one a promised day, both ascending: day (number), when (text), and the tasks done by its
    end, added up: `done`, and in `ahead` a column for each of `levels`, the least sure first. `labels` name day, done, levels.
    """
    x = theme.day_axis("day", int(past["day"][0]), int(ahead["day"][-1]), language)
    promised, done = _rows(ahead, ("when", *levels)), _rows(past, ("when", "done"))
    axis = {"tickMinStep": 1}
    bands = [
        theme.layer(
            promised,
            "area",
            {"color": shade(place)},
            x=x,
            y=theme.field(f"{upper}:Q", axis=axis),
            y2=theme.until(lower),
        )
        for place, (upper, lower) in enumerate(pairwise(levels))
    ]
    dashed = {"color": "var(--blue)", "strokeWidth": 1.5, "strokeDash": [4, 3]}
    solid = {"color": "var(--blue)", "strokeWidth": 2.5}
    titles = dict(zip(("when", "done", *levels), labels, strict=True))
    return theme.finish(
        *bands,
        theme.layer(promised, "line", dashed, x=x, y=theme.field(f"{levels[0]}:Q")),
        theme.layer(done, "line", solid, x=x, y=theme.field("done:Q", axis=axis)),
        theme.probe(done, x, _tooltip(titles, ("when", "done"))),
        theme.probe(promised, x, _tooltip(titles, ("when", *levels))),
    )


def _rows(table: Columns, names: Sequence[str]) -> theme.Rows:
    """The rows with their day as its end, where what was done by then is known."""
    ends = [milliseconds(int(day) + 1) for day in table["day"]]
    return theme.records(day=ends, **{name: table[name] for name in names})


def _tooltip(titles: dict[str, str], names: Sequence[str]) -> list[theme.Channel]:
    shown = [f"{name}:{'N' if name == 'when' else 'Q'}" for name in names]
    return theme.named(shown, [titles[name] for name in names])
