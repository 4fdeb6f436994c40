"""Performs what a source asks: HTTP requests with the account's token, programs of this machine, and files.

Whatever a pull asks is a read, so a request may be sent again. The token goes to one origin only, in headers made at
the moment of sending, and never into an error or a log.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self
from urllib.parse import SplitResult, urljoin, urlsplit

import msgspec

from worklens.sources.base import Ask, Command, File, Json, Output, Read, Refused, Request, Response, Source
from worklens.sources.options import programs_of, signal_of
from worklens.stages.judging import Unavailable, judged, network_problem, wait_of
from worklens.stages.keys import FixedKey, Key, sendable
from worklens.stages.programs import run
from worklens.stages.pulling import Answers, performed, pull_pages
from worklens.stages.reading import path_in, read_file
from worklens.version import __version__

if TYPE_CHECKING:
    import requests

CHUNK = 65_536  # bytes read at a time
MAX_REDIRECTS = 5  # within the one host; more is a circle
REDIRECTS = {301, 302, 303, 307, 308}
KEEP_METHOD = {307, 308}  # a redirected POST would else become a GET, which asks something different
SEE_OTHER = 303  # becomes a GET whatever the method
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Limits(NamedTuple):
    """How long and how much; all in seconds but where it says otherwise.

    The longest wait for one answer, which is all of them but ``attempts`` added up, stays below a lease's 600 seconds.
    """

    connect: float = 10.0
    read: float = 30.0  # without a byte coming; the slowest service we know gives up after 15 itself
    answer: float = 120.0  # from the first byte to the last
    body: int = 64 << 20  # bytes; a whole sync of 50,000 tasks is about 50 MB
    attempts: int = 5
    retrying: float = 300.0  # after so long no further attempt is begun
    patience: float = 120.0  # a longer wait asked for by the service is left to the queue


class Purse(Protocol):
    """What requests are paid from."""

    def spend(self, quota: str) -> float:
        """Take one request; 0 where it may be sent now, else the seconds after which to ask again."""
        ...


class Driver:
    """Answers the requests of one pull over one kept-alive connection. Close it, or use it in a ``with``."""

    def __init__(
        self,
        source: Source,
        key: Key | str = "",
        *,
        file: Path | File | None = None,
        settings: Mapping[str, Json] | None = None,
        limits: Limits | None = None,
        budget: Purse | None = None,
    ) -> None:
        """``file`` is what a ``Read`` is answered with, where it names no path of the feed's ``settings``.

        ``key`` is a token, or what keeps one fresh. Raises Refused for a token that can't stand in a header.
        """
        self._key = FixedKey(sendable(key, source.name)) if isinstance(key, str) else key
        self._source = source
        self._signed: dict[str, str] = {}
        self._signal = signal_of(source)
        self._programs = programs_of(source)
        self._file = file
        self._settings = settings or {}
        self._limits = limits or Limits()
        self._budget = budget
        self._session: requests.Session | None = None
        self._origin = ""

    def __enter__(self) -> Self:
        """The driver itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; a later request opens a new one."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def answer(self, asked: Ask) -> Response | Output | File:
        """The answer, retried where that may help. Raises Refused (for good) or Unavailable (for now)."""
        if isinstance(asked, Read):
            return read_file(path_in(self._settings, asked.name) if asked.name else self._file)
        if isinstance(asked, Command):
            return run(asked, self._programs)
        return self._response(asked)

    def _response(self, asked: Request) -> Response:
        import stamina

        limits = self._limits
        for attempt in stamina.retry_context(
            on=self._pause,
            attempts=limits.attempts,
            timeout=limits.retrying,
            wait_initial=0.5,
            wait_max=30.0,
            wait_jitter=1.0,
        ):
            with attempt:
                return self._attempt(asked)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, error: Exception) -> bool | float:
        """Whether to try again, and after how many seconds where the service said so (else with jittered backoff)."""
        if not isinstance(error, Unavailable):
            return False
        return error.wait is None or (error.wait <= self._limits.patience and error.wait)

    def _attempt(self, request: Request) -> Response:
        for _ in range(MAX_REDIRECTS + 1):
            host = self._admit(request.url)
            response = self._opened(request, host)
            self._heed(response, host)
            if response.status not in REDIRECTS or response.status in request.accept:
                return judged(request, response, host)
            request = _redirected(request, response, host)
        raise Refused("redirected", host=host)

    def _opened(self, request: Request, host: str) -> Response:
        """The response to the request with the token; with a renewed one where it was refused, and that helps."""
        token = self._sign_with(self._key.access())
        response = self._send(request, host)
        if response.status == HTTPStatus.UNAUTHORIZED and self._key.renew(token):
            self._sign_with(self._key.access())
            response = self._send(request, host)
        return response

    def _sign_with(self, token: str) -> str:
        self._signed = self._source.headers(sendable(token, self._source.name))
        return token

    def _heed(self, response: Response, host: str) -> None:
        """Raises Unavailable where the service says "too many" in its own way."""
        wait = self._signal(response)
        if wait is not None:
            raise Unavailable("too-many-requests", wait, host=host, status=str(response.status))

    def _admit(self, url: str) -> str:
        """The host of the URL. Refused where the token would travel in the clear, or to a second origin."""
        parts = _split(url)
        host = parts.hostname or ""
        if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
            raise Refused("not-encrypted", host=host)
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        self._origin = self._origin or origin
        if origin != self._origin:
            raise Refused("other-host", host=host, expected=urlsplit(self._origin).netloc)
        return host

    def _spend(self, request: Request, host: str) -> None:
        """Raises Unavailable where the service's published limit has no room for one more."""
        wait = self._budget.spend(request.quota) if self._budget else 0.0
        if wait:
            raise Unavailable("limit-reached", wait, host=host, seconds=f"{wait:.0f}")

    def _send(self, request: Request, host: str) -> Response:
        from requests import RequestException

        self._spend(request, host)
        try:
            with self._connection(host).request(
                request.method,
                request.url,
                params=dict(request.params),
                data=content(request),
                headers=stated(request),
                timeout=(self._limits.connect, self._limits.read),
                allow_redirects=False,
                stream=True,
            ) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                body = self._body(response, host)
                return Response(status=response.status_code, headers=headers, body=body)
        except RequestException as error:
            problem = network_problem(error, host)
        # Raised out here, so that it doesn't carry the library's error, which holds the request with its headers.
        raise problem

    def _body(self, response: requests.Response, host: str) -> bytes:
        body = bytearray()
        end = time.monotonic() + self._limits.answer
        for chunk in response.iter_content(CHUNK):
            body += chunk
            if len(body) > self._limits.body:
                raise Refused("answer-too-large", host=host, limit=str(self._limits.body))
            if time.monotonic() > end:
                raise Unavailable("timed-out", host=host)
        return bytes(body)

    def _connection(self, host: str) -> requests.Session:
        if self._session is None:
            import requests

            self._session = requests.Session()
            self._session.headers["User-Agent"] = f"worklens/{__version__}"
            self._session.auth = self._sign  # set even without a token, else ~/.netrc would put in its own
            self._session.trust_env = host not in LOOPBACK  # no proxy can reach this machine's own servers
        return self._session

    def _sign(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers.update(self._signed)
        return request


def content(request: Request) -> bytes | dict[str, str] | None:
    """The request's body; a form is for the HTTP library to write."""
    if request.json is not None:
        return msgspec.json.encode(request.json)
    return request.body if request.form is None else dict(request.form)


def stated(request: Request) -> dict[str, str]:
    """The request's headers, with the type of its body."""
    kind = request.content_type or ("application/json" if request.json is not None else "")
    return {**request.headers, **({"Content-Type": kind} if kind else {})}


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for what is no number
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if not parts.hostname:
        raise Refused("wrong-url", url=url)
    return parts


def _redirected(request: Request, response: Response, host: str) -> Request:
    target = response.headers.get("location", "")
    if not target or (request.method != "GET" and response.status not in _keeping(request.method)):
        raise Refused("redirected", host=host)
    return msgspec.structs.replace(request, url=urljoin(request.url, target), params={})


def _keeping(method: str) -> set[int]:
    """The redirects under which a method stays what it is: of the others, only POST is made a GET by most."""
    return KEEP_METHOD if method == "POST" else REDIRECTS - {SEE_OTHER}


__all__ = ["Answers", "Driver", "Limits", "Unavailable", "performed", "pull_pages", "wait_of"]
