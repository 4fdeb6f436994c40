"""What would come of dropping a list, or of days off, beside what comes as it is."""

from __future__ import annotations

from collections.abc import Sequence

from worklens.analysis.days import date_of, day_number
from worklens.findings.promises import TOLD
from worklens.render.section import DataTable, Section
from worklens.render.told import Possible
from worklens.render.words import Words


def what_if(found: Sequence[Possible], words: Words) -> Section:
    """A row a question, a column a way it might be; the level is the one people plan by."""
    ways = list(dict.fromkeys(one.way for one in found))
    told = {(one.way, *_asked(one)): one for one in found if one.level == TOLD}
    questions = list(dict.fromkeys(_asked(one) for one in found))
    if len(ways) < 2:
        return Section(key="what_if", title=words("what_if.name"), lacking=words("what_if.lacking"))
    heads = (words("what_if.column_question"), *(words(f"what_if.{way}") for way in ways))
    rows = tuple(
        (_question(kind, amount, words), *(_cell(told.get((way, kind, amount)), words) for way in ways))
        for kind, amount in questions
    )
    notes = [words("what_if.note")] if "rest_alone" in ways else []
    notes += [words("what_if.note_off")] if {"rest_alone", "days_off"} <= set(ways) else []
    return Section(
        key="what_if",
        title=words("what_if.title"),
        subtitle=words("what_if.subtitle", level=words.percent(TOLD)),
        table=DataTable(heads, rows),
        note=words.join(notes),
    )


def _asked(one: Possible) -> tuple[str, int]:
    """What is the same question in each way: all that is open is not the same amount without a list."""
    return one.kind, 0 if one.kind == "as_many_as_open" else one.amount


def _question(kind: str, amount: int, words: Words) -> str:
    if kind == "how_many":
        return words("what_if.how_many", days=words.count("days", amount))
    if kind == "when":
        return words("what_if.when", tasks=words.count("tasks", amount))
    return words("what_if.as_many_as_open")


def _cell(one: Possible | None, words: Words) -> str:
    if one is None:
        return words("forecast.unknown")
    if one.kind == "how_many":
        return words("forecast.at_least", n=words.number(one.value or 0))
    if one.value is None:
        return words("forecast.never")
    return words.day(date_of(day_number(one.origin_day) + int(one.value) - 1))
