"""The contracts on one machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.state import FEED, Published, StateContract
from worklens.local.database import Database
from worklens.local.queue import LocalQueue
from worklens.local.state import LocalState
from worklens.messages import KINDS, VERSION, Message
from worklens.ports import Feed, ZonePeriod

TYPES = [f"worklens.{kind}.v{VERSION}" for kind in KINDS]


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
def published(database: Database) -> Published:
    """What is in the queue, taken off it."""
    queue = LocalQueue(database)

    def taken() -> list[Message]:
        letters = queue.claim(TYPES, 1 << 62, most=1_000)
        queue.acknowledge(letters)
        return [letter.message for letter in letters]

    return taken


class TestState(StateContract):
    """SQLite."""
