"""Understood days: told with tasks to who asked for them, marked as ours, and no part of what is late."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Person
from worklens.local.platform import open_platform
from worklens.stages.pages.router import Site
from worklens.stages.pages.visit import Visit

TASKS = "2026-11-20 pay rent next friday\n2026-11-20 buy milk\n2026-11-20 gym tomorrow due:2026-12-30\n"


def told(person: Person, path: str, task: str) -> str:
    """A task's story as a page or by the API."""
    platform = open_platform(person.data)
    try:
        site = Site(platform.ports, version=lambda: 1)
        query = {"of": "todotxt:me", "task": task}
        body, status, _ = site.respond(Visit("GET", path, "http://127.0.0.1:8787", query=query))
    finally:
        platform.close()
    assert status == 200
    return body if isinstance(body, str) else body.decode()


def test_asked_for_and_taken_back(person: Person, tmp_path: Path) -> None:
    """A list by a flag; with single tasks only after an account's yes. No due date comes of it."""
    file = tmp_path / "todo.txt"
    file.write_text(TASKS, encoding="utf-8")
    person.run("import", str(file), "--time-zone", "Europe/Berlin")
    (only,) = person.run("tasks", "--understood", "--json").lines
    person.run("when", "--show-for", "todotxt:me")
    shown = person.run("task", "pay rent").out
    document = person.run("task", "pay rent", "--json").json["occurrences"][0]
    page, api = (told(person, path, only["task"]) for path in ("/tasks/story", "/api/v1/tasks/story"))
    person.run("when", "--hide-for", "todotxt:me")

    assert (only["title"], only["understood"]["day"]) == ("pay rent next friday", "2026-11-27")
    assert "understood" in shown
    assert "ours" in shown
    assert "understood" not in person.run("task", "pay rent").out
    assert document["understood"]["phrase"] == "next friday"
    assert "due" not in document
    assert "understood from “next friday”" in page
    assert '"program":"weekday(fri, +1)"' in api
    assert '"due_day":null' in api


def test_days_are_those_of_the_persons_calendar(person: Person, tmp_path: Path) -> None:
    """Its working days, before and after a holiday is entered."""
    file = tmp_path / "todo.txt"
    file.write_text(TASKS, encoding="utf-8")
    person.run("import", str(file), "--time-zone", "Asia/Tokyo")
    friday = ("--now", "2026-11-20T23:30", "--json")
    before = person.run("when", "in 1 working day", *friday).json
    person.run("calendar", "todotxt:me", "--off", "2026-11-23")

    assert before["date"] == "2026-11-23"
    assert person.run("when", "in 1 working day", *friday).json["date"] == "2026-11-24"
