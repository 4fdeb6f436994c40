"""What was done lately, and from today on a fan: the surer the promise, the lower its edge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from worklens.render.charts import theme
from worklens.render.columns import milliseconds
from worklens.render.model import Columns
from worklens.render.section import Spec

if TYPE_CHECKING:
    import altair as alt

SHADES = (42, 26, 13)  # per cent of the line's colour, from the least sure band to the surest


def shade(place: int) -> str:
    """The colour of a band, the least sure first; nothing shows through, so that the grid stays behind it."""
    return f"color-mix(in srgb, var(--blue) {SHADES[place]}%, var(--paper))"


def fan(past: Columns, ahead: Columns, levels: Sequence[str], labels: Sequence[str], language: str) -> Spec:
    """`past` has a row a day, `ahead` one a promised day, both ascending: day (number), when (text), and the tasks done by its
    end, added up: `done`, and in `ahead` a column for each of `levels`, the least sure first. `labels` name day, done, levels.
    """
    import altair as alt

    first, last = int(past["day"][0]), int(ahead["day"][-1])
    x = theme.day_axis("day", first, last, language)
    promised = alt.Chart(_rows(ahead, ("when", *levels)))
    axis = alt.Axis(tickMinStep=1)
    layers: list[alt.Chart] = [
        promised.mark_area(color=shade(place)).encode(x=x, y=alt.Y(f"{upper}:Q", axis=axis), y2=f"{lower}:Q")
        for place, (upper, lower) in enumerate(pairwise(levels))
    ]
    layers.append(
        promised.mark_line(color="var(--blue)", strokeWidth=1.5, strokeDash=[4, 3]).encode(
            x=x, y=f"{levels[0]}:Q"
        )
    )
    done = alt.Chart(_rows(past, ("when", "done")))
    layers.append(
        done.mark_line(color="var(--blue)", strokeWidth=2.5).encode(x=x, y=alt.Y("done:Q", axis=axis))
    )
    named = dict(zip(("when", "done", *levels), labels, strict=True))
    layers.append(theme.probe(done, x, _tooltip(named, ("when", "done"))))
    layers.append(theme.probe(promised, x, _tooltip(named, ("when", *levels))))
    return theme.finish(*layers)


def _rows(table: Columns, names: Sequence[str]) -> alt.InlineData:
    """The rows with their day as its end, where what was done by then is known."""
    ends = [milliseconds(int(day) + 1) for day in table["day"]]
    return theme.records(day=ends, **{name: table[name] for name in names})


def _tooltip(named: dict[str, str], fields: Sequence[str]) -> list[alt.Tooltip]:
    import altair as alt

    return [alt.Tooltip(f"{name}:{'N' if name == 'when' else 'Q'}", title=named[name]) for name in fields]
