"""A server on this machine to which the browser comes back with the code, after the person has consented (RFC 8252)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from worklens.sources.oauth import OAuth

GLANCE = 0.2  # seconds between two looks at the clock
SILENCE = 5.0  # seconds a visitor may say nothing: browsers open connections that they never use


class Redirect:
    """Listens while a ``with`` lasts, for one visit that brings the state; any other visitor is turned away."""

    def __init__(self, how: OAuth, state: str, farewell: str) -> None:
        """``farewell`` is what the browser shows at the end. Raises Refused where the port is taken."""
        from worklens.sources.base import Refused

        self.how, self.state, self.farewell = how, state, farewell
        self.brought: dict[str, str] = {}
        try:
            self.server = HTTPServer(("127.0.0.1", how.port), _visits(self))
        except OSError:
            raise Refused("port-taken", port=str(how.port)) from None
        self.server.timeout = GLANCE

    def __enter__(self) -> Self:
        """Listening already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        self.server.server_close()

    @property
    def url(self) -> str:
        """What is registered as the redirect, at any port or at the one it is registered with."""
        return f"http://{self.how.host}:{self.server.server_port}{self.how.path}"

    def wait(self, seconds: float) -> str:
        """The code. Raises Refused where the person does not consent, or nobody comes in time."""
        from worklens.sources.base import Refused

        until = time.monotonic() + seconds
        while not self.brought:
            if time.monotonic() > until:
                raise Refused("sign-in-late", error="expired_token")
            self.server.handle_request()
        return code_in(self.brought)

    def take(self, target: str) -> bool:
        """Whether a visit is the one that is waited for."""
        visit = read_visit(target, self.how, self.state)
        self.brought = visit or {}
        return visit is not None


def read_visit(address: str, how: OAuth, state: str) -> dict[str, str] | None:
    """What a visit brings; None where it is not the one that was sent out with this state."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return query if parts.path == how.path and query.get("state") == state else None


def code_in(visit: Mapping[str, str]) -> str:
    """The code. Raises Refused where the person did not consent."""
    from worklens.sources.oauth import reason_of

    if not visit.get("code"):
        raise reason_of(visit.get("error", ""))
    return visit["code"]


def _visits(redirect: Redirect) -> type[BaseHTTPRequestHandler]:
    class Visit(BaseHTTPRequestHandler):
        timeout = SILENCE

        def do_GET(self) -> None:
            expected = redirect.take(self.path)
            body = (
                f"<!doctype html><meta charset=utf-8><p>{escape(redirect.farewell)}".encode()
                if expected
                else b""
            )
            self.send_response(200 if expected else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's name)
            """Say nothing: the address holds the code."""

    return Visit
