"""Choosing: correction for all that was asked, one finding a family, the best first, and what is missing."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.findings.makers import history, of_truth, person
from worklens.analysis.arrays import NEVER
from worklens.analysis.evidence import holm
from worklens.findings.choose import LEVEL, corrected, everything, find
from worklens.findings.model import Claim, Finding
from worklens.sample import generate

chances = st.floats(0.0001, 1.0)


def claims(*p: float) -> list[Claim]:
    """Claims of one question with these p-values, which are also their keys."""
    return [Claim(Finding(key=str(value), family="f"), value) for value in p]


def test_the_correction_by_hand() -> None:
    """Three questions: 0.01 times 3, then 0.02 times 2; 0.04 times 1; 0.03 of the first question times 3 is too much."""
    kept = corrected([claims(0.01, 0.03), claims(0.04), claims(0.02), []])

    assert [finding.key for finding in kept] == ["0.01", "0.04", "0.02"]
    assert [finding.evidence["p"] for finding in kept] == [0.03, 0.04, 0.04]


@given(st.lists(chances, max_size=8))
def test_one_claim_a_question_is_plain_holm(p: list[float]) -> None:
    """What is kept is what Holm keeps."""
    expected = [str(value) for value, after in zip(p, holm(p), strict=True) if after <= LEVEL]

    assert [finding.key for finding in corrected([claims(value) for value in p])] == expected


@given(
    st.lists(st.lists(chances, min_size=1, max_size=3), max_size=5), st.lists(chances, min_size=1, max_size=3)
)
def test_more_questions_never_tell_more_of_the_others(
    questions: list[list[float]], more: list[float]
) -> None:
    """To ask one more question can only take away from what the others say."""
    before = {f.key for f in corrected([claims(*p) for p in questions])}
    after = {f.key for f in corrected([*(claims(*p) for p in questions), claims(*more)])}

    assert after - {str(value) for value in more} <= before


def test_a_short_history_says_what_is_missing_and_nothing_else() -> None:
    """Three weeks, twelve completions: one line, with weeks or completions for each question."""
    days = 20_000 + np.repeat(np.arange(0, 21, 7), 4)

    (only,) = find(history(days, days + 1, 20_022), account="csv:me")

    assert only.key == "not_enough"
    assert only.params["completions"] == 12
    missing = {part["question"]: (part["weeks"], part["completions"]) for part in only.params["missing"]}
    assert missing["pace"] == (27, 14)
    assert missing["rhythm"] == (9, 48)
    assert missing["tasks"][1] > 0
    assert all(weeks or completions for weeks, completions in missing.values())


def test_no_history_at_all_says_so_too() -> None:
    """Without a single task."""
    (only,) = find(history([], [], 20_000))

    assert (only.key, only.params["completions"], only.params["weeks"]) == ("not_enough", 0, 0)


def test_what_is_missing_comes_last() -> None:
    """After all that can be said."""
    half_year = person(np.random.default_rng(2), days=200, a_day=8.0, speed={3: 0.01})
    found = find(half_year, most=50)

    assert len(found) > 1
    assert [finding.key for finding in found].index("not_enough") == len(found) - 1


def test_the_same_history_is_told_the_same_way() -> None:
    """Random numbers are always the same, so a finding doesn't come and go."""
    one = person(np.random.default_rng(3), speed={2: 0.1})

    assert find(one) == find(one.only(np.ones(one.rows, dtype=bool)))


def test_findings_are_plain_json() -> None:
    """Key, params and evidence go through JSON unchanged; nothing in them is a NumPy number or not a number."""
    for finding in everything(of_truth(generate(count=1).truth)).findings:
        plain = msgspec.to_builtins(finding)

        assert json.loads(json.dumps(plain, allow_nan=False)) == msgspec.json.decode(
            msgspec.json.encode(plain)
        )
        assert {"about", "method", "n", "window", "effect", "baseline"} <= set(finding.evidence)
        assert finding.evidence["about"] in {"tasks", "time", "record"}
        assert 0 <= finding.score <= 1


def test_no_title_of_a_task_stands_in_a_finding() -> None:
    """Tasks are named by their ids alone, which are those of the history."""
    one = of_truth(generate(count=1).truth)
    ids = set(one.task.tolist())

    refs = [ref for finding in everything(one).findings for ref in finding.tasks]

    assert refs
    assert {ref.task for ref in refs} <= ids


@pytest.mark.parametrize("most", [1, 3])
def test_no_more_than_asked_for(most: int) -> None:
    """The best of them."""
    one = of_truth(generate(count=1).truth)

    assert find(one, most=most) == find(one)[:most]


def test_two_people_together_are_told_together() -> None:
    """Half of the tasks at one account, half at another: the list both are slow in is found in both together."""
    one = person(np.random.default_rng(3), speed={2: 0.05})
    two = history(
        one.created, one.done, one.today, lists=one.collections, collection=one.collection,
        account=np.arange(one.rows) % 2, accounts=("a:x", "b:y"), gone=np.full(one.rows, NEVER),
    )  # fmt: skip

    assert "Garden" in {finding.params.get("collection") for finding in find(two)}
    assert {finding.account for finding in find(two)} == {""}
