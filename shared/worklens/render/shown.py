"""Rows and stories as a person reads them: the parts of the site's templates that are more than a number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from worklens.render.safe import clean
from worklens.render.section import DataTable
from worklens.render.sections.open_work import web_address
from worklens.render.told import Chance, Event, Occurrence, Problem, Row, Similar, Standing
from worklens.render.understood import Understood
from worklens.render.words import Words

LIST = 40  # characters of a list's name
CHANGE = 200  # of what an event changed
WIDE = 1000  # of the line on which events stand
MONTHS = 61  # days from which people count in months, as `Words.age` does
SUREST = 0.99  # that is said of a reading
EDGE = 12  # so that the first and the last mark are whole


class TaskRow(NamedTuple):
    """A task's line in the table; ``story`` is the address of its own page."""

    title: str
    story: str
    list: str
    created: str
    due: str
    ended: str
    age: str


def task_row(row: Row, story: str, words: Words) -> TaskRow:
    """The line of a task."""
    age = "" if row.age_days is None else words.age(row.age_days)
    return TaskRow(
        title=clean(row.title or "") or words("oldest.untitled"),
        story=story,
        list=clean(row.list_title or row.list or "", LIST),
        created=_day(row.created, words),
        due=_day(row.due, words),
        ended=_day(row.ended, words),
        age=age,
    )


def _day(day: date | None, words: Words) -> str:
    return "" if day is None else words.day(day)


# ----- A task's story -----


class Happened(NamedTuple):
    """An event in words."""

    when: str
    what: str
    change: str


class Mark(NamedTuple):
    """An event's place on the line."""

    x: int
    kind: str
    text: str


class Like(NamedTuple):
    """A task like it: its title, the address of its page, and how long it took."""

    title: str
    story: str
    took: str


class Alike(NamedTuple):
    """How long such tasks took, in a sentence, and which they are."""

    sentence: str
    tasks: tuple[Like, ...]


class Told(NamedTuple):
    """An occurrence's story."""

    name: str
    facts: tuple[str, ...]
    link: str
    similar: Alike | None
    chances: DataTable | None
    events: tuple[Happened, ...]
    line: tuple[Mark, ...]
    line_alt: str


def told(
    one: Occurrence,
    events: Sequence[Event],
    chances: Sequence[tuple[Chance, Chance]],
    similar: Alike | None,
    zone: str,
    words: Words,
) -> Told:
    """The story of an occurrence: its facts in a line, its chances as a table, its events in order and on a line."""
    happened = tuple(_happened(event, words) for event in events)
    return Told(
        name=one.occurrence or _day(one.created_day, words),
        facts=tuple(_facts(one, words)),
        link=web_address(one.link or ""),
        similar=similar,
        chances=_chances(chances, zone, words) if chances else None,
        events=happened,
        line=_line(events, happened),
        line_alt=_alt(events, words),
    )


def _facts(one: Occurrence, words: Words) -> list[str]:
    facts = [
        words(f"tasks.status_{one.status}"),
        clean(one.collection_title or one.collection or "", LIST),
        clean(", ".join(one.labels)),
        clean(one.account),
    ]
    if one.age_days is not None:
        facts.append(words("story.age", age=words.age(one.age_days)))
    if one.due_day:
        facts.append(words("story.due", day=words.day(one.due_day)))
    if one.understood:
        facts.append(_understood(one.understood, words))
    if one.estimate_seconds is not None:
        facts.append(words("story.estimate", hours=words.number(one.estimate_seconds / 3600)))
    if one.spent_seconds is not None:
        facts.append(words("story.spent", hours=words.number(one.spent_seconds / 3600)))
    return [fact for fact in facts if fact]


def _understood(told: Understood, words: Words) -> str:
    """The day that its title names, said to be ours."""
    when = f"{words.day(told.day)} {told.time or ''}".strip()
    key = "story.understood_every" if told.every else "story.understood"
    return words(
        key, when=when, phrase=clean(told.phrase, LIST), share=words.percent(min(told.confidence, SUREST))
    )


def _happened(event: Event, words: Words) -> Happened:
    when = words.day(event.day)
    if event.precision in {"seen", "unknown"}:
        when = words(f"story.{event.precision}", day=when)
    change = event.after
    if event.before:
        change = words(
            "story.change", before=clean(event.before, CHANGE), after=clean(event.after, CHANGE) or "–"
        )
    return Happened(when, words(f"event.{event.kind}"), clean(change, 2 * CHANGE))


def _line(events: Sequence[Event], happened: Sequence[Happened]) -> tuple[Mark, ...]:
    """The events by their days; none where all were on one."""
    days = [event.day.toordinal() for event in events]
    if len(set(days)) < 2:
        return ()
    first, width = min(days), max(days) - min(days)
    places = [EDGE + round((day - first) / width * (WIDE - 2 * EDGE)) for day in days]
    return tuple(
        Mark(x, event.kind, f"{told.when}: {told.what}")
        for x, event, told in zip(places, events, happened, strict=True)
    )


def _alt(events: Sequence[Event], words: Words) -> str:
    if not events:
        return ""
    days = [event.day for event in events]
    return words(
        "story.line",
        events=words.count("events", len(events)),
        first=words.day(min(days)),
        last=words.day(max(days)),
    )


def _chances(chances: Sequence[tuple[Chance, Chance]], zone: str, words: Words) -> DataTable:
    """One row a horizon: the chance at first, and now."""
    heads = ("within", "first", "now", "model")
    rows = tuple(
        (
            words.count("days", now.horizon_days),
            words(
                "story.chance",
                share=words.percent(first.probability),
                when=words.instant(first.seen_at, zone),
            ),
            words(
                "story.chance", share=words.percent(now.probability), when=words.instant(now.seen_at, zone)
            ),
            now.model,
        )
        for first, now in chances
    )
    return DataTable(tuple(words(f"story.column_{name}") for name in heads), rows)


def alike(found: Similar, stories: Sequence[str], words: Words) -> Alike:
    """How long such tasks took; `stories` are the addresses of their pages."""
    low, high = found.low_days, found.high_days
    days = high < MONTHS
    last = words.count("days", math.floor(high + 0.5)) if days else words.age(high)
    first = words.number(math.floor(low + 0.5)) if days else words.age(low)
    once = last == (words.count("days", math.floor(low + 0.5)) if days else first)
    return Alike(
        words(
            f"story.similar{'_once' * once}", tasks=words.count("tasks", found.tasks), low=first, high=last
        ),
        tuple(
            Like(clean(near.title), story, words("age.same_day") if near.days < 1 else words.age(near.days))
            for near, story in zip(found.nearest, stories, strict=True)
        ),
    )


# ----- How the record stands -----


def accounts(found: Sequence[Standing], words: Words) -> DataTable:
    """One row an account: its service, and what became of its newest run."""
    heads = ("account", "service", "status", "records")
    rows = tuple(
        (clean(one.account), one.service, _status(one, words), words.number(one.records)) for one in found
    )
    return DataTable(tuple(words(f"data.column_{name}") for name in heads), rows)


def _status(one: Standing, words: Words) -> str:
    said = words(f"data.status_{one.status}")
    return words("data.paused", status=said) if one.paused else said


def problems(found: Sequence[tuple[Problem, str]], words: Words) -> DataTable:
    """One row an account and reason."""
    heads = ("account", "records", "reason")
    rows = tuple((clean(one.account), words.number(one.records), clean(why, 400)) for one, why in found)
    return DataTable(tuple(words(f"data.column_{name}") for name in heads), rows)
