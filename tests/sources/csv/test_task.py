"""Rows as tasks: what each column and status means."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.base import Reading, Unreadable
from worklens.sources.csv.mapping import checked, settings_of
from worklens.sources.csv.source import CsvFile
from worklens.tasks import NO_TIME, Moment, Task, day, instant
from worklens.testing.files import parse_all, pull_file

COLUMNS = {
    "id": "key", "account": "who", "title": "name", "notes": "text", "collection": "list", "parent": "under",
    "labels": ["tag", "kind"], "priority": "rank", "created": "made", "started": "begun", "due": "by",
    "completed": "finished", "deleted": "binned", "status": "state", "estimate": "guess", "spent": "took",
    "recurrence": "every", "assignee": "owner", "link": "url",
}  # fmt: skip
VALUES = {
    "done": ["done"],
    "closed": ["old"],
    "deleted": ["gone"],
    "open": ["todo"],
    "priority": {"A": 1, "10": 9},
}
HEADER = [column for value in COLUMNS.values() for column in ([value] if isinstance(value, str) else value)]


def settings(**more: Any) -> dict[str, Any]:
    """The feed's settings with the mapping above, tables of it replaced."""
    return settings_of(checked("m", {"columns": COLUMNS, "values": VALUES, **more}))


def task(zone: str = "UTC", mapping: dict[str, Any] | None = None, **cells: str) -> Task:
    """The task of a row with these cells; raises Unreadable."""
    return task_of(cells, zone, mapping)


def task_of(cells: dict[str, str], zone: str = "UTC", mapping: dict[str, Any] | None = None) -> Task:
    """The task of a row with these cells, id 1 and title t if they don't say otherwise; raises Unreadable."""
    row = {"key": "1", "name": "t", **cells}
    content = ",".join(HEADER) + "\n" + ",".join('"' + row.get(name, "") + '"' for name in HEADER) + "\n"
    about = mapping or settings()
    (record,) = pull_file(CsvFile(), content.encode(), settings=about).records
    (found,) = CsvFile().parse(record, Reading(feed="csv:me", seen_at=0, zone=zone, settings=about))
    assert isinstance(found, Task)
    return found


def test_every_column_has_its_field() -> None:
    """A row that fills all columns fills the task."""
    full = task(
        who="ann", text="n", list="home", under="7", tag="red", kind="big", rank="A", made="2020-01-01",
        begun="2020-01-02T10:00Z", by="2020-01-09", finished="2020-01-03", guess="2", took="0.5", every="weekly",
        owner="bob", url="https://x",
    )  # fmt: skip

    assert full == Task(
        account="csv:me/ann",
        task="1",
        title="t",
        notes="n",
        collection="home",
        parent="7",
        labels=("red", "big"),
        priority=1,
        created=day("2020-01-01"),
        started=instant("2020-01-02T10:00:00Z"),
        due=day("2020-01-09"),
        completed=day("2020-01-03"),
        estimate_seconds=7_200,
        spent_seconds=1_800,
        recurrence="weekly",
        assignee="bob",
        link="https://x",
    )


def test_an_empty_row_but_for_its_id_sets_nothing() -> None:
    """Empty is unknown, not zero; without a name the account is the feed itself."""
    assert task(name="") == Task(account="csv:me", task="1")


def test_a_deleting_status_goes_before_a_completion_date() -> None:
    """Cancelled with a date: deleted on that date, and never completed."""
    gone = task(state="gone", finished="2020-01-03", made="2020-01-01")

    assert (gone.status, gone.deleted, gone.completed) == ("deleted", day("2020-01-03"), None)


def test_a_deleting_status_without_any_end_is_deleted_after_it_was_last_known_open() -> None:
    """Started goes before created as the last sign of life."""
    begun = task(state="gone", made="2020-01-01", begun="2020-01-02")

    assert begun.deleted == Moment(day("2020-01-02").micros, "unknown")


def test_a_date_of_deletion_is_kept_beside_a_completion() -> None:
    """Completed and later thrown away are two facts; with a deleting status only the latter counts."""
    both = task(finished="2020-01-03", binned="2020-02-01")
    gone = task(finished="2020-01-03", binned="2020-02-01", state="gone")

    assert (both.completed, both.deleted) == (day("2020-01-03"), day("2020-02-01"))
    assert (gone.completed, gone.deleted) == (None, day("2020-02-01"))


def test_a_completion_date_goes_before_every_other_status() -> None:
    """Whatever its status says, a task with a date of completion was completed then."""
    for state in ("todo", "old", "done", "never heard of", ""):
        assert task(state=state, finished="2020-01-03").status == "completed"


@pytest.mark.parametrize("state", ["old", "done"])
def test_over_without_a_date_is_closed_at_an_unknown_time(state: str) -> None:
    """Closed after it was last known open; at no known time where nothing at all is known."""
    assert task(state=state, made="2020-01-01").closed == Moment(day("2020-01-01").micros, "unknown")
    assert task(state=state).closed == NO_TIME
    assert task(state=state).completed is None


