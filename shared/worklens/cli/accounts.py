"""Which account a person means: its whole name, or as much of it as tells it from the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from worklens.cli.failures import Usage


def resolve(given: str, known: Collection[str]) -> str:
    """The account among those known that the name stands for; empty for an empty one. Raises Problem.

    ``csv:team`` also stands for all of ``csv:team/ann`` and ``csv:team/bob``; ``team`` or ``csv`` for ``csv:team`` if no
    other ends or begins so.
    """
    if not given or within(given, known):
        return given
    feeds = sorted({name.partition("/")[0] for name in known})
    ends = {name for name in (*feeds, *known) if name.endswith((f":{given}", f"/{given}"))}
    likely = sorted(ends | {feed for feed in feeds if feed.startswith(f"{given}:")})
    if len(likely) == 1:
        return likely[0]
    if likely:
        raise Usage("account-ambiguous", given=given, known=", ".join(likely))
    raise Usage("account-unknown", given=given, known=", ".join(feeds) or "-")


def within(given: str, known: Iterable[str]) -> bool:
    """Whether the name is one of these, or holds one of these."""
    return any(name == given or name.startswith(f"{given}/") for name in known)


def named(given: str, source: str) -> str:
    """A new account's name: ``wunderlist:me`` for ``me``. Raises Problem for one of another source, or of odd characters."""
    name = given if ":" in given else f"{source}:{given}"
    if not name.startswith(f"{source}:") or name.endswith(":"):
        raise Usage("account-of-other-source", given=given, source=source)
    if any(not char.isprintable() or char.isspace() for char in name):
        raise Usage("account-malformed", given=given)
    return name
