"""From views to arrays: nothing lost, nothing after the last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.arrays import NEVER
from worklens.analysis.days import date_of, day_number
from worklens.findings.history import History
from worklens.render.columns import days_of, flow, lifetimes, only_single, tally, whole_weeks

FIRST = date(2026, 1, 1)
CHANGES = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 60), *[st.integers(0, 9)] * 3), min_size=1, max_size=40
)


def daily(rows: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """The view daily_flow with these rows of account, day from FIRST, arrived, done, removed."""
    account, day, arrived, done, removed = (list(column) for column in zip(*rows, strict=True))
    days = [FIRST + timedelta(days=number) for number in day]
    return {"account": account, "day": days, "arrived": arrived, "done": done, "removed": removed}


@given(CHANGES, st.integers(0, 90))
def test_a_flow_adds_up_all_accounts_to_the_last_day(rows: list[tuple[Any, ...]], last: int) -> None:
    """Its sums are those of the rows up to that day, and what is open is what came less what left."""
    made = flow(daily(rows), day_number(FIRST) + last)
    kept = [row for row in rows if row[1] <= last]

    if made is None:
        assert not kept
        return
    assert made.first + made.done.size - 1 == day_number(FIRST) + last
    assert [made.arrived.sum(), made.done.sum(), made.removed.sum()] == [
        sum(row[i] for row in kept) for i in (2, 3, 4)
    ]
    assert made.open[-1] == sum(row[2] - row[3] - row[4] for row in kept)


def test_nothing_gives_no_flow() -> None:
    """An empty view, or none, is no history."""
    assert flow({}, 20_000) is None
    assert lifetimes({}).age.size == 0


@given(st.lists(st.integers(0, 50), max_size=80), st.integers(1, 12))
def test_weeks_are_counted_back_from_the_last_day(values: list[int], most: int) -> None:
    """Each week is whole, the last one ends on the last day."""
    weeks = whole_weeks(np.array(values, dtype=np.int64), most)

    assert weeks.size == min(len(values) // 7, most)
    assert weeks.sum() == sum(values[len(values) - 7 * weeks.size :])
    if weeks.size:
        assert weeks[-1] == sum(values[-7:])


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_day_and_its_number_are_one(day: date) -> None:
    """Nothing is lost on the way there and back."""
    assert date_of(day_number(day)) == day


def history(rows: list[dict[str, Any]], today: int) -> History:
    """A history of these rows; what they leave out is unknown, false or never."""
    size = len(rows)

    def days(name: str) -> Any:
        return np.array([row.get(name, NEVER) for row in rows], dtype=np.int64)

    def flags(name: str, default: bool = False) -> Any:
        return np.array([row.get(name, default) for row in rows], dtype=np.bool_)

    none, unknown = np.full(size, -1), np.full(size, np.nan)
    return History(
        account=np.zeros(size, dtype=np.int64),
        task=np.array([str(row) for row in range(size)], dtype=object),
        occurrence=np.array([""] * size, dtype=object),
        collection=none,
        subtask=flags("subtask"),
        recurring=flags("recurring"),
        series=none,
        created=days("created"),
        started=days("started"),
        done=days("done"),
        hour=none,
        timed=flags("timed", default=True),
        gone=days("gone"),
        closed=flags("closed"),
        due=days("due"),
        moved=np.zeros(size, dtype=np.int64),
        estimate=unknown,
        spent=unknown,
        accounts=("a",),
        collections=(),
        titles=(),
        today=today,
    )


def test_a_tally_holds_each_single_task_once() -> None:
    """Done, deleted, closed and open tasks by age; subtasks, recurring and undated ones are left out."""
    rows = [
        {"created": 100, "done": 103},
        {"created": 100, "done": 103},
        {"created": 101, "gone": 108},
        {"created": 102, "gone": 104, "closed": True},
        {"created": 105},
        {"created": 90, "done": 95, "subtask": True},
        {"created": 90, "done": 95, "recurring": True},
        {"done": 95},
    ]
    table = tally(history(rows, today=111))

    assert dict(zip(zip(table["age"], table["ending"], strict=True), table["tasks"], strict=True)) == {
        (3, "done"): 2,
        (7, "deleted"): 1,
        (2, "closed"): 1,
        (6, None): 1,
    }


def test_lifetimes_undo_the_tally() -> None:
    """A row a task again; closed at an unknown time counts as watched until then."""
    endings = ["done", "deleted", "closed", None]
    lives = lifetimes({"age": [3, 7, 2, 9], "ending": endings, "tasks": [2, 1, 1, 2]})

    assert lives.age.tolist() == [3, 3, 7, 2, 9, 9]
    assert lives.done.tolist() == [True, True, False, False, False, False]
    assert lives.deleted.tolist() == [False, False, True, False, False, False]
    assert lives.still_open == 2


def test_open_work_is_what_the_tally_counts_as_open() -> None:
    """Subtasks, recurring tasks and those that were deleted meanwhile are no rows of the list."""
    rows = [{"created": 100}, {"created": 100, "subtask": True}, {"created": 100, "recurring": True}]
    rows += [{"created": 104, "gone": 111}, {"created": 107}]
    known = history(rows, today=111)
    work = {"account": ["a"] * 5, "task": list("01234"), "occurrence": [""] * 5, "title": list("ABCDE")}

    assert only_single(work, known)["title"] == ["A", "E"]
    assert lifetimes(tally(known)).still_open == 2


@pytest.mark.parametrize(("today", "as_of", "whole"), [(111, 111, 110), (900, 110, 110)])
def test_a_record_that_ended_is_read_as_of_its_end(today: int, as_of: int, whole: int) -> None:
    """What came after the last sign of life is unknown, so the page doesn't speak of it; today counts, but isn't whole."""
    known = history([{"created": 100, "done": 103}, {"created": 110}], today=today)

    assert days_of(known) == (date_of(as_of), date_of(whole))
    assert max(tally(known)["age"]) == max(3, as_of - 110)
