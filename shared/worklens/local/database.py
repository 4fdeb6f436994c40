"""The SQLite file: one connection a thread, write-ahead log, a schema with a version that migrates itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAGE_BYTES = 16_384  # a batch is some 200 kB: with pages of 4 kB there are more to write, move and free
LOG_PAGES = 4_000  # 64 MB: most of what passes the queue is gone again before it must be copied into the file
BUSY_SECONDS = 30.0  # a writer's transaction takes milliseconds; thirty seconds means something is stuck

# Each entry brings the file from its index to the next version. Entries are never changed once released.
# A letter's body stands last in its row and its holder in a table beside it: a body of a megabyte is then neither read
# to look at the letter nor written anew to hold it.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE feeds (
      name TEXT PRIMARY KEY, source TEXT NOT NULL, zones TEXT NOT NULL, settings TEXT NOT NULL,
      cursor TEXT NOT NULL DEFAULT '', runs INTEGER NOT NULL DEFAULT 0,
      lease_run TEXT, lease_epoch INTEGER NOT NULL DEFAULT 0, lease_until INTEGER NOT NULL DEFAULT 0,
      lease_holder TEXT NOT NULL DEFAULT '', again BLOB
    ) STRICT;
    CREATE TABLE runs (
      run TEXT PRIMARY KEY, feed TEXT NOT NULL, number INTEGER NOT NULL, window TEXT NOT NULL, now INTEGER NOT NULL,
      status TEXT NOT NULL, full INTEGER NOT NULL, input TEXT NOT NULL, name TEXT NOT NULL,
      checkpoint TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0, records INTEGER NOT NULL DEFAULT 0,
      rejected INTEGER NOT NULL DEFAULT 0, cursor TEXT NOT NULL DEFAULT '', coverage TEXT NOT NULL DEFAULT '',
      error TEXT NOT NULL DEFAULT '', UNIQUE (feed, number)
    ) STRICT;
    CREATE TABLE batches (
      run TEXT NOT NULL, batch TEXT NOT NULL, parsed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (run, batch)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE queue (
      id INTEGER PRIMARY KEY, topic TEXT NOT NULL, type TEXT NOT NULL, message TEXT NOT NULL, feed TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0, ready_at INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '',
      body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE held (letter INTEGER PRIMARY KEY REFERENCES queue ON DELETE CASCADE, holder TEXT NOT NULL) STRICT;
    CREATE TABLE dead (
      id INTEGER PRIMARY KEY, topic TEXT NOT NULL, type TEXT NOT NULL, message TEXT NOT NULL, feed TEXT NOT NULL,
      body BLOB NOT NULL, attempts INTEGER NOT NULL, reason TEXT NOT NULL
    ) STRICT;
    CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    """,
    """
    ALTER TABLE runs ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0;
    UPDATE runs SET begun_at = now
    """,
    """
    CREATE TABLE pointers (
      feed TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (feed, name)
    ) STRICT, WITHOUT ROWID
    """,
)


class NewerStore(RuntimeError):
    """The data directory was written by a newer version of worklens."""


class Database:
    """Short transactions on the state file; each thread has a connection of its own."""

    def __init__(self, path: Path, backups: Path) -> None:
        """Open the file, making or migrating it; a backup is made before a migration."""
        self.path = path
        self.threads = threading.local()
        self._migrate(backups)
        path.chmod(0o600)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        if not hasattr(self.threads, "connection"):
            self.threads.connection = _connect(self.path)
        connection: sqlite3.Connection = self.threads.connection
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; takes the write lock at once, so that what was read in it still stands when writing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def tidy(self) -> None:
        """Give back the room of what was deleted; if another process is at work, it will do so in the end."""
        with suppress(sqlite3.OperationalError):
            self.connection.executescript("PRAGMA incremental_vacuum")  # execute would give back one page

    def close(self) -> None:
        """Close this thread's connection, and leave the file tidy."""
        if hasattr(self.threads, "connection"):
            self.tidy()
            self.leave()

    def leave(self) -> None:
        """Close this thread's connection, while others go on."""
        if hasattr(self.threads, "connection"):
            self.threads.connection.close()
            del self.threads.connection

    def version(self) -> int:
        """The schema version of the file."""
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self, backups: Path) -> None:
        have = self.version()
        if have > len(MIGRATIONS):
            raise NewerStore(
                f"{self.path} has schema version {have}; this worklens knows {len(MIGRATIONS)}. Upgrade worklens."
            )
        if have == len(MIGRATIONS):
            return
        if have:
            self._back_up(backups / f"state-v{have}.sqlite")
        with self.transaction() as connection:
            # Another process may have done it between our look and our lock.
            for number in range(self.version(), len(MIGRATIONS)):
                for statement in MIGRATIONS[number].split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number + 1}")

    def _back_up(self, to: Path) -> None:
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with sqlite3.connect(to) as target:
            self.connection.backup(target)
        target.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # What is deleted leaves the file when the work is done (see tidy), so that neither messages that are done with stay in
    # it nor their room. At each deletion it would take half of all the time spent here: pages are moved for it.
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # of a new file; one that is there keeps its own
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    # After a crash of the machine the newest transactions may be missing, whole; their work is then done again.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = FAST")  # free pages are not overwritten before they go
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
