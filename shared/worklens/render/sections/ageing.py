"""How old the open tasks are, read against how long tasks usually take, and which are the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.render.charts import ageing as chart
from worklens.render.columns import column, day_number, day_numbers
from worklens.render.model import Columns
from worklens.render.safe import TITLE, clean
from worklens.render.section import Chart, DataTable, Item, Section, Swatch
from worklens.render.sections.time_to_done import Typical, quantile_marks, tick_labels
from worklens.render.words import Words

EDGES = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 135, 180, 270, 365, 545, 730, 1095, 1825, 3650, 36_500)
OLDEST = 8  # as many as one would look through in a morning
COLLECTION = 40  # characters of a list's name beside a title
MARKED = 40  # characters of the title in a chart's legend
NEAR = 1.25  # times older or younger than most tasks get: these have just passed that age, or soon will


def open_ages(work: Columns, last: int) -> tuple[Ints, Ints]:
    """The rows of the open tasks whose creation is known, and their ages in days at the end of day `last`."""
    created = column(work, "created_day")
    rows = np.array([row for row, day in enumerate(created) if day is not None], dtype=np.int64)
    ages = last - day_numbers([created[row] for row in rows])
    return rows[ages >= 0], ages[ages >= 0]


def ageing(work: Columns, known: Typical | None, last: int, words: Words, everything: int = 0) -> Section:
    """Open tasks by age. Those older than most tasks ever get before they are done are shown apart.

    ``everything`` is how much work is open in all: what of it isn't told of here is said.
    """
    _, ages = open_ages(work, last)
    if not ages.size:
        return Section(key="ageing", title=words("ageing.name"), note=words("ageing.nothing"))
    limit = known.most if known else float("nan")
    return Section(
        key="ageing",
        title=_title(ages, limit, words),
        subtitle=_subtitle(ages, known, words),
        chart=_chart(ages, known, limit, _single_out(work, known, last, words), words),
        note=_left_out(len(column(work, "created_day")), ages.size, everything, words),
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


def _single_out(work: Columns, known: Typical | None, last: int, words: Words) -> dict[str, list[Any]]:
    """The one task to decide on first, as the chart marks it; no row where none is at that point."""
    rows, ages = _turning(work, known, last)
    titles = [_title_of(work, int(row), words, MARKED) for row in rows[:1]]
    return {"age": ages[:1].tolist(), "label": titles}


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


def _turning(work: Columns, known: Typical | None, last: int) -> tuple[Ints, Ints]:
    """The open tasks about as old as most ever get, and their ages, the nearest to that age first."""
    rows, ages = open_ages(work, last)
    if known is None or not known.most >= 1:  # NaN where that age is out of sight
        return rows[:0], ages[:0]
    near = np.flatnonzero((ages * NEAR >= known.most) & (ages <= known.most * NEAR))
    order = near[np.argsort(np.abs(ages[near] - known.most), kind="stable")]
    return rows[order], ages[order]


def turning(work: Columns, known: Typical | None, last: int, words: Words) -> Section | None:
    """The open tasks at the age where most of their kind are done: later hardly any is. None where there are none."""
    rows, ages = _turning(work, known, last)
    if known is None or not rows.size:
        return None
    items = tuple(
        _item(work, int(row), int(age), known, last, words)
        for row, age in zip(rows[:OLDEST], ages, strict=False)
    )
    return Section(
        key="turning",
        title=words("turning.title"),
        subtitle=words("turning.subtitle", limit=words.age(known.most)),
        items=items,
    )


def oldest(work: Columns, known: Typical | None, last: int, words: Words) -> Section | None:
    """The oldest open tasks by name; None where there are no open tasks."""
    rows, ages = open_ages(work, last)
    if not rows.size:
        return None
    order = np.argsort(-ages, kind="stable")[:OLDEST]
    items = tuple(_item(work, int(rows[place]), int(ages[place]), known, last, words) for place in order)
    overtaken = known is not None and bool((ages[order] > known.most).all())
    subtitle = words("oldest.overtaken") if overtaken else ""
    return Section(key="oldest", title=words("oldest.title"), subtitle=subtitle, items=items)


def _item(work: Columns, row: int, age: int, known: Typical | None, last: int, words: Words) -> Item:
    name = _cell(work, "collection_title", row) or _cell(work, "collection", row)
    facts = [clean(name, COLLECTION), words.age(age)]
    sooner = 1 - float(known.curve.at(min(age, known.curve.time[-1]))) if known else float("nan")
    if not np.isnan(sooner):
        facts.append(words("oldest.sooner", share=words.percent(sooner)))
    overdue = _overdue(column(work, "due_day") if "due_day" in work else (), row, last)
    if overdue > 0:
        facts.append(words("oldest.overdue", age=words.age(overdue)))
    return Item(
        title=_title_of(work, row, words),
        link=web_address(_cell(work, "link", row)),
        facts=tuple(fact for fact in facts if fact),
    )


def _title_of(work: Columns, row: int, words: Words, most: int = TITLE) -> str:
    return clean(_cell(work, "title", row), most) or words("oldest.untitled")


def _cell(work: Columns, name: str, row: int) -> str:
    return (work[name][row] or "") if name in work else ""


def _overdue(due: Sequence[date | None], row: int, last: int) -> int:
    day = due[row] if due else None
    return last - day_number(day) if day is not None else 0


def web_address(link: str) -> str:
    """The link if it leads to the web; a link of another kind (javascript:, data:) is none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in {"http", "https"} and parts.netloc else ""
