"""A site on this machine only: requests as plain values for whoever answers, and nothing for any other name than this one's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

HOST = "127.0.0.1"
MOST_BYTES = 16_384  # of a form; those of the pages hold a few words
MOST_FIELDS = 50
FORM = "application/x-www-form-urlencoded"
PLAIN = {
    "Content-Type": "text/plain; charset=utf-8",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Request(NamedTuple):
    """What a browser asks; of values that are given twice the first counts. Names of ``headers`` are in small letters."""

    method: str
    path: str
    base: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    cookies: Mapping[str, str]
    headers: Mapping[str, str]
    client: str


Answer = tuple[str | bytes, int, dict[str, str]]
Respond = Callable[[Request], Answer]


class Refusal(ValueError):
    """What can't be a request to this site: a status, and why."""

    def __init__(self, status: int, text: str) -> None:
        """``text`` is a sentence."""
        super().__init__(text)
        self.status = status


class Server(ThreadingHTTPServer):
    """Holds a port of the loopback interface. ``port`` 0 takes any free one."""

    daemon_threads = True
    request_queue_size = 64
    respond: Respond
    on_error: Callable[[Exception], object]

    def __init__(self, port: int) -> None:
        """Raises OSError where the port is taken."""
        super().__init__((HOST, port), Handler)

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://{HOST}:{self.server_port}/"

    def serve(self, respond: Respond, on_error: Callable[[Exception], object]) -> None:
        """Answer until interrupted; each request has a thread of its own. ``on_error`` is told why one got no answer."""
        self.respond, self.on_error = respond, on_error
        self.serve_forever(poll_interval=0.2)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who goes away in the middle is no error of ours."""


class Handler(BaseHTTPRequestHandler):
    """Hands requests on; any name but this machine's is refused.

    The name is checked so that no page elsewhere can read this one by having its own name resolve to this machine.
    """

    server: Server
    server_version = "worklens"
    sys_version = ""
    timeout = 30

    def _answer(self) -> None:
        try:
            content, status, headers = self.server.respond(self._request())
        except Refusal as error:
            content, status, headers = f"{error}\n", error.status, PLAIN
        except Exception as error:  # noqa: BLE001 - the reader is told that it was us, and whoever serves what it was
            self.server.on_error(error)
            content, status, headers = "This page could not be made.\n", 500, PLAIN
        self._send(status, content.encode() if isinstance(content, str) else content, headers)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _answer  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A request that can't be read, or of a method that nobody knows: the reader's mistake and not ours."""
        status = 405 if code == 501 else code
        self._send(status, f"{message or 'This is no request.'}\n".encode(), PLAIN)

    def _request(self) -> Request:
        """Raises Refusal."""
        host = self.headers.get("Host", "")
        if (host.rpartition(":")[0] or host) not in {HOST, "localhost"}:
            raise Refusal(403, "This page answers to 127.0.0.1 and localhost only.")
        parts = urlsplit(self.path)
        return Request(
            method=self.command,
            path=parts.path,
            base=f"http://{host}",
            query=_fields(parts.query),
            form=self._form(),
            cookies=self._cookies(),
            headers={name.lower(): value for name, value in self.headers.items()},
            client=self.client_address[0],
        )

    def _form(self) -> dict[str, str]:
        size = self.headers.get("Content-Length", "") or "0"
        if not size.isdigit() or int(size) > MOST_BYTES:
            raise Refusal(413, f"A form has at most {MOST_BYTES} bytes.")
        body = self.rfile.read(int(size))
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return _fields(body.decode("utf-8", "replace")) if body and kind == FORM else {}

    def _cookies(self) -> dict[str, str]:
        try:
            held = SimpleCookie(self.headers.get("Cookie", ""))
        except CookieError:
            return {}
        return {name: morsel.value for name, morsel in held.items()}

    def _send(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Who reads their own report isn't written down."""


def _fields(text: str) -> dict[str, str]:
    """Names and values of an address or a form. Raises Refusal where there are too many."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Refusal(400, f"At most {MOST_FIELDS} values may be given.") from None
    return dict(reversed(pairs))
