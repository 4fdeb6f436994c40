"""Following a Todoist from the command line, as its user would: by its token, sync after sync."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Person, trace_of
from worklens.testing.clock import Clock
from worklens.testing.server import BROKEN, Fault
from worklens.testing.todoist import TOKEN, FakeTodoist, error, limited, opaque
from worklens.testing.world import World

DAYS = 86_400
REVOKED = Fault(reply=error(401, 401, "UNAUTHORIZED"))


@pytest.fixture
def service() -> Iterator[FakeTodoist]:
    """A Todoist of ten days ago, with a chore of every day, a task that is done and one that is open."""
    world = World(Clock((int(time.time()) - 10 * DAYS) * 1_000_000), advances=True, completes_children=True)
    home = world.add_list("home")
    world.create(home, "water the plants", due="2026-01-05", repeat=("day", 1))
    done = world.create(home, "done before")
    world.create(home, "open")
    world.clock.advance(hours=1)
    world.complete(done)
    world.clock.advance(hours=1)
    with FakeTodoist(world) as fake:
        yield fake


@pytest.fixture
def follower(person: Person, service: FakeTodoist) -> Person:
    """Somebody who connected it and synced once."""
    person.run("connect", "todoist", "--base-url", service.base_url, stdin=f"{TOKEN}\n")
    assert events(person) == {"created": 3, "completed": 1}
    return person


def events(person: Person, *options: str) -> dict[str, int]:
    """What was found out: by the run, and before it by one that was left unfinished."""
    found: Counter[str] = Counter()
    for run in person.run("sync", "--json", *options).json["runs"]:
        found.update(run["events"])
    return dict(found)


def task(service: FakeTodoist, title: str) -> str:
    """A task of the world by its title."""
    return next(one.id for one in service.world.tasks.values() if one.title == title)


def test_each_sync_brings_what_changed_and_nothing_twice(follower: Person, service: FakeTodoist) -> None:
    """Also a whole listing; a chore that was done is an occurrence, and what was done and deleted was done."""
    world = service.world
    assert events(follower) == {}
    assert events(follower, "--full") == {}

    world.complete(task(service, "water the plants"))
    world.clock.advance(hours=1)
    fleeting = world.create(next(iter(world.lists)), "fleeting")
    world.clock.advance(hours=1)
    world.delete(fleeting)
    world.rename(task(service, "open"), "still open")
    world.clock.advance(hours=1)

    found = events(follower)
    assert found == {"created": 1, "completed": 1, "renamed": 1}
    assert events(follower) == {}
    rows = follower.run("metrics", "throughput", "--json").json
    assert sum(row["value"] for row in rows) == 2
    story = follower.run("task", opaque(task(service, "water the plants")), "--json").json["occurrences"]
    assert [one["status"] for one in story] == ["completed", "open"]


def test_a_revoked_token_is_said_and_a_new_one_goes_on(
    follower: Person, service: FakeTodoist, tmp_path: Path
) -> None:
    """As a process: exit code 1, one paragraph without the token or a traceback; nothing is lost meanwhile."""
    service.world.create(next(iter(service.world.lists)), "another")
    service.fail(REVOKED)

    done = follower.process("sync")

    assert (done.code, done.out) == (1, "")
    assert "doesn't take the token" in done.err
    assert "connect" in done.err
    assert "Traceback" not in done.err
    assert TOKEN not in done.err
    assert trace_of(TOKEN, tmp_path) == [str(follower.data / "secrets.json")]
    follower.run("connect", "todoist", "--base-url", service.base_url, stdin=f"{TOKEN}\n")
    assert events(follower) == {"created": 1}


def test_a_service_that_asks_to_wait_is_waited_for_or_left_for_later(
    follower: Person, service: FakeTodoist
) -> None:
    """A short wait is a part of the sync, a long one ends it with a word; the next one goes on from there."""
    service.world.create(next(iter(service.world.lists)), "another")
    service.fail(limited(0))
    service.fail(BROKEN)
    service.fail(limited(3_600), path="activities")

    assert "left alone" in follower.run("sync", code=1).err
    assert events(follower) == {"created": 1}


def connect_two(person: Person, service: FakeTodoist, other: FakeTodoist) -> None:
    """Two accounts, of two people's services."""
    other.tokens = {"o" * 40}
    for name, place, token in (("one", service, TOKEN), ("two", other, "o" * 40)):
        person.run("connect", "todoist", "--account", name, "--base-url", place.base_url, stdin=f"{token}\n")
    person.run("sync")


def test_a_dead_token_is_told_once(person: Person, service: FakeTodoist) -> None:
    """With the command that mends it as one types it here; the other account goes on, and each sync ends with 1.

    Later a line points to `status`, which shows it all the time; a sync of that account by name does so, too.
    Once mended it would be told again.
    """
    world = World(Clock(service.world.clock.now()))
    home = world.add_list("home")
    with FakeTodoist(world) as other:
        connect_two(person, service, other)
        for revoked in range(2):
            service.tokens = set()
            told = []
            for number in range(3):
                world.clock.advance(hours=1)
                world.create(home, f"new {revoked} {number}")
                done = person.run("sync", "--json", code=1)
                assert [run["events"] for run in done.json["runs"]] == [{"created": 1}]
                assert [failed["account"] for failed in done.json["failed"]] == ["todoist:one"]
                told.append(done.err)
            remedy = f"connect todoist --account todoist:one --data-dir {person.data}`"
            assert [text.count(remedy) for text in told] == [1, 0, 0]
            for later in told[1:]:
                (line,) = later.splitlines()
                assert "todoist:one" in line
                assert "status" in line
            assert remedy in person.run("status").out
            assert remedy in person.run("sync", "--account", "one", code=1).err
            service.tokens = {TOKEN}
            person.run("connect", "todoist", "--account", "one", stdin=f"{TOKEN}\n")
