"""When things get done: weekday by hour, where the instant is known, the blocks that stand out being outlined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.render.blocks import DAY_BEGINS, goes_on
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
LIST = 30  # characters of a list's name


def when(work: Columns, words: Words, rhythms: Columns | None = None, looked: date = date.min) -> Section:
    """All history: a habit shows only in many weeks. `rhythms` are the last year's blocks, the surest first, as known at the
    end of the day `looked`."""
    table = np.zeros((DAYS, HOURS), dtype=np.int64)
    places = (np.array(column(work, name), dtype=np.int64) for name in ("weekday", "hour"))
    weekday, hour = places
    np.add.at(table, (weekday - 1, hour), np.array(column(work, "done"), dtype=np.int64))
    if table.sum() < LEAST:
        missing = words("when.lacking", least=words.count("tasks", LEAST), so_far=words.number(table.sum()))
        return Section(key="when", title=words("when.name"), lacking=missing)
    blocks = rows_of(rhythms or {})[:BLOCKS]
    return Section(
        key="when",
        title=_title(table, words),
        subtitle=words("when.subtitle", tasks=words.count("tasks", int(table.sum()))),
        chart=_chart(table, words, blocks),
        table=_told(blocks, looked, words) if blocks else None,
        note=words("when.blocks_note") if blocks else "",
    )


def _told(blocks: list[dict[str, Any]], looked: date, words: Words) -> DataTable:
    """The blocks in words: days and hours, the list they are for, their weeks, and the hours they rest on."""
    names = ("block", "weeks", "worked", "usual", "list")
    return DataTable(
        tuple(words(f"when.column_{name}") for name in names),
        tuple(
            (
                words("when.block", days=days_short(block, words), hours=_hours(block, words)),
                _weeks(block, looked, words),
                words(
                    "when.worked",
                    worked=words.number(block["worked"]),
                    possible=words.number(block["possible"]),
                ),
                words.number(round(block["usual"])),
                clean(block.get("collection_title") or "", LIST),
            )
            for block in blocks
        ),
    )


def _hours(block: dict[str, Any], words: Words) -> str:
    return hours_named(block["from_hour"], block["to_hour"], words)


def days_named(weekday: int, last: int, words: Words) -> str:
    """A span of weekdays, 1 being Monday."""
    first, end = words.weekday(weekday), words.weekday(last)
    return first if weekday == last else words("when.days", first=first, last=end)


def _weeks(block: Mapping[str, Any], looked: date, words: Words) -> str:
    """Since when it goes on, or from when to when it did."""
    if goes_on(block, looked):
        return words("when.since", since=words.day(block["since"]))
    return words("when.until", since=words.day(block["since"]), until=words.day(block["until"]))


def days_short(block: Mapping[str, Any], words: Words) -> str:
    """A block's weekdays, shortened."""
    first, last = (words.weekday_short(block[end]) for end in ("weekday", "last_weekday"))
    return first if first == last else words("when.days", first=first, last=last)


def hours_named(start: int, end: int, words: Words) -> str:
    """From one hour of the clock to another."""
    return words("when.hour", first=f"{start}:00", last=f"{end}:00")


def _outlined(blocks: list[dict[str, Any]], names: list[str]) -> Columns:
    """Where the blocks lie on the map: the first and last day by name, start and end of the hours."""
    boxes = [box for block in blocks for box in _boxes(block)]
    return {
        "name": [names[first] for first, _, _, _ in boxes],
        "last": [names[last] for _, last, _, _ in boxes],
        "start": [start for _, _, start, _ in boxes],
        "end": [end for _, _, _, end in boxes],
    }


def _boxes(block: dict[str, Any]) -> Iterator[tuple[int, int, int, int]]:
    """Its weekdays (from 0, first and last) and hours; what is past midnight lies on the next day, and Monday is Sunday's."""
    start, end = int(block["from_hour"]), int(block["to_hour"])
    first, last = block["weekday"] - 1, block["last_weekday"] - 1
    if start < DAY_BEGINS:
        yield from _nights(first, last, start, end)
    elif start < end:
        yield first, last, start, end
    else:
        yield first, last, start, HOURS
        if end:
            yield from _nights(first, last, 0, end)


def _nights(first: int, last: int, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """The same hours a day later; a week begins anew after Sunday."""
    if first < DAYS - 1:
        yield first + 1, min(last + 1, DAYS - 1), start, end
    if last == DAYS - 1:
        yield 0, 0, start, end


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
