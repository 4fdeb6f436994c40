"""Messages that could not be worked off, kept in Datastore with their reason until they are looked at and replayed.

Two kinds come here: what a function found it can never read (put here by itself, and then acknowledged), and what was
delivered a hundred times in vain, which waits in a dead-letter subscription until somebody collects it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from worklens.google.clients import Clients
from worklens.google.entities import Entities
from worklens.google.packing import entity
from worklens.messages import FOR_OTHERS, KINDS, TOPICS, event_source
from worklens.tasks import digest

KIND, PART = "DeadLetter", "DeadLetterPart"
PART_BYTES = 900_000  # an entity holds a megabyte
INDEXED = frozenset({"feed"})
AT_ONCE = 20  # collected from a subscription at a time: each may be 10 MB
GLANCE = 3.0  # seconds to wait for a subscription that is empty
DELIVERIES = "CloudPubSubDeadLetterSourceDeliveryCount"

Post = Callable[[str, Sequence[tuple[bytes, dict[str, str]]]], None]


class Letter(NamedTuple):
    """A dead letter as it is shown; the same message kept twice is one."""

    id: str
    topic: str  # empty where its type is of no topic we know
    type: str
    feed: str
    attempts: int
    reason: str


class _Told(msgspec.Struct):
    """What can be told of a body that can't be read as its type."""

    feed: str = ""


class Letters:
    """The dead letters of a deployment."""

    def __init__(self, clients: Clients) -> None:
        """Nothing is asked of the services yet."""
        self.clients = clients
        self.entities = Entities(clients)

    def keep(self, type_: str, body: bytes, reason: str, attempts: int = 1) -> None:
        """Keep a message; the same one again stands once."""
        client = self.clients.datastore
        key = client.key(KIND, digest(type_, body.hex()))
        parts = list(_parts(zlib.compress(body)))
        about = {"type": type_, "feed": feed_of(body), "reason": reason, "attempts": attempts}
        about |= {"parts": len(parts), "kept": uuid4().hex}

        def put(transaction: Any) -> None:
            for part, place in zip(parts, self._parts_of(key, len(parts)), strict=True):
                transaction.put(entity(client, place, {"body": part}))
            transaction.put(entity(client, key, about, INDEXED))

        self.entities.transact(put)

    def all(self) -> list[Letter]:
        """Every letter without its body, those in the dead-letter subscriptions too."""
        self.collect()
        return sorted(_letter(found) for found in self.entities.query(KIND))

    def count(self) -> int:
        """How many there are that were collected."""
        query = self.clients.datastore.query(kind=KIND)
        query.keys_only()
        return sum(1 for _ in query.fetch())

    def revive(self, ids: Sequence[str], post: Post) -> int:
        """Publish letters again, as new; how many. What is of no topic we know stays."""
        revived = 0
        for id_ in ids:
            found = self.entities.get(KIND, id_)
            letter = _letter(found) if found else None
            if letter and letter.topic:
                post(letter.topic, [(self._body(found), _headers(letter))])
                self._let_go(found)
                revived += 1
        return revived

    def forget(self, feed: str) -> int:
        """Remove the letters about a feed, and those of which it can't be told; how many."""
        self.collect()
        letters = [letter for name in {feed, ""} for letter in self.entities.query(KIND, feed=name)]
        self.entities.delete([place for letter in letters for place in self._places(letter)])
        return len(letters)

    def _let_go(self, found: Any) -> None:
        """Remove a letter, unless it came back and was kept again meanwhile."""

        def remove(transaction: Any) -> None:
            now = self.clients.datastore.get(found.key, transaction=transaction)
            if now is not None and now.get("kept") == found.get("kept"):
                for place in self._places(found):
                    transaction.delete(place)

        self.entities.transact(remove)

    def _places(self, letter: Any) -> list[Any]:
        """Where it stands: its parts, and itself."""
        return [*self._parts_of(letter.key, letter["parts"]), letter.key]

    def _parts_of(self, key: Any, parts: int) -> list[Any]:
        return [self.clients.datastore.key(PART, number + 1, parent=key) for number in range(parts)]

    def _body(self, found: Mapping[str, Any]) -> bytes:
        places = self._parts_of(found.key, found["parts"])  # type: ignore[attr-defined]
        parts = [self.clients.datastore.get(place)["body"] for place in places]
        return zlib.decompress(b"".join(parts))

    # ----- The dead-letter subscriptions -----

    def collect(self) -> int:
        """Move what lies in the dead-letter subscriptions here; how many. Each is kept first, then acknowledged."""
        from concurrent.futures import ThreadPoolExecutor

        names = [
            self.clients.settings.subscription(f"{topic}-dead") for topic in TOPICS if topic not in FOR_OTHERS
        ]
        self.clients.subscriber  # noqa: B018 - made once, before the threads
        self.clients.datastore  # noqa: B018
        with ThreadPoolExecutor(len(names)) as threads:  # an empty subscription answers only after a while
            return sum(threads.map(self._collect, names))

    def _collect(self, subscription: str) -> int:
        moved = 0
        while received := self._pull(subscription):
            for one in received:
                self._keep_received(one.message)
            ids = [one.ack_id for one in received]
            self.clients.subscriber.acknowledge(subscription=subscription, ack_ids=ids)
            moved += len(received)
        return moved

    def _pull(self, subscription: str) -> Sequence[Any]:
        from google.api_core.exceptions import DeadlineExceeded, NotFound

        try:
            found = self.clients.subscriber.pull(
                subscription=subscription, max_messages=AT_ONCE, timeout=GLANCE, retry=None
            )
        except (DeadlineExceeded, NotFound):
            return ()
        received: Sequence[Any] = found.received_messages
        return received

    def _keep_received(self, message: Any) -> None:
        names = message.attributes
        attempts = int(names.get(DELIVERIES, "1"))
        self.keep(names.get("ce-type", ""), message.data, f"delivered {attempts} times in vain", attempts)


def feed_of(body: bytes) -> str:
    """The feed a message is about, where that can be told."""
    try:
        return msgspec.json.decode(body, type=_Told).feed
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""


def topic_of(type_: str) -> str:
    """The topic of a CloudEvent type, of whatever version; empty where there is none."""
    match type_.split("."):
        case ["worklens", kind, _] if kind in KINDS:
            return KINDS[kind].topic
    return ""


def _letter(found: Any) -> Letter:
    about = (found["type"], found["feed"], found["attempts"], found["reason"])
    return Letter(found.key.name, topic_of(found["type"]), *about)


def _headers(letter: Letter) -> dict[str, str]:
    return {
        "ce-specversion": "1.0",
        "ce-id": letter.id,
        "ce-source": event_source(letter.feed),
        "ce-type": letter.type,
        "content-type": "application/json",
    }


def _parts(content: bytes) -> Iterator[bytes]:
    for start in range(0, max(len(content), 1), PART_BYTES):
        yield content[start : start + PART_BYTES]
