"""`worklens duplicates`: open tasks that are written down more than once."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Person

OPEN = """2026-01-05 Renew the passport +home
2026-01-06 Call Anna
2026-02-06 Don't forget: renew the passport +town
x 2026-02-01 2026-01-07 Call Anna
"""
NEWER = {
    "uuid": "8e0a6c58-a53a-435a-9056-be07274c5321", "description": "Call Anna!", "entry": "20260302T080000Z",
    "status": "pending",
}  # fmt: skip


def take_in(person: Person, folder: Path, text: str) -> None:
    """Import a todo.txt."""
    (folder / "todo.txt").write_text(text)
    person.run("import", folder / "todo.txt", "--time-zone", "UTC")


def test_a_task_written_twice(person: Person, tmp_path: Path) -> None:
    """Both are shown, the older first, with what differs; what is done is no duplicate."""
    take_in(person, tmp_path, OPEN)
    (found,) = person.run("duplicates", "--json").json

    assert found["how"] == "worded"
    assert [task["title"] for task in found["tasks"]] == [
        "Renew the passport",
        "Don't forget: renew the passport",
    ]
    shown = person.run("duplicates").out
    assert shown.count("passport") == 2
    assert "Anna" not in shown


def test_nothing_is_written_twice(worker: Person) -> None:
    """It says so, in the person's language."""
    assert worker.run("duplicates", "--json").json == []
    assert "written down twice" in worker.run("duplicates").out
    assert "重复" in worker.run("duplicates", "--language", "zh").out


def test_an_accepted_group_is_linked(person: Person, tmp_path: Path) -> None:
    """By its number: then the tasks count once, at the account that had it last; within one account nothing is linked."""
    take_in(person, tmp_path, OPEN)
    (tmp_path / "tasks.json").write_text(json.dumps([NEWER]))
    person.run("import", tmp_path / "tasks.json", "--time-zone", "UTC")
    assert "--link NUMBER" in person.run("duplicates").out
    groups = [[task["account"] for task in one["tasks"]] for one in person.run("duplicates", "--json").json]
    assert groups == [["todotxt:me", "taskwarrior:me"], ["todotxt:me", "todotxt:me"]]

    assert person.run("duplicates", "--link", "1", "--json").json["account"] == "taskwarrior:me"
    (left,) = person.run("duplicates", "--json").json
    assert {task["account"] for task in left["tasks"]} == {"todotxt:me"}
    (anna,) = [row for row in person.run("tasks", "--json").lines if row["title"] == "Call Anna!"]
    assert anna["created"].startswith("2026-01-06")

    assert "close one" in person.run("duplicates", "--link", "1", code=2).err
    assert "no group 2" in person.run("duplicates", "--link", "2", code=2).err
