"""Signs in at a service's authorization server, refreshes what it granted, and gives it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from worklens.sources import oauth
from worklens.sources.base import Context, Parsed, Pull, Reading, Refused, Request, Response
from worklens.sources.oauth import Client, Code, Grant, OAuth
from worklens.stages.driver import Driver, Unavailable

T = TypeVar("T")
PENDING, SLOWER = "authorization_pending", "slow_down"
VERIFIER = 64  # characters of a verifier and of a state; 43 to 128 are allowed


class _Nobody:
    """A source that carries no token: what is sent to an authorization server proves itself."""

    name = "oauth"
    secret_fields: frozenset[str] = frozenset()

    def headers(self, token: str) -> dict[str, str]:
        """None."""
        return {}

    def pull(self, context: Context) -> Pull:
        """Never pulled."""
        raise NotImplementedError

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """Never read."""
        raise NotImplementedError


def ask(request: Request) -> Response:
    """The authorization server's answer, retried as any. Raises Refused or Unavailable."""
    with Driver(_Nobody()) as driver:
        answer = driver.answer(request)
    if not isinstance(answer, Response):
        raise TypeError("a request is answered with a response")
    return answer


def by_code(how: OAuth, client: Client, code: str, redirect: str, verifier: str, now: int) -> Grant:
    """What a code stands for, which the person brought back. Raises Refused, Unavailable."""
    return _read(ask(oauth.exchange(how, client, code, redirect, verifier)), client, now)


def by_device(
    how: OAuth,
    client: Client,
    show: Callable[[Code], None],
    sleep: Callable[[float], None],
    now: Callable[[], int],
) -> Grant:
    """Show the person a code to type elsewhere, and wait until they have. Raises Refused, Unavailable.

    ``sleep`` takes seconds, ``now`` gives microseconds.
    """
    code = _shaped(oauth.read_code, ask(oauth.device(how, client)))
    show(code)
    wait, until = code.interval, now() + int(code.expires_in * oauth.SECOND)
    while now() < until:
        sleep(wait)
        response = ask(oauth.poll(how, client, code))
        error = oauth.denied(response)
        if error == SLOWER:
            wait += oauth.SLOWER
        elif error != PENDING:
            return _read(response, client, now())
    raise Refused("sign-in-late", error="expired_token")


def renewed(how: OAuth, grant: Grant, now: int) -> Grant:
    """The grant with a new access token, and with the refresh token that replaces the old one.

    Raises Refused where the consent is over, Unavailable where the server is away.
    """
    return _read(ask(oauth.refresh(how, grant)), grant.client, now, grant)


def give_back(how: OAuth, grant: Grant) -> bool:
    """Revoke what was granted; whether the service did, or had it gone already. Raises Refused, Unavailable."""
    request = oauth.revoke(how, grant)
    return request is not None and ask(request).status in {200, 204}


def _read(response: Response, client: Client, now: int, before: Grant | None = None) -> Grant:
    return _shaped(lambda answer: oauth.granted(answer, client, now, before), response)


def _shaped(read: Callable[[Response], T], response: Response) -> T:
    """What is read of the answer; a sign-in page of some network is none."""
    try:
        return read(response)
    except msgspec.DecodeError:
        raise Unavailable("answer-garbled") from None
