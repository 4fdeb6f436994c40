"""How much will be done by when and how sure that is, out of the ledger."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from worklens.analysis.days import date_of
from worklens.analysis.forecast.forecast import NEEDED, RECENT, active_days
from worklens.analysis.forecast.questions import LEVELS
from worklens.findings.promises import TOLD
from worklens.render.charts import fan as chart
from worklens.render.charts import shade
from worklens.render.columns import Flow
from worklens.render.model import Columns
from worklens.render.safe import clean
from worklens.render.section import Chart, DataTable, Section, Swatch
from worklens.render.sections.standing import EVEN, TOLD_AT, Standing
from worklens.render.words import Words

BEHIND = 28  # days of the past before the fan: enough to see whether it goes on as it was
NAMES = tuple(f"level_{100 * level:.0f}" for level in LEVELS)  # fields of the chart


def forecast(standing: Mapping[str, Standing], flow: Flow | None, words: Words) -> Section:
    """One account's promises as a fan after what was done lately; those of several as a table.

    They don't add up: what each of two does with 85 % both do with less.
    """
    told = {name: one for name, one in standing.items() if one.how_many}
    if not told:
        return Section(key="forecast", title=words("forecast.name"), lacking=_lacking(flow, words))
    if len(told) > 1 or flow is None:
        return _table(told, words)
    return _fan(next(iter(told.values())), flow, words)


def _lacking(flow: Flow | None, words: Words) -> str:
    done = flow.done if flow else np.zeros(0, dtype=np.int64)
    active = int(active_days(done, np.array([done.size]))[0])
    if active >= NEEDED:
        return words("forecast.not_made")
    return words(
        "forecast.lacking",
        needed=words.count("days", NEEDED),
        recent=words.number(RECENT),
        so_far=words.number(active),
    )


# ----- One account: the fan -----


def _fan(one: Standing, flow: Flow, words: Words) -> Section:
    days, values = max(one.how_many.items())
    last = words.short_day(date_of(one.origin + days - 1))
    return Section(
        key="forecast",
        title=words(
            "forecast.title", day=last, sure=_tasks(values[TOLD_AT], words), level=words.percent(TOLD)
        ),
        subtitle=words(
            "forecast.subtitle", past=words.count("days", BEHIND), ahead=words.count("days", days)
        ),
        chart=_chart(one, flow, words),
        note=_when(one, words),
    )


def _tasks(value: float | None, words: Words) -> str:
    return words.count("tasks", int(value or 0))


def _when(one: Standing, words: Words) -> str:
    """When the most tasks that were asked for are done, as likely as not and with the level people plan by."""
    if not one.when:
        return ""
    items, values = max(one.when.items())
    even, sure = (_by(one.origin, values[place], words) for place in (EVEN, TOLD_AT))
    return words(
        "forecast.when", tasks=words.count("tasks", items), even=even, sure=sure, level=words.percent(TOLD)
    )


def _by(origin: int, value: float | None, words: Words) -> str:
    """The last day of a promise in days, the origin being the first."""
    return words("forecast.never") if value is None else words.day(date_of(origin + int(value) - 1))


def _chart(one: Standing, flow: Flow, words: Words) -> Chart:
    past = _past(one.origin, flow, words)
    done = past["done"][-1]
    ahead = _ahead(one, done, words)
    levels = [words("forecast.level", level=words.percent(level)) for level in LEVELS]
    labels = (words("forecast.column_day"), words("forecast.column_done"), *levels)
    values = one.how_many[max(one.how_many)]
    rows = [
        (ahead["when"][place + 1], *(words.number(value or 0) for value in each))
        for place, each in enumerate(one.how_many.values())
    ]
    bands = zip(range(len(LEVELS) - 1), LEVELS[1:], strict=True)
    return Chart(
        spec=chart(past, ahead, NAMES, labels, words.language),
        alt=words(
            "forecast.alt",
            done=words.number(done),
            day=ahead["when"][-1],
            even=words.number(values[EVEN] or 0),
            sure=words.number(values[TOLD_AT] or 0),
            surest=words.number(values[-1] or 0),
        ),
        table=DataTable((words("forecast.column_until"), *levels), tuple(rows)),
        legend=(
            Swatch("var(--blue)", words("forecast.done"), "line"),
            Swatch("var(--blue)", words("forecast.even"), "dash"),
            *(
                Swatch(shade(place), words("forecast.down_to", level=words.percent(level)))
                for place, level in bands
            ),
        ),
    )


def _past(origin: int, flow: Flow, words: Words) -> Columns:
    """The last days before the origin, and what was done by the end of each, added up from nothing on the first."""
    end = min(origin - flow.first, flow.done.size)
    start = max(end - BEHIND, 0)
    numbers = list(range(flow.first + start - 1, flow.first + end))
    done = np.concatenate([[0], np.cumsum(flow.done[start:end])]).tolist()
    return {"day": numbers, "when": [words.short_day(date_of(day)) for day in numbers], "done": done}


def _ahead(one: Standing, done: int, words: Words) -> Columns:
    """Where each promise leads, from what was done by the day before the origin on."""
    numbers = [one.origin - 1, *(one.origin + days - 1 for days in one.how_many)]
    promised = {
        name: [done, *(done + (values[place] or 0) for values in one.how_many.values())]
        for place, name in enumerate(NAMES)
    }
    return {"day": numbers, "when": [words.short_day(date_of(day)) for day in numbers], **promised}


# ----- Several accounts: a table -----


def _table(every: Mapping[str, Standing], words: Words) -> Section:
    told = _not_over(every)
    days = max(max(one.how_many) for one in told.values())
    items = max((max(one.when) for one in told.values() if one.when), default=0)
    columns = (
        words("forecast.column_account"),
        words("forecast.column_days", days=words.count("days", days)),
        words("forecast.column_items", tasks=words.count("tasks", items)),
    )
    rows = tuple((clean(name), *_cells(one, days, items, words)) for name, one in told.items())
    return Section(
        key="forecast",
        title=words("forecast.name"),
        subtitle=words("forecast.subtitle_table", level=words.percent(TOLD)),
        table=DataTable(columns, rows),
        note=words.plural("forecast.over", over) if (over := len(every) - len(told)) else "",
    )


def _not_over(every: Mapping[str, Standing]) -> dict[str, Standing]:
    """Those with days still to come: a record that ended long before the newest one's promises nothing to plan by."""
    newest = max(one.origin for one in every.values())
    return {name: one for name, one in every.items() if one.origin + max(one.how_many) > newest}


def _cells(one: Standing, days: int, items: int, words: Words) -> tuple[str, str]:
    many, when = one.how_many.get(days), one.when.get(items)
    return (
        words("forecast.unknown")
        if many is None
        else words("forecast.at_least", n=words.number(many[TOLD_AT] or 0)),
        words("forecast.unknown") if when is None else _by(one.origin, when[TOLD_AT], words),
    )
