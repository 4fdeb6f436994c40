"""Who is let in: only a token that Google signed, for us, for our delivery account, and of this hour."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import msgspec
import pytest

from cloud_local.tokens import Signer
from worklens import oidc
from worklens.oidc import NoKeys, NotAdmitted, Published, admit, door
from worklens.testing.server import Call, FakeService, Reply, json_reply

ACCOUNT, AUDIENCE = "push@p.iam.gserviceaccount.com", "https://here/worklens-fetch"
SIGNER = Signer(ACCOUNT)


def environment(**more: str) -> dict[str, str]:
    """A function's environment."""
    return {
        "WORKLENS_PLATFORM": "google",
        "WORKLENS_AUDIENCE": AUDIENCE,
        "WORKLENS_DELIVERY_ACCOUNT": ACCOUNT,
        "WORKLENS_OIDC_KEYS": SIGNER.keys,
    } | more


def ask(header: str, **more: str) -> tuple[int, str]:
    """What a request with this header is answered, and why."""
    guard = door(environment(**more))
    assert guard is not None
    try:
        admit(header, guard)
    except NotAdmitted as refusal:
        return refusal.status, refusal.reason
    return 200, ""


def bearer(**claims: Any) -> str:
    """A header with a token that is right but for these claims."""
    return f"Bearer {SIGNER.token(AUDIENCE, **claims)}"


def unsigned(header: dict[str, str]) -> str:
    """A token with a header of somebody's own, and no signature."""
    payload = SIGNER.token(AUDIENCE).split(".")[1]
    return f"Bearer {base64.urlsafe_b64encode(json.dumps(header).encode()).decode()}.{payload}."


def test_the_delivery_account_is_let_in() -> None:
    """Also where several audiences or accounts are named, and whatever the case of the scheme."""
    assert ask(bearer()) == (200, "")
    assert ask(bearer().replace("Bearer", "bearer")) == (200, "")
    assert ask(bearer(), WORKLENS_AUDIENCE=f"https://other, {AUDIENCE}") == (200, "")
    assert ask(bearer(iss="accounts.google.com")) == (200, "")


@pytest.mark.parametrize(
    ("header", "status", "reason"),
    [
        ("", 401, "no-token"),
        ("Basic abc", 401, "no-token"),
        ("Bearer ", 401, "no-token"),
        ("Bearer nonsense", 401, "bad-token"),
        ("Bearer a.b.c", 401, "bad-token"),
        (bearer() + "x", 401, "bad-token"),
        (f"Bearer {Signer(ACCOUNT).token(AUDIENCE)}", 401, "bad-token"),
        (bearer(exp=int(time.time()) - 300), 401, "bad-token"),
        (bearer(iat=int(time.time()) + 300_000), 401, "bad-token"),  # later than any test run lasts
        (bearer(exp="soon"), 401, "bad-token"),
        (bearer(iss="https://accounts.example.com"), 401, "wrong-issuer"),
        (bearer(aud="https://here/worklens-score"), 403, "wrong-audience"),
        (bearer(aud=[AUDIENCE]), 403, "wrong-audience"),
        (bearer(email="somebody@example.com"), 403, "wrong-account"),
        (bearer(email_verified=False), 403, "wrong-account"),
        (bearer(email=None), 403, "wrong-account"),
        (unsigned({"alg": "none", "kid": "cloud-local"}), 401, "wrong-algorithm"),
        (unsigned({"alg": "HS256", "kid": "cloud-local"}), 401, "wrong-algorithm"),
        (unsigned({"alg": "RS256", "kid": "other"}), 401, "unknown-key"),
        (unsigned({"alg": "RS256"}), 401, "unknown-key"),
    ],
)
def test_everybody_else_is_not(header: str, status: int, reason: str) -> None:
    """401 where the token is missing or bad, 403 where it is good and for somebody else."""
    assert ask(header) == (status, reason)


def test_a_refusal_tells_nothing_of_the_token() -> None:
    """Its text is a key, and nothing that caused it hangs on."""
    guard = door(environment())
    assert guard is not None
    with pytest.raises(NotAdmitted) as caught:
        admit("Bearer secret.secret.secret", guard)

    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_door_is_never_left_open_by_mistake() -> None:
    """On the cloud what isn't set lets nobody in; only the local platform, with nothing set, has no door."""
    assert door({}) is None
    assert door({"WORKLENS_PLATFORM": "local"}) is None
    for bare in ({"WORKLENS_PLATFORM": "google"}, {"K_SERVICE": "fetch"}):
        guard = door(bare)
        assert guard is not None
        with pytest.raises(NotAdmitted, match="no-audience-set"):
            admit(bearer(), guard)
    assert ask(bearer(), WORKLENS_DELIVERY_ACCOUNT="") == (403, "no-audience-set")


class FakeCerts(FakeService):
    """Where keys are published."""

    keys: str = "{}"
    status = 200

    def answer(self, call: Call) -> Reply:
        """All of them."""
        return json_reply(msgspec.json.decode(self.keys), self.status)


def test_published_keys_are_kept_and_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new key is found when a token names it, and an unknown name can't make us ask again and again."""
    clock = [1000.0]
    monkeypatch.setattr(oidc.time, "monotonic", lambda: clock[0])
    with FakeCerts() as certs:
        keys = Published(certs.url)
        guard = oidc.Door([AUDIENCE], frozenset({ACCOUNT}), keys)
        for _ in range(3):
            with pytest.raises(NotAdmitted, match="unknown-key"):
                admit(bearer(), guard)
        assert len(certs.calls) == 1
        certs.keys = SIGNER.keys
        clock[0] += oidc.AGAIN_SECONDS
        for _ in range(3):
            admit(bearer(), guard)
        assert len(certs.calls) == 2
        clock[0] += oidc.KEEP_SECONDS
        admit(bearer(), guard)
        assert len(certs.calls) == 3


def test_without_keys_nobody_is_judged() -> None:
    """Where they can't be had the push must come again: neither let in nor refused."""
    with FakeCerts() as certs:
        certs.status = 503
        guard = oidc.Door([AUDIENCE], frozenset({ACCOUNT}), Published(certs.url))
        with pytest.raises(NoKeys):
            admit(bearer(), guard)
