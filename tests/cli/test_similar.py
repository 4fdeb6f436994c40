"""What `worklens task` says of tasks with a like title."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Person

TASKS = """2026-03-05 Invoice Nordwind
x 2026-01-07 2026-01-05 Invoice Nordwind January
x 2026-01-08 2026-01-05 Call Anna
x 2026-02-09 2026-02-05 Nordwind: invoice
x 2026-02-15 2026-02-05 Invoice Nordwind again
"""


def test_tasks_like_it(person: Person, tmp_path: Path) -> None:
    """A range of days from three of the same client, on the screen and in JSON; nothing of what is done already."""
    (tmp_path / "todo.txt").write_text(TASKS)
    person.run("import", tmp_path / "todo.txt", "--time-zone", "UTC")
    (task,) = [line["task"] for line in person.run("tasks", "--json", "--status", "open").lines]
    (open_one,) = person.run("task", task, "--json").json["occurrences"]
    (done,) = person.run("task", "again", "--json").json["occurrences"]

    assert {name: open_one[name] for name in ("similar_tasks", "similar_days")} == {
        "similar_tasks": 3,
        "similar_days": 4,
    }
    assert "3 tasks like this took you 2 to 9 days" in person.run("task", task).out
    assert "3 个任务，您用了 2 到 9 天" in person.run("task", task, "--language", "zh").out
    assert "similar_tasks" not in done
