"""Which open tasks fit a coming block."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from worklens.ports import Feed
from worklens.stages.calendar import Calendar, with_calendar
from worklens.stages.fitting import coming, fitting, free_days
from worklens.tasks import instant

TODAY, TUESDAY = date(2026, 6, 5), date(2026, 6, 9)  # a Friday
NOW = instant("2026-06-05T08:00:00Z").micros
BLOCK: dict[str, Any] = {
    "since": date(2026, 2, 3), "until": date(2026, 6, 2), "weekday": 2, "last_weekday": 2, "from_hour": 9, "to_hour": 11,
    "gone": False, "collection": "7", "collection_title": "Garden", "list_share": 0.4, "other_share": 0.1,
}  # fmt: skip


def task(name: str, **about: Any) -> dict[str, Any]:
    """An open task of the list, five days old, of which no chances are known."""
    plain = {
        "account": "a",
        "occurrence": "",
        "title": name,
        "collection": "7",
        "due_day": None,
        "age_days": 5.0,
    }
    return plain | {"task": name, "link": None, "late": None, "never": None} | about


def test_what_helps_a_decision_comes_first() -> None:
    """Likely late, the surest first; then by due date, the overdue among them; then the oldest; what is likely never done last."""
    late = [task(f"late{share}", due_day=date(2026, 7, 1), late=share) for share in (0.6, 0.9)]
    due = [task("due", due_day=date(2026, 6, 20), late=0.2), task("over", due_day=date(2026, 6, 1), late=1.0)]
    rest = [task("never", never=0.8, age_days=900.0), task("old", age_days=90.0), task("new")]

    order = ["late0.9", "late0.6", "over", "due", "old", "new", "never"]
    for place in range(len(order)):
        left = [one for one in [*rest, *due, *late] if one["task"] in order[place:]]
        assert [one.task for one in fitting(left, TODAY, TUESDAY)] == order[place : place + 3]


@pytest.mark.parametrize(
    ("due", "fits"), [(date(2026, 6, 4), True), (TODAY, False), (date(2026, 6, 8), False), (TUESDAY, True)]
)
def test_what_is_due_before_cannot_wait(due: date, fits: bool) -> None:
    """What is overdue already can, and what is due on the day. Nobody else's issue is named."""
    anothers = task("#12", account="github:me/repo")

    assert len(fitting([task("1", due_day=due, late=0.9), anothers], TODAY, TUESDAY)) == fits


def test_only_current_blocks_that_are_for_a_list_come() -> None:
    """With the list's tasks alone, by the person's own clock; the soonest first."""
    others = [
        BLOCK | change for change in ({"gone": True}, {"until": date(2026, 4, 1)}, {"list_share": None})
    ]
    friday = BLOCK | {"weekday": 5, "last_weekday": 5, "collection": "8", "collection_title": None}
    tasks = [task("1"), task("2", collection="8")]

    found = coming([BLOCK, *others, friday], tasks, NOW, "Europe/Berlin")
    in_tokyo = coming([friday], tasks, NOW, "Asia/Tokyo")

    assert [(one.day, one.collection_title, one.open) for one in found] == [
        (TODAY, "8", 1),
        (TUESDAY, "Garden", 1),
    ]
    assert [task.task for task in found[1].fitting] == ["1"]
    assert in_tokyo[0].day == date(2026, 6, 12)  # there it is five in the afternoon


def test_a_day_is_free_where_everyone_is_off() -> None:
    """By the working calendars of all feeds asked; without any every day is worked."""
    works = Feed(name="csv:a", source="csv")
    off = with_calendar(works, Calendar(off=("2026-06-09",)))

    assert free_days([off], TODAY) == {TUESDAY}
    assert free_days([off, works], TODAY) == free_days([], TODAY) == frozenset()
    assert coming([BLOCK], [], NOW, "UTC", free_days([off], TODAY))[0].day == date(2026, 6, 16)
