"""What a source may name besides what each must, and what holds where it doesn't.

``rate``: a ``Rate``, the requests the service's published limits allow. ``signal``: a method that reads the service's
own way of saying "too many". ``programs``: the names of the programs its pull may run. ``is_local``: it reads this
machine alone and needs no token. ``settings``: a ``Settings``, what connecting must be told. ``secret_kind``: "password"
where that is what the person types. ``secret``: a method that makes of the typed text what is kept. ``oauth``: an
``OAuth``, how to sign in at the service instead of typing a token. ``trial``: a method like ``pull`` that asks just
enough to see whether the account can be read, where the first question of a pull doesn't tell. ``totals``: a generator
like ``pull`` whose value is ``Totals``, the service's own count, for `worklens status --check`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Literal, cast

import msgspec

from worklens.sources.base import Answer, Context, Json, Pull, Request, Response, Source
from worklens.sources.oauth import OAuth

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


class Settings(msgspec.Struct, frozen=True):
    """The names of the feed's settings that connecting must be told, or may be told; those of paths are made absolute.

    ``variables``: the environment variable that says one where the person doesn't, as a timer has no such variable.
    ``beside``: a path that nobody says is the file of this name beside another. ``part``: the setting that names the
    part of the account that is read; two accounts here may share a token where they read different parts.
    """

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    paths: frozenset[str] = frozenset()
    variables: Mapping[str, str] = {}
    beside: Mapping[str, tuple[str, str]] = {}
    part: str = ""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """What the service itself says is open: ids as Worklens records them, with their creation in microseconds where known.

    ``collections`` are those it looked into: a task of another one is not missing there.
    """

    open: Mapping[str, int | None]
    collections: frozenset[str]


Counting = Generator[Request, Answer, Totals]


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


def settings_of(source: Source) -> Settings:
    """What connecting must and may be told; nothing where it names nothing."""
    return cast("Settings", getattr(source, "settings", Settings()))


def secret_kind(source: Source) -> Literal["token", "password"]:
    """What the person types."""
    return cast("Literal['token', 'password']", getattr(source, "secret_kind", "token"))


def secret_of(source: Source, typed: str, settings: Mapping[str, Json]) -> str:
    """What is kept, and given to ``headers``; where it names no ``secret``, the text as it was typed."""
    made = getattr(source, "secret", None)
    return str(made(typed, settings)) if made else typed


def trial_of(source: Source) -> Callable[[Context], Pull] | None:
    """What to ask to see whether the account can be read; None where the first question of a pull tells."""
    return cast("Callable[[Context], Pull] | None", getattr(source, "trial", None))


def oauth_of(source: Source, settings: Mapping[str, Json]) -> OAuth | None:
    """How to sign in, with the setting ``sign_in_url`` in place of its own hosts; None where a token is typed."""
    oauth = cast("OAuth | None", getattr(source, "oauth", None))
    elsewhere = settings.get("sign_in_url")
    return oauth.at(str(elsewhere)) if oauth and elsewhere else oauth


def totals_of(source: Source) -> Callable[[Context], Counting] | None:
    """How to ask for the service's own count; None where it has none."""
    return cast("Callable[[Context], Counting] | None", getattr(source, "totals", None))
