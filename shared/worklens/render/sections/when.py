"""When things get done: weekday by hour, where the instant is known, the blocks that stand out being outlined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.render.charts.heat import weekday_by_hour
from worklens.render.columns import column, rows_of
from worklens.render.model import Columns
from worklens.render.safe import clean
from worklens.render.section import Chart, DataTable, Section
from worklens.render.sections.legend import heat_legend
from worklens.render.words import Words

LEAST = 100  # tasks over 168 cells; with fewer the pattern is noise
SPAN = 3  # hours of the stretch that the title names
DAYS, HOURS = 7, 24
BLOCKS = 4  # told and outlined, the surest; more would hide the map


def when(work: Columns, words: Words, rhythms: Columns | None = None) -> Section:
    """All history: a habit shows only in many weeks. `rhythms` are the last year's blocks, the surest first."""
    table = np.zeros((DAYS, HOURS), dtype=np.int64)
    places = (np.array(column(work, name), dtype=np.int64) for name in ("weekday", "hour"))
    weekday, hour = places
    np.add.at(table, (weekday - 1, hour), np.array(column(work, "done"), dtype=np.int64))
    if table.sum() < LEAST:
        missing = words("when.lacking", least=words.count("tasks", LEAST), so_far=words.number(table.sum()))
        return Section(key="when", title=words("when.name"), lacking=missing)
    return Section(
        key="when",
        title=_title(table, words),
        subtitle=words("when.subtitle", tasks=words.count("tasks", int(table.sum()))),
        chart=_chart(table, words, blocks := _blocks(rhythms or {})),
        note=_note(blocks, words),
    )


def _blocks(rhythms: Columns) -> list[dict[str, Any]]:
    """The blocks to show, a row each."""
    return rows_of(rhythms)[:BLOCKS]


def _note(blocks: list[dict[str, Any]], words: Words) -> str:
    """The blocks in one sentence; nothing without any."""
    told = words("when.blocks_between").join(_told(block, words) for block in blocks)
    return words("when.blocks", blocks=told) if told else ""


def _told(block: dict[str, Any], words: Words) -> str:
    """A block in words: its days, hours and weeks, the hours it rests on, and the list it is for."""
    first, last = words.weekday(block["weekday"]), words.weekday(block["last_weekday"])
    return words(
        f"when.block_{'gone' if block['gone'] else 'found'}",
        days=first if first == last else words("when.days", first=first, last=last),
        hours=words("when.hour", first=f"{block['from_hour']}:00", last=f"{block['to_hour']}:00"),
        since=words.day(block["since"]),
        until=words.day(block["until"]),
        worked=words.number(block["worked"]),
        possible=words.count("hours", block["possible"]),
        usual=words.number(round(block["usual"])),
        mostly=words("when.block_mostly", list=clean(title))
        if (title := block.get("collection_title"))
        else "",
    )


def _outlined(blocks: list[dict[str, Any]], names: list[str]) -> Columns:
    """Where the blocks lie on the map: name, start and end of each stretch of a day."""
    stretches = [stretch for block in blocks for stretch in _stretches(block)]
    return {
        "name": [names[day] for day, _, _ in stretches],
        "start": [start for _, start, _ in stretches],
        "end": [end for _, _, end in stretches],
    }


def _stretches(block: dict[str, Any]) -> Iterator[tuple[int, int, int]]:
    """Its weekday (from 0) and hours, a day after another; past midnight it goes on on the next."""
    start, end = int(block["from_hour"]), int(block["to_hour"])
    for day in range(block["weekday"] - 1, block["last_weekday"]):
        if start < end:
            yield day, start, end
            continue
        yield day, start, HOURS
        if end:
            yield (day + 1) % DAYS, 0, end


def _title(table: Ints, words: Words) -> str:
    """What is so in the counts; whether a weekday differs by more than luck is for the findings to say."""
    by_day, by_hour, total = table.sum(axis=1), table.sum(axis=0), table.sum()
    stretches = np.convolve(by_hour, np.ones(SPAN, dtype=np.int64), mode="valid")
    start, day = int(stretches.argmax()), int(by_day.argmax())
    return words(
        "when.title",
        first=f"{start}:00",
        last=f"{start + SPAN}:00",
        share=words.percent(stretches[start] / total),
        weekday=words.weekday(day + 1),
        day_share=words.percent(by_day[day] / total),
    )


def _chart(table: Ints, words: Words, blocks: list[dict[str, Any]]) -> Chart:
    names = [words.weekday_short(day) for day in range(1, DAYS + 1)]
    hours = list(range(HOURS))
    columns: Columns = {
        "name": [name for name in names for _ in hours],
        "hour": hours * DAYS,
        "done": table.ravel().tolist(),
        "when": [words("when.hour", first=f"{hour}:00", last=f"{hour + 1}:00") for hour in hours] * DAYS,
    }
    labels = (words("when.column_day"), words("when.column_hour"), words("when.column_done"))
    by_day = ", ".join(f"{name} {words.number(n)}" for name, n in zip(names, table.sum(axis=1), strict=True))
    rows = zip(names, table, strict=True)
    return Chart(
        spec=weekday_by_hour(columns, names, labels, _outlined(blocks, names) if blocks else None),
        alt=words("when.alt", by_day=by_day),
        table=DataTable(
            (labels[0], *(str(hour) for hour in hours)),
            tuple((name, *(words.number(n) for n in row)) for name, row in rows),
        ),
        legend=heat_legend(table.ravel().tolist(), words),
    )
