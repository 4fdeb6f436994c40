"""Logs with a row a task and day: occurrences, and what a day's rows amount to."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.base import Reading
from worklens.sources.csv.mapping import checked, settings_of
from worklens.sources.csv.source import CsvFile
from worklens.tasks import DAY, Happened, Moment, Task, day
from worklens.testing.files import Pulled, parse_all, pull_file

LOG = settings_of(
    checked(
        "m",
        {
            "columns": {
                "id": "task", "title": "task", "labels": "tag", "status": "done", "observed": "date",
                "estimate": "guess", "spent": "took",
            },
            "values": {"done": ["1"], "open": ["0"], "closed": ["over"], "deleted": ["gone"]},
            "formats": {"estimate": "pomodoros of 25 minutes", "spent": "pomodoros of 25 minutes"},
        },
    )
)  # fmt: skip


def pulled(*rows: str, settings: dict[str, Any] = LOG) -> Pulled:
    """The records of a log of these rows."""
    return pull_file(
        CsvFile(), "\n".join(("date,task,tag,done,guess,took", *rows)).encode(), settings=settings
    )


def tasks(*rows: str, settings: dict[str, Any] = LOG) -> list[Task]:
    """The occurrences in a log of these rows."""
    reading = Reading(feed="csv:me", seen_at=0, settings=settings)
    understood = parse_all(CsvFile(), pulled(*rows, settings=settings).records, reading)
    assert not understood.unreadable
    return [item for item in understood.items if isinstance(item, Task)]


def test_each_day_after_the_first_is_told_once() -> None:
    """A log shows a task again on days of their own, each an event of its occurrence with the same id each time."""
    rows = (
        "2020-01-01,a,,0,,",
        "2020-01-03,a,,0,,",
        "2020-01-03,a,x,0,,",
        "2020-01-04,a,,1,,",
        "2020-02-01,a,,0,,",
    )
    reading = Reading(feed="csv:me", seen_at=0, settings=LOG)

    found = [
        [
            item
            for item in parse_all(CsvFile(), pulled(*given).records, reading).items
            if isinstance(item, Happened)
        ]
        for given in (rows, (*rows, "2020-02-02,a,,0,,"))
    ]

    assert [(one.kind, one.occurrence, one.at) for one in found[0]] == [
        ("carried", "", day("2020-01-03")),
        ("carried", "", day("2020-01-04")),
    ]
    assert found[1][:2] == found[0]
    assert found[1][2].occurrence == "2"


def test_a_task_carried_over_is_one_occurrence_from_its_first_day_to_the_day_it_is_done() -> None:
    """Estimate is the first given, the time spent is all of it, labels are those of all its days."""
    found = tasks("2020-01-01,a,x,0,,", "2020-01-03,a,y,0,2,1", "2020-01-04,a,x,1,5,3")

    assert found == [
        Task(
            account="csv:me",
            task="a",
            title="a",
            labels=("x", "y"),
            created=day("2020-01-01"),
            completed=day("2020-01-04"),
            estimate_seconds=3_000,
            spent_seconds=6_000,
        )
    ]


def test_a_row_after_it_was_done_opens_the_next_occurrence() -> None:
    """The first is named "", the others by their number; the last may be open."""
    found = tasks("2020-01-01,a,,1,,", "2020-01-02,a,,1,,", "2020-01-03,a,,0,,")

    assert [(task.occurrence, task.status) for task in found] == [
        ("", "completed"),
        ("2", "completed"),
        ("3", "open"),
    ]
    assert [str(task.created) for task in found] == ["2020-01-01", "2020-01-02", "2020-01-03"]


def test_the_rows_of_one_day_are_one_state_done_if_any_is() -> None:
    """In whatever order they stand, a day with a done row is one completion."""
    for rows in (["0", "1"], ["1", "0"], ["1", "1"]):
        found = tasks(*(f"2020-01-01,a,,{done},," for done in rows), "2020-01-02,a,,0,,")
        assert [task.status for task in found] == ["completed", "open"]


def test_a_line_written_twice_on_a_day_counts_its_time_once() -> None:
    """Rows alike in all but their status are one; rows that differ add up."""
    (twice,) = tasks("2020-01-01,a,x,1,2,4", "2020-01-01,a,x,0,2,4")
    (different,) = tasks("2020-01-01,a,x,1,2,4", "2020-01-01,a,y,1,2,4")

    assert (twice.spent_seconds, different.spent_seconds) == (4 * 1_500, 8 * 1_500)


def test_rows_in_any_order_give_the_same_occurrences() -> None:
    """The log need not be sorted."""
    rows = ["2020-01-01,a,,0,1,", "2020-01-02,a,,1,,1", "2020-01-05,a,,1,,2"]

    assert tasks(*rows) == tasks(*reversed(rows))


def test_other_endings_end_an_occurrence_only_as_its_last_word() -> None:
    """A log says no more of a closed task than that it was over after its last day."""
    closed, gone = tasks("2020-01-01,a,,over,,", "2020-01-01,b,,gone,,")

    assert closed.closed == Moment(day("2020-01-01").micros, "unknown")
    assert gone.deleted == day("2020-01-01")


def test_rows_that_cannot_be_placed_are_rejected_and_the_rest_goes_on() -> None:
    """A bad day, no day and no task cost their own rows."""
    found = pulled("2020-13-01,a,,1,,", ",a,,1,,", "2020-01-01,,,1,,", "2020-01-01,a,,1,,")

    assert [(item.place, item.reason) for item in found.rejected] == [
        ("tasks.csv:row 2", "bad-date"),
        ("tasks.csv:row 3", "bad-date"),
        ("tasks.csv:row 4", "no-id"),
    ]
    assert len(found.records) == 1


def test_a_bad_number_costs_its_task_and_names_its_first_row() -> None:
    """An occurrence can't be told in part."""
    reading = Reading(feed="csv:me", seen_at=0, settings=LOG)
    records = pulled("2020-01-01,b,,1,1,", "2020-01-01,a,,0,x,", "2020-01-02,a,,1,1,").records
    understood = parse_all(CsvFile(), records, reading)

    assert [item.task for item in understood.items if isinstance(item, Task)] == ["b"]
    assert [(e.reason, e.params["place"]) for e in understood.unreadable] == [
        ("bad-number", "tasks.csv:row 3")
    ]


