"""What the scores of open tasks come to is told where tasks may be spoken of, and where there is enough behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.findings.makers import dealt, of_truth
from worklens.findings import action, text
from worklens.findings.chances import AHEAD, LEAST_TASKS, LEAST_WATCHED, needs_of
from worklens.findings.choose import everything, find
from worklens.findings.history import History
from worklens.findings.identity import name_of
from worklens.findings.model import Finding
from worklens.sample import generate

KEYS = {"late_likely", "never_likely", "quick_wins"}


@pytest.fixture(scope="module")
def real() -> History:
    """The sample's person."""
    return of_truth(generate(count=1).truth)


def row(number: int, need: str, **given: Any) -> dict[str, Any]:
    """A task's chances, as the query gives them."""
    plain = {"account": "test:me", "task": f"t{number}", "occurrence": "", "model": "hazard", "at_risk": 80}
    chances = {"within_week": 0.1, "never": 0.2, "late": None, "days_left": None}
    return {**plain, **chances, "need": need, **given}


def scored(made: History, **given: Any) -> History:
    """The history with three tasks likely late, four likely never done, and five that can wait."""
    rows = [row(n, "late", late=0.6 + n / 10, days_left=n) for n in range(3)]
    rows += [row(n, "never", never=0.9) for n in range(3, 7)]
    rows += [row(n, "wait", late=0.1, days_left=3) for n in range(7, 12)]
    account = made.accounts[0]
    return replace(made, needs=needs_of([{**one, "account": account, **given} for one in rows]))


def told(made: History) -> Mapping[str, Finding]:
    """The findings from scores, by key."""
    return {one.key: one for one in everything(made).findings if one.key in KEYS}


def test_they_say_how_many_of_how_many_and_which_first(real: History) -> None:
    """In both languages, with the evidence of the least sure, and by the same ranking as all others."""
    made = scored(real)
    found = told(made)
    late, never = found["late_likely"], found["never_likely"]

    assert text(late) == "Of 8 tasks due within 2 weeks, 3 will likely be late: with 70 %, on average."
    assert text(late, "zh") == "2 周内到期的 8 项任务中，有 3 项很可能逾期，平均可能性为 70%。"
    assert text(never).startswith("4 of 12 open tasks will likely never be done: with 90 %")
    assert action(never)
    assert [ref.task for ref in late.tasks] == ["t2", "t1", "t0"]
    assert (late.evidence["n"], late.evidence["models"]) == (80, ["hazard"])
    scores = [one.score for one in everything(made).findings]
    assert scores == sorted(scores, reverse=True)
    assert "late_likely" in {one.key for one in find(made, most=20)}


def test_their_names_stay_when_their_numbers_move(real: History) -> None:
    """So that an answer to one holds tomorrow."""
    one, other = (told(scored(real, at_risk=watched))["late_likely"] for watched in (80, 90))

    assert one.evidence != other.evidence
    assert name_of(one) == name_of(other)


def test_too_little_evidence_tells_nothing(real: History) -> None:
    """Nor do too few tasks, what is due later, what is over, or another account's."""
    due = {"late": 0.9, "days_left": AHEAD}

    assert told(scored(real, at_risk=LEAST_WATCHED - 1)) == {}
    assert told(scored(real).of([])) == {}
    for n, given in ((LEAST_TASKS - 1, {}), (9, {"days_left": AHEAD + 1}), (9, {"late": 1.0})):
        needs = needs_of([row(number, "late", **due | given) for number in range(n)])
        assert told(replace(real, needs=needs)) == {}


@pytest.mark.parametrize("seed", range(2))
def test_permuted_times_tell_nothing_of_them(real: History, seed: int) -> None:
    """Chances read from times that know nothing of the tasks are no chances of these tasks."""
    assert told(scored(dealt(real, np.random.default_rng(seed)))) == {}


def test_several_accounts_are_told_together(real: History) -> None:
    """Counts add up, and the surest of all come first."""
    two = needs_of(
        [{**row(n, "soon", within_week=0.5 + n / 20), "account": f"test:{n % 2}"} for n in range(6)]
    )
    found = told(replace(real, needs=two))["quick_wins"]

    assert (found.params["count"], found.params["asked"]) == (6, 6)
    assert [ref.task for ref in found.tasks] == ["t5", "t4", "t3", "t2", "t1"]
