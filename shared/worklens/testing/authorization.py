"""A fake authorization server: consent with PKCE, device codes, refresh tokens that rotate, and revoking.

It signs people in for a fake service beside it: the access tokens that are good are put in that service's ``tokens``.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, MutableSet
from urllib.parse import unquote, urlencode, urlsplit

import msgspec

from worklens.sources.oauth import DEVICE, Client, OAuth, challenge
from worklens.testing.server import Call, FakeService, Reply, json_reply

CLIENT = Client(id="an-application", secret="canary-client-secret-b7")
BAD = 400


class Consent(msgspec.Struct):
    """What a person allowed: the tokens that go back to one consent die with it."""

    refresh: str
    access: str = ""
    used: list[str] = []  # refresh tokens that were replaced


class Asked(msgspec.Struct, frozen=True):
    """What a code stands for."""

    redirect: str
    challenge: str


class FakeAuthorization(FakeService):
    """Use it as a context manager; ``url`` goes into the feed's setting ``sign_in_url``.

    ``consents``: whether the person agrees. ``looks``: what polls for a device code are answered before it is granted
    (``authorization_pending``, ``slow_down``, ``access_denied``, ``expired_token``). ``expires_in``: seconds, or None
    where access tokens last. ``rotates``: each refresh gives another refresh token; the one before is dead at once, or
    with ``grace`` still good once. ``interval``: seconds between looks, kept to where ``now`` (seconds) is given.
    """

    def __init__(self, how: OAuth, tokens: MutableSet[str], client: Client = CLIENT) -> None:
        """``how`` says at which paths it is asked, ``tokens`` are those that the service beside it takes."""
        super().__init__()
        self.how, self.tokens, self.client = how, tokens, client
        self.consents = True
        self.looks: list[str] = []
        self.expires_in: float | None = 3600.0
        self.rotates, self.grace = True, False
        self.interval = 5.0
        self.now: Callable[[], float] | None = None
        self.granted: list[Consent] = []
        self._codes: dict[str, Asked] = {}
        self._looked = float("-inf")
        self._count = 0

    def expire(self) -> None:
        """The access tokens end now."""
        for consent in self.granted:
            self.tokens.discard(consent.access)

    def withdraw(self) -> None:
        """The person takes back every consent at the service."""
        self.expire()
        self.granted.clear()

    def answer(self, call: Call) -> Reply:
        """What the server says."""
        answers = {
            self.how.authorize_url: self._authorize,
            self.how.device_url: self._device,
            self.how.token_url: self._token,
            self.how.revoke_url: self._revoke,
        }
        for url, answer in answers.items():
            if url and urlsplit(url).path == call.path:
                return answer(call)
        return Reply(status=404)

    # ----- consent

    def _authorize(self, call: Call) -> Reply:
        query = call.query
        known = query.get("client_id") == self.client.id and query.get("response_type") == "code"
        if not known or query.get("scope") != self.how.scope or query.get("code_challenge_method") != "S256":
            return Reply(status=BAD, body=b"no such application, or it may not ask for that")
        if not self.consents:
            return _back(query["redirect_uri"], error="access_denied", state=query["state"])
        code = self._made("code")
        self._codes[code] = Asked(query["redirect_uri"], query["code_challenge"])
        return _back(query["redirect_uri"], code=code, state=query["state"])

    def _device(self, call: Call) -> Reply:
        if call.form.get("client_id") != self.client.id or call.form.get("scope") != self.how.scope:
            return _error("invalid_client")
        code = self._made("device")
        self._codes[code] = Asked("", "")
        about = {
            "device_code": code,
            "user_code": "ABCD-EFGH",
            "verification_uri": f"{self.url}/type-it-here",
        }
        return json_reply({**about, "expires_in": 900, "interval": self.interval})

    # ----- tokens

    def _token(self, call: Call) -> Reply:
        form = call.form
        if (form.get("client_id"), form.get("client_secret", "")) != (self.client.id, self.client.secret):
            return _error("invalid_client", 401)
        kinds = {"authorization_code": self._exchange, "refresh_token": self._refresh, DEVICE: self._look}
        answer = kinds.get(form.get("grant_type", ""))
        return answer(form) if answer else _error("unsupported_grant_type")

    def _exchange(self, form: dict[str, str]) -> Reply:
        asked = self._codes.pop(form.get("code", ""), None)
        if asked != Asked(form.get("redirect_uri", ""), challenge(form.get("code_verifier", ""))):
            return _error("invalid_grant")
        return self._grant()

    def _look(self, form: dict[str, str]) -> Reply:
        now = self.now() if self.now else 0.0
        if self.now and now - self._looked < self.interval:
            self.interval += 5
            return _error("slow_down")
        self._looked = now
        if form.get("device_code") not in self._codes:
            return _error("invalid_grant")
        if self.looks:
            return _error(self.looks.pop(0))
        del self._codes[form["device_code"]]
        return self._grant()

    def _refresh(self, form: dict[str, str]) -> Reply:
        token = form.get("refresh_token", "")
        for consent in self.granted:
            if token == consent.refresh:
                return self._issue(consent)
            if token in consent.used and self.grace:
                consent.used.remove(token)
                return self._issue(consent)
        return _error("invalid_grant")

    def _grant(self) -> Reply:
        consent = Consent(refresh=self._made("refresh"))
        self.granted.append(consent)
        return self._issue(consent)

    def _issue(self, consent: Consent) -> Reply:
        self.tokens.discard(consent.access)
        consent.access = self._made("access")
        self.tokens.add(consent.access)
        if self.rotates:
            consent.used.append(consent.refresh)
            consent.refresh = self._made("refresh")
        answer = {"access_token": consent.access, "token_type": "Bearer", "refresh_token": consent.refresh}
        return json_reply(answer if self.expires_in is None else {**answer, "expires_in": self.expires_in})

    def _revoke(self, call: Call) -> Reply:
        if not self._is_client(call):
            return _error("invalid_client", 401)
        token = call.form.get("token", "")
        for consent in [one for one in self.granted if token in {one.access, one.refresh}]:
            self.tokens.discard(consent.access)
            self.granted.remove(consent)
        return json_reply({})

    def _is_client(self, call: Call) -> bool:
        name, _, secret = b64decode(call.headers.get("authorization", "").removeprefix("Basic ")).partition(
            b":"
        )
        return (unquote(name.decode()), unquote(secret.decode())) == (self.client.id, self.client.secret)

    def _made(self, kind: str) -> str:
        self._count += 1
        return f"canary-{kind}-{self._count}"


def _back(redirect: str, **query: str) -> Reply:
    return Reply(status=302, headers={"Location": f"{redirect}?{urlencode(query)}"})


def _error(name: str, status: int = BAD) -> Reply:
    return json_reply({"error": name, "error_description": "as the RFC has it"}, status)
