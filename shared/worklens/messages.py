"""What travels on the topics: typed, versioned, bounded, each naming its run and window, as CloudEvents 1.0."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from typing import Any, ClassVar, Literal
from urllib.parse import quote

import msgspec

from worklens.tasks import digest, iso

MAX_RECORDS = int(os.environ.get("WORKLENS_BATCH_RECORDS", "500"))
"""Of a batch, which is one insert of BigQuery's: that is at its best up to 500 rows. Tests make many small ones."""
MAX_BYTES = 1_000_000  # leaves room for the envelope under Pub/Sub's 10 MB and a function's small memory
MAX_PAYLOAD = (
    65_536  # characters of a record that can't be taken which are kept with it; enough to see what was wrong
)
VERSION = 1
SPEC_VERSION = "1.0"  # of CloudEvents
PLAIN = ":/@#"  # what may stand in a URI reference as it is, and is read more easily so
HOUR = 3_600_000_000  # microseconds

Ask = Literal["sync", "reconcile", "learn", "digest"]
"""What a timer asks for: changes, a full listing, the models, the weekly digest."""


class UnknownMessage(ValueError):
    """A message whose type or version this stage does not know: it will never succeed, so it is kept, not retried."""


class Rejected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record that fetch or parse could not take, on its way to quarantine.

    ``place`` says where it stood (file and row, or endpoint and index); ``reason`` is a message key with ``params``.
    ``payload`` is the record's text, or its beginning with ``blob`` naming where the whole lies.
    """

    place: str
    reason: str
    params: dict[str, str] = {}
    payload: str = ""
    blob: str = ""


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The base of every message. ``feed`` is the account a run pulls (it may hold several people's accounts)."""

    topic: ClassVar[str]
    kind: ClassVar[str]

    feed: str
    run: str
    window: str

    @property
    def message_id(self) -> str:
        """The same for the same work, so that a repeated message can be told."""
        return digest(self.kind, self.run, self.window)


class Tick(Message, frozen=True, kw_only=True, omit_defaults=True):
    """The hour has come: ask for what each feed wants done at its own hour.

    A Scheduler job's body is always the same, so the hour is not in it: whoever receives it puts the event's time there
    (``happened``). A tick that comes late or twice, with the time it was published, then asks for the same work.
    """

    topic = "tick"
    kind = "tick"

    feed: str = ""  # every feed, unless one is named
    run: str = "tick"
    window: str = ""
    asks: tuple[Ask, ...] = ("sync", "reconcile", "learn", "digest")
    at: int | None = None  # microseconds: the beginning of its hour

    def happened(self, at: int) -> Tick:
        """This tick, published at an instant (microseconds): its window is that hour. What has its hour keeps it."""
        if self.at is not None:
            return self
        hour = at - at % HOUR
        return msgspec.structs.replace(self, at=hour, window=f"tick-{iso(hour)[:13]}")


