"""The legend of a heat map: each colour and the counts it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from worklens.render.charts.heat import NOTHING, colours, steps
from worklens.render.section import Swatch
from worklens.render.words import Words


def heat_legend(counts: Sequence[int], words: Words) -> tuple[Swatch, ...]:
    """From nothing to the largest count."""
    starts = steps(counts)
    ends = [start - 1 for start in starts[1:]] + [max(counts)]
    spans = [
        words.number(a) if a == b else f"{words.number(a)}–{words.number(b)}"
        for a, b in zip(starts, ends, strict=True)
    ]
    steps_shown = (Swatch(colour, span) for colour, span in zip(colours(starts), spans, strict=True))
    return (Swatch(NOTHING, "0"), *steps_shown)
