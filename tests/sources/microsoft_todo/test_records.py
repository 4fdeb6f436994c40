"""Reading raw records of Microsoft To Do."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.base import Reading
from worklens.sources.microsoft_todo.html import text_of
from worklens.sources.microsoft_todo.midnights import day_of
from worklens.sources.microsoft_todo.source import MicrosoftToDo
from worklens.tasks import Collection, Moment, Removal, Task, day, instant

FEED = "microsoft_todo:me"


def parsed(record: dict[str, Any] | bytes, zone: str = "UTC") -> list[Any]:
    """What is in a raw record, read for somebody who lives in a zone."""
    text = record if isinstance(record, bytes) else json.dumps(record).encode()
    return list(MicrosoftToDo().parse(text, Reading(feed=FEED, seen_at=1, zone=zone)))


def task(**fields: Any) -> Task:
    """The task of a record with these fields."""
    (found,) = parsed({"task": {"id": "T=", **fields}, "list_id": "L="})
    assert isinstance(found, Task)
    return found


def test_a_whole_task() -> None:
    """Every field that the service has and Worklens too finds its place; times may have seven digits."""
    raw = {
        "@odata.etag": 'W/"x"',
        "id": "T=",
        "title": "aaa",
        "status": "completed",
        "importance": "high",
        "categories": ["b", "a", "b"],
        "body": {"content": "one\ntwo", "contentType": "text"},
        "createdDateTime": "2020-08-12T04:54:29.1925206Z",
        "lastModifiedDateTime": "2020-08-13T04:54:29.1925206Z",
        "completedDateTime": {"dateTime": "2020-08-13T00:00:00.0000000", "timeZone": "UTC"},
        "dueDateTime": {"dateTime": "2020-08-20T00:00:00.0000000", "timeZone": "UTC"},
        "recurrence": {"pattern": {"type": "daily", "interval": 2}, "range": {"type": "noEnd"}},
        "linkedResources": [{"id": "r", "webUrl": None}, {"id": "s", "webUrl": "https://example.org/mail"}],
        "something_new": {"deep": [1, None]},
    }

    assert parsed({"task": raw, "list_id": "L="}) == [
        Task(
            account=FEED,
            task="T=",
            collection="L=",
            title="aaa",
            notes="one\ntwo",
            labels=("a", "b"),
            priority=1,
            created=instant("2020-08-12T04:54:29.192521Z"),
            due=day("2020-08-20"),
            completed=day("2020-08-13"),
            recurrence="FREQ=DAILY;INTERVAL=2",
            link="https://example.org/mail",
            updated=instant("2020-08-13T04:54:29.192521Z"),
        )
    ]


def test_steps_come_with_their_task() -> None:
    """A step is a child, named within its task, and done at an instant."""
    steps = [
        {
            "id": "s1",
            "displayName": "first",
            "isChecked": True,
            "createdDateTime": "2020-08-12T04:54:29.5Z",
            "checkedDateTime": "2020-08-12T05:54:29.5Z",
        },
        {"id": "s2", "displayName": "second", "isChecked": False},
        {"id": "s3", "isChecked": True, "createdDateTime": "1970-01-01T00:00:01Z"},
    ]

    _, first, second, third = parsed({"task": {"id": "T=", "checklistItems": steps}, "list_id": "L="})
    assert first == Task(
        account=FEED,
        task="T=/s1",
        collection="L=",
        parent="T=",
        title="first",
        created=instant("2020-08-12T04:54:29.5Z"),
        completed=instant("2020-08-12T05:54:29.5Z"),
    )
    assert (second.title, second.status) == ("second", "open")
    assert third.closed == Moment(1_000_000, "unknown")


def test_lists_and_removals() -> None:
    """A list is a collection; a removal says no more than which task is gone."""
    assert parsed({"list": {"id": "L=", "displayName": "Home", "wellknownListName": "none"}}) == [
        Collection(account=FEED, collection="L=", title="Home")
    ]
    assert parsed({"removed": "T="}) == [Removal(account=FEED, task="T=")]


@pytest.mark.parametrize("status", [None, "notStarted", "inProgress", "waitingOnOthers", "deferred", "new"])
def test_every_status_but_one_is_open(status: str | None) -> None:
    """A left-over day of completion of a task that is not completed does not count."""
    left_over = {"dateTime": "2020-08-13T00:00:00.0000000", "timeZone": "UTC"}

    assert task(status=status, completedDateTime=left_over).status == "open"


def test_done_without_a_day_is_closed() -> None:
    """Completed, but nobody says when: known open last when it was made."""
    found = task(status="completed", createdDateTime="1970-01-01T00:00:01Z")

    assert (found.completed, found.closed) == (None, Moment(1_000_000, "unknown"))


def test_a_completion_keeps_its_day_wherever_one_lives() -> None:
    """It is UTC's midnight whatever the hour, so the person's zone has no say in it."""
    raw = {"id": "T=", "status": "completed", "completedDateTime": {"dateTime": "2020-08-13T00:00:00"}}

    (found,) = parsed({"task": raw, "list_id": "L="}, "Pacific/Honolulu")
    assert found.completed == day("2020-08-13")


@pytest.mark.parametrize(
    ("text", "zone", "home", "expected"),
    [
        ("2024-10-24T00:00:00.0000000", "UTC", "UTC", "2024-10-24"),
        ("2024-10-24T10:00:00.0000000", "UTC", "Pacific/Honolulu", "2024-10-24"),
        ("2024-10-23T10:00:00.0000000", "UTC", "Pacific/Kiritimati", "2024-10-24"),
        ("2024-10-23T16:00:00.0000000", "UTC", "Asia/Shanghai", "2024-10-24"),
        (
            "2024-10-23T16:00:00.0000000",
            "UTC",
            "Europe/Berlin",
            "2024-10-24",
        ),  # set in Shanghai, read at home
        ("2024-10-23T18:30:00.0000000", "UTC", "UTC", "2024-10-24"),  # Kolkata
        ("2024-10-24T00:00:00.0000000", "UTC", "America/Los_Angeles", "2024-10-24"),  # set by a program
        ("2024-10-23T11:00:00.0000000", "UTC", "UTC", "2024-10-24"),  # Auckland, in its summer
        ("2024-10-24T00:00:00.0000000", "Mountain Standard Time", "UTC", "2024-10-24"),
        ("2024-10-24T00:00:00.0000000", "America/Denver", "Asia/Tokyo", "2024-10-24"),
        ("2024-10-24T06:00:00.0000000", "Asia/Tokyo", "UTC", "2024-10-24"),
        ("2024-10-24T00:00:00+02:00", "", "UTC", "2024-10-24"),
    ],
)
def test_days_come_as_midnights(text: str, zone: str, home: str, expected: str) -> None:
    """The day is the one that was meant, whoever's midnight was written."""
    assert date.fromisoformat(expected) == day_of(text, zone, ZoneInfo(home))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-10 * 2, 12 * 2))
