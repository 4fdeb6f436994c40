"""What came in against what went out, and so whether open work piles up."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.days import date_of
from worklens.render.charts import cumulative_flow as chart
from worklens.render.charts.flow import BANDS
from worklens.render.columns import WEEK, Flow
from worklens.render.section import Chart, DataTable, Section, Swatch
from worklens.render.words import Words

WEEKS = 26  # half a year: before that is another life
LEAST_DAYS = 14


def cumulative_flow(flow: Flow | None, words: Words) -> Section:
    """The half year up to the last day, counted from zero at its start."""
    days = min(flow.done.size - 1, WEEKS * WEEK) if flow else 0
    if flow is None or days < LEAST_DAYS:
        missing = words(
            "flow.lacking", days=words.count("days", LEAST_DAYS), so_far=words.count("days", max(days, 0))
        )
        return Section(key="flow", title=words("flow.name"), lacking=missing)
    return Section(
        key="flow",
        title=_title(int(flow.open[-1]), int(flow.open[-1 - days]), days, words),
        subtitle=words(
            "flow.subtitle",
            arrived=words.number(flow.arrived[-days:].sum()),
            done=words.number(flow.done[-days:].sum()),
            removed=words.number(flow.removed[-days:].sum()),
        ),
        chart=_chart(flow, days, words),
    )


def _title(now: int, then: int, days: int, words: Words) -> str:
    way = "same" if now == then else "more" if now > then else "fewer"
    return words(
        f"flow.{way}",
        open=words.count("tasks", now),
        change=words.number(abs(now - then)),
        ago=words.age(days),
    )


def _chart(flow: Flow, days: int, words: Words) -> Chart:
    last = flow.first + flow.done.size - 1
    numbers = range(last - days, last + 1)
    done, removed = (np.concatenate([[0], part[-days:].cumsum()]) for part in (flow.done, flow.removed))
    opened = flow.open[-days - 1 :]
    bands = (words("flow.column_open"), words("flow.column_removed"), words("flow.column_done"))
    labels = (words("flow.column_day"), *bands)
    when = [words.day(date_of(day)) for day in numbers]
    columns = {
        "day": numbers,
        "done": done.tolist(),
        "removed": removed.tolist(),
        "open": opened.tolist(),
        "when": when,
    }
    return Chart(
        spec=chart(columns, labels, words.language),
        alt=words(
            "flow.alt",
            first=when[0],
            last=when[-1],
            then=words.number(opened[0]),
            now=words.number(opened[-1]),
        ),
        table=_table(labels, when, (opened, removed, done), words),
        legend=tuple(Swatch(colour, label) for (_, colour), label in zip(BANDS, bands, strict=True)),
    )


def _table(
    labels: tuple[str, ...], when: list[str], values: tuple[Ints, Ints, Ints], words: Words
) -> DataTable:
    """A row a week, the last day's among them."""
    picked = range((len(when) - 1) % WEEK, len(when), WEEK)
    return DataTable(
        labels, tuple((when[i], *(words.number(column[i]) for column in values)) for i in picked)
    )
