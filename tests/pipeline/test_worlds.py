"""Random lives through the whole pipeline: what is recorded of them is the truth, as far as the service shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from tests.pipeline import caldav_truth, github_truth, microsoft_truth, ticktick_truth
from tests.pipeline.chaos import calm
from tests.pipeline.google_truth import google_truth
from tests.pipeline.observing import Observer
from tests.pipeline.services import (
    CALDAV,
    GITHUB,
    GOOGLE_TASKS,
    MICROSOFT,
    TASKWARRIOR,
    TICKTICK,
    TODOIST,
    TODOTXT,
    WUNDERLIST,
    Service,
    Told,
    fake_of,
    followed,
    new_world,
    recorded,
    tasks_in,
    told_of,
)
from tests.pipeline.truth import todoist_truth
from worklens.tasks import Task
from worklens.testing import google_tasks, taskwarrior, todoist, todotxt, wunderlist
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.world import World

Key = tuple[str, str]  # task and occurrence


@pytest.fixture(autouse=True)
def _secrets_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring is asked."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")


class Kind(NamedTuple):
    """A service with the habits of its people, what may be had both ways, and the truth about it."""

    service: Service
    habits: Callable[[Mapping[str, Any]], Habits]  # of a person whose service has these switches
    switches: Callable[[Random], Mapping[str, Any]]
    events: Callable[[World, list[int], set[int]], list[Told]]
    tasks: Callable[[World], dict[Key, Task]]


def wunderlist_switches(random: Random) -> dict[str, Any]:
    """The service's open habits, one way or the other."""
    names = ("falsy_absent", "flags_completed", "escapes_newlines")
    return {name: random.random() < 0.5 for name in names}


def wunderlist_events(world: World, syncs: list[int], whole: set[int]) -> list[Told]:
    """The events that a perfect observer records of a Wunderlist."""
    return sorted(map(told_of, world.expected(syncs, wunderlist.WUNDERLIST)))


def wunderlist_tasks(world: World) -> dict[Key, Task]:
    """The tasks that are there, none of which has occurrences."""
    found = wunderlist.current_tasks(world, world.clock.now(), WUNDERLIST.feed)
    return {(key, ""): task for key, task in found.items()}


def todoist_switches(random: Random) -> dict[str, Any]:
    """What nobody could tell us of the service, but for what makes it hide more than its page says."""
    return {
        "completed": random.choice(["plain", "archived"]),
        "bad_token": random.choice(["whole", "refused"]),
        "page": random.choice([1, 3, 200]),
    }


def todoist_tasks(world: World) -> dict[Key, Task]:
    """The tasks that are there, of what repeats the last occurrence."""
    return todoist.current_tasks(world, world.clock.now(), TODOIST.feed)


def todoist_habits(switches: Mapping[str, Any]) -> Habits:
    """A service that says "deleted" of all that is completed can't tell that such a one was brought back."""
    restores = 0.0 if switches["completed"] == "archived" else 0.5
    return Habits(
        priorities=(None, 1, 5, 9),
        due_tails=("", "T09:00:00", "T09:00:00Z"),
        plain_subtasks=False,
        weights={**Habits().weights, "restore": restores, "complete": 6},
    )


def google_switches(random: Random) -> dict[str, Any]:
    """What nobody could tell us of the service, but for what makes it hide more than its page says."""
    return {"page": random.choice([2, 7, 100]), "empty_pages": random.random() < 0.5}


def google_habits(switches: Mapping[str, Any]) -> Habits:
    """No labels or priorities; things are moved and brought back now and then."""
    weights = {**Habits().weights, "prioritize": 0, "label": 0, "restore": 0.5}
    return Habits(plain_subtasks=False, due_tails=("", "T23:30:00"), weights=weights)


def google_current(world: World) -> dict[Key, Task]:
    """The tasks that are there, none of which has occurrences."""
    return {(key, ""): task for key, task in google_tasks.current_tasks(world, GOOGLE_TASKS.feed).items()}


def taskwarrior_switches(random: Random) -> dict[str, Any]:
    """The forms of its versions."""
    return {name: random.random() < 0.5 for name in ("old", "lines")}


def taskwarrior_events(world: World, syncs: list[int], whole: set[int]) -> list[Told]:
    """The events that a perfect observer records of a Taskwarrior."""
    return sorted(map(told_of, taskwarrior.expected(world, syncs)))


def purging_events(world: World, syncs: list[int], whole: set[int]) -> list[Told]:
    """The same where what is deleted is purged at once."""
    return sorted(map(told_of, taskwarrior.expected(world, syncs, purges=True)))


def taskwarrior_tasks(world: World) -> dict[Key, Task]:
    """The tasks that are there."""
    found = taskwarrior.current_tasks(world, world.clock.now(), TASKWARRIOR.feed)
    return {(key, ""): task for key, task in found.items()}


def todotxt_switches(random: Random) -> dict[str, Any]:
    """Whether what is done is moved to done.txt."""
    return {"archives": random.random() < 0.5}


def todotxt_events(world: World, syncs: list[int], whole: set[int]) -> list[Told]:
    """The events that a perfect observer records of a todo.txt."""
    return sorted(map(told_of, todotxt.expected(world, syncs)))


