"""From all that could be told to the five findings worth telling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary
from zlib import crc32

import msgspec
import numpy as np

from worklens.analysis.evidence import holm
from worklens.findings import (
    ages,
    backlog,
    blocks,
    chances,
    chores,
    dips,
    estimates,
    keeping,
    lists,
    overdue,
    pace,
    record,
    rhythm,
)
from worklens.findings.history import History
from worklens.findings.model import Answer, Claim, Finding, Missing
from worklens.findings.permuted import LEAST, order_of, too_many_impossible
from worklens.findings.plain import evidence, rounded

LEVEL = 0.05  # of a false finding in a history that holds none: one in twenty
FIVE = 5  # what a person reads in half a minute
NOT_ENOUGH = 0.01  # the score of what can't be said yet: after all that can

Ask = Callable[[History, np.random.Generator], Answer]

ABOUT_TIME: Mapping[str, Ask] = {
    "pace": pace.ask,
    "rhythm": rhythm.ask,
    "dip": dips.ask,
    "blocks": blocks.ask,
    "backlog": backlog.ask,
}
ABOUT_TASKS: Mapping[str, Ask] = {
    "lists": lists.ask,
    "zombies": ages.ask_zombies,
    "ageing": ages.ask_ageing,
    "moved": overdue.ask_moved,
    "late": overdue.ask_lists,
    "recurring": chores.ask,
    "estimates": estimates.ask,
}
ABOUT_US: Mapping[str, Ask] = {"promises": keeping.ask}


class Found(NamedTuple):
    """All that holds, the best first, and what is missing for the rest."""

    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]


def find(
    history: History, account: str = "", most: int = FIVE, hidden: Callable[[Finding], bool] = lambda _: False
) -> list[Finding]:
    """The findings worth telling of a history: by score, at most one of a family, and what is not known yet at last.

    One that is ``hidden`` leaves its place to the next.
    """
    found = everything(history)
    lacking = [_not_enough(history, found.missing)] if found.missing else []
    families: dict[str, Finding] = {}
    for finding in (*found.findings, *lacking):
        named = msgspec.structs.replace(finding, account=account)
        if not hidden(named):
            families.setdefault(finding.family, named)
    return list(families.values())[:most]


def unlocks(history: History) -> Finding | None:
    """What can't be told yet, with what is missing for each; None where everything can be asked."""
    missing = everything(history).missing
    return _not_enough(history, missing) if missing else None


def everything(history: History) -> Found:
    """Ask every question the record allows, and keep what stands when all were asked.

    Every question's smallest p-value is corrected for the number of questions (Holm, 1979), and what it says with a larger
    one by the same factor; what is left at LEVEL holds. Each question has random numbers of its own, always the
    same, so that a finding doesn't come and go between two looks at one history; so of each it is asked once.
    """
    if history not in _FOUND:
        _FOUND[history] = _everything(history)
    return _FOUND[history]


_FOUND: WeakKeyDictionary[History, Found] = WeakKeyDictionary()


def _everything(history: History) -> Found:
    allowed = _allowed(history)
    answers = {name: _answer(name, ask, history) for name, ask in allowed.items()}
    held = corrected([answer.claims for answer in answers.values()])
    held += chances.told(history) if ABOUT_TASKS.keys() <= allowed.keys() else []
    held += [claim.finding for claim in _answer("record", record.ask, history).claims]
    held += [one for one in [keeping.first_told(history)] if one]
    held.sort(key=lambda finding: -finding.score)
    missing = [answer.missing for answer in answers.values() if answer.missing]
    return Found(tuple(held), (*missing, *_silent(history)))


def corrected(questions: Iterable[Sequence[Claim]]) -> list[Finding]:
    """The claims that hold at LEVEL, with the corrected p-value in their evidence."""
    asked = [claims for claims in questions if claims]
    smallest = np.array([min(claim.p for claim in claims) for claims in asked])
    return [
        _with_p(claim.finding, p)
        for claims, first, after in zip(asked, smallest, holm(smallest), strict=True)
        for claim in claims
        if (p := max(float(after), min(1.0, claim.p * (after / first if first else 1.0)))) <= LEVEL
    ]


def _with_p(finding: Finding, p: float) -> Finding:
    return msgspec.structs.replace(finding, evidence=finding.evidence | {"p": rounded(p)})


def _answer(name: str, ask: Ask, history: History) -> Answer:
    return ask(history, np.random.default_rng(crc32(name.encode())))


def _allowed(history: History) -> Mapping[str, Ask]:
    """The questions this record can be asked: those about tasks only where completion times tell tasks apart."""
    if order_of(history).matters and not too_many_impossible(history):
        return {**ABOUT_TIME, **ABOUT_US, **ABOUT_TASKS}
    return {**ABOUT_TIME, **ABOUT_US}


def _silent(history: History) -> tuple[Missing, ...]:
    """What is missing before tasks can be spoken of at all, where it is more completions."""
    lacking = order_of(history).missing
    return (Missing("tasks", completions=lacking),) if lacking else ()


def _not_enough(history: History, missing: Sequence[Missing]) -> Finding:
    window = (history.first, history.end)
    n = int(history.completed.size)
    return Finding(
        key="not_enough",
        family="not_enough",
        params={
            "completions": n,
            "weeks": history.weeks,
            "missing": [msgspec.to_builtins(part) for part in missing],
        },
        evidence=evidence("record", "least-evidence", n, window, effect=n, baseline=LEAST),
        score=NOT_ENOUGH,
    )
