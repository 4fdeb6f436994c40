"""What Identity-Aware Proxy lets through: only what its key signed, for this report, and of these minutes."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from google.auth import jwt as library
from google.auth.crypt import es256

from cloud_local.tokens import Signer
from worklens import iap
from worklens.iap import admit, gate
from worklens.oidc import NoKeys, NotAdmitted, Published
from worklens.testing.server import Call, FakeService, Reply, json_reply

jwt: Any = library  # it has no types
AUDIENCE = "/projects/123456789012/locations/europe-west1/services/worklens-report"
KEY = "iap-1"


class Proxy:
    """A key pair made anew, and what it signs."""

    def __init__(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        self.private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.public = (
            key.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )

    def assertion(self, key: str = KEY, **claims: Any) -> str:
        """Right, but for these claims."""
        now = int(time.time())
        usual = {
            "iss": iap.ISSUER, "aud": AUDIENCE, "sub": "accounts.google.com:1", "email": "me@example.org",
            "iat": now, "exp": now + 86_400,  # as long as the longest run of all tests takes
        }  # fmt: skip
        made: bytes = jwt.encode(
            es256.ES256Signer.from_string(self.private, key), {**usual, **claims}, key_id=key
        )
        return made.decode()


PROXY = Proxy()
DEEP = ".".join([base64.urlsafe_b64encode(b"[" * 3_000).decode(), *PROXY.assertion().split(".")[1:]])
"""With a header nested too deeply to be read."""


class Keys(FakeService):
    """Where IAP's keys are published."""

    status = 200

    def answer(self, call: Call) -> Reply:
        """All of them."""
        return json_reply({KEY: PROXY.public}, self.status)


def ask(assertion: str) -> tuple[int, str]:
    """What a request with this header is answered, and why; the keys come from a server."""
    with Keys() as keys:
        try:
            admit(assertion, iap.Gate([AUDIENCE], Published(keys.url)))
        except NotAdmitted as refusal:
            return refusal.status, refusal.reason
    return 200, ""


def forged(header: dict[str, str], signature: str = "") -> str:
    """With a header of somebody's own."""
    payload = PROXY.assertion().split(".")[1]
    return f"{base64.urlsafe_b64encode(json.dumps(header).encode()).decode()}.{payload}.{signature}"


def test_what_it_signed_is_let_in() -> None:
    """Of the last minutes, for this report; whoever it is: that was for IAP to say."""
    assert ask(PROXY.assertion()) == (200, "")
    assert ask(PROXY.assertion(email=None)) == (200, "")


@pytest.mark.parametrize(
    ("assertion", "status", "reason"),
    [
        ("", 401, "no-assertion"),
        ("nonsense", 401, "bad-token"),
        ("a.b.c", 401, "bad-token"),
        (DEEP, 401, "bad-token"),
        (PROXY.assertion() + "x", 401, "bad-token"),
        (Proxy().assertion(), 401, "bad-token"),  # another's key by the same name
        (PROXY.assertion(key="iap-2"), 401, "unknown-key"),
        (PROXY.assertion(exp=int(time.time()) - 300), 401, "bad-token"),
        (PROXY.assertion(iat=int(time.time()) + 300_000), 401, "bad-token"),
        (PROXY.assertion(iss="https://accounts.google.com"), 401, "wrong-issuer"),
        (PROXY.assertion(aud=AUDIENCE.replace("-report", "-other")), 403, "wrong-audience"),
        (PROXY.assertion(aud=[AUDIENCE]), 403, "wrong-audience"),
        (PROXY.assertion(aud=None), 403, "wrong-audience"),
        (forged({"alg": "none", "kid": KEY}), 401, "wrong-algorithm"),
        (forged({"alg": "HS256", "kid": KEY}), 401, "wrong-algorithm"),
        (forged({"alg": "ES256", "kid": KEY}), 401, "bad-token"),
        (forged({"alg": "ES256"}), 401, "unknown-key"),
        (
            Signer("me@example.org").token(AUDIENCE, iss=iap.ISSUER),
            401,
            "wrong-algorithm",
        ),  # Google's other kind
    ],
)
def test_nothing_else_is(assertion: str, status: int, reason: str) -> None:
    """401 where it is missing or bad, 403 where it is good and for something else."""
    assert ask(assertion) == (status, reason)


def test_without_keys_nobody_is_judged() -> None:
    """Neither let in nor refused for good."""
    with Keys() as keys:
        keys.status = 503
        with pytest.raises(NoKeys):
            admit(PROXY.assertion(), iap.Gate([AUDIENCE], Published(keys.url)))


def test_a_gate_is_there_where_an_audience_is_named() -> None:
    """An empty one lets nobody in: what was meant to be guarded isn't left open by a slip."""
    assert gate({}) is None
    known = {"WORKLENS_IAP_KEYS": json.dumps({KEY: PROXY.public})}

    def told(named: str) -> str:
        made = gate({"WORKLENS_IAP_AUDIENCE": named, **known})
        assert made is not None
        try:
            admit(PROXY.assertion(), made)
        except NotAdmitted as refusal:
            return refusal.reason
        return ""

    assert [told(named) for named in (f"/other, {AUDIENCE}", "", "/other")] == [
        "",
        "wrong-audience",
        "wrong-audience",
    ]