def todotxt_tasks(world: World) -> dict[Key, Task]:
    """The tasks that are there."""
    found = todotxt.current_tasks(world, world.clock.now(), TODOTXT.feed)
    return {(key, ""): task for key, task in found.items()}


KINDS = {
    "caldav": Kind(
        CALDAV, caldav_truth.habits, caldav_truth.switches, caldav_truth.events, caldav_truth.tasks
    ),
    "github": Kind(
        GITHUB, github_truth.habits, github_truth.switches, github_truth.events, github_truth.tasks
    ),
    "google_tasks": Kind(GOOGLE_TASKS, google_habits, google_switches, google_truth, google_current),
    "microsoft_todo": Kind(
        MICROSOFT,
        lambda switches: Habits(priorities=(None, 1, 9)),
        microsoft_truth.switches,
        microsoft_truth.events,
        microsoft_truth.tasks,
    ),
    "ticktick": Kind(
        TICKTICK,
        ticktick_truth.habits,
        ticktick_truth.switches,
        ticktick_truth.events,
        ticktick_truth.tasks,
    ),
    "wunderlist": Kind(
        WUNDERLIST, lambda switches: Habits(), wunderlist_switches, wunderlist_events, wunderlist_tasks
    ),
    "todoist": Kind(TODOIST, todoist_habits, todoist_switches, todoist_truth, todoist_tasks),
    "taskwarrior": Kind(
        TASKWARRIOR,
        lambda switches: taskwarrior.habits(),
        taskwarrior_switches,
        taskwarrior_events,
        taskwarrior_tasks,
    ),
    "taskwarrior, purging": Kind(
        TASKWARRIOR,
        lambda switches: taskwarrior.habits(),
        lambda random: {**taskwarrior_switches(random), "purges": True},
        purging_events,
        taskwarrior_tasks,
    ),
    "todotxt": Kind(
        TODOTXT, lambda switches: todotxt.habits(), todotxt_switches, todotxt_events, todotxt_tasks
    ),
}
CASES = settings.default.max_examples if settings.default else 0  # 1,000 in a deep run
HISTORIES = max(50, CASES)
WHOLE = max(3, CASES // 20)  # of those through all stages, each a second
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def truth(kind: Kind, world: World, syncs: Mapping[int, bool]) -> list[Told]:
    """The events that should be recorded."""
    return kind.events(world, list(syncs), {sync for sync, whole in syncs.items() if whole})


@each_kind
@pytest.mark.parametrize("seed", range(WHOLE))
def test_a_life(kind: Kind, seed: int, tmp_path: Path) -> None:
    """Over faults and disorder, the events and the tasks in the warehouse are those of the world."""
    world, random = new_world(kind.service), seeded(seed)
    switches = kind.switches(random)
    fake, habits = fake_of(kind.service, world, **switches), kind.habits(switches)
    fake.fail_by_chance(random, random.choice([0, 0.03, 0.1]))
    fake.disorder = random.choice([None, random])
    syncs: dict[int, bool] = {}  # and whether it listed everything
    with followed(calm(tmp_path, world.clock), kind.service, fake) as here:
        for _ in range(3):
            live(world, random, random.randrange(50), habits)
            world.clock.advance(hours=1)
            whole = not syncs or random.random() < 0.2
            here.sync(full=whole)
            syncs[world.clock.now()] = whole
        events, latest, current, held = here.look(
            "known_events", "latest_states", "current_tasks", "quarantine"
        )

    assert recorded(events) == truth(kind, world, syncs)
    found = {(task.task, task.occurrence): task for task in tasks_in(latest)}
    want = kind.tasks(world)
    assert {key: task for key, task in found.items() if key in want} == want
    assert all(found[key].completed for key in found.keys() - want.keys())  # earlier occurrences
    statuses = zip(*(current[name] for name in ("task", "occurrence", "status")), strict=True)
    here_now = {(task, occurrence): status for task, occurrence, status in statuses if status != "deleted"}
    assert here_now == {key: task.status for key, task in found.items()}
    assert held["reason"] == []


@each_kind
@pytest.mark.parametrize("seed", range(HISTORIES))
def test_many_lives(kind: Kind, seed: int) -> None:
    """What settling makes of what the source tells is the truth, whatever failed and was cut off."""
    world, random = new_world(kind.service), seeded(1_000 + seed)
    switches = kind.switches(random)
    fake, habits = fake_of(kind.service, world, **switches), kind.habits(switches)
    fake.fail_by_chance(random, random.choice([0, 0.02, 0.1]))
    fake.disorder = random.choice([None, random])
    syncs: dict[int, bool] = {}  # and whether it listed everything
    with fake:
        observer = Observer(kind.service, fake)
        for _ in range(4):
            live(world, random, random.randrange(25), habits)
            world.clock.advance(hours=1)
            pages = random.randrange(3) if random.random() < 0.3 else None
            whole = not syncs or random.random() < 0.2
            observer.observe(world.clock.now(), pages=pages, full=whole)
            syncs[world.clock.now()] = whole

    assert sorted(observer.events) == truth(kind, world, syncs)
