"""The durable queue: rows of the state file, claimed, then deleted or put back with a backoff."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from worklens.local.database import Database
from worklens.local.holder import alive, me
from worklens.messages import FOR_OTHERS, Message, decode, encode, event_type

FIRST_BACKOFF = 10  # seconds; doubled each time, as on the cloud platform
LONGEST_BACKOFF = 600
MAX_ATTEMPTS = 100  # then to the dead letters: at ten minutes each, an outage of a day loses nothing
SECOND = 1_000_000
KEPT = 1_000  # messages of a topic that no stage takes from: perhaps nobody does
DROPPED = """
    DELETE FROM queue WHERE topic = :topic AND id <= (
      SELECT id FROM queue WHERE topic = :topic ORDER BY id DESC LIMIT 1 OFFSET :kept
    )
"""


class Letter(NamedTuple):
    """A message as it stands in the queue."""

    id: int
    type: str
    body: bytes
    attempts: int

    @property
    def message(self) -> Message:
        """The message; raises UnknownMessage where it can't be read."""
        return decode(self.type, self.body)


def enqueue(connection: sqlite3.Connection, messages: Iterable[Message]) -> None:
    """Put messages in the queue, in the caller's transaction."""
    connection.executemany(
        "INSERT INTO queue (topic, type, message, feed, body) VALUES (?, ?, ?, ?, ?)",
        ((m.topic, event_type(m), m.message_id, m.feed, encode(m)) for m in messages),
    )


