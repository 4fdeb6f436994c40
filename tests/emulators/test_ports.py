"""Bus, dead letters and blobs on the emulators, and what two writers do to one state."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from tests.contracts.cloud import deployment, waiting
from worklens.google.bus import headers
from worklens.google.platform import Platform
from worklens.messages import (
    AlertRaised,
    Batch,
    SettleRequested,
    SyncRequested,
    TasksChanged,
    encode,
    event_type,
)
from worklens.ports import Feed, StaleLease

CHANGED = TasksChanged(feed="csv:a", run="r", window="w", number=1, seen_at=0)


@pytest.fixture(scope="module")
def platform(cloud: None) -> Platform:
    """One for the tests that keep apart by names."""
    made = deployment()
    made.clients.storage.create_bucket(made.settings.bucket)
    return made


@pytest.fixture
def fresh(cloud: None) -> Platform:
    """One that holds nothing yet."""
    return deployment()


def big(number: int) -> Batch:
    record = msgspec.Raw(b'"' + b"x" * 990_000 + b'"')
    return Batch(
        feed="csv:a", run="r", window="w", number=1, page=0, batch=f"b{number}", seen_at=0, records=[record]
    )


def test_what_was_published_is_there(fresh: Platform) -> None:
    """Many small messages, and more bytes than a request may have; each topic has its own."""
    batches = [big(number) for number in range(12)]
    settles = [SettleRequested(feed="csv:a", run=str(n), window="w", number=n) for n in range(50)]
    fresh.ports.bus.publish([*batches, *settles, CHANGED])

    found = []
    while some := waiting(fresh, "tasks-fetched"):
        found += some
    assert sorted(map(encode, found)) == sorted(map(encode, [*batches, *settles]))
    assert waiting(fresh, "tasks-changed") == [CHANGED]


def test_alerts_have_a_topic_of_their_own(fresh: Platform) -> None:
    """Whoever has a subscription there gets them, and nothing else; no stage's topic gets any."""
    about: dict[str, Any] = {"feed": "csv:a", "run": "r", "window": "w", "account": "csv:a/ann"}
    alert = AlertRaised(**about, alert="a1", key="work_doubled", params={"open": 90, "usual": 41})
    fresh.ports.bus.publish([CHANGED, alert])

    assert waiting(fresh, "alerts") == [alert]
    assert waiting(fresh) == [CHANGED]


def test_a_message_carries_its_event() -> None:
    """So that a push without wrapper is a binary CloudEvent."""
    assert headers(CHANGED) == {
        "ce-specversion": "1.0",
        "ce-id": CHANGED.message_id,
        "ce-source": "worklens/csv:a",
        "ce-type": "worklens.tasks-changed.v1",
        "ce-subject": "r",
        "content-type": "application/json",
    }


def test_what_can_never_succeed_is_kept_and_replayed(fresh: Platform) -> None:
    """Once, however often it was kept, and whole, however large; replay puts it on its topic as new."""
    body = encode(big(1)) + os.urandom(1_200_000)
    for _ in range(2):
        fresh.ports.bus.keep("worklens.tasks-fetched.v1", body, "no JSON")
    fresh.ports.bus.keep("worklens.unheard-of.v1", b"{}", "unknown")
    fresh.ports.bus.keep(event_type(CHANGED), encode(CHANGED), "a fault that is mended")
    letters = {letter.reason: letter for letter in fresh.letters.all()}

    assert set(letters) == {"no JSON", "unknown", "a fault that is mended"}
    assert letters["a fault that is mended"].feed == "csv:a"
    ids = [letter.id for letter in letters.values()]
    assert fresh.letters.revive(ids, fresh.bus.post) == 2
    assert [letter.reason for letter in fresh.letters.all()] == ["unknown"]
    assert waiting(fresh, "tasks-changed") == [CHANGED]


def test_what_comes_back_while_it_is_replayed_is_kept(fresh: Platform) -> None:
    """A function may give it up again before the replay has cleared it away."""
    fresh.ports.bus.keep(event_type(CHANGED), encode(CHANGED), "a fault")
    (letter,) = fresh.letters.all()

    def given_up_at_once(topic: str, sent: Sequence[tuple[bytes, dict[str, str]]]) -> None:
        fresh.ports.bus.keep(event_type(CHANGED), sent[0][0], "the same fault")

    assert fresh.letters.revive([letter.id], given_up_at_once) == 1
    assert [kept.reason for kept in fresh.letters.all()] == ["the same fault"]
    assert fresh.letters.revive([letter.id], fresh.bus.post) == 1
    assert waiting(fresh, "tasks-changed") == [CHANGED]


