"""Stands in front of the functions and does what Pub/Sub does and its emulator doesn't: signs each push, and waits.

A push to ``/NAME`` goes on to an instance of the function NAME, with an OIDC token for the function's audience, when it is due.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Lock

from cloud_local.push import Push, Send
from cloud_local.redelivery import Redelivery
from cloud_local.tokens import LIFE, Signer
from worklens.testing.loopback import Loopback

HOP = {"host", "connection", "content-length", "transfer-encoding", "expect"}
LONGEST = 540.0  # seconds a function may take, where nothing else is said


class Forwarder(Loopback):
    """Listens on a port that it is given. Use it in a ``with``."""

    def __init__(self, port: int, signer: Signer, redelivery: Redelivery) -> None:
        """``instances`` of a function are the ports it listens on, ``seconds`` its time limit; set them once it runs."""
        self._given, self._signer, self._redelivery = port, signer, redelivery
        self.instances: dict[str, tuple[int, ...]] = {}
        self.seconds: dict[str, float] = {}
        self.between: Callable[[Push, Send], int] = lambda push, send: send(push)
        self._turn = count()
        self._tokens: dict[str, tuple[float, str]] = {}
        self._lock = Lock()

    def listener(self) -> ThreadingHTTPServer:
        """The server, at the port that was given."""
        return _Server(("127.0.0.1", self._given), _handler(self))

    def endpoint(self, function: str) -> str:
        """The address to push to."""
        return f"http://127.0.0.1:{self.port}/{function}"

    @staticmethod
    def audience(function: str) -> str:
        """What the function's tokens are for."""
        return f"https://cloud-local.example/{function}"

    def deliver(self, push: Push) -> int:
        """Give the push to an instance, in turn; 503 where none answers, or not in time."""
        ports = self.instances.get(push.function, ())
        if not ports:
            return HTTPStatus.SERVICE_UNAVAILABLE
        port = ports[next(self._turn) % len(ports)]
        headers = {**push.headers, "Authorization": f"Bearer {self._token(push.function)}"}
        try:
            return post(port, push.body, headers, self.seconds.get(push.function, LONGEST))
        except (OSError, HTTPException):
            return HTTPStatus.SERVICE_UNAVAILABLE

    def take(self, push: Push) -> int:
        """Deliver the push if it is due; the status for the emulator."""
        return self._redelivery.serve(push, lambda due: self.between(due, self.deliver))

    def _token(self, function: str) -> str:
        with self._lock:
            until, token = self._tokens.get(function, (0.0, ""))
            if time.time() > until:
                token = self._signer.token(self.audience(function))
                self._tokens[function] = (time.time() + LIFE / 2, token)
            return token


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = (
        128  # two a subscription at once, and the emulator waits less than a second to be let in
    )


def post(port: int, body: bytes, headers: Mapping[str, str], seconds: float) -> int:
    """Post to an instance; the answer's status, for which we wait that long."""
    connection = HTTPConnection("127.0.0.1", port, timeout=seconds)
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
            status = forwarder.take(Push(self.path.strip("/"), headers, body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
            pass

    return Handler
