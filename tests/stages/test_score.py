"""Scores: chances by hand, evidence, and the same rows however often and late the message comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.moulds import platform_in
from tests.stages.facts import FEED, settle
from worklens.analysis.competing import aalen_johansen
from worklens.analysis.curve_prospects import curve_prospects
from worklens.analysis.hazard.prospects import HORIZONS
from worklens.local.platform import Platform
from worklens.messages import ScoresReady, TasksChanged
from worklens.ports import Feed, ZonePeriod
from worklens.stages.history import Columns, ages
from worklens.stages.score import score, still_hold
from worklens.tasks import DAY, Moment, Task, instant

NOW = instant("2026-03-01T12:00:00Z").micros


def task(name: str, *, age: float, lived: float | None = None, end: str = "completed", **given: Any) -> Task:
    """A task created `age` days ago, which ended when it had lived so many days."""
    born = NOW - round(age * DAY)
    ending = {} if lived is None else {end: Moment(born + round(lived * DAY))}
    return Task(**{"account": FEED, "task": name, "created": Moment(born), **ending, **given})


def scores(platform: Platform) -> list[dict[str, Any]]:
    """All rows of the table, as dicts."""
    with platform.warehouse.read() as session:
        rows = session.query("scores")
    return [dict(zip(rows, values, strict=True)) for values in zip(*rows.values(), strict=True)]


def chance(rows: list[dict[str, Any]], name: str) -> list[float | None]:
    """A task's chances, by horizon."""
    return [
        row["probability"] for row in sorted(rows, key=lambda row: row["horizon_days"]) if row["task"] == name
    ]


PAST = [task(f"d{n}", age=90, lived=10) for n in range(25)] + [
    task(f"x{n}", age=90, lived=12, end="deleted") for n in range(15)
]


def test_chances_by_hand(platform: Platform) -> None:
    """Of 40 tasks that lived beyond 5 days, 25 were done on day 10 and 15 deleted on day 12."""
    young, older = task("young", age=2), task("older", age=5)

    score(settle(platform, [*PAST, young, older], seen_at=NOW), platform.ports)
    rows = scores(platform)

    assert len(rows) == 2 * len(HORIZONS)
    assert chance(rows, "older") == pytest.approx([0.5 / 41, 25 / 40, 25 / 40, 25 / 40])
    assert chance(rows, "young") == pytest.approx([0.5 / 42, 0.5 / 42, 25 / 40, 25 / 40])
    assert {row["at_risk"] for row in rows if row["task"] == "older"} == {40}
    assert {row["at_risk"] for row in rows if row["task"] == "young"} == {41}
    assert {(row["age_days"], row["task"]) for row in rows} == {(2.0, "young"), (5.0, "older")}
    assert {(row["model"], row["seen_at"], row["run"]) for row in rows} == {("age-curve", NOW, 1)}


def test_with_little_evidence_there_is_no_chance(platform: Platform) -> None:
    """Of a task as old as one that fewer than 20 others got beyond, nothing is said but how many did."""
    few = [task(f"d{n}", age=90, lived=30) for n in range(19)]

    score(settle(platform, [*PAST, *few, task("old", age=20)], seen_at=NOW), platform.ports)
    rows = scores(platform)

    assert chance(rows, "old") == [None] * 4
    assert {row["at_risk"] for row in rows} == {19}


def test_a_task_of_unknown_age_has_a_row_that_says_so(platform: Platform) -> None:
    """Neither chance nor age, and no evidence."""
    score(settle(platform, [*PAST, Task(account=FEED, task="found")], seen_at=NOW), platform.ports)

    assert [(row["probability"], row["age_days"], row["at_risk"]) for row in scores(platform)] == [
        (None, None, 0)
    ] * 4


def test_each_account_is_judged_by_its_own_past(platform: Platform) -> None:
    """Another person's speed in the same feed says nothing of mine."""
    other = [msgspec.structs.replace(one, account=f"{FEED}/2") for one in [*PAST, task("theirs", age=5)]]
    mine = [task(f"m{n}", age=90, lived=80) for n in range(30)]

    score(settle(platform, [*mine, task("mine", age=5), *other], seen_at=NOW), platform.ports)
    rows = scores(platform)

    assert chance(rows, "theirs") == pytest.approx([0.5 / 41, 25 / 40, 25 / 40, 25 / 40])
    assert chance(rows, "mine") == pytest.approx([0.5 / 31] * 4)
    assert len({row["version"] for row in rows}) == 2


def test_a_repeated_message_gives_equal_rows_whatever_came_since(platform: Platform) -> None:
    """Each score speaks of what had been seen by its run."""
    message = settle(platform, [*PAST, task("older", age=5)], seen_at=NOW)
    score(message, platform.ports)
    done = task("older", age=5, lived=5.5)
    later = settle(platform, [done, task("new", age=1)], run=2, seen_at=NOW + DAY)

    score(message, platform.ports)
    rows = scores(platform)

    assert rows[:4] == rows[4:]
    score(later, platform.ports)
    assert {row["task"] for row in scores(platform) if row["run"] == 2} == {"new"}


def test_the_version_is_that_of_the_past_it_was_read_from(platform: Platform) -> None:
    """One more completion makes another."""
    score(settle(platform, [*PAST, task("older", age=5)], seen_at=NOW), platform.ports)
    score(settle(platform, [task("d99", age=40, lived=3)], run=2, seen_at=NOW), platform.ports)

    assert len({row["version"] for row in scores(platform)}) == 2


