"""Reading raw records of TickTick and Dida365."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.base import Reading
from worklens.sources.ticktick.source import Dida365, TickTick
from worklens.sources.ticktick.times import NEVER, micros_of, written
from worklens.tasks import NO_TIME, Collection, Moment, Removal, Task, day, instant

FEED = "ticktick:me"


def parsed(record: dict[str, Any] | bytes, zone: str = "UTC") -> list[Any]:
    """What is in a raw record, read for somebody who lives in a zone."""
    text = record if isinstance(record, bytes) else json.dumps(record).encode()
    return list(TickTick().parse(text, Reading(feed=FEED, seen_at=1, zone=zone)))


def task(zone: str = "UTC", **fields: Any) -> Task:
    """The task of a record with these fields."""
    (found,) = parsed({"task": {"id": "t", **fields}}, zone)
    assert isinstance(found, Task)
    return found


def test_a_whole_task() -> None:
    """Every field that the service has and Worklens too finds its place; offsets have no colon."""
    raw = {
        "id": "63b7bebb91c0a5474805fcd4",
        "projectId": "6226ff9877acee87727f6bca",
        "parentId": "63b7bebb91c0a5474805fcd0",
        "title": "aaa",
        "content": "one",
        "desc": "two",
        "isAllDay": False,
        "startDate": "2019-11-13T03:00:00+0000",
        "dueDate": "2019-11-14T03:00:00.000+0000",
        "timeZone": "America/Los_Angeles",
        "repeatFlag": "RRULE:FREQ=DAILY;INTERVAL=2",
        "priority": 3,
        "status": 2,
        "tags": ["b", "a", "b"],
        "createdTime": "2019-11-12T03:00:00.123+0000",
        "modifiedTime": "2019-11-13T03:00:01+0000",
        "completedTime": "2019-11-13T03:00:00+0000",
        "assigneeUsername": "somebody",
        "kind": "TEXT",
        "sortOrder": -1099511627776,
        "focusSummaries": [
            {"pomoDuration": 1500, "stopwatchDuration": 30, "estimatedDuration": 3000, "pomoCount": 1},
            {"pomoDuration": 1500, "stopwatchDuration": None},
        ],
        "something_new": {"deep": [1, None]},
    }

    assert parsed({"task": raw}) == [
        Task(
            account=FEED,
            task="63b7bebb91c0a5474805fcd4",
            collection="6226ff9877acee87727f6bca",
            parent="63b7bebb91c0a5474805fcd0",
            title="aaa",
            notes="one\ntwo",
            labels=("a", "b"),
            priority=5,
            created=instant("2019-11-12T03:00:00.123Z"),
            due=Moment(instant("2019-11-14T03:00:00Z").micros, zone="America/Los_Angeles"),
            completed=instant("2019-11-13T03:00:00Z"),
            recurrence="FREQ=DAILY;INTERVAL=2",
            estimate_seconds=3_000,
            spent_seconds=3_030,
            assignee="somebody",
            link="https://ticktick.com/webapp/#q/all/tasks/63b7bebb91c0a5474805fcd4",
            updated=instant("2019-11-13T03:00:01Z"),
        )
    ]


def test_items_come_with_their_task() -> None:
    """An item is a child, named within its task; 1 means done for it, where a task has 2."""
    items = [
        {"id": "i1", "title": "first", "status": 1, "completedTime": "2019-11-13T03:00:00+0000"},
        {"id": "i2", "status": 0, "startDate": "2019-11-12T16:00:00+0000", "isAllDay": True},
        {"id": "i3", "status": 1},
    ]

    _, first, second, third = parsed(
        {"task": {"id": "t", "projectId": "p", "timeZone": "Asia/Shanghai", "items": items}}
    )
    assert first == Task(
        account=FEED,
        task="t/i1",
        collection="p",
        parent="t",
        title="first",
        completed=instant("2019-11-13T03:00:00Z"),
    )
    assert (second.status, second.due) == ("open", day("2019-11-13"))
    assert third.closed == NO_TIME


def test_lists_the_inbox_and_removals() -> None:
    """The inbox has no record of its own at the service, and gets its name here."""
    assert parsed({"project": {"id": "p", "name": "Home", "closed": False}}) == [
        Collection(account=FEED, collection="p", title="Home")
    ]
    assert parsed({"inbox": "inbox1"}) == [Collection(account=FEED, collection="inbox1", title="Inbox")]
    assert parsed({"removed": "t"}) == [Removal(account=FEED, task="t")]


def test_a_note_is_no_task() -> None:
    """A task that was made a note is gone."""
    assert parsed({"task": {"id": "t", "kind": "NOTE"}}) == [Removal(account=FEED, task="t")]


def test_given_up_is_closed() -> None:
    """Neither done nor deleted: at the time it says, or some time after it was made."""
    ended = task(status=-1, completedTime="2019-11-13T03:00:00+0000")

    assert (ended.completed, ended.closed) == (None, instant("2019-11-13T03:00:00Z"))
    assert task(status=-1, createdTime="1970-01-01T00:00:01+0000").closed == Moment(1_000_000, "unknown")
    assert task(status=2, createdTime="1970-01-01T00:00:01+0000").status == "closed"


@pytest.mark.parametrize(("number", "priority"), [(5, 1), (3, 5), (1, 9), (0, None), (None, None)])
def test_priorities(number: int | None, priority: int | None) -> None:
    """Three levels, and none."""
    assert task(priority=number).priority == priority


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"dueDate": "2019-11-12T16:00:00+0000", "timeZone": "Asia/Shanghai"}, day("2019-11-13")),
        ({"startDate": "2019-11-12T16:00:00+0000", "timeZone": "Asia/Shanghai"}, day("2019-11-13")),
        ({"dueDate": "2019-11-13T08:00:00+0000", "timeZone": "Mars/Olympus"}, day("2019-11-13")),
        ({"dueDate": None}, None),
        ({"dueDate": ""}, None),
    ],
)
def test_whole_days_are_days_where_they_were_set(fields: dict[str, Any], due: Moment | None) -> None:
    """In the task's zone; in the person's where it names none that is known."""
    assert task(zone="America/Los_Angeles", isAllDay=True, **fields).due == due


def test_a_link_leads_to_the_service_it_is_at() -> None:
    """The two have accounts of their own, on hosts of their own."""
    (found,) = Dida365().parse(b'{"task":{"id":"t"}}', Reading(feed="dida365:me", seen_at=1))

    assert isinstance(found, Task)
    assert found.link == "https://dida365.com/webapp/#q/all/tasks/t"
    assert Dida365.oauth.token_url.startswith("https://dida365.com/")


@given(st.integers(0, 4_102_444_800_000))
def test_times_are_written_as_they_are_read(millis: int) -> None:
    """To the millisecond, with an offset that has no colon."""
    assert micros_of(written(millis * 1_000)) == millis * 1_000
    assert written(0) == "1970-01-01T00:00:00.000+0000"
    assert micros_of(None) == micros_of("soon") == NEVER
