"""The state store: leases, runs, batches and the queue, on a real SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.contracts.state import FEED, NOW, Published, StateContract, batch, begun

from worklens.local.database import MIGRATIONS, Database, NewerStore
from worklens.local.queue import LocalQueue
from worklens.local.state import LocalState
from worklens.messages import KINDS, VERSION, Message, TasksChanged
from worklens.ports import Feed, Pointer, ZonePeriod

EVERYTHING = [f"worklens.{kind}.v{VERSION}" for kind in KINDS]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty state file."""
    database = Database(tmp_path / "state.sqlite", tmp_path / "backups")
    yield database
    database.close()


@pytest.fixture
def state(database: Database) -> LocalState:
    """A state store with one feed."""
    state = LocalState(database)
    state.save_feed(Feed(name=FEED, source="csv", zones=(ZonePeriod("Europe/Berlin"),)))
    return state


@pytest.fixture
def queue(database: Database) -> LocalQueue:
    """The queue in the same file."""
    return LocalQueue(database)


@pytest.fixture
def published(queue: LocalQueue) -> Published:
    """What is in the queue, taken off it."""

    def taken() -> list[Message]:
        letters = queue.claim(EVERYTHING, 1 << 62, most=1_000)
        queue.acknowledge(letters)
        return [letter.message for letter in letters]

    return taken


class TestState(StateContract):
    """What any state store promises, on SQLite."""


def test_forgetting_removes_every_row(state: LocalState, queue: LocalQueue, database: Database) -> None:
    """Feed, runs, batches, queue and dead letters."""
    run = begun(state)
    state.advance(run, "p", [batch(run, "b1"), batch(run, "b2")])
    queue.bury(queue.claim(EVERYTHING, NOW, most=1), "poison")
    state.drop_feed("csv:a")

    counts = [
        database.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        for table in ("feeds", "runs", "batches", "queue", "dead")
    ]
    assert counts == [0] * 5


def test_a_message_put_back_waits_longer_each_time(queue: LocalQueue) -> None:
    """10 s, 20 s, 40 s ... at most 600 s; then, after a hundred tries, it is among the dead letters."""
    queue.publish([TasksChanged(feed="f", run="r", window="w", number=1, seen_at=0)])
    waits, now = [], 0
    for _ in range(100):
        letters = queue.claim(EVERYTHING, now)
        assert letters
        queue.put_back(letters, now, "down")
        row = queue.database.connection.execute("SELECT ready_at FROM queue").fetchone()
        waits.append((row[0] - now) // 1_000_000 if row else None)
        now = row[0] if row else now

    assert waits[:4] == [10, 20, 40, 80]
    assert max(wait for wait in waits if wait) == 600
    assert waits[-1] is None
    assert [letter["reason"] for letter in queue.dead()] == ["down"]


def test_a_dead_letter_can_be_revived(queue: LocalQueue) -> None:
    """Replay puts it in the queue as new."""
    message = TasksChanged(feed="f", run="r", window="w", number=1, seen_at=0)
    queue.publish([message])
    queue.bury(queue.claim(EVERYTHING, 0), "poison")
    assert queue.claim(EVERYTHING, 0) == []

    queue.revive([int(str(letter["id"])) for letter in queue.dead()])
    assert [letter.message for letter in queue.claim(EVERYTHING, 0)] == [message]
    assert queue.dead() == []


def test_what_a_dead_process_held_is_free(queue: LocalQueue) -> None:
    """A message claimed by a process that was killed can be claimed at once."""
    queue.publish([TasksChanged(feed="f", run="r", window="w", number=1, seen_at=0)])
    assert queue.claim(EVERYTHING, 0)
    assert queue.claim(EVERYTHING, 0) == []
    queue.database.connection.execute("UPDATE held SET holder = '999999999@1'")

    assert len(queue.claim(EVERYTHING, 0)) == 1


def test_a_file_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """What it holds stays, and a copy is made before."""
    path = tmp_path / "s.sqlite"
    with sqlite3.connect(path) as old:
        old.executescript(f"{MIGRATIONS[0]}; PRAGMA user_version = 1")
        old.execute("INSERT INTO feeds (name, source, zones, settings) VALUES ('csv:a', 'csv', '[]', '{}')")
    old.close()
    database = Database(path, tmp_path / "backups")
    state = LocalState(database)
    state.point("csv:a", "model", "v1")

    assert state.pointer("csv:a", "model") == Pointer("v1")
    assert database.version() == len(MIGRATIONS)
    assert (tmp_path / "backups" / "state-v1.sqlite").exists()
    database.close()


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """The error names both versions and the remedy."""
    database = Database(tmp_path / "s.sqlite", tmp_path / "backups")
    database.connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()

    with pytest.raises(NewerStore, match="Upgrade"):
        Database(tmp_path / "s.sqlite", tmp_path / "backups")


def test_the_state_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Mode 0600."""
    database = Database(tmp_path / "s.sqlite", tmp_path / "backups")
    database.close()

    assert (tmp_path / "s.sqlite").stat().st_mode & 0o777 == 0o600


def test_what_is_through_leaves_the_state_file(tmp_path: Path) -> None:
    """Neither its text nor its room stays, once the file is closed."""
    database = Database(tmp_path / "s.sqlite", tmp_path / "backups")
    queue, state = LocalQueue(database), LocalState(database)
    state.save_feed(Feed(name="csv:a", source="csv"))
    run = begun(state)
    record = msgspec.Raw(b'"canary ' + b"x" * 900_000 + b'"')
    state.advance(
        run, "p", [msgspec.structs.replace(batch(run, f"b{n}"), records=[record]) for n in range(5)], NOW
    )
    while letters := queue.claim(EVERYTHING, NOW, most=2):
        queue.acknowledge(letters)
    database.close()

    left = (tmp_path / "s.sqlite").read_bytes()
    assert b"canary" not in left
    assert len(left) < 300_000  # of 4.5 million; the tables themselves have a dozen pages
