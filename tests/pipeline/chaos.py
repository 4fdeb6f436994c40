"""A local platform on which everything that may go wrong between two steps does, by a seed.

Messages come twice and in any order, and a crash comes before or after any call on a port. What crashed is taken up
by a platform opened anew on the same files, as a new process would.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.moulds import platform_in
from worklens.local.platform import Platform
from worklens.local.queue import Letter
from worklens.messages import VERSION
from worklens.ports import Busy, Clock, Ports, Session, StaleLease
from worklens.sources.base import Refused
from worklens.stages.connect import connect
from worklens.stages.driver import Unavailable
from worklens.stages.fetch import fetch
from worklens.stages.learn import learn
from worklens.stages.score import score
from worklens.stages.transform import parse, settle

KINDS = (
    "sync-requested", "tasks-fetched", "settle-requested", "tasks-changed", "scores-ready", "learn-requested",
)  # fmt: skip
TYPES = [f"worklens.{kind}.v{VERSION}" for kind in KINDS]
FOREVER = 1 << 62
# Between two deliveries, without the clock: nothing is held, what waited is ready, and a service's limits are ours again.
TIME_PASSES = """
    DELETE FROM held; UPDATE queue SET ready_at = 0; DELETE FROM pointers WHERE name = 'budget' OR name LIKE 'budget/%'
"""


class Crash(BaseException):
    """The process dies here."""


class Crashing:
    """A port on which any call may crash, before its effect or after it."""

    def __init__(self, port: Any, chaos: Chaos) -> None:
        self._port = port
        self._chaos = chaos

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._port, name)
        if not callable(attribute):
            return attribute

        def call(*args: Any, **kwargs: Any) -> Any:
            self._chaos.maybe_crash()
            result = attribute(*args, **kwargs)
            self._chaos.maybe_crash()
            return result

        return call


class CrashingWarehouse:
    """A warehouse whose every append and query may crash, and whose commit may be the last thing that happens."""

    def __init__(self, warehouse: Any, chaos: Chaos) -> None:
        self._warehouse = warehouse
        self._chaos = chaos

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self._warehouse.write() as session:
            yield Crashing(session, self._chaos)
        self._chaos.maybe_crash()

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self._warehouse.read() as session:
            yield Crashing(session, self._chaos)


class Chaos:
    """Drives the stages over a data directory until nothing is left to do."""

    def __init__(
        self,
        root: Path,
        clock: Clock,
        seed: int,
        *,
        crash: float = 0.05,
        twice: float = 0.5,
        reckons: bool = False,
    ) -> None:
        """``crash``: the chance at each step; ``twice``: the chance that a message is delivered again.

        ``reckons``: score and learn take part, which costs several times what the others do.
        """
        self.root = root
        self.clock = clock
        self.dice = random.Random(seed)  # noqa: S311 - a test's dice
        self.crash = crash
        self.twice = twice
        self.reckons = reckons
        self.crashes = 0
        self.platform = self._open()

    def _open(self) -> Platform:
        platform = platform_in(self.root, self.clock)
        platform.database.connection.executescript(TIME_PASSES)
        return platform

    def maybe_crash(self) -> None:
        if self.dice.random() < self.crash:
            raise Crash

    def run(self, steps: int = 5_000) -> None:
        """Deliver until the queue is empty; raises where that takes too long."""
        for _ in range(steps):
            letters = self.platform.queue.claim(TYPES, FOREVER, most=1_000)
            if not letters:
                return
            chosen = self.dice.choice(letters)
            self._deliver(chosen)
        raise AssertionError("the queue does not come to rest")

    def _deliver(self, letter: Letter) -> None:
        try:
            self._work(letter)
            if self.dice.random() >= self.twice:
                self.platform.queue.acknowledge([letter])
        except (StaleLease, Busy, Unavailable):
            pass
        except Crash:
            self.crashes += 1
            self.platform.close()
            self.platform = self._open()
        self.platform.database.connection.executescript(TIME_PASSES)

    def _work(self, letter: Letter) -> None:
        ports, message = self._ports(), letter.message
        try:
            if message.kind == "sync-requested":
                hurry = self.dice.random() < 0.3
                fetch(message, ports, connect, out_of_time=lambda: hurry and self.dice.random() < 0.3)  # type: ignore[arg-type]
            elif message.kind == "tasks-fetched":
                parse([message], ports)  # type: ignore[list-item]
            elif message.kind == "settle-requested":
                settle(message, ports)  # type: ignore[arg-type]
            elif message.kind == "tasks-changed" and self.reckons:
                score(message, ports)  # type: ignore[arg-type]
            elif message.kind == "learn-requested":
                learn(message, ports)  # type: ignore[arg-type]
        except Refused as refused:
            if refused.reason != "file-gone":  # a late copy of a request whose import is over
                raise

    def _ports(self) -> Ports:
        real = self.platform.ports
        return real._replace(
            state=Crashing(real.state, self),
            bus=Crashing(real.bus, self),
            blobs=Crashing(real.blobs, self),
            warehouse=CrashingWarehouse(real.warehouse, self),
        )


def calm(root: Path, clock: Clock, *, reckons: bool = False) -> Chaos:
    """The same without any chaos, to compare with."""
    return Chaos(root, clock, seed=0, crash=0.0, twice=0.0, reckons=reckons)


HIDDEN = {
    "run",
    "run_id",
    "seen_at",
    "first_seen_at",
    "event_id",
    "previous_state",
    "state",
    "state_hash",
    "position",
}
KEYED = (
    "current_tasks",
    "known_events",
    "daily_flow",
    "throughput_daily",
    "latest_collections",
    "rescheduling",
)


def keyed(platform: Platform, *, views: tuple[str, ...] = KEYED) -> dict[str, list[tuple[str, ...]]]:
    """The keyed views, less the ids of runs, events and states and the times of seeing, in an order of their own."""
    with platform.warehouse.read() as session:
        return {view: rows_of(session.query(view)) for view in views}


def facts(platform: Platform, table: str) -> list[tuple[str, ...]]:
    """The rows of a table as they were written, each once however often it was."""
    with platform.warehouse.read() as session:
        columns = session.query(table)
    return sorted(set(zip(*(map(str, values) for values in columns.values()), strict=True)))


def rows_of(columns: dict[str, list[Any]]) -> list[tuple[str, ...]]:
    """Rows that can be compared: every value as text, sorted."""
    kept = [values for name, values in columns.items() if name not in HIDDEN]
    return sorted(tuple(map(str, row)) for row in zip(*kept, strict=True))
