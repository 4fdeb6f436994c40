"""Findings from the warehouse: the history comes back as it was, and as much of it as was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.findings.makers import person
from tests.moulds import platform_in
from tests.stages.facts import FEED, settle
from worklens.analysis.arrays import NEVER
from worklens.findings.choose import find
from worklens.findings.history import History
from worklens.findings.model import TaskRef
from worklens.local.platform import Platform
from worklens.stages.history import coded, load
from worklens.stages.insights import compute, titles
from worklens.tasks import DAY, Collection, Moment, Task

HOUR = DAY // 24


@pytest.fixture(scope="module")
def someone() -> History:
    """A person who is slow in one list."""
    return person(np.random.default_rng(3), days=600, speed={2: 0.05})


def as_tasks(made: History, account: str = FEED) -> list[Task]:
    """The history as tasks: due dates, instants of completion, hours and estimates."""
    return [_task(made, row, account) for row in range(made.rows)]


def _task(made: History, row: int, account: str) -> Task:
    ended: dict[str, Any] = {}
    if made.done[row] < NEVER:
        ended["completed"] = Moment(int(made.done[row]) * DAY + int(made.hour[row]) * HOUR)
    if made.due[row] < NEVER:
        ended["due"] = Moment(int(made.due[row]) * DAY, "day")
    return Task(
        account=account,
        task=str(made.task[row]),
        title=f"title {made.task[row]}",
        collection=made.collections[made.collection[row]],
        created=Moment(int(made.created[row]) * DAY),
        estimate_seconds=int(made.estimate[row]),
        spent_seconds=int(made.spent[row]),
        **ended,
    )


def lists(made: History, account: str = FEED) -> list[Collection]:
    """Its lists, with a title each."""
    return [Collection(account=account, collection=name, title=f"The {name}") for name in made.collections]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory, someone: History) -> Iterator[Platform]:
    """A platform with this person's tasks at one account, and some of them at another."""
    platform = platform_in(tmp_path_factory.mktemp("data"))
    mine, other = as_tasks(someone), as_tasks(someone, f"{FEED}/2")[:400]
    settle(platform, mine + other, lists(someone), seen_at=someone.today * DAY + 12 * HOUR)
    yield platform
    platform.close()


def sorted_by_task(made: History) -> History:
    """In the order of the warehouse."""
    order = np.argsort(made.task.astype(str), kind="stable")
    arrays: dict[str, Any] = {
        part.name: value[order]
        for part in fields(made)
        if isinstance(value := getattr(made, part.name), np.ndarray)
    }
    return replace(made, **arrays)


def test_the_history_comes_back_as_it_was(platform: Platform, someone: History) -> None:
    """Every array, the accounts and the day; lists by their titles."""
    with platform.warehouse.read() as session:
        loaded = load(session, [FEED])
    assert loaded is not None
    mine, made = loaded.of([FEED]), sorted_by_task(someone)

    assert loaded.accounts == (FEED, f"{FEED}/2")
    assert mine.today == made.today
    assert set(loaded.titles) == {f"The {name}" for name in someone.collections}
    for name in (
        "created",
        "done",
        "hour",
        "timed",
        "gone",
        "due",
        "estimate",
        "spent",
        "task",
        "series",
        "subtask",
    ):
        same = np.where(made.done == NEVER, -1, made.hour) if name == "hour" else getattr(made, name)
        np.testing.assert_array_equal(getattr(mine, name), same, err_msg=name)
    places = [mine.collections[code] for code in mine.collection]
    assert places == [made.collections[code] for code in made.collection]


def test_one_account_is_told_by_itself(platform: Platform) -> None:
    """Its findings carry its name; those of all together carry none; each follows on request."""
    with platform.warehouse.read() as session:
        mine = compute(session, [FEED], [FEED])
        both = compute(session, [FEED])
        every = compute(session, [FEED], each=True)

    assert {finding.account for finding in mine} == {FEED}
    assert {finding.account for finding in both} == {""}
    assert every[: len(both)] == both
    assert [finding for finding in every if finding.account == FEED] == mine
    assert "Garden" in {finding.params.get("collection") for finding in mine}


