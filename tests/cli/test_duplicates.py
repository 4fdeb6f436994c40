"""`worklens duplicates`: open tasks that are written down more than once."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Person

OPEN = """2026-01-05 Renew the passport +home
2026-01-06 Call Anna
2026-02-06 Don't forget: renew the passport +town
x 2026-02-01 2026-01-07 Call Anna
"""


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