def test_unknown_statuses_are_open_and_values_compare_exactly_after_stripping() -> None:
    """DONE is not done."""
    assert task(state="DONE").status == task(state="what").status == "open"
    assert task(state=" done ").status == "closed"


def test_priorities_are_numbers_words_or_mapped() -> None:
    """One scale of 1 to 9; what is not on it is unknown, not an error."""
    ranks = ["1", "9", "high", "Low", "A", "10", "0", "urgent!", ""]

    assert [task(rank=rank).priority for rank in ranks] == [1, 9, 1, 9, 1, 9, None, None, None]


def test_labels_are_split_where_the_mapping_says_so() -> None:
    """Each label once, in order, without the spaces around it."""
    mapping = settings(formats={"label_separator": ";"})

    assert task(tag="a; b;;a", kind="c").labels == ("a; b;;a", "c")
    assert task(mapping=mapping, tag="a; b;;a", kind="c").labels == ("a", "b", "c")


def test_times_without_offset_are_read_in_the_persons_zone_or_the_mappings() -> None:
    """The mapping's zone goes before the person's."""
    here = settings(formats={"time_zone": "Asia/Tokyo"})

    assert task("Europe/Berlin", by="2020-07-01T12:00").due == instant("2020-07-01T10:00:00Z")
    assert task("Europe/Berlin", here, by="2020-07-01T12:00").due == instant("2020-07-01T03:00:00Z")


def test_ids_beyond_a_doubles_precision_stay_what_they_are() -> None:
    """An id is text."""
    assert task(key="9007199254740993").task == "9007199254740993"


@pytest.mark.parametrize(
    ("cells", "reason", "column"),
    [
        ({"by": "2016-12-0T12:00:00.000000"}, "bad-date", "by"),
        ({"made": "0000-01-01"}, "bad-date", "made"),
        ({"finished": "yesterday"}, "bad-date", "finished"),
        ({"guess": "a lot"}, "bad-number", "guess"),
        ({"took": "1,5"}, "bad-number", "took"),
        ({"key": " "}, "no-id", "key"),
    ],
)
def test_what_cannot_be_read_names_its_row_and_column(
    cells: dict[str, str], reason: str, column: str
) -> None:
    """Quarantine learns where and why, and nothing of what the person wrote."""
    with pytest.raises(Unreadable) as error:
        task_of(cells)

    assert (error.value.reason, error.value.params["column"]) == (reason, column)
    assert error.value.params["place"] == "tasks.csv:row 2"
    assert not set(cells.values()) & set(error.value.params.values())


BY_TITLE = settings_of(checked("m", {"columns": {"title": "name", "created": "made", "account": "who"}}))


def ids(content: str, mapping: dict[str, Any] = BY_TITLE) -> list[str]:
    """The tasks' ids of a table without an id column."""
    pulled = pull_file(CsvFile(), content.encode(), settings=mapping)
    understood = parse_all(CsvFile(), pulled.records, Reading(feed="csv:me", seen_at=0, settings=mapping))
    return [item.task for item in understood.items if isinstance(item, Task)]


def test_without_an_id_the_title_and_creation_identify_a_task() -> None:
    """The same title is the same task but for case and spaces; another day or another copy is another."""
    first, same, other_day, copy = ids(
        "name,made,who\nBuy milk,2020-01-01,\n buy  MILK,2020-01-01,ann\nBuy milk,2020-01-02,\nBuy milk,2020-01-01,\n"
    )

    assert first == same
    assert len({first, other_day, copy}) == 3


def test_identity_does_not_depend_on_rows_order_formats_or_zone() -> None:
    """The same tasks get the same ids when the file is sorted otherwise or its dates are written otherwise."""
    columns = {"title": "name", "created": "made", "account": "who"}
    other = settings_of(checked("m", {"columns": columns, "formats": {"date": "%d.%m.%Y"}}))
    here = "name,made,who\na,2020-01-01,\nb,2020-01-02,\na,2020-01-01,\n"
    there = "name,made,who\nb,02.01.2020,\na,01.01.2020,\na,01.01.2020,\n"

    assert sorted(ids(here)) == sorted(ids(there, other))


def test_a_row_without_id_and_title_is_unreadable() -> None:
    """There is nothing to know it by."""
    pulled = pull_file(CsvFile(), b"name,made,who\n,2020-01-01,\n", settings=BY_TITLE)
    understood = parse_all(CsvFile(), pulled.records, Reading(feed="f", seen_at=0, settings=BY_TITLE))

    assert [error.reason for error in understood.unreadable] == ["no-title"]


@given(st.dictionaries(st.sampled_from(HEADER), st.text(alphabet=st.characters(codec="utf-8"), max_size=12)))
def test_any_cells_are_a_task_or_unreadable(cells: dict[str, str]) -> None:
    """No cell can bring the reader down."""
    cells = {name: value.replace('"', "'").replace("\0", "") for name, value in cells.items()}
    cells["url"] = "x"  # a row that is blank is passed over
    try:
        found = task_of(cells)
    except Unreadable as error:
        place = error.params["place"]
    else:
        place = "tasks.csv:row 2" if found.account.startswith("csv:me") else ""
    assert place == "tasks.csv:row 2"
