"""What a source may name besides what each must, and what holds where it doesn't.

``rate``: a ``Rate``, the requests the service's published limits allow. ``signal``: a method that reads the service's
own way of saying "too many". ``programs``: the names of the programs its pull may run. ``is_local``: it reads this
machine alone and needs no token.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

import msgspec

from worklens.sources.base import Response, Source

Signal = Callable[[Response], float | None]
"""The seconds to wait where a response, whatever its status, says "too many"; None where it says something else.

The driver asks it before it looks at ``Request.accept``. Plain 429 and 503 with ``Retry-After`` need no signal.
"""


class Window(msgspec.Struct, frozen=True):
    """So many requests in any stretch of so many seconds; with a name, only the requests whose ``quota`` it is."""

    requests: int
    seconds: float
    quota: str = ""


class Rate(msgspec.Struct, frozen=True):
    """The published limits of a service: all windows hold at once.

    ``per``: "token" where each account has them for itself, "application" where all accounts of it share them.
    """

    windows: tuple[Window, ...] = ()
    per: Literal["token", "application"] = "token"


def no_signal(response: Response) -> float | None:
    """Of a service that says "too many" as all do."""
    return None


def rate_of(source: Source) -> Rate:
    """The limits of the service; without windows where it publishes none."""
    return cast("Rate", getattr(source, "rate", Rate()))


def signal_of(source: Source) -> Signal:
    """How the service says "too many"."""
    return cast("Signal", getattr(source, "signal", no_signal))


def programs_of(source: Source) -> frozenset[str]:
    """The programs its pull may run; none where it names none."""
    return cast("frozenset[str]", getattr(source, "programs", frozenset()))


def is_local(source: Source) -> bool:
    """Whether it reads this machine alone, and needs no token."""
    return cast("bool", getattr(source, "is_local", False))
