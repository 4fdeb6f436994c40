"""A push as the Pub/Sub emulator posts it: the message's body, its attributes and what it is called, as headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

METADATA = "x-goog-pubsub-"
OF_THE_CLIENT = {"accept", "user-agent"}  # the emulator's HTTP client adds them
NO_TYPE = "application/x-www-form-urlencoded"  # what it says where the message says nothing


class Push(NamedTuple):
    """What the emulator posted."""

    function: str
    headers: Mapping[str, str]
    body: bytes

    def about(self, name: str) -> str:
        """What is known of the message, such as ``message-id``; empty where that isn't said."""
        wanted = METADATA + name
        return next((value for key, value in self.headers.items() if key.lower() == wanted), "")

    @property
    def message(self) -> tuple[str, str]:
        """The subscription and the message's id."""
        return self.about("subscription-name"), self.about("message-id")

    @property
    def attributes(self) -> dict[str, str]:
        """The message's attributes."""
        return {name: value for name, value in self.headers.items() if _is_attribute(name.lower(), value)}


Send = Callable[[Push], int]
"""Delivers a push and returns the answer's status."""


def acknowledges(status: int) -> bool:
    """Whether the answer means that the message need not come again."""
    return 200 <= status < 300


def _is_attribute(name: str, value: str) -> bool:
    if name == "content-type":
        return value != NO_TYPE
    return name not in OF_THE_CLIENT and not name.startswith(METADATA)
