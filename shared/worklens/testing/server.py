"""A small HTTP server on this machine for fake services: it remembers what it was asked, and fails when told to."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import RLock
from typing import Any, Literal, TypeVar
from urllib.parse import parse_qsl, urlsplit

import msgspec

from worklens.testing.loopback import Loopback

Item = TypeVar("Item")


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it came; headers' names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}


def json_reply(value: Any, status: int = 200, **headers: str) -> Reply:
    """An answer in JSON; underscores in headers' names stand for hyphens."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(status=status, body=msgspec.json.encode(value), headers=named)


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something that goes wrong with one request.

    ``reply`` is sent in place of the true one. ``cut``: "stream" breaks off in the middle of the promised length,
    "text" sends half of the body as if it were the whole, "all" closes the connection without a word.
    """

    reply: Reply | None = None
    cut: Literal["", "stream", "text", "all"] = ""
    delay: float = 0.0  # seconds


def too_many(retry_after: str | None = "0") -> Fault:
    """429, with or without its Retry-After (seconds)."""
    return Fault(reply=Reply(status=429, headers={"Retry-After": retry_after} if retry_after else {}))


BROKEN = Fault(reply=Reply(status=500, body=b"oops"))
UNAUTHORIZED = Fault(reply=json_reply({"error": {"type": "unauthorized"}}, 401))
TRUNCATED = Fault(cut="stream")
GARBLED = Fault(cut="text")
DROPPED = Fault(cut="all")
SLOW = Fault(delay=0.05)
PASSING: tuple[Fault, ...] = (too_many(), too_many(None), BROKEN, TRUNCATED, GARBLED, DROPPED, SLOW)
"""Those that another try overcomes."""


class FakeService(Loopback):
    """The base of a fake service: give it an ``answer``. Use it as a context manager; ``url`` says where it is.

    ``before`` is called with each request before it is answered: the world may change under the walker's feet.
    Requests are answered one at a time; ``sent`` counts the bytes of the answers' bodies.
    """

    def __init__(self) -> None:
        """Not listening yet."""
        self.calls: list[Call] = []
        self.sent = 0
        self.before: Callable[[Call], None] | None = None
        self.disorder: Random | None = None
        self._faults: deque[tuple[Fault, str]] = deque()
        self._chance: tuple[Random, float, Sequence[Fault]] | None = None
        self._lock = RLock()

    def answer(self, call: Call) -> Reply:
        """What the service says."""
        raise NotImplementedError

    # ----- faults

    def fail(self, fault: Fault, times: int = 1, path: str = "") -> None:
        """Let the next requests fail (those whose path has this in it)."""
        self._faults.extend([(fault, path)] * times)

    def recover(self) -> None:
        """Let nothing fail any more."""
        self._faults.clear()
        self._chance = None

    def fail_by_chance(self, random: Random, share: float, faults: Sequence[Fault] = PASSING) -> None:
        """From now on let this share of the requests fail; 0 ends it."""
        self._chance = (random, share, faults)

    def disordered(self, items: Sequence[Item]) -> list[Item]:
        """The items as they are; or with ``disorder`` set, in another order and some of them twice."""
        if self.disorder is None:
            return list(items)
        some = [item for item in items if self.disorder.random() < 0.2]
        return self.disorder.sample([*items, *some], len(items) + len(some))

    def _fault_of(self, call: Call) -> Fault | None:
        for index, (fault, path) in enumerate(self._faults):
            if path in call.path:
                del self._faults[index]
                return fault
        if self._chance and self._chance[0].random() < self._chance[1]:
            return self._chance[0].choice(self._chance[2])
        return None

    # ----- serving

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What the source's setting of that name is to be."""
        return self.url

    @property
    def settings(self) -> dict[str, str]:
        """What a feed that follows it is told."""
        return {"base_url": self.base_url}

    def listener(self) -> ThreadingHTTPServer:
        """A thread a connection."""
        return ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    def handle(self, call: Call) -> tuple[Reply, Fault]:
        """The answer to a request, and what shall go wrong with it."""
        with self._lock:
            self.calls.append(call)
            if self.before:
                self.before(call)
            fault = self._fault_of(call) or Fault()
            reply = fault.reply or self.answer(call)
            self.sent += len(reply.body)
            return reply, fault


def _handler(service: FakeService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # one packet for headers and body

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            call = Call(
                method=self.command,
                path=url.path,
                query=dict(parse_qsl(url.query, keep_blank_values=True)),
                headers={name.lower(): text for name, text in self.headers.items()},
                body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            )
            self.send(*service.handle(call))

        do_POST = do_PROPFIND = do_REPORT = do_GET  # noqa: N815 (the base class looks for them)

        def send(self, reply: Reply, fault: Fault) -> None:
            time.sleep(fault.delay)
            self.close_connection = self.close_connection or fault.cut in {"stream", "all"}
            if fault.cut == "all":
                return
            half = reply.body[: len(reply.body) // 2]
            body = half if fault.cut == "text" else reply.body
            self.send_response(reply.status)
            for name, text in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(half if fault.cut else body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
            """Say nothing: the service keeps its own log."""

    return Handler
