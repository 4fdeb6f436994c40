"""Stands in front of the functions and does what Pub/Sub does and its emulator doesn't: signs each push.

A push to ``/NAME`` goes on to an instance of the function NAME, with an OIDC token for the function's audience.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Lock, Thread
from types import TracebackType
from typing import NamedTuple, Self

from cloud_local.tokens import LIFE, Signer

UNAVAILABLE = 503
HOP = {"host", "connection", "content-length", "transfer-encoding", "expect"}


class Push(NamedTuple):
    """What the emulator posted."""

    function: str
    headers: Mapping[str, str]
    body: bytes


Send = Callable[[Push], int]
"""Delivers a push and returns the answer's status."""


class Forwarder:
    """Listens on a port of its own. Use it in a ``with``."""

    def __init__(self, port: int, signer: Signer) -> None:
        """``instances`` of a function are the ports it listens on; set them once it runs."""
        self.port, self._signer = port, signer
        self.instances: dict[str, tuple[int, ...]] = {}
        self.between: Callable[[Push, Send], int] = lambda push, send: send(push)
        self._turn = count()
        self._tokens: dict[str, tuple[float, str]] = {}
        self._lock = Lock()

    def endpoint(self, function: str) -> str:
        """The address to push to."""
        return f"http://127.0.0.1:{self.port}/{function}"

    @staticmethod
    def audience(function: str) -> str:
        """What the function's tokens are for."""
        return f"https://cloud-local.example/{function}"

    def deliver(self, push: Push) -> int:
        """Give the push to an instance, in turn; 503 where none answers."""
        ports = self.instances.get(push.function, ())
        if not ports:
            return UNAVAILABLE
        port = ports[next(self._turn) % len(ports)]
        headers = {**push.headers, "Authorization": f"Bearer {self._token(push.function)}"}
        try:
            return post(port, push.body, headers)
        except (OSError, HTTPException):
            return UNAVAILABLE

    def _token(self, function: str) -> str:
        with self._lock:
            until, token = self._tokens.get(function, (0.0, ""))
            if time.time() > until:
                token = self._signer.token(self.audience(function))
                self._tokens[function] = (time.time() + LIFE / 2, token)
            return token

    def __enter__(self) -> Self:
        """Listen."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def post(port: int, body: bytes, headers: Mapping[str, str]) -> int:
    """Post to an instance; the answer's status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        connection.request("POST", "/", body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


def _handler(forwarder: Forwarder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            status = forwarder.between(Push(self.path.strip("/"), headers, body), forwarder.deliver)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
            pass

    return Handler
