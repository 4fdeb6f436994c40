"""Following GitHub from the command line, as its user would: what is theirs, and whole repositories."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Person
from worklens.testing.clock import Clock
from worklens.testing.github import TOKEN, FakeGitHub, is_pull, issue_id, repository
from worklens.testing.world import World


@pytest.fixture
def service() -> Iterator[FakeGitHub]:
    """Two repositories of ten days ago, with an issue each and a pull request that is merged."""
    world = World(Clock((int(time.time()) - 864_000) * 1_000_000))
    mill, loom = world.add_list("mill"), world.add_list("loom")
    keys = [world.create(one, title) for one, title in ((mill, "grease"), (loom, "thread"), (mill, "fix"))]
    world.clock.advance(hours=2)
    world.complete(keys[2])
    world.clock.advance(hours=1)
    with FakeGitHub(world) as fake:
        yield fake


def connect(person: Person, service: FakeGitHub, name: str, *options: str, code: int = 0) -> str:
    """Connect an account by the one token."""
    asked = ("connect", "github", "--base-url", service.base_url, "--account", name, *options)
    return person.run(*asked, stdin=f"{TOKEN}\n", code=code).err


def test_what_is_mine(person: Person, service: FakeGitHub) -> None:
    """Each sync brings what changed; the service's own count agrees; a change takes from its first commit to its merge."""
    connect(person, service, "me")
    person.run("sync")
    service.world.complete("task-1")
    service.world.clock.advance(hours=1)
    (run,) = person.run("sync", "--json").json["runs"]
    assert run["events"] == {"completed": 1}

    assert "GitHub says 1 open, ours 1\n" in person.run("status", "--check").out
    rows = person.run("metrics", "cycle-time", "--json").json
    assert [row["cycle_days"] for row in rows if row["task"] == issue_id("task-3")] == [pytest.approx(3 / 24)]


def test_the_lead_time_of_changes(person: Person, service: FakeGitHub) -> None:
    """From the first commit to the merge by week and repository; a review shows in the task's story."""
    world = service.world
    for number in range(5):
        world.create("list-1", f"more {number}")
    world.clock.advance(hours=3)
    world.review("task-7")
    world.clock.advance(hours=5)
    world.complete("task-7")
    connect(person, service, "me")
    person.run("sync")

    rows = person.run("metrics", "lead-time", "--json").json
    assert (sum(row["merged"] for row in rows), sum(row["reviewed"] for row in rows)) == (2, 1)
    assert {row["collection_title"] for row in rows} == {repository("list-1")}
    assert "reviewed" in person.run("task", issue_id("task-7")).out


def test_the_report_tells_of_changes_where_there_are_enough(person: Person, service: FakeGitHub) -> None:
    """In a section of its own, which a person with one merged change doesn't have."""
    connect(person, service, "me")
    person.run("sync")
    page = person.data / "report.html"
    person.run("report")
    assert "First commit to merge" not in page.read_text("utf-8")

    for number in range(48):
        service.world.create("list-1", f"more {number}")
    service.world.clock.advance(hours=5)
    for key in filter(is_pull, list(service.world.tasks)):
        service.world.complete(key)
    service.world.clock.advance(hours=1)
    person.run("sync")
    person.run("report")
    assert "First commit to merge" in page.read_text("utf-8")


def test_one_token_for_several_repositories(person: Person, service: FakeGitHub) -> None:
    """Each is an account of its own; the same one twice, or beside what is mine, would count tasks twice."""
    for name in ("list-1", "list-2"):
        connect(person, service, name, "--set", f"repository={repository(name)}")
    person.run("sync")
    assert [call.path for call in service.calls].count("/issues") == 0

    again = connect(person, service, "again", "--set", f"repository={repository('list-1').upper()}", code=1)
    assert "github:list-1" in again
    assert "github:list-" in connect(person, service, "me", code=1)


def test_a_repository_that_is_not_to_be_seen(person: Person, service: FakeGitHub) -> None:
    """It is said when connecting, and nothing is kept."""
    assert "engine/secret" in connect(person, service, "x", "--set", "repository=engine/secret", code=1)
    assert person.run("status", "--json").json["accounts"] == []
