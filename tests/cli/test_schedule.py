"""`worklens schedule`: when an account is asked, and pausing it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Person
from worklens.cli.failures import Usage
from worklens.cli.hours import hours_from, shown
from worklens.local.platform import open_platform
from worklens.ports import Feed, ZonePeriod
from worklens.stages.hours import Hours, hours_of
from worklens.testing.naps import scripted_naps

USUAL = list(range(24))


@pytest.fixture
def two(person: Person) -> Person:
    """Somebody with two services, whose tokens are here, and a table."""
    platform = open_platform(person.data)
    for name in ("todoist:me", "todoist:work"):
        settings = {"base_url": "http://127.0.0.1:1"}
        platform.state.save_feed(
            Feed(name=name, source="todoist", zones=(ZonePeriod("UTC"),), settings=settings)
        )
        platform.ports.secrets.put(name, "a-token")
    platform.state.save_feed(Feed(name="csv:team", source="csv"))
    platform.close()
    return person


def feed(person: Person, name: str) -> Feed:
    """The feed as it is kept."""
    platform = open_platform(person.data)
    found = platform.state.feed(name)
    platform.close()
    assert found is not None
    return found


def test_hours_are_kept_beside_the_other_settings(two: Person) -> None:
    """Of that account alone; what isn't named stays, and on this machine it is said that no timer runs."""
    done = two.run("schedule", "me", "--sync", "18,8-10", "--digest", "never", "--json")

    (view,) = done.json
    expected = {"sync": [8, 9, 10, 18], "reconcile": [3], "learn": [4], "digest": []}
    assert (view["account"], view["hours"]) == ("todoist:me", expected)
    assert "Google Cloud" in done.err
    two.run("schedule", "me", "--sync", "usual")
    kept = feed(two, "todoist:me")
    assert hours_of(kept) == Hours(digest=())
    assert kept.settings == {"base_url": "http://127.0.0.1:1", "hours": {"digest": []}}
    assert hours_of(feed(two, "todoist:work")) == Hours()


def test_what_is_paused_is_left_out_unless_it_is_named(two: Person) -> None:
    """Sync says so with the remedy, status shows it, and it can be resumed."""
    for name in ("me", "work"):
        two.run("schedule", name, "--pause")
    left_out = two.run("sync", "--json")
    with scripted_naps(lambda seconds: None):
        named = two.run("sync", "--account", "me", code=1)

    assert left_out.err.count("--resume") == 2
    assert "127.0.0.1" in named.err or "todoist:me" in named.err
    assert [one["paused"] for one in two.run("status", "--json").json["accounts"]] == [False, True, True]
    assert "paused" in two.run("status").out
    two.run("schedule", "me", "--resume")
    assert feed(two, "todoist:me").settings == {"base_url": "http://127.0.0.1:1"}


def test_everyones_schedule_is_a_table(two: Person) -> None:
    """With why one isn't asked, in the person's language."""
    two.run("schedule", "work", "--pause", "--reconcile", "never")
    rows = {line.split()[0]: line.split()[1:] for line in two.run("schedule").out.splitlines()[2:]}

    assert rows == {
        "csv:team": ["by", "files", "0-23", "3", "4", "7"],
        "todoist:me": ["yes", "0-23", "3", "4", "7"],
        "todoist:work": ["paused", "0-23", "never", "4", "7"],
    }
    assert "已暂停" in two.run("schedule", "--language", "zh").out


@pytest.mark.parametrize("text", ["24", "8-7", "8,,9", "noon", "-1", "8;9", "", " "])
def test_what_are_no_hours_is_usage(two: Person, text: str) -> None:
    """With the form in which to write them; nothing is kept."""
    if text:
        assert "8,13,18" in two.run("schedule", "me", "--sync", text, code=2).err
    with pytest.raises(Usage):
        hours_from("--sync", text)
    assert "hours" not in feed(two, "todoist:me").settings


def test_a_change_needs_an_account(two: Person) -> None:
    """To pause everything by a slip would be a pity; and an unknown one is named with those there are."""
    assert "ACCOUNT" in two.run("schedule", "--pause", code=2).err
    assert "todoist:work" in two.run("schedule", "you", "--pause", code=2).err


@given(st.sets(st.integers(0, 23)))
def test_hours_are_read_as_they_are_shown(hours: set[int]) -> None:
    """Whichever they are."""
    assert hours_from("--sync", shown(sorted(hours)) or "never") == (sorted(hours) or ())
