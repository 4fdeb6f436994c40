"""`worklens link`: who moves to another service keeps the history, and nothing counts twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Person

OLD = """(A) 2026-01-05 Paint the shed due:2026-05-01
2026-01-06 Call Anna
2026-01-07 Read a book
x 2026-02-01 2026-01-07 Send the letter
"""
NEW = [
    {
        "description": "Paint the shed",
        "entry": "20260302T080000Z",
        "due": "20260501T000000Z",
        "status": "pending",
    },
    {
        "description": "Call Anna",
        "entry": "20260302T080000Z",
        "status": "completed",
        "end": "20260310T080000Z",
    },
    {
        "description": "Send the letter",
        "entry": "20260107T080000Z",
        "status": "completed",
        "end": "20260201T080000Z",
    },
    {"description": "Something new", "entry": "20260303T080000Z", "status": "pending"},
]


@pytest.fixture
def mover(person: Person, tmp_path: Path) -> Person:
    """Somebody who kept a todo.txt until March, and has a Taskwarrior since."""
    (tmp_path / "todo.txt").write_text(OLD)
    tasks = [{"uuid": f"8e0a6c58-a53a-435a-9056-be07274c532{n}", **task} for n, task in enumerate(NEW)]
    (tmp_path / "tasks.json").write_text(json.dumps(tasks))
    for name in ("todo.txt", "tasks.json"):
        person.run("import", tmp_path / name, "--time-zone", "UTC")
    return person


def titles(person: Person) -> list[str]:
    """All tasks that count, in order."""
    return sorted(task["title"] for task in person.run("tasks", "--json").lines)


def test_moving_keeps_the_history(mover: Person) -> None:
    """Likely pairs are linked by --yes, count once, and are as old as they were; --undo takes that back."""
    before = titles(mover)
    pairs = mover.run("link", "todotxt", "taskwarrior", "--json").json
    assert {pair["title"]: (pair["sure"], pair["linked"]) for pair in pairs} == {
        "Send the letter": (True, False),
        "Paint the shed": (True, False),
        "Call Anna": (False, False),
    }
    assert titles(mover) == before

    assert "Linked 2" in mover.run("link", "todotxt", "taskwarrior", "--yes").out
    assert titles(mover) == [
        "Call Anna",
        "Call Anna",
        "Paint the shed",
        "Read a book",
        "Send the letter",
        "Something new",
    ]
    created = {task["title"]: task["created"] for task in mover.run("tasks", "--json").lines}
    assert created["Paint the shed"].startswith("2026-01-05")
    assert [pair["title"] for pair in mover.run("link", "todotxt", "taskwarrior", "--json").json] == [
        "Call Anna"
    ]

    assert mover.run("link", "todotxt", "taskwarrior", "--undo", "--json").json == {"undone": 2}
    assert titles(mover) == before
    assert mover.run("link", "todotxt", "taskwarrior", "--undo", "--json").json == {"undone": 0}


def test_nothing_is_linked_unasked(mover: Person) -> None:
    """Without a terminal to ask at, the pairs are shown with why, and how to take them."""
    said = mover.run("link", "todotxt", "taskwarrior").out
    assert "due the same day" in said
    assert "--yes" in said
    assert len(titles(mover)) == 8


@pytest.mark.parametrize("whose", ["todotxt:me", "taskwarrior:me"])
def test_a_link_is_forgotten_with_either_account(mover: Person, whose: str) -> None:
    """Nothing of it is left, and the other account's tasks count as before."""
    mover.run("link", "todotxt", "taskwarrior", "--yes")
    mover.run("forget", whose, "--yes")
    assert len(titles(mover)) == 4
    created = {task["title"]: task["created"] for task in mover.run("tasks", "--json").lines}
    assert created["Paint the shed"].startswith("2026-01-05" if whose == "taskwarrior:me" else "2026-03-02")


def test_an_account_is_not_linked_with_itself(mover: Person) -> None:
    """That would hide it."""
    assert "itself" in mover.run("link", "todotxt", "todotxt", code=2).err
    assert "Took back 0" in mover.run("link", "taskwarrior", "todotxt", "--undo").out
