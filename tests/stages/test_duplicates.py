"""Which open tasks count as one task written twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from worklens.stages.duplicates import duplicates


def row(task: str, title: str = "Renew the passport", **others: Any) -> dict[str, Any]:
    """A task as `current_tasks` shows it."""
    usual = {
        "feed": "todoist:me", "account": "todoist:me", "task": task, "occurrence": "", "status": "open", "title": title,
        "collection": "1", "collection_title": "Home", "parent": None, "recurrence": None,
        "created_day": date(2026, 1, 5), "due_day": None,
    }  # fmt: skip
    return {**usual, **others}


def groups(*rows: dict[str, Any]) -> list[list[str]]:
    """The tasks of each group."""
    return [[one["task"] for one in group.rows] for group in duplicates(rows)]


def test_across_lists_and_services() -> None:
    """Another list or another account of the same person doesn't matter; the oldest stands first."""
    here = row("1", collection="2", created_day=date(2026, 3, 1))
    there = row("2", feed="caldav:me", account="caldav:me", created_day=None)

    assert groups(here, there, row("3")) == [["3", "1", "2"]]


def test_only_what_is_open() -> None:
    """What is over repeats at its leisure."""
    assert groups(row("1", status="completed"), row("2"), row("3", status="deleted")) == []


def test_two_people_of_a_team() -> None:
    """Each has to send the timesheet; one who wrote it twice has a duplicate."""
    team = [row(name, feed="csv:team", account=f"csv:team/{name}") for name in ("ann", "bob")]

    assert groups(*team, row("bob 2", feed="csv:team", account="csv:team/bob")) == [["bob", "bob 2"]]


def test_what_recurs_and_what_is_a_step() -> None:
    """Occurrences, and steps of tasks, are called alike by nature."""
    assert groups(row("1", recurrence="weekly"), row("2")) == []
    assert groups(row("1", occurrence="a"), row("1", occurrence="b")) == []
    assert groups(row("1", parent="8"), row("2", parent="9")) == []


def test_the_surest_first() -> None:
    """Equal titles before those with a slip, whatever the order; a task without a title is like no other."""
    untitled = [row("5", title=""), row("6", title=None)]  # type: ignore[arg-type]
    found = duplicates(
        [row("1"), row("2", "Renew the pasport"), row("3", "Buy tea"), row("4", "buy tea"), *untitled]
    )

    assert [group.how for group in found] == ["same", "slip"]
