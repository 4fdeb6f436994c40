"""What every function does with a CloudEvent: read it, run the stage, and let the answer be the acknowledgement.

Done or already done, and what will never succeed once it is stored with its reason: return, so that the answer is
2xx. What may succeed later raises, so that the answer is 5xx and the event comes again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from worklens.messages import Message, UnknownMessage, decode, encode
from worklens.ports import Ports

Stage = Callable[[Any, Ports], object]


class Event(Protocol):
    """A CloudEvent, as functions-framework hands it over."""

    data: Any

    def __getitem__(self, attribute: str) -> Any:
        """A context attribute."""
        ...


def receive(event: Event, stages: Mapping[type[Message], Stage], ports: Ports) -> None:
    """Run the stage for the event's message."""
    type_, data = event["type"], event.data
    try:
        message = decode(type_, data)
        stage = _stage(message, stages)
    except UnknownMessage as error:
        ports.bus.keep(type_, _bytes(data), str(error))
        return
    stage(message, ports)


def _stage(message: Message, stages: Mapping[type[Message], Stage]) -> Stage:
    stage = stages.get(type(message))
    if stage is None:
        raise UnknownMessage(f"{message.kind} is not for this function")
    return stage


def _bytes(data: Any) -> bytes:
    if isinstance(data, bytes):
        return data
    return data.encode() if isinstance(data, str) else encode(data)


def seconds_allowed() -> float:
    """How long a function may work before it publishes its continuation: its time limit less a page's worth."""
    return float(os.environ.get("WORKLENS_SECONDS", "480"))
