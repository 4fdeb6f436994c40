"""`worklens connect` and `sync`: a service by the person's token, which is shown nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Person, trace_of
from worklens.testing.server import too_many
from worklens.testing.world import World
from worklens.testing.wunderlist import CLIENT, TOKEN, FakeWunderlist

CREDENTIAL = f"{CLIENT}:{TOKEN}"


@pytest.fixture
def service() -> Iterator[FakeWunderlist]:
    """A Wunderlist with a list of three tasks, one of them done."""
    world = World()
    home = world.add_list("home")
    for title in ("one", "two", "three"):
        world.clock.advance(hours=1)
        key = world.create(home, title)
    world.clock.advance(hours=1)
    world.complete(key)
    with FakeWunderlist(world) as fake:
        yield fake


def connect(person: Person, service: FakeWunderlist, token: str = CREDENTIAL, code: int = 0) -> str:
    """Connect with the token from stdin; all that was printed."""
    done = person.run("connect", "wunderlist", "--base-url", service.url, code=code, stdin=f"{token}\n")
    return done.out + done.err


def test_connect_then_sync(person: Person, service: FakeWunderlist) -> None:
    """One request tries the token; sync takes in what is there, and a second one finds nothing new."""
    said = connect(person, service)
    assert "changes nothing there" in said
    assert len(service.calls) == 1

    run = person.run("sync", "--json").json["runs"][0]
    assert (run["run"], run["events"]) == ("wunderlist:me#1", {"created": 3, "completed": 1})
    assert "nothing changed" in person.run("sync").out


def test_the_token_is_shown_nowhere(person: Person, service: FakeWunderlist) -> None:
    """Not in what is printed, and in no file but the one of mode 0600 where the system has no keyring."""
    said = connect(person, service)
    for command in (
        ["sync"],
        ["status"],
        ["status", "--json"],
        ["doctor"],
        ["events", "--json"],
        ["problems"],
    ):
        done = person.run(*command)
        said += done.out + done.err
    assert str(person.data / "report.html") in person.run("report").out

    assert TOKEN not in said
    assert trace_of(TOKEN, person.data) == [str(person.data / "secrets.json")]
    assert (person.data / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_refused_token_is_not_kept(person: Person, service: FakeWunderlist) -> None:
    """It is said, and nothing is connected."""
    said = connect(person, service, token="another-canary-token", code=1)

    assert "doesn't take the token" in said
    assert "another-canary-token" not in said
    assert trace_of("another-canary-token", person.data) == []
    assert "No service is connected" in person.run("sync", code=1).err


def test_a_token_that_is_revoked_later(person: Person, service: FakeWunderlist) -> None:
    """The sync fails with the remedy; connected anew, it goes on."""
    connect(person, service)
    person.run("sync")
    service.tokens = {"a-new-one"}

    assert "connect" in person.run("sync", code=1).err

    connect(person, service, token=f"{CLIENT}:a-new-one")
    service.world.create(next(iter(service.world.lists)), "four")
    assert person.run("sync", "--json").json["runs"][0]["events"] == {"created": 1}


def test_from_a_file(person: Person, service: FakeWunderlist, tmp_path: Path) -> None:
    """White space around the token is no part of it."""
    (tmp_path / "token").write_text(f"  {CREDENTIAL} \n")

    person.run("connect", "wunderlist", "--base-url", service.url, "--token-file", tmp_path / "token")


def test_what_can_not_be_connected(newcomer: Person) -> None:
    """An unknown service is usage; no token is a failure; neither leaves anything behind."""
    assert "todoist" in newcomer.run("connect", "trello", code=2).err
    assert "no token" in newcomer.run("connect", "todoist", code=1).err
    assert not newcomer.data.exists()


def test_a_service_that_is_away(person: Person, service: FakeWunderlist) -> None:
    """One paragraph, no traceback; the next sync goes on."""
    connect(person, service)
    service.fail(too_many("9999"))  # longer than anyone would wait at a terminal

    done = person.run("sync", code=1)

    assert "Traceback" not in done.err
    assert person.run("sync", "--json").json["runs"][0]["events"]["created"] == 3


def test_forgetting_removes_the_token(person: Person, service: FakeWunderlist) -> None:
    """With everything else."""
    connect(person, service)
    person.run("sync")

    person.run("forget", "wunderlist:me", "--yes")

    assert trace_of(TOKEN, person.data) == []
    assert "No service is connected" in person.run("sync", code=1).err
