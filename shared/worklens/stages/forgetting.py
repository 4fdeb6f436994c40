"""Forgetting an account, or one person of several in it: whom a name means, what goes, and what became of the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from worklens.stages.asking import OF_ACCOUNT, accounts, ask
from worklens.stages.care import Gone, Target
from worklens.stages.giving_back import disconnected
from worklens.stages.quarantine import parsed

if TYPE_CHECKING:
    from worklens.ports import Feed
    from worklens.stages.care import Care


class Share(NamedTuple):
    """How much is known of whom one may forget."""

    tasks: int
    events: int


class Forgotten(NamedTuple):
    """What came of it. ``token`` is what became of the feed's: given-back, here, local or not-connected; empty for a person."""

    name: str
    feed: Feed | None  # as it was; None for a person, and where nothing but its facts was left
    token: str
    gone: Gone


def known(care: Care) -> set[str]:
    """The names one may forget: feeds, and the people in them."""
    with care.warehouse.read() as session:
        return {feed.name for feed in care.state.feeds()} | set(accounts(session))


def target(care: Care, name: str) -> Target:
    """Whom one of the known names means: a feed, or a person in one."""
    feed, inner, _ = name.partition("/")
    return Target(feed, name, lambda text: _tells_of(care, feed, name, text)) if inner else Target(feed)


def _tells_of(care: Care, feed: str, account: str, text: str) -> bool:
    """Whether a raw record tells of this person; one that can't be read might, so it counts as theirs."""
    found = care.state.feed(feed)
    if found is None:
        return True
    read = parsed(found, text.encode())
    people = {item.account for item in read} if isinstance(read, list) else set()
    return account in people or not people


def share(care: Care, name: str) -> Share:
    """How many tasks and events would go."""
    with care.warehouse.read() as session:
        counts = [
            ask(session, view, f"WHERE {OF_ACCOUNT}", columns="COUNT(*) AS n", account=name)["n"][0]
            for view in ("current_tasks", "known_events")
        ]
    return Share(*counts)


def forgotten(care: Care, whom: Target) -> Forgotten:
    """Let go of the token, of what others borrowed, then of all the rest. Harmless when repeated; raises InUse where somebody
    is at work on it."""
    from worklens.stages.borrowing import give_back

    care.check_idle(whom)
    feed = None if whom.account else care.state.feed(whom.feed)
    token = disconnected(feed, care.ports) if feed else ""
    give_back(whom.feed, care.ports)
    return Forgotten(whom.name, feed, token, care.forget(whom))
