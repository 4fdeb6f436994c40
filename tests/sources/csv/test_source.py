"""The CSV source as a whole: real files, interruption, repetition, and what absence means."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.base import Context, Coverage, Read, Reading, Refused, Unreadable
from worklens.sources.csv.mapping import checked, read_mapping, settings_of
from worklens.sources.csv.source import CsvFile
from worklens.sources.file_pull import PAGE
from worklens.tasks import Task, day
from worklens.testing.files import parse_all, pull_file

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"
PLAIN = {"columns": {"id": "id", "title": "title"}}
SETTINGS = settings_of(checked("m", PLAIN))
WHOLE = settings_of(checked("m", PLAIN | {"file": {"whole_listing": True}}))


def example(name: str) -> dict[str, Any]:
    """The settings of a mapping in the documentation."""
    return settings_of(read_mapping(name, (EXAMPLES / name).read_text(encoding="utf-8")))


def understood(content: bytes, settings: dict[str, Any], name: str = "tasks.csv") -> list[Task]:
    """All tasks of a file in which nothing is wrong."""
    pulled = pull_file(CsvFile(), content, name=name, settings=settings)
    found = parse_all(CsvFile(), pulled.records, Reading(feed="csv:me", seen_at=0, settings=settings))
    assert not pulled.rejected
    assert not found.unreadable
    return [item for item in found.items if isinstance(item, Task)]


def numbered(n: int) -> bytes:
    """A file of so many tasks."""
    return b"id,title\n" + b"".join(b"%d,task %d\n" % (i, i) for i in range(n))


def test_the_sip_tasks_are_all_there(test_data: Path) -> None:
    """8,241 tasks: 6,501 completed (14 more have a date but were cancelled), the others closed, deleted or open."""
    tasks = understood((test_data / "sip-tasks.csv").read_bytes(), example("sip-tasks.toml"))

    assert Counter(task.status for task in tasks) == {
        "completed": 6501,
        "closed": 1564,
        "deleted": 124,
        "open": 52,
    }
    assert len({(task.account, task.task) for task in tasks}) == 8241
    assert len({task.account for task in tasks}) == len({task.account.partition("/")[2] for task in tasks})
    assert tasks[0].created == day("2004-02-26")
    assert tasks[0].estimate_seconds == 14 * 3_600


def test_the_same_tasks_in_windows_1252_are_the_same(test_data: Path) -> None:
    """The file was once written so."""
    content = (test_data / "sip-tasks.csv").read_bytes()
    western = content.decode().encode("cp1252")

    assert western != content
    assert understood(western, example("sip-tasks.toml")) == understood(content, example("sip-tasks.toml"))


def test_the_pomodoro_log_counts_each_day_a_task_was_done_once(test_data: Path) -> None:
    """6,147 rows are done, on 6,017 distinct days of a task: the rows of one day are one state of that day."""
    tasks = understood((test_data / "pomodoro-log.csv").read_bytes(), example("pomodoro-log.toml"))

    assert sum(task.status == "completed" for task in tasks) == 6017
    assert len({(task.task, task.completed) for task in tasks if task.completed}) == 6017
    assert len({(task.task, task.occurrence) for task in tasks}) == len(tasks)


def test_an_interrupted_pull_goes_on_where_it_was() -> None:
    """The pages before and after the interruption are, together, those of an undisturbed pull."""
    content = numbered(2 * PAGE + 7)
    whole = pull_file(CsvFile(), content, settings=SETTINGS)
    before = pull_file(CsvFile(), content, settings=SETTINGS, pages=1)
    after = pull_file(CsvFile(), content, settings=SETTINGS, checkpoint=before.pages[-1].checkpoint)

    assert len(whole.pages) == 3
    assert {page.total for page in whole.pages} == {2 * PAGE + 7}
    assert before.records + after.records == whole.records
    assert after.done == whole.done


def test_a_checkpoint_of_another_file_or_mapping_counts_for_nothing() -> None:
    """A file that was changed meanwhile is read from its start."""
    before = pull_file(CsvFile(), numbered(PAGE + 1), settings=SETTINGS, pages=1)
    for content, settings in ((numbered(PAGE + 2), SETTINGS), (numbered(PAGE + 1), WHOLE)):
        after = pull_file(CsvFile(), content, settings=settings, checkpoint=before.pages[-1].checkpoint)
        assert len(after.records) == content.count(b"\n") - 1
    assert pull_file(CsvFile(), numbered(3), settings=SETTINGS, checkpoint="nonsense").done


def test_the_same_file_again_has_nothing_new() -> None:
    """No page, and absence means nothing; with another mapping, or when asked in full, it is read again."""
    first = pull_file(CsvFile(), numbered(3), settings=WHOLE)
    assert first.done
    again = pull_file(CsvFile(), numbered(3), settings=WHOLE, cursor=first.done.cursor)
    full = pull_file(CsvFile(), numbered(3), settings=WHOLE, cursor=first.done.cursor, full=True)
    otherwise = pull_file(CsvFile(), numbered(3), settings=SETTINGS, cursor=first.done.cursor)

    assert again.done
    assert ([], Coverage()) == (again.pages, again.done.coverage)
    assert len(full.records) == len(otherwise.records) == 3


@pytest.mark.parametrize(
    ("settings", "content", "listed"),
    [
        (WHOLE, b"id,title\n1,a\n", "everything"),
        (SETTINGS, b"id,title\n1,a\n", "nothing"),
        (WHOLE, b"id,title\n1,a\n2\n", "nothing"),
    ],
)
def test_absence_means_deleted_only_in_a_whole_listing_that_was_read_whole(
    settings: dict[str, Any], content: bytes, listed: str
) -> None:
    """A file of some tasks, or one with a row that could not be taken, deletes nothing."""
    done = pull_file(CsvFile(), content, settings=settings).done

    assert done
    assert done.coverage == Coverage(listed=listed, snapshot=True)  # type: ignore[arg-type]


def test_a_rejected_row_before_the_interruption_still_counts() -> None:
    """The second half of a listing knows that the first was not whole."""
    content = b"id,title\n1\n" + numbered(PAGE + 1).partition(b"\n")[2]
    before = pull_file(CsvFile(), content, settings=WHOLE, pages=1)
    after = pull_file(CsvFile(), content, settings=WHOLE, checkpoint=before.pages[-1].checkpoint)

    assert not after.rejected
    assert after.done
    assert after.done.coverage.listed == "nothing"


def test_a_column_that_is_not_there_is_named_with_its_key_and_the_nearest() -> None:
    """Header and mapping disagree: file, key and remedy."""
    with pytest.raises(Refused) as refused:
        pull_file(CsvFile(), b"id,titel\n1,a\n", settings=SETTINGS)

    assert refused.value.reason == "unknown-column"
    assert refused.value.params == {
        "file": "tasks.csv", "key": "columns.title", "column": "title", "nearest": "titel",
    }  # fmt: skip


def test_a_table_without_a_mapping_or_a_file_is_refused() -> None:
    """Nothing is assumed in silence."""
    with pytest.raises(Refused, match="mapping-missing"):
        pull_file(CsvFile(), numbered(1))
    pull = CsvFile().pull(Context(feed="f", now=0, settings=SETTINGS))
    assert isinstance(next(pull), Read)
    with pytest.raises(Refused, match="no-file"):
        pull.send(None)


def test_files_need_no_token() -> None:
    """There is nobody to show it to."""
    assert CsvFile().headers("secret") == {}


def test_a_feed_that_lost_its_mapping_quarantines_its_rows() -> None:
    """The record is kept, and can be replayed once the mapping is back."""
    (record,) = pull_file(CsvFile(), numbered(1), settings=SETTINGS).records
    with pytest.raises(Unreadable, match="mapping-missing"):
        CsvFile().parse(record, Reading(feed="f", seen_at=0))


@given(
    st.lists(st.sampled_from(["1,a", "2,b", '"3,c', "4", "5,e,f", "", "6,\0", '"7","x ""y"""']), max_size=30)
)
def test_every_row_is_a_record_or_rejected_with_its_own_number(rows: list[str]) -> None:
    """Whatever is wrong with a row, the others are there, and nobody is counted twice."""
    pulled = pull_file(CsvFile(), "\n".join(["id,title", *rows]).encode(), settings=SETTINGS)
    numbers = [int(item.place.rpartition(" ")[2]) for item in pulled.rejected]
    numbers += [int(msgspec.json.decode(record)["place"].rpartition(" ")[2]) for record in pulled.records]

    assert len(numbers) == len(set(numbers))
    good = {i for i, row in enumerate(rows, start=2) if row in {"1,a", "2,b"}}
    if not any(row.startswith('"3') for row in rows):
        assert good <= {int(msgspec.json.decode(r)["place"].rpartition(" ")[2]) for r in pulled.records}


@given(st.lists(st.text('a"\\\t ü,', min_size=1, max_size=4), min_size=1, max_size=3, unique_by=str.strip))
def test_columns_may_have_any_name(names: list[str]) -> None:
    """With signs that JSON escapes, too; the cells come out under the names as they stand."""
    names = [name.strip() for name in names if name.strip()]
    header = ",".join('"' + name.replace('"', '""') + '"' for name in ["id", "title", *names])
    cells = ",".join(["1", "x", *map(str, range(len(names)))])
    (record,) = pull_file(CsvFile(), f"{header}\n{cells}\n".encode(), settings=SETTINGS).records

    found = msgspec.json.decode(record)["cells"]
    assert found == {"id": "1", "title": "x"} | {name: str(n) for n, name in enumerate(names)}
