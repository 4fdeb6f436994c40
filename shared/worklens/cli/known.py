"""Which accounts the warehouse knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from worklens.cli.accounts import resolve
from worklens.stages.asking import OF_ACCOUNT, accounts, ask

if TYPE_CHECKING:
    from worklens.stages.care import Asked


def whose(session: Asked, given: str) -> str:
    """The account that --account means; empty for everyone. Raises Problem."""
    return resolve(given, accounts(session)) if given else ""


class Scope(NamedTuple):
    """The accounts one name stands for, and the feeds they come from. ``accounts`` is None for everyone."""

    feeds: list[str]
    accounts: list[str] | None


def scope(session: Asked, given: str) -> Scope:
    """What --account means to those who ask by feeds. Raises Problem for an account that isn't known."""
    name = whose(session, given)
    rows = ask(session, "task_states", f"WHERE {OF_ACCOUNT}", columns="DISTINCT feed, account", account=name)
    feeds = sorted(set(rows["feed"]))
    return Scope(feeds, sorted(set(rows["account"])) if name else None)
