"""Which account a person means: its whole name, or as much of it as tells it from the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from worklens.cli.failures import Problem


def resolve(given: str, known: Collection[str]) -> str:
    """The account among those known that the name stands for; empty for an empty one. Raises Problem.

    ``csv:team`` also stands for all of ``csv:team/ann`` and ``csv:team/bob``; ``team`` or ``csv`` for ``csv:team`` if no
    other ends or begins so.
    """
    if not given or within(given, known):
        return given
    likely = sorted(
        {whole for name in known for whole in (name, name.partition("/")[0]) if _ends(whole, given)}
    )
    if len(likely) == 1:
        return likely[0]
    if likely:
        raise Problem("account-ambiguous", given=given, known=", ".join(likely))
    feeds = sorted({name.partition("/")[0] for name in known})
    raise Problem("account-unknown", given=given, known=", ".join(feeds) or "-")


def within(given: str, known: Iterable[str]) -> bool:
    """Whether the name is one of these, or holds one of these."""
    return any(name == given or name.startswith(f"{given}/") for name in known)


def _ends(name: str, given: str) -> bool:
    return name.endswith((f":{given}", f"/{given}")) or name.startswith(f"{given}:")


def named(given: str, source: str) -> str:
    """A new account's name: ``wunderlist:me`` for ``me``. Raises Problem for one of another source, or of odd characters."""
    name = given if ":" in given else f"{source}:{given}"
    if not name.startswith(f"{source}:") or name.endswith(":"):
        raise Problem("account-of-other-source", given=given, source=source)
    if any(not char.isprintable() or char.isspace() for char in name):
        raise Problem("account-malformed", given=given)
    return name
