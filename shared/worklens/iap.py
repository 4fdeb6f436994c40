"""Whether a request came through Identity-Aware Proxy: the signed header's algorithm, key, issuer, audience and time.

IAP has asked the reader to sign in before it; this is the second lock, for the day somebody switches IAP off.
https://cloud.google.com/iap/docs/signed-headers-howto
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

from worklens.oidc import Keys, NotAdmitted, Published, fixed_keys, verified

HEADER = "x-goog-iap-jwt-assertion"
ISSUER = "https://cloud.google.com/iap"
KEYS = "https://www.gstatic.com/iap/verify/public_key"  # IAP's public keys by their ids, as PEM
ALGORITHM = "ES256"


class Gate(NamedTuple):
    """What is let in: assertions for one of these audiences, signed with one of these keys."""

    audiences: list[str]
    keys: Callable[[bool], Keys]  # asked with True: fetch them anew, if that was not just done


def gate(environment: Mapping[str, str] | None = None) -> Gate | None:
    """As the environment says; None where no audience is named: then the platform's IAM alone lets people in."""
    given = os.environ if environment is None else environment
    if "WORKLENS_IAP_AUDIENCE" not in given:
        return None
    audiences = [part.strip() for part in given["WORKLENS_IAP_AUDIENCE"].split(",") if part.strip()]
    fixed = given.get("WORKLENS_IAP_KEYS", "")
    return Gate(audiences, fixed_keys(fixed) if fixed else GOOGLE)


def admit(assertion: str, gate: Gate) -> None:
    """Return where IAP signed this for us, and not long ago. Raises NotAdmitted, or NoKeys."""
    if not assertion:
        raise NotAdmitted("no-assertion")
    claims = verified(assertion, gate.audiences, gate.keys, ALGORITHM)
    if claims.get("iss") != ISSUER:
        raise NotAdmitted("wrong-issuer")


GOOGLE = Published(KEYS)
