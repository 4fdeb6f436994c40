"""Promise 1 against a source that changes: whatever is repeated, reordered or killed meanwhile, nothing is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.pipeline.chaos import Chaos
from tests.pipeline.services import TODOIST, WUNDERLIST, Followed, Service, fake_of, followed, new_world
from worklens.local.queue import Letter
from worklens.tasks import iso
from worklens.testing import todoist, wunderlist
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.server import Call, FakeService
from worklens.testing.world import World

Key = tuple[str, str]  # task and occurrence
HABITS = Habits(gap_hours=0.5)  # often longer than a lease lasts


@pytest.fixture(autouse=True)
def _secrets_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring is asked."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")


def current(service: Service, world: World) -> dict[Key, str]:
    """The status of each task that is there, of what repeats the last occurrence."""
    now = world.clock.now()
    if service is TODOIST:
        return {key: task.status for key, task in todoist.current_tasks(world, now, service.feed).items()}
    return {
        (key, ""): task.status for key, task in wunderlist.current_tasks(world, now, service.feed).items()
    }


def name_of(service: Service, task: str) -> str:
    """The service's id of a world's task."""
    return todoist.opaque(task) if service is TODOIST else wunderlist.task_id(task)


def standing(service: Service, world: World) -> set[tuple[str, int]]:
    """The completions that the service still shows: of tasks that are there, all that were not taken back."""
    found = {(task.id, task.completed) for task in world.tasks.values() if task.completed is not None}
    for task in world.tasks:
        found |= {(task, at) for at in todoist.advances(world, task, world.clock.now())}
    return {(name_of(service, task), at) for task, at in found}


def restless(world: World, random: Random, fake: FakeService, changes: int) -> None:
    """Let the person go on working between the requests of a sync, so many times in all."""
    left = [changes]

    def work(call: Call) -> None:
        if left[0] and random.random() < 0.3:
            left[0] -= 1
            live(world, random, 1, HABITS)

    fake.before = work


def story(here: Followed, world: World, random: Random, fake: FakeService) -> None:
    """Syncs asked for one by one and several at once while the world goes on, and a quiet one in the end."""
    for _ in range(2):
        live(world, random, random.randrange(20), HABITS)
        restless(world, random, fake, changes=8)
        for _ in range(random.choice([1, 3])):
            here.ask(full=random.random() < 0.2)
        here.chaos.run()
    fake.before = None
    world.clock.advance(hours=1)
    here.sync()


class Unhurried(Chaos):
    """Between two messages an hour may go by, in which a lease ends."""

    def __init__(self, root: Path, world: World, seed: int) -> None:
        """Time is the world's."""
        super().__init__(root, world.clock, seed, crash=0.02)
        self._time = world.clock

    def _deliver(self, letter: Letter) -> None:
        self._time.advance(hours=self.dice.choice([0, 0, 1]))
        super()._deliver(letter)


def check(service: Service, seed: int, root: Path) -> None:
    """Live a life amid chaos, and hold what is known of it to the truth."""
    world, random = new_world(service), seeded(seed)
    fake = fake_of(service, world)
    fake.fail_by_chance(random, 0.03)
    with followed(Unhurried(root, world, seed), service, fake) as here:
        story(here, world, random, fake)
        tasks, events = here.look("current_tasks", "known_events")

    columns = (tasks[name] for name in ("task", "occurrence", "status"))
    found = {(task, occurrence): status for task, occurrence, status in zip(*columns, strict=True)}
    there = {key: status for key, status in found.items() if status != "deleted"}
    want = current(service, world)
    assert {key: there.get(key) for key in want} == want
    assert {there[key] for key in there.keys() - want.keys()} <= {"completed"}  # earlier occurrences
    check_events(service, world, events)


each_service = pytest.mark.parametrize("service", [WUNDERLIST, TODOIST], ids=lambda service: service.source)


@each_service
@pytest.mark.parametrize("seed", [6])  # of many, one in which runs overlapped before that was forbidden
def test_nothing_is_lost(service: Service, seed: int, tmp_path: Path) -> None:
    """The tasks are those of the world, each completion is told once, and nothing is told that did not happen."""
    check(service, seed, tmp_path)


@pytest.mark.deep
@each_service
@pytest.mark.parametrize("seed", range(7, 47))
def test_nothing_is_lost_in_many_lives(service: Service, seed: int, tmp_path: Path) -> None:
    """The same over many more seeds."""
    check(service, seed, tmp_path)


def check_events(service: Service, world: World, events: dict[str, list[Any]]) -> None:
    """Each standing completion once, and no completion or deletion that never was, or was seen before it was."""
    rows = list(zip(*(events[name] for name in ("task", "kind", "happened_at", "seen_at")), strict=True))
    told = Counter((task, at) for task, kind, at, _ in rows if kind == "completed")
    done = {(name_of(service, fact.task), fact.at) for fact in world.facts if fact.kind == "completed"}
    assert standing(service, world) <= told.keys() <= done
    assert set(told.values()) <= {1}
    deleted = {name_of(service, fact.task) for fact in world.facts if fact.kind == "deleted"}
    assert {task for task, kind, _, _ in rows if kind == "deleted"} <= deleted
    assert [(task, kind, iso(at), iso(seen)) for task, kind, at, seen in rows if at > seen] == []
