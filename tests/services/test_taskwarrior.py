"""Against the real `task`: a life in it, looked at now and then."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Person
from worklens.sources.base import Reading
from worklens.sources.taskwarrior.export import TaskwarriorExport
from worklens.tasks import Task
from worklens.testing.files import parse_all, pull_file

IS_CI = os.environ.get("CI") == "true"
pytestmark = pytest.mark.skipif(
    not shutil.which("task") and not IS_CI,
    reason="no `task` here: sudo make system installs Debian's taskwarrior",
)


class Terminal:
    """Somebody who types `task ...` with a data folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rc = folder / "my taskrc"
        self.data = folder / "my data"
        self.data.mkdir()
        self.rc.write_text(
            f"data.location={self.data}\nconfirmation=no\nverbose=nothing\nuda.estimate.type=duration\n"
        )

    def task(self, *args: str) -> str:
        """Run it; what it printed."""
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "TASKRC": str(self.rc),
            "TZ": "Europe/Paris",
        }
        done = subprocess.run(
            ["task", *args], env=env, capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout

    def files(self) -> dict[str, bytes]:
        """All that lies in the data folder."""
        return {path.name: path.read_bytes() for path in self.data.iterdir()}


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A Taskwarrior with two tasks and a recurring one."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("TASKDATA", raising=False)
    here = Terminal(tmp_path)
    here.task(
        "add", "Buy milk", "project:home.food", "priority:H", "due:2036-12-01", "+shop", "estimate:90min"
    )
    here.task("add", "Write report", "wait:2036-01-01", "depends:1")
    here.task("add", "Water plants", "recur:weekly", "due:today-15days")
    here.task("list")  # makes the recurring one's first tasks
    return here


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody who has nothing in Worklens yet."""
    return Person(tmp_path / "worklens")


def open_titles(person: Person) -> list[str]:
    """The open tasks, in order."""
    return sorted(task["title"] for task in person.run("tasks", "--json").lines if task["status"] == "open")


def test_a_life_in_taskwarrior(terminal: Terminal, person: Person) -> None:
    """Two tasks, the completion of one, the deletion of another, and a purge, each after one sync; nothing is written there."""
    person.run("connect", "taskwarrior", "--set", f"taskrc={terminal.rc}", "--time-zone", "Europe/Paris")
    before = terminal.files()
    first = person.run("sync", "--json").json["runs"][0]
    assert terminal.files() == before
    plants = first["events"]["created"] - 2
    assert plants >= 1
    assert {"Buy milk", "Write report"} <= set(open_titles(person))

    terminal.task("1", "done")
    assert person.run("sync", "--json").json["runs"][0]["events"] == {"completed": 1}
    terminal.task("description:Write report", "delete")
    assert person.run("sync", "--json").json["runs"][0]["events"] == {"deleted": 1}
    assert open_titles(person) == ["Water plants"] * plants
    assert "nothing changed" in person.run("sync").out

    terminal.task("status:deleted", "purge")
    purged = person.run("sync", "--json").json["runs"]
    assert not purged[0]["events"]


def test_the_real_export_is_understood(terminal: Terminal) -> None:
    """Due dates as typed, tags, projects, priorities, estimates; the template is no task."""
    terminal.task("1", "annotate", "the good one")
    terminal.task("1", "start")
    content = terminal.task("export").encode()
    found = pull_file(TaskwarriorExport(), content)
    reading = Reading(feed="taskwarrior:me", seen_at=0, zone="Europe/Paris")
    tasks = {
        item.title: item
        for item in parse_all(TaskwarriorExport(), found.records, reading).items
        if isinstance(item, Task)
    }

    milk = tasks["Buy milk"]
    assert (str(milk.due), milk.priority, milk.labels, milk.collection) == (
        "2036-12-01",
        1,
        ("shop",),
        "home.food",
    )
    assert (milk.notes, milk.estimate_seconds, bool(milk.started)) == ("the good one", 5_400, True)
    assert tasks["Write report"].status == "open"
    assert tasks["Water plants"].recurrence == "FREQ=WEEKLY"


def test_another_data_folder_is_not_believed(terminal: Terminal, person: Person, tmp_path: Path) -> None:
    """Where the data moved away, the tasks that were known stay as they are, and it is said."""
    for number in range(5):
        terminal.task("add", f"task {number}")
    person.run("connect", "taskwarrior", "--set", f"taskrc={terminal.rc}")
    person.run("sync")
    known = open_titles(person)
    terminal.data.rename(tmp_path / "elsewhere")
    terminal.data.mkdir()
    refused = person.run("sync", code=1)
    assert "its data lay elsewhere" in refused.out + refused.err
    assert open_titles(person) == known
