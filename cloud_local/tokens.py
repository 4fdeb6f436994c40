"""OIDC tokens as Pub/Sub sends them, signed with a key of our own: the emulator sends none."""

from __future__ import annotations

import time
from typing import Any

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt
from google.auth import jwt as library

jwt: Any = library  # it has no types
KEY = "cloud-local"
ISSUER = "https://accounts.google.com"
LIFE = 3600  # seconds, as Google's


class Signer:
    """A key pair made anew, and the tokens signed with it."""

    def __init__(self, account: str) -> None:
        """``account`` is the delivery account's email address."""
        self.account = account
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.keys = msgspec.json.encode({KEY: public.decode()}).decode()
        self._signer = crypt.RSASigner.from_string(private, KEY)

    def token(self, audience: str, **claims: Any) -> str:
        """A token for an audience, good for an hour; ``claims`` replace what would stand in it."""
        now = int(time.time())
        usual = {
            "iss": ISSUER,
            "aud": audience,
            "azp": self.account,
            "sub": "1",
            "email": self.account,
            "email_verified": True,
            "iat": now,
            "exp": now + LIFE,
        }
        encoded: bytes = jwt.encode(self._signer, {**usual, **claims}, key_id=KEY)
        return encoded.decode()