class SyncRequested(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Pull a feed; ``full`` asks for a whole listing where the source can be asked for changes only.

    An import names the blob that holds the file as ``input``, the file's own ``name``, and ``seen_at``, the instant
    of which it tells (microseconds; None: now).
    """

    topic = "sync-requested"
    kind = "sync-requested"

    full: bool = False
    input: str = ""
    name: str = ""
    seen_at: int | None = None


class Batch(Message, frozen=True, kw_only=True, omit_defaults=True):
    """At most 500 raw records of one page, and what could not be read of it."""

    topic = "tasks-fetched"
    kind = "tasks-fetched"

    number: int  # of the run among the feed's
    page: int
    batch: str
    first: int = 0  # the order of its first record in the run
    seen_at: int  # microseconds since 1970, UTC
    records: list[msgspec.Raw] = []
    rejected: list[Rejected] = []

    @property
    def message_id(self) -> str:
        """The batch's own id."""
        return self.batch


class SettleRequested(Message, frozen=True, kw_only=True, omit_defaults=True):
    """All batches of the run are parsed: compare it with what was known."""

    topic = "tasks-fetched"
    kind = "settle-requested"

    number: int


class TasksChanged(Message, frozen=True, kw_only=True, omit_defaults=True):
    """A run was settled; the feed's accounts may be scored anew.

    ``events`` is how many it brought, ``before`` the instant of the run before it (microseconds; 0: there was none).
    None, where nobody counted.
    """

    topic = "tasks-changed"
    kind = "tasks-changed"

    number: int
    seen_at: int
    events: int | None = None
    before: int | None = None


class ScoresReady(Message, frozen=True, kw_only=True, omit_defaults=True):
    """The feed's scores stand as of this run."""

    topic = "scores-ready"
    kind = "scores-ready"

    number: int


class LearnRequested(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Fit the feed's models anew, from what had been seen by ``at``."""

    topic = "learn-requested"
    kind = "learn-requested"

    at: int  # microseconds: the same for a repeated request, so that the models are the same


class DigestRequested(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Send the digest of these feeds, whose hour it is, as one message; ``feed`` is empty."""

    topic = "digest-requested"
    kind = "digest-requested"

    feed: str = ""
    feeds: tuple[str, ...] = ()
    at: int  # microseconds: what had been seen by then


class AlertRaised(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Something changed that one would want to know before looking: the row of ``alerts`` of the same id.

    Nothing here takes it: the topic is for whoever wants to act on it. It holds no title; ``key`` and ``params`` are those
    of docs/digest.md, ``collection`` is a list's id, ``began`` the first of the person's days of which it is true.
    """

    topic = "alerts"
    kind = "alert-raised"

    alert: str
    account: str
    key: str
    collection: str = ""
    began: str = ""  # a day; empty where it is about the looking itself
    params: dict[str, Any] = {}
    evidence: dict[str, Any] = {}

    @property
    def message_id(self) -> str:
        """The alert's own id: it may come twice, and is then the same."""
        return self.alert


KINDS: dict[str, type[Message]] = {
    kind.kind: kind
    for kind in (
        Tick,
        SyncRequested,
        Batch,
        SettleRequested,
        TasksChanged,
        ScoresReady,
        LearnRequested,
        DigestRequested,
        AlertRaised,
    )
}
TOPICS: tuple[str, ...] = tuple(dict.fromkeys(kind.topic for kind in KINDS.values()))
FOR_OTHERS: tuple[str, ...] = (AlertRaised.topic,)
"""Topics that no stage takes from: without a subscriber, what is published there is gone, and stands in its table."""

encode = msgspec.json.Encoder().encode
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}


def event_type(message: Message) -> str:
    """The CloudEvent type: name and schema version, as in ``worklens.tasks-fetched.v1``."""
    return f"worklens.{message.kind}.v{VERSION}"


def event_source(feed: str) -> str:
    """The CloudEvent source of a feed's messages: a URI reference, since it travels in a header, which is ASCII."""
    return f"worklens/{quote(feed, safe=PLAIN)}"


def attributes(message: Message) -> dict[str, str]:
    """The CloudEvent's context attributes (binary mode: each with ``ce-`` before it)."""
    return {
        "specversion": SPEC_VERSION,
        "id": message.message_id,
        "source": event_source(message.feed),
        "type": event_type(message),
        "subject": quote(message.run, safe=PLAIN),
        "datacontenttype": "application/json",
    }


def decode(type_: str, data: bytes | str | Mapping[str, Any]) -> Message:
    """The message of a CloudEvent's type and data; accepts this version and the one before.

    Both are read by the same struct, which holds as long as a field that is added has a default; fields it doesn't know
    (of a newer deployment that was rolled back) are passed over. Raises UnknownMessage for a type, version or shape that can never be read.
    """
    kind = _kind(type_)
    try:
        if isinstance(data, Mapping):
            data = msgspec.json.encode(data)
        return _decoders[kind].decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnknownMessage(f"{type_}: {error}") from None


def _kind(type_: str) -> str:
    match type_.split("."):
        case ["worklens", kind, version] if kind in KINDS and version in {f"v{VERSION}", f"v{VERSION - 1}"}:
            return kind
    raise UnknownMessage(f"{type_!r} is no message of worklens at version {VERSION} or the one before")


def chunks(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Cut records (each no longer than MAX_BYTES) into batches within both bounds, in order."""
    rest = iter(records)
    while some := list(islice(rest, MAX_RECORDS)):
        if sum(map(len, some)) + len(some) <= MAX_BYTES:
            yield some
        else:
            yield from _by_size(some)


def _by_size(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for record in records:
        if chunk and size + len(record) > MAX_BYTES:
            yield chunk
            chunk, size = [], 0
        chunk.append(record)
        size += len(record) + 1
    if chunk:
        yield chunk


def batch_id(run: str, page: int, payload: bytes) -> str:
    """The key of a batch: hash of its run, page and payload."""
    return digest(run, str(page), blake2b(payload, digest_size=16).hexdigest())
