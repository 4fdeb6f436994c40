"""Messages: what an older deployment put on a topic is read by this one, and a tick knows its hour from its event."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.messages import (
    HOUR,
    KINDS,
    VERSION,
    AlertRaised,
    Batch,
    DigestRequested,
    LearnRequested,
    Message,
    ScoresReady,
    SettleRequested,
    SyncRequested,
    TasksChanged,
    Tick,
    UnknownMessage,
    attributes,
    decode,
    encode,
    event_type,
)
from worklens.tasks import instant

RUN: dict[str, Any] = {"feed": "todoist:me", "run": "r1", "window": "w"}
# What version 0 put on the topics, and what it says. A released body is never changed: add the next version's beside it.
V0: dict[str, tuple[bytes, Message]] = {
    "tick": (b'{"feed":"","run":"","window":""}', Tick(feed="", run="", window="")),
    "sync-requested": (b'{"feed":"todoist:me","run":"r1","window":"w"}', SyncRequested(**RUN)),
    "tasks-fetched": (
        b'{"feed":"todoist:me","run":"r1","window":"w","number":1,"page":0,"batch":"b","seen_at":5,"records":[{"id":1}]}',
        Batch(**RUN, number=1, page=0, batch="b", seen_at=5, records=[msgspec.Raw(b'{"id":1}')]),
    ),
    "settle-requested": (
        b'{"feed":"todoist:me","run":"r1","window":"w","number":1}',
        SettleRequested(**RUN, number=1),
    ),
    "tasks-changed": (
        b'{"feed":"todoist:me","run":"r1","window":"w","number":1,"seen_at":5}',
        TasksChanged(**RUN, number=1, seen_at=5),
    ),
    "scores-ready": (
        b'{"feed":"todoist:me","run":"r1","window":"w","number":1}',
        ScoresReady(**RUN, number=1),
    ),
    "learn-requested": (
        b'{"feed":"todoist:me","run":"r1","window":"w","at":5}',
        LearnRequested(**RUN, at=5),
    ),
    "alert-raised": (
        b'{"feed":"todoist:me","run":"r1","window":"w","alert":"a","account":"todoist:me","key":"work_doubled"}',
        AlertRaised(**RUN, alert="a", account="todoist:me", key="work_doubled"),
    ),
    "digest-requested": (b'{"run":"r1","window":"w","at":5}', DigestRequested(run="r1", window="w", at=5)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_version_before_sent_is_read(kind: str) -> None:
    """Its bodies lack what was added since; while a deployment is upgraded they are still under way."""
    body, meant = V0[kind]

    assert encode(decode(f"worklens.{kind}.v{VERSION - 1}", body)) == encode(meant)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_newer_deployment_added_is_passed_over(kind: str) -> None:
    """After a rollback, messages with fields that this version doesn't know are still read."""
    body, meant = V0[kind]
    more = msgspec.json.decode(body) | {"of_the_future": [1]}

    assert encode(decode(f"worklens.{kind}.v{VERSION}", more)) == encode(meant)


@pytest.mark.parametrize("version", [VERSION - 2, VERSION + 1])
def test_no_other_version_is_read(version: int) -> None:
    """Two versions back, or one ahead: it is kept aside with the reason."""
    with pytest.raises(UnknownMessage, match=f"v{version}"):
        decode(f"worklens.tasks-changed.v{version}", V0["tasks-changed"][0])


@pytest.mark.parametrize("kind", KINDS)
def test_each_message_comes_back_as_it_was_sent(kind: str) -> None:
    """With its type, id and topic."""
    _, message = V0[kind]
    again = decode(event_type(message), encode(message))

    assert encode(again) == encode(message)
    assert attributes(again) == attributes(message)


def test_what_travels_in_headers_is_ascii() -> None:
    """An account may be called as its owner likes; the body says it as it is."""
    message = SyncRequested(feed="csv:团队 équipe", run="día/1", window="w")
    known = attributes(message)

    assert all(value.isascii() and " " not in value for value in known.values())
    assert known["source"] == "worklens/csv:%E5%9B%A2%E9%98%9F%20%C3%A9quipe"
    assert decode(known["type"], encode(message)) == message


# ----- Ticks -----


@given(st.integers(0, 4_000_000_000), st.integers(0, HOUR - 1))
def test_a_tick_is_of_the_hour_in_which_it_was_published(hours: int, later: int) -> None:
    """However late it is delivered, and however often: one id an hour."""
    start = (hours % 1_000_000) * HOUR
    first, again = Tick().happened(start), Tick().happened(start + later)

    assert first == again
    assert first.message_id == again.message_id
    assert first.message_id != Tick().happened(start + HOUR).message_id


def test_a_tick_names_its_hour() -> None:
    """The window is the hour in UTC; what has its hour keeps it."""
    tick = Tick().happened(instant("2026-03-29T01:59:59.9Z").micros)

    assert (tick.window, tick.at) == ("tick-2026-03-29T01", instant("2026-03-29T01:00:00Z").micros)
    assert tick.happened(0) == tick


def test_a_tick_asks_for_what_is_named_or_for_all() -> None:
    """A job's body may narrow it; what nobody knows is no tick."""
    assert Tick().asks == ("sync", "reconcile", "learn", "digest")
    assert decode("worklens.tick.v1", {"asks": ["learn"]}) == Tick(asks=("learn",))
    with pytest.raises(UnknownMessage):
        decode("worklens.tick.v1", {"asks": ["dance"]})