def test_any_midnight_is_the_day_it_begins(due: date, halves: int) -> None:
    """From 10 hours behind UTC to 12 before it any zone's midnight gives its day, to somebody who lives in UTC."""
    midnight = datetime.combine(due, time(), timezone(timedelta(hours=halves / 2))).astimezone(UTC)

    assert due == day_of(midnight.replace(tzinfo=None).isoformat(), "UTC", ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("importance", "priority"), [("high", 1), ("normal", None), ("low", 9), (None, None)]
)
def test_importance(importance: str | None, priority: int | None) -> None:
    """Normal is what every task has: no priority."""
    assert task(importance=importance).priority == priority


@pytest.mark.parametrize(
    ("pattern", "range_", "rule"),
    [
        ({"type": "daily", "interval": 1}, None, "FREQ=DAILY"),
        (
            {"type": "weekly", "interval": 2, "daysOfWeek": ["friday", "monday"], "index": "first"},
            {"type": "endDate", "endDate": "2026-01-31"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20260131",
        ),
        (
            {"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 31},
            {"type": "numbered", "numberOfOccurrences": 5},
            "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=5",
        ),
        (
            {"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["monday"], "index": "last"},
            None,
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1",
        ),
        ({"type": "absoluteYearly", "dayOfMonth": 5, "month": 3}, None, "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5"),
        (
            {"type": "relativeYearly", "daysOfWeek": ["sunday"], "month": 5, "index": "second"},
            None,
            "FREQ=YEARLY;BYMONTH=5;BYDAY=SU;BYSETPOS=2",
        ),
        ({"type": "lunar"}, None, "lunar"),
        (None, None, "repeating"),
    ],
)
def test_recurrence(pattern: Any, range_: Any, rule: str) -> None:
    """An RRULE, or the service's own word."""
    assert rule == task(recurrence={"pattern": pattern, "range": range_}).recurrence


def test_notes_in_html() -> None:
    """They are read as what a person sees; text that looks like HTML is text."""
    html = (
        "<html><head><style>p{}</style></head><body><p>one &amp; two</p>\r\n<div> three<br>four</div></body>"
    )

    assert text_of(html) == "one & two\nthree\nfour"
    assert task(body={"content": html, "contentType": "html"}).notes == "one & two\nthree\nfour"
    assert task(body={"content": "a <b>", "contentType": "text"}).notes == "a <b>"


def test_a_link_leads_to_the_task() -> None:
    """Where nothing is linked it is the task's own page, whatever its id holds."""
    (found,) = parsed({"task": {"id": "a/b+c="}, "list_id": "L"})

    assert found.link == "https://to-do.office.com/tasks/id/a%2Fb%2Bc=/details"
