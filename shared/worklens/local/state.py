"""Feeds, cursors, leases, runs and their batches in SQLite, with the outgoing messages in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from zlib import crc32

import msgspec

from worklens.local.database import Database
from worklens.local.holder import alive, me
from worklens.local.queue import enqueue
from worklens.messages import Batch, Message, SettleRequested, SyncRequested
from worklens.ports import LEASE_SECONDS, Begun, Feed, Pointer, Run, StaleLease, ZonePeriod

_RUN_FIELDS = tuple(name for name in Run.__struct_fields__ if name != "epoch")
_ZONES = tuple[ZonePeriod, ...]
FEED_TABLES = ("runs", "queue", "dead", "pointers")


def _nothing() -> None:
    pass


class LocalState:
    """The state store on one machine."""

    def __init__(self, database: Database, on_backlog: Callable[[], None] = _nothing) -> None:
        """``on_backlog`` is called after each page, outside the transaction, so that the queue can be worked off."""
        self.database = database
        self.on_backlog = on_backlog

    # ----- feeds -----

    def feed(self, name: str) -> Feed | None:
        """The feed, or None where it was never connected (or was forgotten)."""
        row = self._one("SELECT * FROM feeds WHERE name = ?", name)
        return _feed(row) if row else None

    def feeds(self) -> list[Feed]:
        """All feeds, by name."""
        return [_feed(row) for row in self.database.connection.execute("SELECT * FROM feeds ORDER BY name")]

    def save_feed(self, feed: Feed) -> None:
        """Create the feed, or change its source, zones and settings (never its cursor)."""
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT INTO feeds (name, source, zones, settings) VALUES (?, ?, ?, ?) ON CONFLICT (name)"
                " DO UPDATE SET source = excluded.source, zones = excluded.zones, settings = excluded.settings",
                (feed.name, feed.source, _json(feed.zones), _json(feed.settings)),
            )

    def drop_feed(self, name: str) -> None:
        """Remove the feed with its runs and every message about it."""
        with self.database.transaction() as connection:
            _empty(connection, name)
            connection.execute("DELETE FROM feeds WHERE name = ?", (name,))

    def empty_feed(self, name: str) -> None:
        """Remove the feed's runs and every message about it; it is still known, and would be read from the beginning."""
        with self.database.transaction() as connection:
            _empty(connection, name)
            connection.execute("UPDATE feeds SET cursor = '' WHERE name = ?", (name,))

    # ----- runs -----

    def run(self, run: str) -> Run | None:
        """The run by its id."""
        row = self._one("SELECT runs.*, 0 AS epoch FROM runs WHERE run = ?", run)
        return _run(row) if row else None

    def runs(self, feed: str | None = None) -> list[Run]:
        """The runs, newest first."""
        rows = self.database.connection.execute(
            "SELECT runs.*, 0 AS epoch FROM runs WHERE ? IS NULL OR feed = ? ORDER BY now DESC, number DESC",
            (feed, feed),
        )
        return [_run(row) for row in rows]

    def begun_before(self, instant: int) -> list[tuple[str, int]]:
        """The runs that began before an instant by this machine's clock, each by its feed and number."""
        rows = self.database.connection.execute(
            "SELECT feed, number FROM runs WHERE begun_at < ?", (instant,)
        )
        return [(row["feed"], row["number"]) for row in rows]

    def latest(self, feed: str) -> Run | None:
        """The feed's newest run that was not withdrawn, whatever became of it."""
        row = self._one(
            "SELECT runs.*, 0 AS epoch FROM runs WHERE feed = ? AND status <> 'withdrawn' ORDER BY number DESC LIMIT 1",
            feed,
        )
        return _run(row) if row else None

    def begin(self, request: SyncRequested, now: int) -> Begun:
        """Take the feed's lease and begin the run, or go on with the feed's unfinished one."""
        with self.database.transaction() as connection:
            feed = connection.execute("SELECT * FROM feeds WHERE name = ?", (request.feed,)).fetchone()
            known = connection.execute("SELECT status FROM runs WHERE run = ?", (request.run,)).fetchone()
            if known and known["status"] not in {"fetching", "failed"}:
                return Begun(None, known["status"])
            if _held(feed, request.run, now) or _is_unsettled(connection, request.feed):
                _keep(connection, request)
                return Begun(None, "held")
            return Begun(self._take(connection, feed, request, now))

    def _take(
        self, connection: sqlite3.Connection, feed: sqlite3.Row, request: SyncRequested, now: int
    ) -> Run:
        if request.input:  # a sync that could not go on is not in a file's way: the next one begins anew
            connection.execute(
                "UPDATE runs SET status = 'withdrawn' WHERE feed = ? AND status = 'failed'", (request.feed,)
            )
        unfinished = connection.execute(
            "SELECT * FROM runs WHERE feed = ? AND status IN ('fetching', 'failed') ORDER BY number LIMIT 1",
            (request.feed,),
        ).fetchone()
        if unfinished is None:
            _insert_run(connection, request, feed["runs"] + 1, now)
        elif unfinished["run"] != request.run and (
            unfinished["input"] != request.input or request.full > bool(unfinished["full"])
        ):
            _keep(connection, request)  # first what was begun, then this
        run = unfinished["run"] if unfinished else request.run
        epoch = feed["lease_epoch"] + 1
        connection.execute("UPDATE runs SET status = 'fetching', error = '' WHERE run = ?", (run,))
        connection.execute(
            "UPDATE feeds SET lease_run = ?, lease_epoch = ?, lease_until = ?, lease_holder = ? WHERE name = ?",
            (run, epoch, now + LEASE_SECONDS * 1_000_000, me(), request.feed),
        )
        row = connection.execute("SELECT runs.*, ? AS epoch FROM runs WHERE run = ?", (epoch, run))
        return _run(row.fetchone())

    def advance(self, run: Run, checkpoint: str, batches: Sequence[Batch], now: int = 0) -> Run:
        """Publish a page's batches, move the checkpoint with them and renew the lease. Raises StaleLease."""
        records = run.records + sum(len(batch.records) for batch in batches)
        rejected = run.rejected + sum(len(batch.rejected) for batch in batches)
        with self.database.transaction() as connection:
            self._check_lease(connection, run)
            connection.executemany(
                "INSERT OR IGNORE INTO batches (run, batch) VALUES (?, ?)",
                ((run.run, b.batch) for b in batches),
            )
            enqueue(connection, batches)
            connection.execute(
                "UPDATE runs SET checkpoint = ?, pages = ?, records = ?, rejected = ? WHERE run = ?",
                (checkpoint, run.pages + 1, records, rejected, run.run),
            )
            connection.execute(
                "UPDATE feeds SET lease_until = MAX(lease_until, ?) WHERE name = ?",
                (now + LEASE_SECONDS * 1_000_000, run.feed),
            )
        self.on_backlog()
        return msgspec.structs.replace(
            run, checkpoint=checkpoint, pages=run.pages + 1, records=records, rejected=rejected
        )

    def fetched(self, run: Run, cursor: str, coverage: str) -> None:
        """The pull is complete: move the feed's cursor, and ask to settle once all batches are parsed."""
        with self.database.transaction() as connection:
            self._check_lease(connection, run)
            connection.execute(
                "UPDATE runs SET status = 'fetched', cursor = ?, coverage = ?, now = ? WHERE run = ?",
                (cursor, coverage, run.now, run.run),
            )
            connection.execute(
                "UPDATE feeds SET cursor = ?, runs = ? WHERE name = ?", (cursor, run.number, run.feed)
            )
            _ask_to_settle(connection, {run.run})

    def failed(self, run: Run, error: str) -> None:
        """The pull can't go on: release the lease. Unless it read a file, the next request goes on from its last page."""
        status = "refused" if run.input else "failed"  # the same file would be refused again
        with self.database.transaction() as connection:
            self._check_lease(connection, run)
            connection.execute(
                "UPDATE runs SET status = ?, error = ? WHERE run = ?", (status, error, run.run)
            )
            kept = _kept(connection, run.feed)  # a sync would meet what this one met
            enqueue(connection, [one for one in kept if one.input or run.input])
            connection.execute("UPDATE feeds SET lease_until = 0, again = NULL WHERE name = ?", (run.feed,))

    def parsed(self, batches: Sequence[Batch]) -> None:
        """These batches are in the warehouse; ask to settle each run that is now whole."""
        with self.database.transaction() as connection:
            connection.executemany(
                "UPDATE batches SET parsed = 1 WHERE run = ? AND batch = ?",
                ((b.run, b.batch) for b in batches),
            )
            _ask_to_settle(connection, {batch.run for batch in batches})

    def settled(self, run: Run, messages: Sequence[Message]) -> None:
        """Publish what follows from a settled run and release the lease; repeat the requests kept meanwhile."""
        with self.database.transaction() as connection:
            feed = connection.execute("SELECT * FROM feeds WHERE name = ?", (run.feed,)).fetchone()
            connection.execute("UPDATE runs SET status = 'settled' WHERE run = ?", (run.run,))
            connection.execute("DELETE FROM batches WHERE run = ?", (run.run,))
            enqueue(connection, messages)
            if feed and feed["lease_run"] == run.run:
                enqueue(connection, _kept(connection, run.feed))
                connection.execute(
                    "UPDATE feeds SET lease_run = NULL, lease_until = 0, lease_holder = '', again = NULL"
                    " WHERE name = ?",
                    (run.feed,),
                )

    def withdraw(self, run: Run) -> None:
        """Undo: the run counts no more, and the next pull starts from the beginning."""
        with self.database.transaction() as connection:
            connection.execute("UPDATE runs SET status = 'withdrawn' WHERE run = ?", (run.run,))
            connection.execute("UPDATE feeds SET cursor = '' WHERE name = ?", (run.feed,))

    def abandon(self, run: Run) -> None:
        """Give up a run that can never be completed, so that the feed's next one can begin; the cursor stays."""
        with self.database.transaction() as connection:
            connection.execute("UPDATE runs SET status = 'withdrawn' WHERE run = ?", (run.run,))
            connection.execute("DELETE FROM batches WHERE run = ?", (run.run,))
            connection.execute(
                "UPDATE feeds SET lease_run = NULL, lease_until = 0, lease_holder = '' WHERE name = ? AND lease_run = ?",
                (run.feed, run.run),
            )

    def _check_lease(self, connection: sqlite3.Connection, run: Run) -> None:
        row = connection.execute(
            "SELECT lease_run, lease_epoch FROM feeds WHERE name = ?", (run.feed,)
        ).fetchone()
        if row is None or (row["lease_run"], row["lease_epoch"]) != (run.run, run.epoch):
            raise StaleLease(f"another run of {run.feed} has taken over")

    # ----- pointers -----

    def point(
        self, feed: str, name: str, version: str, evidence: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        """Let a name of the feed stand for this version from now on; of a feed that is no more nothing is kept."""
        with self.database.transaction() as connection:
            _point(connection, feed, name, version, evidence)

    def repoint(self, feed: str, name: str, change: Callable[[str], str]) -> None:
        """Let the name stand for what ``change`` makes of its version; of a feed that is no more nothing is kept."""
        with self.database.transaction() as connection:
            found = self.pointer(feed, name)
            _point(connection, feed, name, change(found.version if found else ""), {})

    def pointer(self, feed: str, name: str) -> Pointer | None:
        """What the name stands for, or None."""
        row = self._one("SELECT version, evidence FROM pointers WHERE feed = ? AND name = ?", feed, name)
        return Pointer(row["version"], msgspec.json.decode(row["evidence"])) if row else None

    def answered(self) -> int:
        """A number that changes with what was answered to findings, whoever wrote it."""
        rows = self.database.connection.execute(
            "SELECT feed, version FROM pointers WHERE name = 'answers' ORDER BY feed"
        )
        return crc32("".join(f"{row['feed']} {row['version']}" for row in rows).encode())

    # ----- what the rest of the platform keeps here -----

    def bump(self, name: str) -> int:
        """Count one more of something (the warehouse's version, for readers that cache)."""
        with self.database.transaction() as connection:
            row = connection.execute(
                "INSERT INTO counters (name, value) VALUES (?, 1)"
                " ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
                (name,),
            ).fetchone()
        return int(row[0])

    def count(self, name: str) -> int:
        """The counter's value; 0 where nothing was counted."""
        row = self._one("SELECT value FROM counters WHERE name = ?", name)
        return int(row["value"]) if row else 0

    def _one(self, sql: str, *params: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.database.connection.execute(sql, params).fetchone()
        return row


def _point(
    connection: sqlite3.Connection, feed: str, name: str, version: str, evidence: Mapping[str, Any]
) -> None:
    connection.execute(
        "INSERT INTO pointers (feed, name, version, evidence) SELECT :feed, :name, :version, :evidence"
        " WHERE :feed = '' OR EXISTS (SELECT 1 FROM feeds WHERE name = :feed) ON CONFLICT (feed, name)"
        " DO UPDATE SET version = excluded.version, evidence = excluded.evidence",
        {"feed": feed, "name": name, "version": version, "evidence": _json(dict(evidence))},
    )


def _empty(connection: sqlite3.Connection, feed: str) -> None:
    connection.execute("DELETE FROM batches WHERE run IN (SELECT run FROM runs WHERE feed = ?)", (feed,))
    for table in FEED_TABLES:
        connection.execute(f"DELETE FROM {table} WHERE feed = ?", (feed,))  # noqa: S608 - our own names


def _held(feed: sqlite3.Row, run: str, now: int) -> bool:
    """Whether a run other than this one lives: its time is not over, and neither is its process."""
    if feed["lease_run"] in {None, run} or feed["lease_until"] <= now:
        return False
    return feed["lease_holder"] == me() or alive(feed["lease_holder"])


def _is_unsettled(connection: sqlite3.Connection, feed: str) -> bool:
    """Whether a run is fetched but not settled yet: runs are settled in the order of their numbers, or events double."""
    return bool(
        connection.execute("SELECT 1 FROM runs WHERE feed = ? AND status = 'fetched'", (feed,)).fetchone()
    )


def _keep(connection: sqlite3.Connection, request: SyncRequested) -> None:
    """Put a request aside until the feed is free: each import by itself, syncs as one."""
    kept = [one for one in _kept(connection, request.feed) if one.run != request.run]
    if not request.input:
        syncs = [one for one in kept if not one.input]
        kept = [one for one in kept if one.input]
        request = msgspec.structs.replace(request, full=request.full or any(one.full for one in syncs))
    connection.execute(
        "UPDATE feeds SET again = ? WHERE name = ?", (msgspec.json.encode([*kept, request]), request.feed)
    )


def _kept(connection: sqlite3.Connection, feed: str) -> list[SyncRequested]:
    row = connection.execute("SELECT again FROM feeds WHERE name = ?", (feed,)).fetchone()
    return msgspec.json.decode(row["again"], type=list[SyncRequested]) if row and row["again"] else []


def _insert_run(connection: sqlite3.Connection, request: SyncRequested, number: int, now: int) -> None:
    times = min(now, request.seen_at or now), now
    connection.execute(
        "INSERT INTO runs (run, feed, number, window, full, input, name, now, begun_at, status)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'fetching')",
        (
            request.run,
            request.feed,
            number,
            request.window,
            request.full,
            request.input,
            request.name,
            *times,
        ),
    )
    connection.execute("UPDATE feeds SET runs = ? WHERE name = ?", (number, request.feed))


def _ask_to_settle(connection: sqlite3.Connection, runs: set[str]) -> None:
    """Ask for each run that is fetched, has no batch left to parse and is not asked for yet."""
    for run in sorted(runs):
        row = connection.execute(
            "SELECT * FROM runs WHERE run = ? AND status = 'fetched'"
            " AND NOT EXISTS (SELECT 1 FROM batches WHERE batches.run = runs.run AND NOT parsed)",
            (run,),
        ).fetchone()
        if row:
            request = SettleRequested(feed=row["feed"], run=run, window=row["window"], number=row["number"])
            enqueue(connection, [request])


def _feed(row: sqlite3.Row) -> Feed:
    return Feed(
        name=row["name"],
        source=row["source"],
        zones=msgspec.json.decode(row["zones"], type=_ZONES),
        settings=msgspec.json.decode(row["settings"]),
        cursor=row["cursor"],
        runs=row["runs"],
    )


def _run(row: sqlite3.Row) -> Run:
    fields: dict[str, Any] = {name: row[name] for name in _RUN_FIELDS}
    fields["full"] = bool(fields["full"])
    return Run(**fields, epoch=row["epoch"])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
