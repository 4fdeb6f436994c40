"""How long tasks with a like title took."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from worklens.stages.similar import DAY, similar


def done(task: str, days: int, title: str = "Invoice Nordwind", precision: str = "day") -> dict[str, Any]:
    """A task that took so many days."""
    born = date(2026, 1, 5)
    return {
        "task": task, "occurrence": "", "title": title, "created_at": 0, "created_precision": precision,
        "created_day": born, "completed_at": days * DAY, "completed_precision": precision,
        "completed_day": born + timedelta(days),
    }  # fmt: skip


OTHER = [done(f"o{n}", 90, f"Letter number{n} about things") for n in range(9)]


def test_what_such_tasks_took() -> None:
    """The nearest by their words, in days or by instants; others don't count."""
    past = [done("1", 2), done("2", 4, precision="instant"), done("3", 6, "Invoice for Nordwind"), *OTHER]

    found = similar("Invoice Nordwind", "9", past)

    assert found
    assert found[:4] == (3, 2.4, 4, 5.6)
    assert [(one.task, one.days) for one in found.nearest] == [("1", 2), ("2", 4), ("3", 6)]
    assert found.nearest[1].likeness > found.nearest[2].likeness


def test_too_few_are_like_it() -> None:
    """Two are chance, and the task itself is no evidence."""
    past = [done("1", 2), done("2", 4), done("9", 6), *OTHER]

    assert similar("Invoice Nordwind", "9", past) is None
    assert similar("Invoice Nordwind", "9", []) is None


def test_what_is_not_known_is_left_out() -> None:
    """A task of unknown creation, or done before it was written down, says nothing."""
    unsure = {**done("1", 2), "created_precision": "seen"}
    untitled = {**done("5", 2), "title": None}
    past = [unsure, untitled, done("2", -1), done("3", 4), done("4", 4), *OTHER]

    assert similar("Invoice Nordwind", "9", past) is None
