"""A request as far as the pages care, the answer to it, and what every answer says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

Headers = dict[str, str]
Answer = tuple[str | bytes, int, Headers]
"""Body, status and headers."""

PLAIN = "text/plain; charset=utf-8"
JSON = "application/json"
HTML = "text/html; charset=utf-8"

GUARDED: Headers = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer a browser would not say where a form comes from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Of every answer: kept nowhere, framed by nobody, told to nobody else."""

# Charts set styles of their own; nothing else is inline, and nothing comes from or goes to anywhere else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class Visit(NamedTuple):
    """A request. ``base`` is the site's own address without a slash at its end; names of ``headers`` are in small letters."""

    method: str
    path: str
    base: str = ""
    query: Mapping[str, str] = {}
    form: Mapping[str, str] = {}
    cookies: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    client: str = ""  # who asks, as far as a limit needs to tell them apart

    @property
    def reads(self) -> bool:
        """Whether nothing is to be changed."""
        return self.method in {"GET", "HEAD"}


class NotSo(ValueError):
    """What was asked can't be: an HTTP status, and a sentence for whoever asked."""

    def __init__(self, status: int, text: str, allow: str = "GET, HEAD") -> None:
        """``text`` is English: it is read by programs, and by those who type addresses. ``allow`` is what 405 allows."""
        super().__init__(text)
        self.status = status
        self.text = text
        self.allow = allow


def page(body: str) -> Answer:
    """A page of ours."""
    return body, 200, GUARDED | {"Content-Type": HTML, "Content-Security-Policy": POLICY}


def plain(text: str, status: int, **more: str) -> Answer:
    """A sentence."""
    return f"{text}\n", status, GUARDED | {"Content-Type": PLAIN} | more


def base_of(url_root: str, forwarded: str) -> str:
    """The site's own address: behind Google's front the request itself says http."""
    parts = urlsplit(url_root)
    scheme = "https" if forwarded == "https" else parts.scheme
    return f"{scheme}://{parts.netloc}"
