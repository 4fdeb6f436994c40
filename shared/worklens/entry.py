"""What every private function does with a push: let it in, read it, run the stage, and let the answer acknowledge.

Only 2xx acknowledges. Done or already done: 2xx. Will never succeed (no CloudEvent, unknown type, version or shape,
too large): kept with its reason, then 2xx. May succeed later, and all that nobody foresaw: 5xx, and it comes again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, NamedTuple, Protocol

import msgspec

from worklens.logs import about, configure, log, trace_of, where
from worklens.messages import Message, Tick, UnknownMessage, decode
from worklens.oidc import NoKeys, NotAdmitted, admit, door
from worklens.ports import Busy, Ports, StaleLease
from worklens.tasks import micros

Stage = Callable[[Any, Ports], object]
Stages = Mapping[type[Message], Stage]
Answer = tuple[str, int, dict[str, str]]
"""Body, status and headers, as functions-framework takes them."""

MAX_BODY = 10_500_000  # bytes; Pub/Sub takes no message above 10 MB
STRUCTURED = "application/cloudevents+json"


class Later(Exception):
    """A stage can't go on for now, for a reason that is known: a key, which is logged."""


LATER = (Later, Busy, StaleLease, NoKeys)  # expected now and then: no error of ours


class Request(Protocol):
    """An HTTP request, as Flask has it."""

    method: str
    headers: Any

    def get_data(self, cache: bool = ...) -> bytes:
        """The whole body."""
        ...


class Event(NamedTuple):
    """A CloudEvent: its type, its data, and when it was published (microseconds; None: not said)."""

    type: str
    data: bytes
    published: int | None = None


class NoEvent(UnknownMessage):
    """The request holds no CloudEvent that could be read."""


def answer(request: Request, stages: Stages, ports: Callable[[], Ports]) -> Answer:
    """Serve one push. ``ports`` is called once it is let in."""
    configure()
    with about(trace=trace_of(request.headers.get("X-Cloud-Trace-Context", ""))):
        try:
            return _admitted(request, stages, ports)
        except NotAdmitted as refusal:
            log("WARNING", "push-refused", reason=refusal.reason)
            return _said(refusal.status, {"WWW-Authenticate": "Bearer"})
        except LATER as error:
            reason = str(error) if isinstance(error, Later) else ""
            log("WARNING", "later", error=type(error).__name__, reason=reason)
            return _said(HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as error:  # noqa: BLE001 - the answer must be 5xx, and tell the sender nothing
            log("ERROR", "failed", error=type(error).__name__, where=where(error.__traceback__))
            return _said(HTTPStatus.INTERNAL_SERVER_ERROR)


def _admitted(request: Request, stages: Stages, ports: Callable[[], Ports]) -> Answer:
    guard = door()
    if guard is not None:
        admit(request.headers.get("Authorization", ""), guard)
    if request.method != "POST":
        return _said(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "POST"})
    receive(request, stages, ports())
    return "", int(HTTPStatus.NO_CONTENT), {}


def _said(status: int, headers: dict[str, str] | None = None) -> Answer:
    named = HTTPStatus(status)
    return f"{named.phrase}\n", int(named), {"Content-Type": "text/plain", **(headers or {})}


def receive(request: Request, stages: Stages, ports: Ports) -> None:
    """Read the request's event and run its stage; what can never succeed is kept with its reason."""
    kept_type, body = request.headers.get("ce-type", ""), _body(request)
    try:
        if len(body) > MAX_BODY:
            raise NoEvent(f"longer than {MAX_BODY} bytes; its beginning is kept")
        event = read_event(request.headers, body)
        message = dated(decode(event.type, event.data), event.published)
        stage = stage_for(message, stages)
    except UnknownMessage as error:
        log("WARNING", "kept", type=kept_type[:100], bytes=len(body))
        ports.bus.keep(kept_type, body[:MAX_BODY], str(error))
        return
    run(stage, message, ports)


def run(stage: Stage, message: Message, ports: Ports) -> None:
    """Run the stage, and say that it is done."""
    started = time.monotonic()
    with about(kind=message.kind, run=message.run, account=message.feed):
        outcome = getattr(stage(message, ports), "outcome", "done")
        took = round((time.monotonic() - started) * 1000)
        log("INFO", "done", outcome=outcome, milliseconds=took)


def _body(request: Request) -> bytes:
    """The body as it was sent, whatever its content type says."""
    return request.get_data(cache=False)


def read_event(headers: Mapping[str, str], body: bytes) -> Event:
    """The CloudEvent of a request, in binary or structured form. Raises NoEvent."""
    published = _instant(headers.get("X-Goog-Pubsub-Publish-Time", ""))
    if headers.get("Content-Type", "").startswith(STRUCTURED):
        return _structured(body, published)
    type_, version = headers.get("ce-type", ""), headers.get("ce-specversion", "")
    if not type_ or not version.startswith("1."):
        raise NoEvent("no CloudEvent 1.0: ce-type or ce-specversion is missing")
    return Event(type_, body, _instant(headers.get("ce-time", "")) or published)


class _Envelope(msgspec.Struct):
    """A CloudEvent in structured form."""

    type: str
    specversion: str
    data: msgspec.Raw = msgspec.Raw(b"null")
    time: str = ""


def _structured(body: bytes, published: int | None) -> Event:
    try:
        envelope = msgspec.json.decode(body, type=_Envelope)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NoEvent(f"no CloudEvent: {error}") from None
    return Event(envelope.type, bytes(envelope.data), _instant(envelope.time) or published)


def _instant(text: str) -> int | None:
    try:
        found = datetime.fromisoformat(text)
        return micros(found) if found.tzinfo else None
    except ValueError:
        return None


def dated(message: Message, published: int | None) -> Message:
    """A timer's message is always the same, so when it was published says which hour it stands for."""
    if isinstance(message, Tick) and published is not None:
        return message.happened(published)
    return message


def stage_for(message: Message, stages: Stages) -> Stage:
    """The stage that takes the message. Raises UnknownMessage."""
    stage = stages.get(type(message))
    if stage is None:
        raise UnknownMessage(f"{message.kind} is not for this function")
    return stage


def seconds_allowed() -> float:
    """How long a function may work before it publishes its continuation: its time limit less a page's worth."""
    return float(os.environ.get("WORKLENS_SECONDS", "480"))
