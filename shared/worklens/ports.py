"""What the stages need of a platform: small protocols, filled by ``local`` and ``google``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

import msgspec

from worklens.messages import Batch, Message, SyncRequested

Columns = Mapping[str, Sequence[Any]]
"""Rows by column, all of one length. Times are microseconds since 1970 in UTC, dates are ``datetime.date``,
repeated strings are tuples, and None is NULL."""

LEASE_SECONDS = 600  # a fetch renews it at each page; longer than the longest wait for one answer


class StaleLease(RuntimeError):
    """Another run holds the lease now: what this one has not written, it must not write."""


class Busy(RuntimeError):
    """The store is held by somebody else and did not come free in time: try again later."""


class ZonePeriod(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the person lived from an instant on (microseconds; None: always)."""

    zone: str
    starts_at: int | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An account that is pulled: its settings and how far it has come. It may hold several people's accounts."""

    name: str
    source: str
    zones: tuple[ZonePeriod, ...] = (ZonePeriod("UTC"),)
    settings: dict[str, Any] = {}
    cursor: str = ""
    runs: int = 0  # begun so far; the newest run's number

    @property
    def zone(self) -> str:
        """Where the person lives now."""
        return self.zones[-1].zone

    def zone_at(self, at: int) -> str:
        """Where the person lived at an instant (microseconds); UTC where nobody knows."""
        found = "UTC"
        for period in self.zones:
            if period.starts_at is None or period.starts_at <= at:
                found = period.zone
        return found


class Run(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All the batches of one request. ``epoch`` guards every write it makes.

    ``now`` is when it began; once it is fetched, when it came to its end. Of an import it is the instant of which the
    file tells.
    """

    run: str
    feed: str
    number: int
    window: str
    now: int
    epoch: int = 0
    status: str = "fetching"  # fetching, fetched, settled, failed, refused, withdrawn
    full: bool = False
    input: str = ""  # blob of the file being imported
    name: str = ""  # the file's own name
    checkpoint: str = ""
    pages: int = 0
    records: int = 0
    rejected: int = 0
    cursor: str = ""
    coverage: str = ""  # sources.base.Coverage as JSON
    error: str = ""


class Pointer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which version of something is in force (a model's blob), or that it was done (a digest sent), and on what evidence."""

    version: str
    evidence: dict[str, Any] = {}


class Begun(NamedTuple):
    """What came of a wish to begin a run: the run to work on, or none with the reason."""

    run: Run | None
    reason: str = ""  # held, settled


class Clock(Protocol):
    """The time, so that a test can script it."""

    def now(self) -> int:
        """Microseconds since 1970, UTC."""
        ...


class Bus(Protocol):
    """Topics, at least once."""

    def publish(self, messages: Iterable[Message]) -> None:
        """Return only when every message is stored."""
        ...

    def keep(self, type_: str, body: bytes, reason: str) -> None:
        """Put aside, with its reason, a message that can never succeed, so that it can be looked at and replayed."""
        ...


class StateStore(Protocol):
    """Feeds, cursors, leases, runs and their batches. Each call is one transaction, harmless when repeated."""

    def feed(self, name: str) -> Feed | None:
        """The feed, or None where it was never connected (or was forgotten)."""
        ...

    def feeds(self) -> list[Feed]:
        """All feeds, by name."""
        ...

    def save_feed(self, feed: Feed) -> None:
        """Create the feed, or change its source, zones and settings (never its cursor)."""
        ...

    def run(self, run: str) -> Run | None:
        """The run by its id."""
        ...

    def begin(self, request: SyncRequested, now: int) -> Begun:
        """Take the feed's lease and begin the run, or go on with the feed's unfinished one.

        Where another live run holds the lease, or the run before is not settled yet, the request is kept, to be
        published again on release.
        """
        ...

    def advance(self, run: Run, checkpoint: str, batches: Sequence[Batch], now: int) -> Run:
        """Publish a page's batches, move the checkpoint with them and renew the lease. Raises StaleLease."""
        ...

    def fetched(self, run: Run, cursor: str, coverage: str) -> None:
        """The pull is complete: move the feed's cursor and the run's ``now``, and ask to settle once all is parsed."""
        ...

    def failed(self, run: Run, error: str) -> None:
        """The pull can't go on: release the lease. Unless it read a file, the next request goes on from its last page."""
        ...

    def parsed(self, batches: Sequence[Batch]) -> None:
        """These batches are in the warehouse; ask to settle each run that is now whole."""
        ...

    def settled(self, run: Run, messages: Sequence[Message]) -> None:
        """Publish what follows from a settled run and release the lease; repeat a request kept meanwhile."""
        ...

    def latest(self, feed: str) -> Run | None:
        """The feed's newest run that was not withdrawn, whatever became of it; None where there was none. Its epoch is 0."""
        ...

    def point(self, feed: str, name: str, version: str, evidence: Mapping[str, Any] = ...) -> None:
        """Let a name of the feed stand for this version from now on; the last one to say so is right.

        ``feed`` may be empty: what is of no single feed. With a feed all its names are forgotten, and of one that is no
        more nothing is kept.
        """
        ...

    def pointer(self, feed: str, name: str) -> Pointer | None:
        """What the name stands for, or None."""
        ...

    def repoint(self, feed: str, name: str, change: Callable[[str], str]) -> None:
        """Let the name stand for what ``change`` makes of its version ("" where there is none), nobody coming between.

        ``change`` may be called again, where somebody did. Of a feed that is no more nothing is kept.
        """
        ...


class Session(Protocol):
    """A unit of work on the warehouse: what is appended in it stands all or not at all where the engine can."""

    def append(self, table: str, columns: Columns) -> None:
        """Append rows."""
        ...

    def append_from(self, table: str, name: str, **params: Any) -> None:
        """Append the rows that a named query gives; they need not pass through this process."""
        ...

    def query(self, name: str, **params: Any) -> dict[str, list[Any]]:
        """Rows by column of a named query or view of ``worklens.warehouse``."""
        ...

    def arrays(self, name: str, **params: Any) -> dict[str, Any]:
        """The same as NumPy arrays, masked where there are NULLs: what analysis loads."""
        ...

    def hold(self) -> None:
        """Many questions follow, here or in sessions after this: what they have in common may be made once."""
        ...


class Warehouse(Protocol):
    """Facts, append-only. The store is held only between entering and leaving a session."""

    def write(self) -> AbstractContextManager[Session]:
        """Open for appending. Raises Busy."""
        ...

    def read(self) -> AbstractContextManager[Session]:
        """Open for reading. Raises Busy."""
        ...


class Blobs(Protocol):
    """Files by name."""

    def put(self, name: str, content: bytes) -> None:
        """Store, replacing what was there, all or nothing."""
        ...

    def get(self, name: str) -> bytes:
        """The content; raises KeyError."""
        ...

    def delete(self, name: str) -> None:
        """Remove it, if it is there."""
        ...


class Secrets(Protocol):
    """Tokens by feed."""

    def get(self, feed: str) -> str | None:
        """The token, or None."""
        ...

    def put(self, feed: str, token: str) -> None:
        """Keep the token."""
        ...

    def delete(self, feed: str) -> None:
        """Forget the token, if there is one."""
        ...


class Ports(NamedTuple):
    """A platform: everything a stage may touch."""

    state: StateStore
    bus: Bus
    warehouse: Warehouse
    blobs: Blobs
    secrets: Secrets
    clock: Clock