def test_as_of_an_earlier_day_the_history_is_that_days(platform: Platform, someone: History) -> None:
    """A hundred days in, there are only the tasks created by then, and nothing done later."""
    day = int(someone.created.min()) + 100
    with platform.warehouse.read() as session:
        then = load(session, [FEED], as_of=day * DAY + 12 * HOUR)
        early = compute(session, [FEED], [FEED], as_of=day * DAY + 12 * HOUR)

    assert then is not None
    assert then.today == day
    assert then.of([FEED]).rows == int((someone.created <= day).sum())
    assert then.done[then.done < NEVER].max() <= day
    assert {"pace", "dip", "tasks"} == {part["question"] for part in early[-1].params["missing"]}


def test_before_the_first_look_there_is_nothing_to_tell(platform: Platform) -> None:
    """Known at a time when nothing had been seen; and of a feed that isn't there."""
    with platform.warehouse.read() as session:
        assert compute(session, [FEED], known_at=DAY) == []
        assert compute(session, ["csv:nobody"]) == []


def test_titles_are_looked_up_for_the_tasks_named(platform: Platform, someone: History) -> None:
    """Those and no others, by account."""
    finding = find(someone)[0]
    named = finding.__class__(
        key="zombies", family="age", tasks=(TaskRef(f"{FEED}/2", "t3"), TaskRef(FEED, "gone"))
    )
    with platform.warehouse.read() as session:
        found = titles(session, [FEED], [named])
        assert titles(session, [FEED], []) == {}

    assert found == {TaskRef(f"{FEED}/2", "t3"): "title t3"}


def test_occurrences_with_ids_of_their_own_are_one_series(tmp_path: Path) -> None:
    """By list and title; subtasks, moved due dates, closed and deleted tasks come through."""
    noon = 20_500 * DAY + 12 * HOUR
    born: dict[str, Any] = {"account": FEED, "created": Moment(noon - 40 * DAY)}
    weekly: dict[str, Any] = {**born, "recurrence": "weekly", "collection": "home"}
    tasks = [
        Task(**weekly, task="a", title="Laundry"),
        Task(**weekly, task="b", title="Laundry", completed=Moment(noon - 2 * DAY)),
        Task(**weekly, task="c", title="Bins"),
        Task(**born, task="d", parent="z"),
        Task(**born, task="e", due=Moment(20_490 * DAY, "day")),
        Task(**born, task="f", closed=Moment(noon - 30 * DAY, "unknown")),
        Task(**born, task="g", deleted=Moment(noon - 20 * DAY, "seen")),
    ]
    platform = platform_in(tmp_path)
    settle(platform, tasks, seen_at=noon - DAY)
    settle(platform, [Task(**born, task="e", due=Moment(20_499 * DAY, "day"))], run=2, seen_at=noon)
    with platform.warehouse.read() as session:
        one = load(session, [FEED])
    platform.close()

    assert one is not None
    assert one.series[0] == one.series[1] != one.series[2]
    assert one.series[3] == -1
    assert one.recurring.tolist() == [True] * 3 + [False] * 4
    assert one.subtask.tolist() == [False] * 3 + [True] + [False] * 3
    assert (one.moved[4], one.due[4]) == (1, 20_499)
    assert one.closed.tolist() == [False] * 5 + [True, False]
    assert one.gone.tolist() == [NEVER] * 5 + [20_470, 20_480]
    assert one.titles == ("home",)


def test_codes_are_places_among_the_names() -> None:
    """In the order of their coming; an empty name has none."""
    names, codes = coded(["b", "", "a", "b"])

    assert names == ("b", "a")
    assert codes.tolist() == [0, -1, 1, 0]
