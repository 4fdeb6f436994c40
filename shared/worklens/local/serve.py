"""A page on this machine only: served from memory, and made anew in the background when the warehouse has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MakePage = Callable[[], bytes]

HOST = "127.0.0.1"
GLANCE = 0.5  # seconds between two looks at the version; one look is a read of one row
SPACING = 3.0  # a page is made at most for a quarter of the time, so that an import isn't kept waiting by its readers


class Page:
    """The newest page there is, and one thread that makes the next. Nobody who asks waits for it."""

    def __init__(
        self, make: MakePage, version: Callable[[], int], on_error: Callable[[Exception], object]
    ) -> None:
        """Makes the first page at once, and raises what that raises. ``on_error`` is told why a later one failed."""
        self.make = make
        self.version = version
        self.on_error = on_error
        self.ending = threading.Event()
        self.seen = version()
        self.took = 0.0
        self.content = self._made()

    def _made(self) -> bytes:
        begun = time.monotonic()
        content = self.make()
        self.took = time.monotonic() - begun
        return content

    def watch(self) -> None:
        """Make the page anew when the version has moved, until ``ending`` is set."""
        while not self.ending.wait(GLANCE):
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - the page that stands is still a true one
                self.on_error(error)
                self.ending.wait(SPACING)

    def _look(self) -> None:
        version = self.version()
        if version != self.seen:
            self.content = self._made()
            self.seen = version  # what came while it was made will be seen at the next look
            self.ending.wait(SPACING * self.took)


class Server(ThreadingHTTPServer):
    """Holds a port of the loopback interface, and serves a page there once it has one. ``port`` 0 takes any free one."""

    daemon_threads = True
    request_queue_size = 64
    page: Page

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        """Raises OSError where the port is taken."""
        self.headers = headers
        super().__init__((HOST, port), Handler)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self.server_port}/"

    def serve(self, page: Page) -> None:
        """Serve the page, and keep it up to date, until interrupted."""
        self.page = page
        watcher = threading.Thread(target=page.watch, daemon=True)
        watcher.start()
        try:
            self.serve_forever(poll_interval=0.2)
        finally:
            page.ending.set()
            watcher.join(timeout=SPACING)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who goes away in the middle is no error of ours."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for the page; anything else, and any name but this machine's, is refused.

    The name is checked so that no page elsewhere can read this one by having its own name resolve to this machine.
    """

    server: Server
    server_version = "worklens"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """The page."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """The page's headers."""
        self._answer(body=False)

    def _refuse(self) -> None:
        self._send(405, b"This page can only be read.\n", body=True)

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _refuse  # noqa: N815

    def _answer(self, *, body: bool) -> None:
        self._send(*self._content(), body=body)

    def _send(self, status: int, content: bytes, *, body: bool) -> None:
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def _content(self) -> tuple[int, bytes]:
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if name not in {HOST, "localhost"}:
            return 403, b"This page answers to 127.0.0.1 and localhost only.\n"
        if self.path.partition("?")[0] != "/":
            return 404, b"There is one page here: /\n"
        return 200, self.server.page.content

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Who reads their own report isn't written down."""
