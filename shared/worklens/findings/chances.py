"""What the scores of open tasks come to: how many will likely be late, how many likely never be done, how many soon.

A score is no test, so these are told beside the questions, as plain counts are; but only where the record lets tasks be
spoken of at all, and only of chances that rest on enough past tasks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from worklens.findings.history import History, Need
from worklens.findings.model import Finding, TaskRef
from worklens.findings.plain import evidence, rounded

LEAST_WATCHED = (
    30  # past tasks that stood open longer: with fewer, a chance is off by nine points or more either way
)
LEAST_TASKS = 3  # fewer are no finding
AHEAD = 14  # days in which what is likely late is due: later dates can still be moved without anybody minding
SHOWN = 5  # tasks named with a finding
EVEN = 0.5  # what calls for something is likelier than not


class Kind(NamedTuple):
    """How one need is told."""

    key: str
    family: str
    column: str  # of the chance
    actionable: float


KINDS: Mapping[str, Kind] = {
    "late": Kind("late_likely", "coming", "late", 0.9),  # there is time to say so, or to move the date
    "never": Kind("never_likely", "age", "never", 0.7),  # as zombies, which say it of more
    "soon": Kind("quick_wins", "soon", "within_week", 0.2),  # nice to know; it would be done anyway
}


def needs_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Need, ...]:
    """What was asked and what was called for, of each account, from its open tasks' chances.

    ``rows`` have account, task, occurrence, model, at_risk, need, days_left (None without a due date), and each chance.
    """
    by_account: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if (row["at_risk"] or 0) >= LEAST_WATCHED:
            by_account.setdefault(row["account"], []).append(row)
    return tuple(one for account, own in by_account.items() for one in _needs(account, own))


def _needs(account: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Need]:
    for need, kind in KINDS.items():
        asked = [row for row in rows if need != "late" or _is_coming(row)]
        called = sorted(
            (row for row in asked if row["need"] == need),
            key=lambda row: (-row[kind.column], row["task"], row["occurrence"]),
        )
        if called:
            yield Need(
                account,
                need,
                len(asked),
                tuple(row[kind.column] for row in called),
                min(row["at_risk"] for row in called),
                tuple(TaskRef(account, row["task"], row["occurrence"]) for row in called[:SHOWN]),
                tuple(sorted({row["model"] for row in called})),
            )


def _is_coming(row: Mapping[str, Any]) -> bool:
    left = row["days_left"]
    return left is not None and row["late"] is not None and row["late"] < 1 and 0 <= left <= AHEAD


def told(history: History) -> list[Finding]:
    """A finding for each need of LEAST_TASKS open tasks or more, over all accounts of the history."""
    found = [_finding(history, need, [one for one in history.needs if one.need == need]) for need in KINDS]
    return [finding for finding in found if finding]


def _finding(history: History, need: str, parts: Sequence[Need]) -> Finding | None:
    chances = [chance for part in parts for chance in part.chances]
    if len(chances) < LEAST_TASKS:
        return None
    kind, asked, mean = KINDS[need], sum(part.asked for part in parts), sum(chances) / len(chances)
    least = min(part.least for part in parts)
    first = sorted(
        ((chance, ref) for part in parts for chance, ref in zip(part.chances, part.first, strict=False)),
        key=lambda each: (-each[0], each[1].account, each[1].task, each[1].occurrence),
    )
    return Finding(
        key=kind.key,
        family=kind.family,
        params={
            "count": len(chances),
            "asked": asked,
            "share": rounded(len(chances) / asked),
            "chance": rounded(mean),
            **({"days": AHEAD} if need == "late" else {}),
        },
        evidence=evidence(
            "tasks",
            "task-chances",
            least,
            (history.first, history.end),
            effect=mean,
            baseline=EVEN,
            models=sorted({model for part in parts for model in part.models}),
        ),
        score=math.sqrt(len(chances) / asked) * mean * kind.actionable,
        tasks=tuple(ref for _, ref in first[:SHOWN]),
    )
