"""What the record itself can't tell."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.findings.makers import history, person
from worklens.analysis.arrays import NEVER
from worklens.findings import record
from worklens.findings.history import History
from worklens.findings.model import Finding


def told(made: History) -> dict[str, Finding]:
    """The findings about the record, by key."""
    answer = record.ask(made, np.random.default_rng(0))
    return {claim.finding.key: claim.finding for claim in answer.claims}


def test_a_sound_record_has_nothing_to_tell() -> None:
    """Times known, in order, up to date."""
    assert told(person(np.random.default_rng(1))) == {}


def test_finished_tasks_without_a_time_are_counted() -> None:
    """Closed at an unknown time, or noticed later: 30 of 50."""
    done = np.array([60] * 40 + [NEVER] * 20)
    given: dict[str, Any] = {
        "timed": np.array([True] * 20 + [False] * 40),
        "closed": np.array([False] * 40 + [True] * 10 + [False] * 10),
        "gone": np.array([NEVER] * 40 + [55] * 10 + [NEVER] * 10),
    }

    params = told(history([50] * 60, done, 61, **given))["times_unknown"].params

    assert (params["count"], params["total"], params["share"]) == (30, 50, 0.6)


def test_unknown_creations_are_counted() -> None:
    """Where more than a fifth of the tasks have none."""
    params = told(history([NEVER] * 10 + [50] * 20, [55] * 30, 60))["created_unknown"].params

    assert (params["count"], params["total"]) == (10, 30)


def test_completions_before_creations_are_counted() -> None:
    """Ten of five hundred; single slips are let pass."""
    created, done = np.full(500, 50), np.full(500, 55)
    wrong, slip = np.where(np.arange(500) < 10, 49, done), np.where(np.arange(500) < 2, 49, done)

    assert told(history(created, wrong, 60))["impossible_times"].params["count"] == 10
    assert "impossible_times" not in told(history(created, slip, 60))


def test_an_old_record_says_when_it_ended() -> None:
    """In days ago; a fresh one doesn't."""
    days = np.arange(50, 90)

    assert told(history(days, days, 400))["record_ended"].params == {"day": "1970-03-31", "days": 311}
    assert "record_ended" not in told(history(days, days, 95))
