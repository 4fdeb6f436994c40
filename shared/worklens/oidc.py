"""Whether a push comes from our own delivery account: the OIDC token's signature, issuer, audience, time and email.

The platform's IAM has looked at it before; this is the second lock, for the day the first is left open.
"""

from __future__ import annotations

import os
import time
import urllib.request
from collections.abc import Callable, Collection, Mapping
from http import HTTPStatus
from threading import Lock
from typing import Any, NamedTuple

import msgspec

CERTS = "https://www.googleapis.com/oauth2/v1/certs"  # Google's public keys by their ids, as PEM certificates
ISSUERS = {"accounts.google.com", "https://accounts.google.com"}
KEEP_SECONDS = 3600  # Google changes its keys after days
AGAIN_SECONDS = 60  # an unknown key id may be a new key; nobody may make us ask more often than this
SKEW_SECONDS = 30  # between their clock and ours
TIMEOUT = 10  # seconds

Keys = Mapping[str, str]


class NotAdmitted(Exception):
    """The request is refused: with 401 where a token is missing or bad, 403 where it is somebody else's."""

    def __init__(self, reason: str, status: int = HTTPStatus.UNAUTHORIZED) -> None:
        """``reason`` is a key; nothing of the token stands in it."""
        super().__init__(reason)
        self.reason, self.status = reason, int(status)


class NoKeys(RuntimeError):
    """Google's keys can't be had now; the push will come again."""


class Door(NamedTuple):
    """Who may come in: tokens for one of these audiences, given to one of these accounts."""

    audiences: list[str]
    accounts: frozenset[str]
    keys: Callable[[bool], Keys]  # asked with True: fetch them anew, if that was not just done


def door(environment: Mapping[str, str] | None = None) -> Door | None:
    """As the environment says; None where nothing guards: on the local platform, unless an audience is named."""
    given = os.environ if environment is None else environment
    audiences, accounts = (
        _list(given.get(name, "")) for name in ("WORKLENS_AUDIENCE", "WORKLENS_DELIVERY_ACCOUNT")
    )
    guarded = audiences or accounts or "K_SERVICE" in given
    if not guarded and given.get("WORKLENS_PLATFORM", "local") == "local":
        return None
    fixed = given.get("WORKLENS_OIDC_KEYS", "")
    keys = fixed_keys(fixed) if fixed else GOOGLE
    return Door(audiences, frozenset(accounts), keys)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def fixed_keys(text: str) -> Callable[[bool], Keys]:
    """Keys from the environment: JSON, PEM by key id."""
    keys = msgspec.json.decode(text, type=dict[str, str])
    return lambda anew: keys


def admit(authorization: str, door: Door) -> None:
    """Return where the header holds a valid token for this door. Raises NotAdmitted, or NoKeys."""
    if not door.audiences or not door.accounts:
        raise NotAdmitted("no-audience-set", HTTPStatus.FORBIDDEN)
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAdmitted("no-token")
    claims = verified(token.strip(), door.audiences, door.keys, "RS256")
    if claims.get("iss") not in ISSUERS:
        raise NotAdmitted("wrong-issuer")
    if claims.get("email_verified") is not True or claims.get("email") not in door.accounts:
        raise NotAdmitted("wrong-account", HTTPStatus.FORBIDDEN)


def verified(
    token: str, audiences: Collection[str], keys: Callable[[bool], Keys], algorithm: str
) -> Mapping[str, Any]:
    """The claims, once signature, audience and time are right. Raises NotAdmitted, or NoKeys."""
    from google.auth import jwt as library

    jwt: Any = library  # it has no types

    try:
        header = jwt.decode_header(token)
        if header.get("alg") != algorithm:
            raise NotAdmitted("wrong-algorithm")
        certs = _keys(header.get("kid"), keys)
        claims: Mapping[str, Any] = jwt.decode(token, certs=certs, clock_skew_in_seconds=SKEW_SECONDS)
    except (ValueError, TypeError, RecursionError):  # some of google.auth's have the token in their text
        raise NotAdmitted("bad-token") from None
    if claims.get("aud") not in audiences:
        raise NotAdmitted("wrong-audience", HTTPStatus.FORBIDDEN)
    return claims


def _keys(name: object, keys: Callable[[bool], Keys]) -> Keys:
    """The one key that the token names; nothing else may have signed it."""
    for anew in (False, True):
        known = keys(anew)
        if isinstance(name, str) and name in known:
            return {name: known[name]}
    raise NotAdmitted("unknown-key")


class Published:
    """Keys at an address, kept for an hour."""

    def __init__(self, url: str) -> None:
        """Fetches nothing yet."""
        self._url = url
        self._keys: Keys = {}
        self._fetched = -float(KEEP_SECONDS)
        self._lock = Lock()

    def __call__(self, anew: bool) -> Keys:
        """The keys; fetched again when they are old, or, if asked to, when they are not quite new."""
        with self._lock:
            age = time.monotonic() - self._fetched
            if age >= (AGAIN_SECONDS if anew else KEEP_SECONDS):
                self._keys, self._fetched = self._fetch(), time.monotonic()
            return self._keys

    def _fetch(self) -> Keys:
        try:
            with urllib.request.urlopen(self._url, timeout=TIMEOUT) as answer:  # noqa: S310 - a constant of ours
                return msgspec.json.decode(answer.read(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError) as error:
            raise NoKeys(type(error).__name__) from None


GOOGLE = Published(CERTS)
