"""`worklens status` and `sync` about a service: its own count beside ours, its limits, what is wrong, what unlocks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Person
from worklens.testing.server import Fault, Reply
from worklens.testing.todoist import TOKEN, FakeTodoist
from worklens.testing.world import World


@pytest.fixture
def service() -> Iterator[FakeTodoist]:
    """A Todoist with four tasks in two lists."""
    world = World(advances=True, completes_children=True)
    for title in ("home", "work"):
        key = world.add_list(title)
        for number in range(2):
            world.clock.advance(hours=1)
            world.create(key, f"task {number}")
    with FakeTodoist(world) as fake:
        yield fake


@pytest.fixture
def synced(person: Person, service: FakeTodoist) -> Person:
    """Somebody who has connected it, and synced once."""
    person.run("connect", "todoist", "--base-url", service.base_url, stdin=f"{TOKEN}\n")
    person.run("sync")
    return person


def test_the_first_sync_says_what_unlocks(person: Person, service: FakeTodoist) -> None:
    """And the second doesn't say it again."""
    person.run("connect", "todoist", "--base-url", service.base_url, stdin=f"{TOKEN}\n")

    assert "Not enough evidence yet" in person.run("sync").out
    assert "Not enough evidence yet" not in person.run("sync").out


def test_status_says_limits_and_age(synced: Person) -> None:
    """Without asking the service anything."""
    said = synced.run("status").out
    (account,) = synced.run("status", "--json").json["accounts"]

    assert "requests that Todoist allows: 1,000 in 15 minutes" in said
    assert account["limits"][1] == {
        "requests": 100,
        "seconds": 900.0,
        "of": "full",
        "per": "token",
        "published": True,
    }
    assert account["age_seconds"] >= 0
    assert account["check"] is None


def test_the_services_own_count_agrees(synced: Person) -> None:
    """Both say the same."""
    assert "Todoist says 4 open, ours 4\n" in synced.run("status", "--check").out


def test_a_difference_is_explained(synced: Person, service: FakeTodoist) -> None:
    """A list that was archived keeps its tasks here; what changed since is said not to be explained."""
    service.archive("list-1")
    service.world.complete("task-3")

    (account,) = synced.run("status", "--check", "--json").json["accounts"]

    assert account["check"]["compared"] == {
        "theirs": 1,
        "ours": 4,
        "explained": {"elsewhere": 2},
        "unexplained": 1,
    }
    assert "1 unexplained" in synced.run("status", "--check").out


def test_a_service_that_refuses_is_said_to(synced: Person, service: FakeTodoist) -> None:
    """The count fails with its remedy; after a sync the account itself says what is wrong, without asking."""
    service.tokens.clear()
    remedy = "worklens connect todoist --account todoist:me"

    assert remedy in synced.run("status", "--check").out
    assert remedy in synced.run("sync", code=1).err
    asked = len(service.calls)
    assert remedy in synced.run("status").out
    assert len(service.calls) == asked


def test_an_answer_of_another_shape(synced: Person, service: FakeTodoist) -> None:
    """It is said that it is not understood, and status shows the rest."""
    service.fail(Fault(reply=Reply(body=b'{"sync_token": 7}')))

    said = synced.run("status", "--check").out

    assert "doesn't know" in said
    assert "4 open" in said
