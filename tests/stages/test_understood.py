"""What undated tasks are understood to be meant for: from when they were written down, and never for a task that says it itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from worklens.ports import Feed, ZonePeriod
from worklens.stages.calendar import Calendar, with_calendar
from worklens.stages.understood import understood, wanted, with_wanted, worked_by
from worklens.tasks import instant

BERLIN = Feed(name="todotxt:me", source="todotxt", zones=(ZonePeriod("Europe/Berlin"),))
FRIDAY_LATE = "2026-11-20T23:30:00Z"  # in Berlin it is Saturday


def row(title: str | None, at: str = FRIDAY_LATE, **about: Any) -> dict[str, Any]:
    """An undated open task."""
    return {
        "feed": "todotxt:me", "account": "todotxt:me", "task": "1", "occurrence": "", "status": "open", "title": title,
        "created_at": instant(at).micros, "created_precision": "instant", "due_day": None,
    } | about  # fmt: skip


def days(*rows: dict[str, Any], feed: Feed = BERLIN) -> list[str | None]:
    return [one and f"{one.day} {one.time or ''}".strip() for one in understood(rows, {feed.name: feed})]


def test_each_counts_from_when_it_was_written_down() -> None:
    """In its person's zone; a bare day from its beginning."""
    bare = row("call mum tomorrow", "2026-11-20T00:00:00Z", created_precision="day")

    assert days(row("call mum tomorrow"), bare, row("明天下午三点开会")) == [
        "2026-11-22",
        "2026-11-21",
        "2026-11-22 15:00",
    ]


@pytest.mark.parametrize(
    "about",
    [
        {"due_day": date(2026, 12, 1)},
        {"status": "completed"},
        {"title": None},
        {"title": "read 1984"},
        {"created_at": None},
        {"created_precision": "unknown"},
        {"feed": "todotxt:you"},
    ],
)
def test_what_is_left_alone(about: dict[str, Any]) -> None:
    """A task with a due date of its own, one that is done, one without words or a known beginning, and other people's."""
    assert days(row("call mum tomorrow") | about) == [None]


def test_the_persons_working_days_count() -> None:
    """A holiday is no working day; with no week given, Monday to Friday are."""
    task = row("report in 2 working days")  # written down on a Saturday
    away = with_calendar(BERLIN, Calendar(off=("2026-11-23",)))
    sundays = with_calendar(BERLIN, Calendar(week=(6, 0)))

    assert days(task) == ["2026-11-24"]
    assert days(task, feed=away) == ["2026-11-25"]
    assert days(task, feed=sundays) == ["2026-11-23"]
    assert not worked_by(BERLIN)(date(2026, 11, 22))


def test_a_recurring_phrase_is_told_as_one() -> None:
    """Every how much, from which day on, by which words, and how surely."""
    (told,) = understood([row("water plants every tuesday")], {BERLIN.name: BERLIN})

    assert told is not None
    assert (told.day, told.every, told.unit) == (date(2026, 11, 24), 1, "week")
    assert (told.phrase, told.program) == ("every tuesday", "every(1, week) weekday(tue)")
    assert 0.5 < told.confidence <= 1


def test_it_is_off_until_asked_for() -> None:
    """And nothing of the wish is kept once it is taken back."""
    asked = with_wanted(BERLIN, True)

    assert (wanted(BERLIN), wanted(asked)) == (False, True)
    assert with_wanted(asked, False) == BERLIN
