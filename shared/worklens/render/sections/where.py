"""Where work goes: what was done, by collection and week."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.days import date_of, day_numbers
from worklens.render.charts.heat import week_by_collection
from worklens.render.columns import WEEK, collection_names, column
from worklens.render.model import Columns
from worklens.render.safe import clean
from worklens.render.section import Chart, DataTable, Section
from worklens.render.sections.legend import heat_legend
from worklens.render.words import Words

WEEKS = 26
MOST = 8  # collections shown by name; the others share a row
NAME = 40  # characters; what doesn't fit beside the chart ends in an ellipsis
LEAST = 20  # tasks


def where(work: Columns, last: int, words: Words, weeks: int = WEEKS) -> Section:
    """The last weeks, half a year unless said otherwise, by ISO week; collections of one name are one, the smaller ones stand together."""
    monday = last - (last + 3) % WEEK
    starts = monday - WEEK * np.arange(weeks - 1, -1, -1)
    counts = _counts(work, starts, words)
    total = sum(int(row.sum()) for row in counts.values())
    if total < LEAST:
        missing = words("where.lacking", least=words.count("tasks", LEAST), so_far=words.number(total))
        return Section(key="where", title=words("where.name"), lacking=missing)
    if set(counts) == {words("where.none")}:
        return Section(key="where", title=words("where.name"), note=words("where.unlisted"))
    counts = _gathered(counts, words)
    starts, counts = _from_the_first(starts, counts)
    return Section(
        key="where",
        title=_title(counts, total, words),
        subtitle=words("where.subtitle", weeks=words.count("weeks", starts.size)),
        chart=_chart(counts, starts, total, words),
    )


def _counts(work: Columns, starts: Ints, words: Words) -> dict[str, Ints]:
    """Tasks done in each week by the collection's name, the largest collection first."""
    counts: dict[str, Ints] = defaultdict(lambda: np.zeros(starts.size, dtype=np.int64))
    places = (day_numbers(column(work, "week")) - starts[0]) // WEEK
    for place, name, done in zip(places, collection_names(work), column(work, "done"), strict=True):
        if 0 <= place < starts.size:
            counts[clean(name, NAME) or words("where.none")][place] += done
    return dict(sorted(counts.items(), key=lambda item: (-item[1].sum(), item[0])))


def _gathered(counts: dict[str, Ints], words: Words) -> dict[str, Ints]:
    """At most MOST rows and one for all the others, so that a chart stays a chart."""
    if len(counts) <= MOST + 1:
        return counts
    rows = list(counts.items())
    others = words("where.others", lists=words.number(len(rows) - MOST))
    return {**dict(rows[:MOST]), others: np.sum([row for _, row in rows[MOST:]], axis=0)}


def _from_the_first(starts: Ints, counts: dict[str, Ints]) -> tuple[Ints, dict[str, Ints]]:
    """Without the weeks before anything was done; four weeks at least, for the cells to be cells."""
    busy = np.flatnonzero(np.sum(list(counts.values()), axis=0))
    first = min(int(busy[0]), starts.size - 4)
    return starts[first:], {name: row[first:] for name, row in counts.items()}


def _title(counts: dict[str, Ints], total: int, words: Words) -> str:
    (name, row), *rest = counts.items()
    if not rest:
        return words("where.all", name=name)
    second, other = rest[0]
    shares = {"share": words.percent(row.sum() / total), "second_share": words.percent(other.sum() / total)}
    return words("where.title", name=name, second=second, **shares)


def _chart(counts: dict[str, Ints], starts: Ints, total: int, words: Words) -> Chart:
    weeks = [words("where.week", day=words.short_day(date_of(day))) for day in starts]
    cells = [
        (name, day, int(n), week)
        for name, row in counts.items()
        for day, n, week in zip(starts, row, weeks, strict=True)
    ]
    columns = dict(zip(("name", "start", "done", "when"), zip(*cells, strict=True), strict=True))
    labels = (words("where.column_name"), words("where.column_week"), words("where.column_done"))
    shares = ", ".join(f"{name} {words.percent(row.sum() / total)}" for name, row in counts.items())
    return Chart(
        spec=week_by_collection(columns, list(counts), labels, words.language),
        alt=words("where.alt", weeks=words.count("weeks", starts.size), shares=shares),
        table=_table(counts, starts, total, words),
        legend=heat_legend([n for _, _, n, _ in cells], words),
    )


def _table(counts: dict[str, Ints], starts: Ints, total: int, words: Words) -> DataTable:
    days = tuple(words.short_day(date_of(day)) for day in starts)
    head = (words("where.column_name"), words("where.column_total"), words("where.column_share"), *days)
    return DataTable(
        head,
        tuple(
            (name, words.number(row.sum()), words.percent(row.sum() / total), *(words.number(n) for n in row))
            for name, row in counts.items()
        ),
    )
