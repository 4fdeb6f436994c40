"""What needs attention: the open tasks that are likely late, likely never done, and soon done, each with chance and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from worklens.render.blocks import goes_on, next_day
from worklens.render.columns import rows_of
from worklens.render.model import Columns
from worklens.render.safe import clean
from worklens.render.section import Group, Item, Section
from worklens.render.sections.open_work import COLLECTION, web_address
from worklens.render.sections.when import days_short, hours_named
from worklens.render.words import Words

NEEDS = {"late": "against", "never": "against", "soon": "for"}
"""What a task may call for, and which way a reason has to point to explain it."""
MOST = 4  # of each: as many as one deals with in a morning
REASONS = 2  # of a task: more explain nothing
LEAST = 20  # tasks that stood open longer, as chances ask for

Row = Mapping[str, Any]


def attention(
    table: Columns, words: Words, rhythms: Columns | None = None, looked: date = date.max
) -> Section | None:
    """The first rows of the view attention. None without any, and where nothing calls for anything.

    `rhythms` are the last year's blocks, of which those that go on by the day `looked` say where a list's work is done.
    """
    rows = [row for row in rows_of(table) if row["need"] != "theirs"]
    places = _places(rhythms or {}, looked, words)
    if not rows:
        return None
    found = {need: _first(rows, need) for need in NEEDS}
    some = [row for picked in found.values() for row in picked]
    if some:
        return Section(
            key="attention",
            title=_title(rows, words),
            subtitle=words("attention.subtitle", most=str(MOST)),
            groups=tuple(_groups(found, places, words)),
            note=_note(some, words),
        )
    return _lacking(rows, words) if all(row["need"] == "unknown" for row in rows) else None


def _first(rows: list[dict[str, Any]], need: str) -> list[dict[str, Any]]:
    """The surest of all accounts."""
    chance = CHANCES[need]
    named = ("account", "task", "occurrence")
    picked = [row for row in rows if row["need"] == need]
    return sorted(picked, key=lambda row: (-row[chance], *(row[name] for name in named)))[:MOST]


CHANCES = {"late": "late", "never": "never", "soon": "within_week"}
"""In which column the chance stands."""


def _title(rows: list[dict[str, Any]], words: Words) -> str:
    """How many there are of each, on all accounts."""
    counts = {need: {row["account"]: row["among"] for row in rows if row["need"] == need} for need in NEEDS}
    numbers = {need: sum(each.values()) for need, each in counts.items()}
    parts = [
        words.plural("attention.soon", n) if need == "soon" else words(f"attention.{need}", n=words.number(n))
        for need, n in numbers.items()
        if n
    ]
    return words("list.comma").join(parts)


class Place(NamedTuple):
    """Where a list's work is done, in words, and the next day on which that comes."""

    told: str
    day: date


def _places(rhythms: Columns, looked: date, words: Words) -> dict[str, Place]:
    """Of lists that have a block that goes on; of several blocks the surest."""
    found: dict[str, Place] = {}
    for block in rows_of(rhythms):
        day = next_day(block, looked, 0)
        if block["list_share"] is not None and day and goes_on(block, looked):
            told = words(
                "coming.fact",
                share=words.percent(block["list_share"]),
                others=words.percent(block["other_share"]),
                list=clean(block["collection_title"] or block["collection"], COLLECTION),
                days=days_short(block, words),
                hours=hours_named(block["from_hour"], block["to_hour"], words),
            )
            found.setdefault(block["collection"], Place(told, day))
    return found


def _where(row: Row, need: str, places: Mapping[str, Place]) -> str:
    """Where its list's work is done, if it isn't given up and is due no sooner."""
    place = places.get(row["collection"] or "")
    sooner = place and row["due_day"] and row["due_day"] < place.day
    return "" if not place or sooner or need == "never" else place.told


def _groups(
    found: Mapping[str, list[dict[str, Any]]], places: Mapping[str, Place], words: Words
) -> Iterator[Group]:
    for need, rows in found.items():
        if rows:
            items = tuple(_item(row, need, places, words) for row in rows)
            yield Group(title=words(f"attention.group_{need}"), items=items)


def _item(row: Row, need: str, places: Mapping[str, Place], words: Words) -> Item:
    """A task by name, with its chance and what explains it; of what isn't given up, where its list's work is done."""
    way = NEEDS[need]
    pointing = _pointing(row, way)
    by_age = pointing == ["age"] and (row["age_days"] or 0) >= 1
    facts = (
        clean(row["collection_title"] or row["collection"] or "", COLLECTION),
        *_chance(row, need, words),
        *_age(row, need, words, f"age_{way}" if by_age else "old"),
        "" if by_age else _why(pointing, way, words),
        _where(row, need, places),
    )
    return Item(
        title=clean(row["title"] or "") or words("oldest.untitled"),
        link=web_address(row["link"] or ""),
        facts=tuple(fact for fact in facts if fact),
        name=row.get("name") or "",
    )


def _chance(row: Row, need: str, words: Words) -> Iterator[str]:
    """The chance in words, no surer than the model is of dates; of what is late how much longer such tasks take."""
    share = words.percent(row[CHANCES[need]])
    if need != "late":
        yield words(f"attention.chance_{need}", share=share)
    else:
        known = "_age-curve" if row["model"] == "age-curve" else ""
        yield words(f"attention.chance_late{known}", share=share, day=words.day(row["due_day"]))
    if need == "late" and _beyond(row):
        yield words("attention.half", age=words.age(row["median_days"]))


def _age(row: Row, need: str, words: Words, key: str) -> Iterator[str]:
    """How old it is, and what that means where nothing else explains the chance; of what is late only then."""
    if (row["age_days"] or 0) >= 1 and (need != "late" or key != "old"):
        yield words(f"attention.{key}", age=words.age(row["age_days"]))


def _beyond(row: Row) -> bool:
    """Whether half of such tasks take longer than there is until the due date."""
    left = (row["due_day"] - row["origin_day"]).days if row["origin_day"] else None
    return left is not None and row["median_days"] is not None and bool(row["median_days"] > max(left, 1))


def _pointing(row: Row, way: str) -> list[str]:
    """The reasons that weigh most among those that point this way."""
    told: dict[str, float] = msgspec.json.decode(row["reasons"] or "{}")
    sign = -1 if way == "against" else 1
    return sorted((name for name, by in told.items() if sign * by > 0), key=lambda name: -abs(told[name]))[
        :REASONS
    ]


def _why(pointing: list[str], way: str, words: Words) -> str:
    """Those reasons in words; empty where there is none."""
    named = words("list.comma").join(words(f"reason.{name}") for name in pointing)
    return words(f"attention.{way}", reasons=named) if named else ""


def _note(rows: list[dict[str, Any]], words: Words) -> str:
    """Which models speak, each with the least that it stands on."""
    models = sorted({row["model"] for row in rows})
    least = {model: min(row["at_risk"] for row in rows if row["model"] == model) for model in models}
    return words.join(words(f"attention.note_{model}", least=words.number(least[model])) for model in models)


def _lacking(rows: list[dict[str, Any]], words: Words) -> Section:
    so_far = words.number(max(row["at_risk"] or 0 for row in rows))
    return Section(
        key="attention",
        title=words("attention.name"),
        lacking=words("attention.lacking", least=str(LEAST), so_far=so_far),
    )
