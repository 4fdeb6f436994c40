"""Signing in at a service by OAuth 2: what is asked of its authorization server, and how its answers are read. No I/O.

The authorization code with PKCE (RFC 6749, 7636, 8252), the device code (RFC 8628), refreshing, and revoking (RFC 7009).
The application is the one that the person registered: its id, and its secret where the service wants one.
"""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Literal
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from worklens.sources.base import Refused, Request, Response

OK = 200
SECOND = 1_000_000  # microseconds
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
ANSWERS = (
    OK,
    400,
    401,
    403,
    428,
)  # an error of OAuth comes with one of these; Google says 428 while one waits
SLOWER = 5.0  # seconds more between two looks, each time "slow_down" is said (RFC 8628, 3.5)
INTERVAL = 5.0  # seconds between two looks, where the service doesn't say


class OAuth(msgspec.Struct, frozen=True, kw_only=True):
    """How a service signs people in. With a ``device_url`` the device code is used, else a redirect to this machine."""

    token_url: str
    scopes: tuple[
        str, ...
    ]  # the least that reads; with offline_access or its like, where refreshing needs it
    authorize_url: str = ""
    device_url: str = ""
    revoke_url: str = ""  # empty where a token can't be revoked by its application
    separator: str = " "  # between scopes; Todoist has a comma
    extra: Mapping[str, str] = {}  # of the authorization request: access_type=offline at Google
    host: Literal["127.0.0.1", "localhost"] = "127.0.0.1"  # of the redirect, as it is registered
    port: int = 0  # of the redirect; 0: any free one, where the service lets it vary (RFC 8252, 7.3)
    path: str = "/"  # of the redirect
    needs_secret: bool = False  # the application has a secret, which is asked for
    only: bool = False  # the service gives no personal tokens

    @property
    def scope(self) -> str:
        """The scopes as the service writes them."""
        return self.separator.join(self.scopes)

    def at(self, base: str) -> OAuth:
        """The same with its endpoints on another host: a test service's."""
        names = ("token_url", "authorize_url", "device_url", "revoke_url")
        moved = {name: _moved(getattr(self, name), base) for name in names}
        return msgspec.structs.replace(self, **moved)


class Client(msgspec.Struct, frozen=True):
    """The person's own application at a service."""

    id: str
    secret: str = ""


class Grant(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="oauth"):
    """What was granted, as it is kept in place of a personal token: as JSON, with all that refreshing needs."""

    access: str
    refresh: str = ""
    expires_at: int = 0  # microseconds; 0 where it lasts until it is revoked
    client: Client

    def text(self) -> str:
        """As it is kept."""
        return msgspec.json.encode(self).decode()


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """A device code: the person types ``user_code`` at ``verification_uri``."""

    device_code: str
    user_code: str
    verification_uri: str
    expires_in: float = 900.0
    interval: float = INTERVAL


class _Answer(msgspec.Struct):
    access_token: str = ""
    refresh_token: str = ""
    expires_in: float | None = None
    error: str = ""


class _Denied(msgspec.Struct):
    error: str = ""


def read_grant(kept: str) -> Grant | None:
    """What was kept; None where it is a personal token."""
    if not kept.startswith("{"):
        return None
    try:
        return msgspec.json.decode(kept, type=Grant)
    except msgspec.DecodeError:
        return None


# ----- what is asked


def challenge(verifier: str) -> str:
    """The proof that is sent ahead of a verifier (RFC 7636, S256)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def authorize(oauth: OAuth, client: Client, redirect: str, state: str, verifier: str) -> str:
    """The address at which the person consents."""
    query = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": redirect,
        "scope": oauth.scope,
        "state": state,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
        **oauth.extra,
    }
    return f"{oauth.authorize_url}?{urlencode(query)}"


def exchange(oauth: OAuth, client: Client, code: str, redirect: str, verifier: str) -> Request:
    """Ask for the tokens that a code stands for."""
    about = {"code": code, "redirect_uri": redirect, "code_verifier": verifier}
    return _ask(oauth.token_url, client, grant_type="authorization_code", **about)


def device(oauth: OAuth, client: Client) -> Request:
    """Ask for a device code."""
    form = {"client_id": client.id, "scope": oauth.scope}
    return Request(method="POST", url=oauth.device_url, form=form, accept=ANSWERS)


def poll(oauth: OAuth, client: Client, code: Code) -> Request:
    """Ask whether the person has consented."""
    return _ask(oauth.token_url, client, grant_type=DEVICE, device_code=code.device_code)


def refresh(oauth: OAuth, grant: Grant) -> Request:
    """Ask for a new access token."""
    return _ask(oauth.token_url, grant.client, grant_type="refresh_token", refresh_token=grant.refresh)


def revoke(oauth: OAuth, grant: Grant) -> Request | None:
    """Give the consent back; None where the service has no way for it. The refresh token takes the others along."""
    if not oauth.revoke_url:
        return None
    client = grant.client
    basic = b64encode(f"{quote(client.id, safe='')}:{quote(client.secret, safe='')}".encode()).decode()
    return Request(
        method="POST",
        url=oauth.revoke_url,
        form={"token": grant.refresh or grant.access, "client_id": client.id},
        headers={"Authorization": f"Basic {basic}"} if client.secret else {},
        accept=(OK, 204, 400, 401, 403, 404),  # it may be gone already
    )


def _ask(url: str, client: Client, **form: str) -> Request:
    form["client_id"] = client.id
    if client.secret:
        form["client_secret"] = client.secret
    return Request(method="POST", url=url, form=form, accept=ANSWERS)


# ----- what is answered


def read_code(response: Response) -> Code:
    """The device code. Raises Refused."""
    _check(response)
    return msgspec.json.decode(response.body, type=Code)


def granted(response: Response, client: Client, now: int, before: Grant | None = None) -> Grant:
    """What was granted. A refresh token that isn't repeated stays what it was. Raises Refused."""
    _check(response)
    answer = msgspec.json.decode(response.body, type=_Answer)
    if not answer.access_token:
        raise Refused("sign-in-refused", error=answer.error or "no access_token")
    return Grant(
        access=answer.access_token,
        refresh=answer.refresh_token or (before.refresh if before else ""),
        expires_at=0 if answer.expires_in is None else now + int(answer.expires_in * SECOND),
        client=client,
    )


def denied(response: Response) -> str:
    """The error that the service names; empty where it grants."""
    if response.status == OK:
        return ""
    try:
        error = msgspec.json.decode(response.body, type=_Denied).error
    except msgspec.DecodeError:
        error = ""
    return error or f"status {response.status}"


REASONS = {
    "access_denied": "sign-in-denied",
    "authorization_declined": "sign-in-denied",
    "expired_token": "sign-in-late",
    "invalid_client": "client-refused",
    "unauthorized_client": "client-refused",
    "invalid_grant": "sign-in-over",
}


def reason_of(error: str) -> Refused:
    """What an error of OAuth means to the person; one of odd characters is not quoted."""
    named = error if re.fullmatch(r"[a-z_]{1,40}|status \d+", error) else "?"
    return Refused(REASONS.get(named, "sign-in-refused"), error=named)


def _check(response: Response) -> None:
    error = denied(response)
    if error:
        raise reason_of(error)


def _moved(url: str, base: str) -> str:
    parts = urlsplit(url)
    return base.rstrip("/") + parts.path if url else ""
