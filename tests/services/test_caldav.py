"""CalDAV against Radicale and Xandikos themselves: connected, synced and looked at as a person would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.cli.conftest import Person
from tests.services.dav import PASSWORD, USER, Dav
from worklens.sources.caldav import api
from worklens.sources.caldav.known import Cursor
from worklens.sources.caldav.source import CalDav
from worklens.testing.caldav import FakeCalDav, current_tasks, uid
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.follow import Follower
from worklens.testing.world import World

OPEN = ("SUMMARY:Call Anna", "STATUS:NEEDS-ACTION")
DONE = ("SUMMARY:Call Anna", "STATUS:COMPLETED", "COMPLETED:20260102T100000Z", "PERCENT-COMPLETE:100")
HABITS = Habits(
    priorities=(None, 1, 5, 9),
    due_tails=("", "T09:00:00", "T09:00:00Z"),
    plain_subtasks=False,
    resolution=1_000_000,
)


@pytest.fixture
def person(dav: Dav, tmp_path: Path) -> Person:
    """Somebody who has connected the server."""
    here = Person(tmp_path / "data")
    here.run("connect", "caldav", "--url", dav.root, "--user", USER, "--time-zone", "UTC", stdin=PASSWORD)
    return here


def synced(person: Person, *options: str) -> list[dict[str, Any]]:
    """The events that a sync brings."""
    before = len(person.run("events", "--json").lines) if (person.data / "warehouse.duckdb").exists() else 0
    person.run("sync", *options)
    return person.run("events", "--json").lines[before:]


def kinds(events: list[dict[str, Any]]) -> list[str]:
    """What happened, in some order."""
    return sorted(f"{event['kind']} {event['task']}" for event in events)


def test_two_tasks_a_completion_and_a_deletion(dav: Dav, person: Person) -> None:
    """Each is seen after one sync; and another sync sees nothing."""
    dav.put("a", *OPEN)
    dav.put("b", "SUMMARY:Pay rent", "DUE;VALUE=DATE:20260105")
    assert kinds(synced(person)) == ["created a", "created b"]

    dav.put("a", *DONE)
    (event,) = synced(person)
    assert (event["kind"], event["task"], event["at"]) == ("completed", "a", "2026-01-02T10:00:00Z")

    dav.delete("b")
    assert kinds(synced(person)) == ["deleted b"]
    assert synced(person) == []
    assert synced(person, "--full") == []


# ----- the source by itself


@pytest.fixture
def follower(dav: Dav) -> Follower:
    """What follows the server without a warehouse."""
    source = CalDav()
    there = {"url": dav.root, "user": USER}
    return Follower(source, source.secret(PASSWORD, there), there, "caldav:me")


def titles(follower: Follower) -> dict[tuple[str, str], str]:
    """What is known."""
    return {key: task.title for key, task in follower.tasks.items()}


def test_moved_deleted_and_left_alone(dav: Dav, follower: Follower) -> None:
    """A move is no deletion; a calendar takes its tasks along; events are none of our business."""
    work, events = dav.make("work", "Work"), dav.make("events", "Events", "VEVENT")
    dav.put("a", *OPEN)
    dav.put("b", "SUMMARY:Pay rent", calendar=work)
    dav.put("e", "SUMMARY:Party", "DTSTART:20260105T200000Z", calendar=events, component="VEVENT")
    follower.sync(1)
    assert titles(follower) == {("a", ""): "Call Anna", ("b", ""): "Pay rent"}
    assert {one.title for one in follower.collections.values()} >= {"To do", "Work"}

    dav.move("a", dav.calendar, work)
    follower.sync(2)
    assert {task.collection for task in follower.tasks.values()} == {work}

    dav.remove(work)
    follower.sync(3)
    assert follower.tasks == {}
    assert follower.collections[work].deleted


def test_a_series(dav: Dav, follower: Follower) -> None:
    """An occurrence that is completed by itself comes with its series."""
    dav.put(
        "s", "SUMMARY:Water", "DTSTART;VALUE=DATE:20260105", "DUE;VALUE=DATE:20260106", "RRULE:FREQ=DAILY",
        "END:VTODO", "BEGIN:VTODO", "UID:s", "DTSTAMP:20260101T100000Z", "SUMMARY:Water",
        "RECURRENCE-ID;VALUE=DATE:20260105", "STATUS:COMPLETED", "COMPLETED:20260105T100000Z",
    )  # fmt: skip
    follower.sync(1)

    found = {key: str(task.completed) for (_, key), task in follower.tasks.items()}
    assert found == {"": "None", "2026-01-05": "2026-01-05T10:00:00Z"}


def test_a_token_the_server_does_not_know(dav: Dav, follower: Follower) -> None:
    """Whatever it answers, all is listed, and what went meanwhile is gone."""
    for name in ("a", "b"):
        dav.put(name, *OPEN)
    follower.sync(1)
    cursor = msgspec.json.decode(follower.cursor, type=Cursor)
    for kept in cursor.calendars.values():
        kept.token = kept.token[:-7] + "0000000"
    follower.cursor = msgspec.json.encode(cursor).decode()
    dav.delete("a")
    follower.sync(2)

    assert set(titles(follower)) == {("b", "")}


def test_etags_will_do(dav: Dav, follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    """The listing that is asked of servers without sync tokens."""
    monkeypatch.setattr(api, "_changes_since", _no_tokens)
    for name in ("a", "b"):
        dav.put(name, *OPEN)
    follower.sync(1)
    dav.put("b", *DONE)
    dav.delete("a")
    follower.sync(2)

    assert {key: task.status for key, task in follower.tasks.items()} == {("b", ""): "completed"}


def _no_tokens(calendar: api.Calendar, token: str) -> api.Asking[None]:
    yield from ()


def test_a_wrong_password(dav: Dav, tmp_path: Path) -> None:
    """It is told at once, and nothing is kept. (Xandikos asks for none.)"""
    person = Person(tmp_path / "data")
    code = 1 if dav.name == "radicale" else 0
    done = person.run(
        "connect",
        "caldav",
        "--url",
        dav.root,
        "--user",
        USER,
        "--time-zone",
        "UTC",
        stdin="not-the-one",
        code=code,
    )

    assert "not-the-one" not in done.out + done.err
    assert bool(code) == ("doesn't take the token or password" in done.err)


@pytest.mark.parametrize("seed", range(3))
def test_random_lives(dav: Dav, follower: Follower, seed: int) -> None:
    """What a person does by chance, carried to the server, is known after each sync."""
    world, random = World(advances=True), seeded(seed)
    mirror = Mirror(dav, world)
    for _ in range(4):
        live(world, random, 25, HABITS)
        world.clock.advance(hours=1)
        mirror.carry()
        follower.sync(world.clock.now(), full=random.random() < 0.2)

        want = current_tasks(world, world.clock.now(), "caldav:me")
        want = {key: replace(task, collection=mirror.path(task.collection)) for key, task in want.items()}
        assert {task: found for (task, _), found in follower.tasks.items()} == want


class Mirror:
    """Carries a scripted world to a server."""

    def __init__(self, dav: Dav, world: World) -> None:
        """Nothing is there yet."""
        self.dav, self.world = dav, world
        self.fake = FakeCalDav(world)  # for what its members hold
        self.lists: set[str] = set()
        self.members: dict[str, tuple[str, str]] = {}  # a task's list and text

    def path(self, collection: str) -> str:
        """Where a list of the fake is on the server."""
        return f"{self.dav.home}{collection.rstrip('/').rpartition('/')[2]}/"

    def carry(self) -> None:
        """Do there what was done in the world."""
        for key in self.world.lists.keys() - self.lists:
            self.dav.make(key, key)
        self.fake._catch_up()
        now = {task.id: (task.collection, self.fake.text(task)) for task in self.world.tasks.values()}
        for task, (collection, _) in self.members.items():
            if task not in now and collection in self.world.lists:
                self.dav.delete(uid(task), self.path(collection))
        for task, (collection, text) in now.items():
            before = self.members.get(task)
            if before and before[0] != collection and before[0] in self.world.lists:
                self.dav.move(uid(task), self.path(before[0]), self.path(collection))
            if before != (collection, text):
                self.dav.write(uid(task), text, self.path(collection))
        for key in self.lists - self.world.lists.keys():
            self.dav.remove(self.path(key))
        self.lists, self.members = set(self.world.lists), now
