"""How old the open tasks are, read against how long tasks usually take."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.render.charts import ageing as chart
from worklens.render.columns import column
from worklens.render.section import Chart, DataTable, Section, Swatch
from worklens.render.sections.open_work import OpenWork
from worklens.render.sections.time_to_done import Typical, quantile_marks, tick_labels
from worklens.render.words import Words

EDGES = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 135, 180, 270, 365, 545, 730, 1095, 1825, 3650, 36_500)
MARKED = 40  # characters of the title in a chart's legend


def ageing(work: OpenWork, words: Words, everything: int = 0) -> Section:
    """Open tasks by age. Those older than most tasks ever get before they are done are shown apart.

    ``everything`` is how much work is open in all: what of it isn't told of here is said.
    """
    ages, known = work.ages, work.known
    if not ages.size:
        return Section(key="ageing", title=words("ageing.name"), note=words("ageing.nothing"))
    limit = known.most if known else float("nan")
    return Section(
        key="ageing",
        title=_title(ages, limit, words),
        subtitle=_subtitle(ages, known, words),
        chart=_chart(ages, known, limit, _single_out(work, words), words),
        note=_left_out(len(column(work.table, "created_day")), ages.size, everything, words),
    )


def _left_out(single: int, shown: int, everything: int, words: Words) -> str:
    """How the tasks shown and all that is open differ: this number and that of the open work are to be reconciled."""
    undated, rest = single - shown, everything - single
    return " ".join(
        note
        for count, note in (
            (undated, words("ageing.undated", tasks=words.count("tasks", undated))),
            (rest, words("ageing.rest", tasks=words.count("tasks", rest))),
        )
        if count > 0
    )


def _subtitle(ages: Ints, known: Typical | None, words: Words) -> str:
    """Says what is left out where the tasks are those that the curve counts as open, and only those."""
    single = known is not None and known.still_open == ages.size
    key = "ageing.subtitle_single" if single else "ageing.subtitle"
    return words(key, median=words.age(float(np.median(ages))))


def _title(ages: Ints, limit: float, words: Words) -> str:
    total = words.count("open_tasks", ages.size)
    if np.isnan(limit):
        return words("ageing.plain", total=total, oldest=words.age(int(ages.max())))
    past = int((ages > limit).sum())
    if not past:
        return words.plural("ageing.none", ages.size, limit=words.age(limit))
    return words.plural("ageing.some", past, total=total, limit=words.age(limit))


def _single_out(work: OpenWork, words: Words) -> dict[str, list[Any]]:
    """The one task to decide on first, as the chart marks it; no row where none is at that point."""
    first = work.turning[:1]
    titles = [work.title(place, words, MARKED) for place in first.tolist()]
    return {"age": work.ages[first].tolist(), "label": titles}


def _chart(
    ages: Ints, known: Typical | None, limit: float, single: dict[str, list[Any]], words: Words
) -> Chart:
    edges = np.array([edge for edge in EDGES if edge <= ages.max()] + [ages.max() + 1])
    edges = np.unique(edges)
    late = ages > limit  # nothing is, where the limit is unknown
    past, within = (np.histogram(ages[rows], edges)[0] for rows in (late, ~late))
    when = [_span(a, b - 1, words) for a, b in pairwise(edges.tolist())]
    labels = (words("ageing.column_age"), words("ageing.column_within"), words("ageing.column_past"))
    columns = {
        "from": edges[:-1].tolist(),
        "to": edges[1:].tolist(),
        "within": within.tolist(),
        "past": past.tolist(),
        "when": when,
    }
    named = [Swatch("var(--ink)", words("ageing.single", title=title), "dot") for title in single["label"]]
    legend = (Swatch("var(--blue-mid)", labels[1]), Swatch("var(--orange)", labels[2]), *named)
    rows = zip(when, within, past, strict=True)
    return Chart(
        spec=chart(columns, _marks(known, int(ages.max()), words), single, labels, tick_labels(words)),
        alt=words.join(
            (
                words(
                    "ageing.alt", oldest=words.age(int(ages.max())), median=words.age(float(np.median(ages)))
                ),
                *(words("ageing.alt_single", title=title) for title in single["label"]),
            )
        ),
        table=DataTable(labels, tuple((span, words.number(a), words.number(b)) for span, a, b in rows)),
        legend=() if np.isnan(limit) else legend,
    )


def _span(first: int, last: int, words: Words) -> str:
    if first == last:
        return words.count("days", first)
    return words("ageing.span", first=words.number(first), last=words.count("days", last))


def _marks(known: Typical | None, oldest: int, words: Words) -> dict[str, list[Any]]:
    shown = [mark for mark in quantile_marks(known, words) if mark.age <= oldest] if known else []
    return {"age": [mark.age for mark in shown], "label": [mark.label for mark in shown]}
