"""Events from two states of a task."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.stages.settling import Seen, changes, first_facts, new_events, pair_events
from worklens.tasks import Moment, Task, day, instant
from worklens.warehouse.rows import task_rows, tasks_of

SEEN = instant("2026-03-29T12:00:00Z").micros
NOTICED = Moment(SEEN, "seen")
DONE = instant("2026-03-28T09:00:00Z")
OPEN = Task(account="a:b", task="1", title="Call", collection="home", created=instant("2026-01-01T08:00:00Z"))


def facts(before: Task, **change: Any) -> list[tuple[str, Moment]]:
    after = msgspec.structs.replace(before, **change)
    return [(fact.kind, fact.at) for fact in changes(before, after, SEEN)]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"title": "Ring"}, "renamed"),
        ({"collection": "work"}, "moved"),
        ({"priority": 1}, "reprioritized"),
        ({"due": day("2026-04-01")}, "rescheduled"),
        ({"notes": "at noon"}, "edited"),
        ({"labels": ("x",)}, "edited"),
        ({"spent_seconds": 60}, "edited"),
    ],
)
def test_a_change_of_a_field_is_one_event(change: dict[str, Any], kind: str) -> None:
    """Known to have happened by the time it was seen, no better."""
    assert facts(OPEN, **change) == [(kind, NOTICED)]


def test_another_zone_for_the_same_instant_is_no_rescheduling() -> None:
    """Nobody put it off."""
    due = msgspec.structs.replace(OPEN, due=DONE)

    assert facts(due, due=Moment(DONE.micros, "instant", "Europe/Madrid")) == []


def test_the_sources_own_time_of_update_bounds_a_change() -> None:
    """What the source updated at nine had happened by nine."""
    assert facts(OPEN, title="Ring", updated=DONE) == [("renamed", Moment(DONE.micros, "seen"))]


def test_completion_has_the_sources_time() -> None:
    """And its precision."""
    assert facts(OPEN, completed=DONE) == [("completed", DONE)]
    assert facts(OPEN, completed=day("2026-03-28")) == [("completed", day("2026-03-28"))]


def test_reopening_is_an_event() -> None:
    """A completed task seen open again was reopened."""
    done = msgspec.structs.replace(OPEN, completed=DONE)

    assert facts(done, completed=None) == [("reopened", NOTICED)]


def test_done_again_between_two_looks_is_reopened_and_completed() -> None:
    """The later completion counts; it was opened again some time before it."""
    done = msgspec.structs.replace(OPEN, completed=instant("2026-02-01T00:00:00Z"))

    assert facts(done, completed=DONE) == [("reopened", Moment(DONE.micros, "seen")), ("completed", DONE)]


def test_deleting_and_restoring() -> None:
    """Both are events of their own, beside what else changed."""
    gone = msgspec.structs.replace(OPEN, deleted=NOTICED)

    assert facts(OPEN, deleted=NOTICED) == [("deleted", NOTICED)]
    assert facts(gone, deleted=None, title="Ring") == [("restored", NOTICED), ("renamed", NOTICED)]


def test_done_and_deleted_in_one_look_was_deleted() -> None:
    """As for a task first seen so: what comes only with a deletion is no throughput."""
    assert facts(OPEN, completed=DONE, deleted=NOTICED) == [("deleted", NOTICED)]


def test_rescheduling_says_from_and_to() -> None:
    """As the source gave them: dates as dates."""
    after = msgspec.structs.replace(OPEN, due=day("2026-04-02"))
    back = msgspec.structs.replace(OPEN, due=None)

    assert [fact.detail for fact in changes(OPEN, after, SEEN)] == [{"from": None, "to": "2026-04-02"}]
    assert [fact.detail for fact in changes(after, back, SEEN)] == [{"from": "2026-04-02", "to": None}]


def first(**times: tuple[int, str]) -> list[tuple[str, int, str]]:
    unset = (None, None)
    created, started, completed, deleted = (
        times.get(name, unset) for name in ("created", "started", "completed", "deleted")
    )
    return first_facts(created, started, completed, times.get("closed", unset)[0], deleted, SEEN)


def test_a_task_first_seen_done_was_created_and_completed() -> None:
    """Both with the source's times and precisions."""
    assert first(created=(5, "day"), completed=(9, "instant")) == [
        ("created", 5, "day"),
        ("completed", 9, "instant"),
    ]


def test_a_task_first_seen_deleted_was_not_completed() -> None:
    """A cancelled task with a completion date is no throughput."""
    kinds = [kind for kind, _, _ in first(completed=(9, "day"), deleted=(9, "day"))]

    assert kinds == ["created", "deleted"]


def test_an_unknown_creation_is_bounded_by_what_is_known() -> None:
    """Done at nine, so there by nine; and nothing known at all: there when it was seen."""
    assert first(completed=(9, "instant"))[0] == ("created", 9, "seen")
    assert first() == [("created", SEEN, "seen")]


def test_a_closed_task_was_last_known_open_then() -> None:
    """Over at some time after its moment, nobody knows when."""
    assert first(created=(5, "day"), closed=(7, "unknown"))[1] == ("closed", 7, "unknown")


moments = st.none() | st.builds(Moment, st.integers(0, 10**15), st.sampled_from(["instant", "day"]))
tasks = st.builds(
    Task,
    account=st.just("a:b"),
    task=st.just("1"),
    title=st.text(max_size=5),
    notes=st.text(max_size=3),
    collection=st.sampled_from(["", "x", "y"]),
    labels=st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
    priority=st.none() | st.integers(1, 9),
    created=moments,
    started=moments,
    due=moments,
    completed=moments,
    deleted=moments,
    estimate_seconds=st.none() | st.integers(0, 9999),
)


@given(tasks)
def test_rows_give_back_the_task(task: Task) -> None:
    """What stands in the table is the whole state."""
    rows = task_rows([task], feed="f", run=1, position=0, seen_at=SEEN)

    assert list(tasks_of(rows)) == [task]


@given(tasks, tasks)
def test_there_are_events_exactly_where_the_state_differs(before: Task, after: Task) -> None:
    """No change, no event; and each event of a pair has its own id, the same every time."""
    first = pair_events(Seen(before, 1, SEEN), Seen(after, 2, SEEN))
    again = pair_events(Seen(before, 1, SEEN), Seen(after, 2, SEEN))

    assert first == again
    assert len({row[0] for row in first}) == len(first)
    if before == after:
        assert first == []


@given(tasks)
def test_a_new_task_always_has_its_creation(task: Task) -> None:
    """Every task's story begins with created."""
    rows = task_rows([task], feed="f", run=1, position=0, seen_at=SEEN)
    events = new_events(rows, 1)

    assert events[0][4] == "created"
    assert all(event[8] is None for event in events)
