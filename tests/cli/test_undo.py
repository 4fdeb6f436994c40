"""`worklens undo`: what a run told counts no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Person, copy_of
from tests.cli.exports import backup


@pytest.fixture(scope="module")
def _twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("twice")
    person = Person(tmp_path / "data")
    for day, titles, done in (
        (10, ("one", "two"), frozenset()),
        (20, ("one", "two", "three"), frozenset({1})),
    ):
        (tmp_path / f"{day}.json").write_text(backup(*titles, day=day, done=done))  # type: ignore[arg-type]
        person.run("import", tmp_path / f"{day}.json")
    return tmp_path


@pytest.fixture
def twice(_twice: Path, tmp_path: Path) -> Person:
    """Somebody who imported two backups, the second with a task done and a new one."""
    return copy_of(_twice, tmp_path)


def test_tasks_are_as_before(twice: Person) -> None:
    """Neither the completion nor the new task remains."""
    twice.run("undo", "wunderlist:7#2")

    tasks = twice.run("tasks", "--json").lines
    assert [(task["task"], task["status"]) for task in tasks] == [("1", "open"), ("2", "open")]
    assert {event["kind"] for event in twice.run("events", "--json").lines} == {"created"}


def test_only_the_newest_can_be_withdrawn(twice: Person) -> None:
    """The one to withdraw first is named."""
    assert "wunderlist:7#2 first" in twice.run("undo", "wunderlist:7#1", code=1).err

    twice.run("undo", "2")
    twice.run("undo", "1")
    assert twice.run("tasks", "--json").out == ""


def test_twice_is_once(twice: Person) -> None:
    """A second time there is nothing to do."""
    twice.run("undo", "wunderlist:7#2")

    assert "before" in twice.run("undo", "wunderlist:7#2", code=1).err


def test_an_unknown_run_is_named(twice: Person) -> None:
    """With where to look."""
    assert "worklens status" in twice.run("undo", "wunderlist:7#9", code=1).err


def test_what_was_withdrawn_can_be_imported_again(twice: Person, tmp_path: Path) -> None:
    """As if for the first time; an older one too, since nothing newer counts."""
    twice.run("undo", "wunderlist:7#2")

    again = twice.run("import", tmp_path / "20.json", "--json").json["runs"][0]

    assert again["events"] == {"created": 1, "completed": 1}


def test_a_run_that_found_nothing_new_stands_in_no_ones_way(twice: Person, tmp_path: Path) -> None:
    """The run before it can be withdrawn all the same."""
    twice.run("import", tmp_path / "20.json")

    twice.run("undo", "wunderlist:7#2")
    assert len(twice.run("tasks", "--json").lines) == 2