def test_what_was_delivered_in_vain_is_collected(fresh: Platform) -> None:
    """From the dead-letter subscription to the others, and acknowledged there."""
    fresh.bus.post("tasks-changed-dead", [(encode(CHANGED), headers(CHANGED))])

    (letter,) = fresh.letters.all()
    assert (letter.type, letter.feed) == ("worklens.tasks-changed.v1", "csv:a")
    assert fresh.letters.collect() == 0
    assert fresh.letters.forget("csv:a") == 1
    assert fresh.letters.all() == []


def test_a_blob_comes_back(platform: Platform) -> None:
    """Replaced whole, told by KeyError when it is not there, deleted twice without complaint."""
    blobs = platform.blobs
    blobs.put("imports/a b", b"one")
    blobs.put("imports/a b", b"two")
    assert blobs.get("imports/a b") == b"two"
    assert blobs.names("imports/") == ["imports/a b"]
    for _ in range(2):
        blobs.delete("imports/a b")

    with pytest.raises(KeyError):
        blobs.get("imports/a b")


def test_of_many_who_begin_one_has_the_feed(platform: Platform) -> None:
    """Transactions that collide are done again; whoever comes later is kept."""
    platform.state.save_feed(Feed(name="csv:many", source="csv"))
    names = [f"many-{n}" for n in range(8)]

    def begin(name: str) -> str:
        request = SyncRequested(feed="csv:many", run=name, window=name, input=name)
        return platform.state.begin(request, 1_000_000).reason

    with ThreadPoolExecutor(4) as threads:
        reasons = list(threads.map(begin, names))
    assert sorted(reasons) == ["", *["held"] * 7]


def test_of_two_instances_of_one_run_the_newer_writes(platform: Platform) -> None:
    """They race page by page: every page of the old one is refused, none of the new one."""
    platform.state.save_feed(Feed(name="csv:two", source="csv"))
    request = SyncRequested(feed="csv:two", run="two", window="w")
    old, new = (platform.state.begin(request, 1_000_000).run for _ in range(2))
    assert old is not None
    assert new is not None
    new = platform.state.advance(new, "1", [], 2_000_000)

    with pytest.raises(StaleLease):
        platform.state.advance(old, "x", [], 2_000_000)
    assert platform.state.advance(new, "2", [], 3_000_000).pages == 2


def test_batches_parsed_at_once_settle_their_run(platform: Platform) -> None:
    """However the parsers race, settling is asked for, and only when all are through."""
    state = platform.state
    state.save_feed(Feed(name="csv:race", source="csv"))
    run = state.begin(SyncRequested(feed="csv:race", run="race", window="w"), 1_000_000).run
    assert run is not None
    batches = [
        Batch(feed="csv:race", run="race", window="w", number=1, page=0, batch=f"b{n}", seen_at=0)
        for n in range(24)
    ]
    state.fetched(state.advance(run, "", batches, 1_000_000), "c", "{}")
    waiting(platform)
    state.parsed(batches[:1])
    assert waiting(platform) == []

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda batch: state.parsed([batch]), batches[1:]))
    assert {message.kind for message in waiting(platform)} == {"settle-requested"}

    state.parsed(batches)  # they come a second time
    assert waiting(platform) == []
    state.begin(SyncRequested(feed="csv:race", run="next", window="w"), 2_000_000)  # who waits for it asks
    assert [message.kind for message in waiting(platform)] == ["settle-requested"]


def test_numbers_are_not_given_again_after_forgetting(platform: Platform) -> None:
    """Rows that can't be deleted yet are then never taken for those of a new run."""
    state = platform.state
    state.save_feed(Feed(name="csv:again", source="csv"))
    state.begin(SyncRequested(feed="csv:again", run="again-1", window="w"), 1_000_000)
    state.drop_feed("csv:again")
    state.save_feed(Feed(name="csv:again", source="csv"))
    run = state.begin(SyncRequested(feed="csv:again", run="again-1", window="w"), 1_000_000).run

    assert run is not None
    assert run.number == 2
