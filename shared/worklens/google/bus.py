"""Topics of Pub/Sub: what was published is stored when the call returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from worklens.google.clients import Clients
from worklens.google.letters import Letters
from worklens.messages import Message, attributes, encode

MOST = 500  # messages to a request; Pub/Sub takes a thousand
MOST_BYTES = 7_000_000  # to a request; Pub/Sub takes 10 MB, of which attributes and envelope are a part
SECONDS = 60.0  # within which a request is repeated where the service stumbles


class CloudBus:
    """Each message is one of Pub/Sub's, with its CloudEvent attributes as ``ce-`` attributes of its own.

    A push subscription without wrapper that writes metadata makes a binary CloudEvent of it.
    """

    def __init__(self, clients: Clients, letters: Letters) -> None:
        """``letters`` keeps what can never succeed."""
        self.clients = clients
        self.letters = letters

    def publish(self, messages: Iterable[Message]) -> None:
        """Return only when every message is stored. Raises google.api_core.exceptions.GoogleAPIError where one is not."""
        by_topic: dict[str, list[Posted]] = {}
        for message in messages:
            by_topic.setdefault(message.topic, []).append((encode(message), headers(message)))
        for topic, posted in by_topic.items():
            self.post(topic, posted)

    def post(self, topic: str, posted: Sequence[Posted]) -> None:
        """Publish bodies with their attributes, as they are."""
        for some in _requests(posted):
            items = [{"data": body, "attributes": names} for body, names in some]
            path = self.clients.settings.topic(topic)
            self.clients.publisher.publish(topic=path, messages=items, timeout=SECONDS)

    def keep(self, type_: str, body: bytes, reason: str) -> None:
        """Put aside, with its reason, a message that can never succeed, so that it can be looked at and replayed."""
        self.letters.keep(type_, body, reason)


Posted = tuple[bytes, dict[str, str]]
"""A message's body and its attributes."""


def headers(message: Message) -> dict[str, str]:
    """The attributes of a message: what a binary CloudEvent has as headers."""
    return {
        "content-type" if name == "datacontenttype" else f"ce-{name}": value
        for name, value in attributes(message).items()
    }


def _requests(posted: Sequence[Posted]) -> Iterator[list[Posted]]:
    """Cut into requests within both bounds, in order."""
    some: list[Posted] = []
    size = 0
    for one in posted:
        if some and (len(some) == MOST or size + len(one[0]) > MOST_BYTES):
            yield some
            some, size = [], 0
        some.append(one)
        size += len(one[0])
    if some:
        yield some
