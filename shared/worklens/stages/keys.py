"""What opens a service: the driver asks for the token each time it sends, and says when one was refused."""

from __future__ import annotations

import re
from typing import Protocol

from worklens.sources.base import Refused


class Key(Protocol):
    """What opens a service."""

    def access(self) -> str:
        """The token to send now. Raises Refused, Unavailable."""
        ...

    def renew(self, refused: str) -> bool:
        """Whether there is another token now than the one that was refused. Raises Refused, Unavailable."""
        ...


class FixedKey:
    """A token that is what it is."""

    def __init__(self, token: str) -> None:
        """``token`` may be empty, where the service asks for none."""
        self.token = token

    def access(self) -> str:
        """The token."""
        return self.token

    def renew(self, refused: str) -> bool:
        """There is no other."""
        return False


def sendable(token: str, source: str) -> str:
    """The token. Raises Refused where it can't stand in a header; it is not quoted."""
    if not re.fullmatch(r"[!-~]*", token):
        raise Refused("token-malformed", source=source)
    return token
