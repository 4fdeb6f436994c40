"""What is worth telling now: findings over the warehouse, for the command line and the report alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from worklens.findings.choose import FIVE, find, unlocks
from worklens.findings.history import History
from worklens.findings.model import Finding, TaskRef
from worklens.ports import Session
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
) -> list[Finding]:
    """The findings of these accounts (None: all of the feeds), as `findings_of` tells them."""
    history = load(session, feeds, as_of=as_of, known_at=known_at)
    if history is None:
        return []
    return findings_of(history if accounts is None else history.of(accounts), most=most, each=each)


def findings_of(history: History, *, most: int = FIVE, each: bool = False) -> list[Finding]:
    """The findings of a history's accounts together, at most `most`, the best first.

    With `each`, those of every single account follow where there are several, named by ``Finding.account``. Each list is
    held to a false finding in one history of twenty by itself.
    """
    names = sorted({history.accounts[code] for code in history.account.tolist()})
    single = names[0] if len(names) == 1 else ""
    found = find(history, account=single, most=most)
    if each and not single:
        for name in names:
            found += find(history.of([name]), account=name, most=most)
    return found


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


__all__ = ["compute", "missing", "titles"]