class LocalQueue:
    """The bus on one machine; what is published stands until a handler is through with it."""

    def __init__(self, database: Database) -> None:
        """Rows of the state file."""
        self.database = database

    def publish(self, messages: Iterable[Message]) -> None:
        """Return when every message is stored."""
        with self.database.transaction() as connection:
            enqueue(connection, messages)
            for topic in FOR_OTHERS:
                connection.execute(DROPPED, {"topic": topic, "kept": KEPT})

    def claim(self, types: Sequence[str], now: int, most: int = 1, most_bytes: int = 1 << 62) -> list[Letter]:
        """Take the oldest messages of these types that are due, at most so many and so large."""
        with self.database.transaction() as connection:
            self._release_the_dead(connection)
            letters = self._due(connection, types, now, most, most_bytes)
            connection.executemany(
                "INSERT INTO held VALUES (?, ?)", ((letter.id, me()) for letter in letters)
            )
        return letters

    def _due(
        self, connection: sqlite3.Connection, types: Sequence[str], now: int, most: int, most_bytes: int
    ) -> list[Letter]:
        marks = ", ".join("?" * len(types))
        rows = connection.execute(
            f"SELECT id, type, body, attempts FROM queue WHERE type IN ({marks}) AND ready_at <= ?"  # noqa: S608
            " AND id NOT IN (SELECT letter FROM held) ORDER BY id LIMIT ?",
            (*types, now, most),
        )
        letters: list[Letter] = []
        for row in rows:
            letters.append(Letter(*row))
            most_bytes -= len(row["body"])
            if most_bytes <= 0:
                break
        return letters

    def _release_the_dead(self, connection: sqlite3.Connection) -> None:
        for (holder,) in connection.execute("SELECT DISTINCT holder FROM held").fetchall():
            if not alive(holder):
                connection.execute("DELETE FROM held WHERE holder = ?", (holder,))

    def take(self, letter: Letter) -> Letter | None:
        """The letter with its body, held again; None where it is gone, or held by somebody else."""
        with self.database.transaction() as connection:
            row = connection.execute(
                "SELECT id, type, body, attempts FROM queue WHERE id = ? AND id NOT IN (SELECT letter FROM held)",
                (letter.id,),
            ).fetchone()
            if row is not None:
                connection.execute("INSERT INTO held VALUES (?, ?)", (letter.id, me()))
        return Letter(*row) if row else None

    def release(self, letters: Iterable[Letter]) -> None:
        """Hold these no longer; they are due as before."""
        with self.database.transaction() as connection:
            connection.executemany("DELETE FROM held WHERE letter = ?", ((letter.id,) for letter in letters))

    def acknowledge(self, letters: Iterable[Letter]) -> None:
        """The work is done: the messages go."""
        with self.database.transaction() as connection:
            connection.executemany("DELETE FROM queue WHERE id = ?", ((letter.id,) for letter in letters))

    def put_back(self, letters: Iterable[Letter], now: int, reason: str) -> None:
        """The work failed for now: again after a backoff, and in the end to the dead letters."""
        with self.database.transaction() as connection:
            for letter in letters:
                if letter.attempts + 1 >= MAX_ATTEMPTS:
                    self._bury(connection, letter, reason)
                else:
                    wait = min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** min(letter.attempts, 10)) * SECOND
                    connection.execute(
                        "UPDATE queue SET attempts = attempts + 1, ready_at = ?, reason = ? WHERE id = ?",
                        (now + wait, reason, letter.id),
                    )
                    connection.execute("DELETE FROM held WHERE letter = ?", (letter.id,))

    def bury(self, letters: Iterable[Letter], reason: str) -> None:
        """The work can never succeed: keep the messages aside, with the reason."""
        with self.database.transaction() as connection:
            for letter in letters:
                self._bury(connection, letter, reason)

    def _bury(self, connection: sqlite3.Connection, letter: Letter, reason: str) -> None:
        connection.execute(
            "INSERT INTO dead (topic, type, message, feed, body, attempts, reason)"
            " SELECT topic, type, message, feed, body, attempts + 1, ? FROM queue WHERE id = ?",
            (reason, letter.id),
        )
        connection.execute("DELETE FROM queue WHERE id = ?", (letter.id,))

    def keep(self, type_: str, body: bytes, reason: str) -> None:
        """Put aside a message that never was in the queue."""
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT INTO dead (topic, type, message, feed, body, attempts, reason) VALUES ('', ?, '', '', ?, 1, ?)",
                (type_, body, reason),
            )

    def dead(self) -> list[dict[str, object]]:
        """The dead letters, without their bodies."""
        rows = self.database.connection.execute(
            "SELECT id, topic, type, feed, attempts, reason FROM dead ORDER BY id"
        )
        return [dict(row) for row in rows]

    def revive(self, ids: Sequence[int]) -> int:
        """Put dead letters back in the queue, as new; how many there were."""
        with self.database.transaction() as connection:
            for id_ in ids:
                connection.execute(
                    "INSERT INTO queue (topic, type, message, feed, body)"
                    " SELECT topic, type, message, feed, body FROM dead WHERE id = ?",
                    (id_,),
                )
                connection.execute("DELETE FROM dead WHERE id = ?", (id_,))
        return len(ids)

    def hasten(self) -> None:
        """Let what waits for its next attempt be tried now (a person asked for it)."""
        with self.database.transaction() as connection:
            connection.execute("UPDATE queue SET ready_at = 0 WHERE ready_at > 0")

    def waiting(self, feed: str | None = None) -> int:
        """Messages that a stage is to take, about this feed or any."""
        others = ", ".join("?" * len(FOR_OTHERS))
        row = self.database.connection.execute(
            f"SELECT COUNT(*) FROM queue WHERE topic NOT IN ({others}) AND ? IN (feed, '')",  # noqa: S608
            (*FOR_OTHERS, feed or ""),
        ).fetchone()
        return int(row[0])

    def depth(self) -> int:
        """Bytes waiting in batches."""
        row = self.database.connection.execute(
            "SELECT COALESCE(SUM(LENGTH(body)), 0) FROM queue WHERE topic = 'tasks-fetched'"
        ).fetchone()
        return int(row[0])


Handler = Callable[[Sequence[Message]], None]