def test_without_an_id_a_log_knows_tasks_by_their_title() -> None:
    """Case and spaces don't make another task."""
    columns = {"title": "task", "status": "done", "observed": "date"}
    settings = settings_of(checked("m", {"columns": columns, "values": {"done": ["1"]}}))
    found = tasks("2020-01-01,Run,,1,,", "2020-01-02, run ,,1,,", settings=settings)

    assert len({task.task for task in found}) == 1
    assert [task.occurrence for task in found] == ["", "2"]


ROWS = st.lists(
    st.tuples(
        st.integers(0, 9), st.sampled_from("ab"), st.sampled_from("01"), st.sampled_from(["", "1", "2"])
    ),
    max_size=25,
)


@given(ROWS)
def test_completions_are_the_distinct_days_a_task_was_done(rows: list[tuple[int, str, str, str]]) -> None:
    """For any log: one completion for each task and day with a done row, and occurrences never overlap."""
    found = tasks(*(f"2020-01-{n + 1:02},{task},,{done},,{took}" for n, task, done, took in rows))
    completions = Counter((task.task, str(task.completed)) for task in found if task.completed)

    assert completions == Counter(
        {(task, f"2020-01-{n + 1:02}"): 1 for n, task, done, _ in rows if done == "1"}
    )
    for name in "ab":
        spans = [(t.created, t.completed) for t in found if t.task == name]
        ends = [(c.micros, (e.micros if e else 10**18)) for c, e in spans if c]
        assert all(before[1] + DAY <= after[0] for before, after in pairwise(ends))
