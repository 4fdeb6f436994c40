"""What is worth telling now: findings over the warehouse, for the command line and the report alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from worklens.findings.choose import FIVE, everything, find, unlocks
from worklens.findings.history import History
from worklens.findings.identity import name_of
from worklens.findings.model import Finding, TaskRef
from worklens.ports import Session
from worklens.stages.answers import NONE, Standing
from worklens.stages.history import load

When = datetime | int | None


def compute(
    session: Session,
    feeds: Sequence[str],
    accounts: Sequence[str] | None = None,
    as_of: When = None,
    known_at: When = None,
    *,
    most: int = FIVE,
    each: bool = False,
    standing: Standing = NONE,
) -> list[Finding]:
    """The findings of these accounts (None: all of the feeds), as `findings_of` tells them."""
    history = load(session, feeds, told=True, as_of=as_of, known_at=known_at)
    if history is None:
        return []
    chosen = history if accounts is None else history.of(accounts)
    return findings_of(chosen, most=most, each=each, standing=standing)


def findings_of(
    history: History, *, most: int = FIVE, each: bool = False, standing: Standing = NONE
) -> list[Finding]:
    """The findings of a history's accounts together, at most `most`, the best first; answered ones are left out.

    With `each`, those of every single account follow where there are several, named by ``Finding.account``. Each list is
    held to a false finding in one history of twenty by itself.
    """
    names = _accounts(history)
    single = names[0] if len(names) == 1 else ""
    found = _told(history, single, most, standing, names)
    for name in names if each and not single else ():
        found += _told(history.of([name]), name, most, standing, [name])
    return found


def _told(
    history: History, account: str, most: int, standing: Standing, names: Sequence[str]
) -> list[Finding]:
    """The findings of accounts that are told of together, without those that were answered."""
    feeds = sorted({feed_of(name) for name in names})
    return find(history, account=account, most=most, hidden=lambda one: standing.hides(one, feeds))


def feed_of(account: str) -> str:
    """The feed that an account came with."""
    return account.partition("/")[0]


class Said(NamedTuple):
    """A finding, and the feeds it speaks of."""

    finding: Finding
    feeds: list[str]


def named(session: Session, feeds: Sequence[str], accounts: Sequence[str] | None, name: str) -> Said | None:
    """The finding of this short name, of these accounts together or of a single one, answered or not."""
    history = load(session, feeds, told=True)
    if history is None:
        return None
    chosen = history if accounts is None else history.of(accounts)
    for finding in every(chosen):
        if name_of(finding) == name:
            own = [finding.account] if finding.account else _accounts(chosen)
            return Said(finding, sorted({feed_of(account) for account in own}))
    return None


def every(history: History) -> Iterator[Finding]:
    """All that holds of a history's accounts together, and then of each by itself, however many of a family."""
    names = _accounts(history)
    single = names[0] if len(names) == 1 else ""
    parts = [(single, history), *((name, history.of([name])) for name in names if not single)]
    for name, part in parts:
        for finding in (*everything(part).findings, unlocks(part)):
            if finding is not None:
                yield msgspec.structs.replace(finding, account=name)


def _accounts(history: History) -> list[str]:
    return sorted({history.accounts[code] for code in history.account.tolist()})


def missing(session: Session, feed: str) -> Finding | None:
    """What this feed's history can't tell yet, and how much more of it each question needs; None where nothing is missing."""
    history = load(session, [feed])
    return unlocks(history) if history else None


def titles(session: Session, feeds: Sequence[str], findings: Iterable[Finding]) -> dict[TaskRef, str]:
    """The titles of the tasks that findings name, for the moment of showing them."""
    wanted = {ref for finding in findings for ref in finding.tasks}
    found: dict[TaskRef, str] = {}
    for feed in feeds if wanted else ():
        rows = session.query("titles", feed=feed, tasks=sorted({ref.task for ref in wanted}))
        refs = map(TaskRef, rows["account"], rows["task"], rows["occurrence"])
        found.update((ref, title or "") for ref, title in zip(refs, rows["title"], strict=True))
    return {ref: title for ref, title in found.items() if ref in wanted}


__all__ = ["compute", "missing", "named", "titles"]