def test_the_report_is_told(platform: Platform) -> None:
    """Also where nothing is open."""
    score(settle(platform, PAST, seen_at=NOW), platform.ports)

    (letter,) = platform.queue.claim(["worklens.scores-ready.v1"], NOW, most=5)
    assert letter.message == ScoresReady(feed=FEED, run="r1", window="w", number=1)
    assert scores(platform) == []


HOUR = DAY // 24
EVENING = instant("2026-03-01T22:30:00Z").micros  # in Berlin the next day begins half an hour later


@pytest.mark.parametrize(
    ("at", "before", "events", "learned", "holds"),
    [
        (EVENING, EVENING - HOUR, 0, None, True),
        (EVENING, EVENING - HOUR, 1, None, False),
        (EVENING, EVENING - HOUR, None, None, False),
        (EVENING, 0, 0, None, False),
        (EVENING + HOUR, EVENING, 0, None, False),
        (EVENING + 2 * HOUR, EVENING + HOUR, 0, None, True),
        (EVENING, EVENING - HOUR, 0, EVENING - 2 * HOUR, True),
        (EVENING, EVENING - HOUR, 0, EVENING - HOUR, False),
    ],
)
def test_what_nothing_changed_is_scored_once_a_day(
    at: int, before: int, events: int | None, learned: int | None, holds: bool
) -> None:
    """By the person's day; a run that brought something, a first one, one that nobody counted and a new curve are scored."""
    message = TasksChanged(
        feed=FEED, run="r2", window="w", number=2, seen_at=at, events=events, before=before
    )
    feed = Feed(name=FEED, source="wunderlist", zones=(ZonePeriod("Europe/Berlin"),))

    assert still_hold(message, feed, (learned or 0) // 1_000_000) is holds


def test_an_unchanged_run_appends_nothing_and_tells_the_report(platform: Platform) -> None:
    """The scores of the run before stand."""
    score(settle(platform, [*PAST, task("older", age=5)], seen_at=NOW), platform.ports)
    again = settle(platform, [task("older", age=5)], run=2, seen_at=NOW + HOUR)
    score(msgspec.structs.replace(again, events=0, before=NOW), platform.ports)

    assert {row["run"] for row in scores(platform)} == {1}
    letters = platform.queue.claim(["worklens.scores-ready.v1"], NOW, most=5)
    assert [letter.message.number for letter in letters] == [1, 2]  # type: ignore[attr-defined]


def test_a_forgotten_feed_stays_forgotten(tmp_path: Path) -> None:
    """A late message of a feed that is no more writes nothing."""
    platform = platform_in(tmp_path)
    score(settle(platform, [*PAST, task("older", age=5)], seen_at=NOW), platform.ports)

    assert scores(platform) == []
    assert platform.queue.depth() == 0
    platform.close()


# ----- Ages -----


def columns(**values: Any) -> Columns:
    """The columns of one task's history, seen at noon of day 100; what isn't given is NULL."""
    numbers = ("created", "completed", "deleted", "closed", "created_day", "completed_day", "ended_day")
    none: dict[str, Any] = {name: np.ma.masked_array([0], [True]) for name in numbers}
    none |= {f"{name}_precision": np.array([0]) for name in ("created", "completed", "deleted", "closed")}
    return Columns(
        "f", 100 * 86_400 + 43_200, 100, {**none, **{key: np.array([value]) for key, value in values.items()}}
    )


BORN = {"created": 90 * 86_400 + 43_200, "created_day": 90, "created_precision": 1}
DATED = {"created": 90 * 86_400, "created_day": 90, "created_precision": 2}


@pytest.mark.parametrize(
    ("given", "age", "cause"),
    [
        (BORN, 10.0, 0),
        (DATED, 10.0, 0),
        (BORN | {"completed": 93 * 86_400, "completed_precision": 1, "completed_day": 93, "ended_day": 93}, 2.5, 1),
        (BORN | {"completed": 93 * 86_400, "completed_precision": 2, "completed_day": 93, "ended_day": 93}, 3.0, 1),
        (BORN | {"completed": 93 * 86_400, "completed_precision": 4, "completed_day": 93, "ended_day": 93}, 2.5, 0),
        (BORN | {"deleted": 94 * 86_400, "deleted_precision": 3, "ended_day": 94}, 3.5, 2),
        (BORN | {"closed": 94 * 86_400, "closed_precision": 4, "ended_day": 94}, 3.5, 0),
        (BORN | {"completed": 80 * 86_400, "completed_precision": 1, "completed_day": 80, "ended_day": 80}, np.nan, 1),
        (BORN | {"created_precision": 3}, np.nan, 0),
    ],
)  # fmt: skip
def test_ages_by_hand(given: dict[str, int], age: float, cause: int) -> None:
    """Instants to the second, dates in whole days; unknown ends are watched until the last instant known open."""
    lives = ages(columns(**given))

    assert lives.age[0] == pytest.approx(age, nan_ok=True)
    assert lives.cause[0] == cause


def test_no_past_gives_no_chance() -> None:
    """Of no tasks at all."""
    told = curve_prospects(aalen_johansen([], []), np.array([3.0, np.nan]), np.array([1.0, np.nan]))

    assert np.isnan(told.done).all()
    assert told.evidence.tolist() == [0, 0]
