"""A finding's short name: the same while it says the same of the same, whatever its numbers."""

from __future__ import annotations

import pytest

from worklens.findings.identity import LENGTH, LETTERS, name_of
from worklens.findings.model import Finding, Plain, TaskRef


def finding(
    key: str = "list_slow", account: str = "", tasks: tuple[TaskRef, ...] = (), **params: object
) -> Finding:
    """A finding of this kind."""
    plain: Plain = {"collection": "7", **params} if key.startswith("list") else dict(params)
    return Finding(key=key, family="f", account=account, params=plain, tasks=tasks)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (finding(rate_ratio=2), finding(rate_ratio=3)),
        (finding(), finding(account="todoist:me")),
        (finding("dip", **{"from": "2026-03-02"}), finding("dip", **{"from": "2026-03-09"})),
        (finding("pace_slower", since="2026-03-02"), finding("pace_slower", since="2026-05-02")),
    ],
)
def test_what_is_the_same(one: Finding, other: Finding) -> None:
    """Other numbers, a feed by itself or with others, a week more or less, the pace of another month's lately."""
    assert name_of(one) == name_of(other)
    assert set(name_of(one)) <= set(LETTERS)
    assert len(name_of(one)) == LENGTH


@pytest.mark.parametrize(
    "other",
    [
        finding(collection="8"),
        finding("list_fast"),
        finding(account="csv:team/ann"),
        finding("dip", **{"from": "2026-04-06"}),
        finding("best_weekday", weekday=1),
        finding("chore_slips", tasks=(TaskRef("a", "water", "3"),)),
    ],
)
def test_what_is_another(other: Finding) -> None:
    """Another list, kind, person, month, weekday or chore."""
    others = [finding(), finding("dip", **{"from": "2026-03-02"}), finding("best_weekday", weekday=2)]

    assert name_of(other) not in {name_of(one) for one in [*others, finding("chore_slips")]}
