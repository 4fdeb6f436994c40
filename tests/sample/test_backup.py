"""The export files: true to the service's form, and silent about the truth."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from worklens.sample import Sample

FORM: dict[str, tuple[set[str], set[str]]] = {  # kind: keys always there, keys that may be absent
    "lists": (
        {"id", "title", "owner_type", "owner_id", "list_type", "public", "revision", "created_at", "type"},
        {"created_by_request_id"},
    ),
    "tasks": (
        {
            "id", "created_at", "created_by_id", "created_by_request_id", "completed", "starred", "list_id",
            "revision", "title", "type",
        },
        {"due_date", "completed_at", "completed_by_id", "recurrence_type", "recurrence_count"},
    ),
    "reminders": (
        {"id", "date", "task_id", "revision", "created_at", "updated_at", "created_by_request_id", "type"},
        set(),
    ),
    "subtasks": (
        {
            "id", "task_id", "completed", "created_at", "created_by_id", "created_by_request_id", "revision",
            "title", "type",
        },
        {"completed_at"},
    ),
    "notes": ({"id", "revision", "content", "type", "task_id", "created_by_request_id"}, set()),
    "task_positions": ({"id", "list_id", "revision", "values", "type"}, set()),
    "subtask_positions": ({"id", "task_id", "revision", "values", "type"}, set()),
}  # fmt: skip
INSTANT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def texts(value: Any) -> Iterator[str]:
    """All strings within a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


@pytest.mark.parametrize("kind", FORM)
def test_rows_have_the_keys_of_the_real_form(backup: dict[str, Any], kind: str) -> None:
    """All that are always there, and none but those that may be; each optional key is present and absent somewhere."""
    always, maybe = FORM[kind]
    keys = [set(row) for row in backup["data"][kind]]

    assert set(FORM) == set(backup["data"])
    assert always == set.intersection(*keys)
    assert always | maybe == set.union(*keys)


def test_the_form_is_that_of_a_real_backup(backup: dict[str, Any], test_data: Path) -> None:
    """A real file has no key that ours lacks, and the order of a task's keys is its order."""
    real = json.loads((test_data / "wunderlist-backup-sample.json").read_text("utf-8"))

    assert list(real) == list(backup)
    for kind, rows in real["data"].items():
        ours = max(backup["data"][kind], key=len)
        for row in rows:
            assert set(row) <= set.union(*FORM[kind]), kind
    real_task = max(real["data"]["tasks"], key=len)
    ours = max(backup["data"]["tasks"], key=len)
    assert [key for key in real_task if key in ours] == [key for key in ours if key in real_task]


def test_the_last_backup_has_about_three_thousand_tasks(sample: Sample, backup: dict[str, Any]) -> None:
    """In at most 3 MB; earlier files are smaller, in step with their tasks."""
    sizes = [len(export.data) for export in sample.exports]

    assert 2700 <= len(backup["data"]["tasks"]) <= 3300
    assert sizes[-1] < 3_000_000
    assert sorted(sizes) == sizes


def test_ids_are_unique_and_those_of_tasks_need_more_than_31_bits(backup: dict[str, Any]) -> None:
    """Within each kind, but for reminders, where a moved one stands twice as it did in the real file."""
    for kind in ("lists", "tasks", "subtasks", "notes"):
        assert max(Counter(row["id"] for row in backup["data"][kind]).values()) == 1, kind
    assert all(2**31 < row["id"] < 2**53 for row in backup["data"]["tasks"])
    assert {1, 2} == set(Counter(row["id"] for row in backup["data"]["reminders"]).values())


def test_every_row_belongs_to_a_task_or_list_that_is_there(backup: dict[str, Any]) -> None:
    """But for positions, which keep the ids of tasks thrown away, as the real ones did."""
    data = backup["data"]
    lists = {row["id"] for row in data["lists"]}
    tasks = {row["id"] for row in data["tasks"]}
    placed = {task for row in data["task_positions"] for task in row["values"]}

    assert {row["list_id"] for row in data["tasks"]} == lists
    for kind in ("reminders", "subtasks", "notes", "subtask_positions"):
        assert {row["task_id"] for row in data[kind]} <= tasks, kind
    assert {row["id"] for row in data["tasks"] if not row["completed"]} <= placed
    assert placed - tasks


def test_instants_are_utc_with_milliseconds(backup: dict[str, Any]) -> None:
    """As in 2017-01-12T17:08:33.329Z; due dates are dates alone."""
    for kind, rows in backup["data"].items():
        for row in rows:
            for key in {"created_at", "completed_at", "updated_at", "date"} & set(row):
                assert INSTANT.fullmatch(row[key]), (kind, key)
    dues = [row["due_date"] for row in backup["data"]["tasks"] if "due_date" in row]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", due) for due in dues)


def test_what_is_not_set_is_absent(backup: dict[str, Any]) -> None:
    """No null anywhere; a completion time exactly where a task is completed."""
    assert b"null" not in json.dumps(backup).encode()
    for row in backup["data"]["tasks"] + backup["data"]["subtasks"]:
        assert row["completed"] == ("completed_at" in row)
        assert ("recurrence_type" in row) == ("recurrence_count" in row)


def test_the_file_says_when_it_was_made(sample: Sample, backup: dict[str, Any]) -> None:
    """In its name, and within in the service's own words."""
    assert sample.exports[-1].name == "wunderlist-20261030-08_00_00.json"
    assert backup["exported"] == "Fri Oct 30 2026 08:00:00 GMT+0000 (UTC)"


def test_no_export_knows_the_future(sample: Sample) -> None:
    """Nothing in a file was created, completed or changed after it was made."""
    for export in sample.exports:
        data = json.loads(export.data)["data"]
        times = [
            datetime.fromisoformat(row[key])
            for rows in data.values()
            for row in rows
            for key in {"created_at", "completed_at", "updated_at"} & set(row)
        ]
        assert max(times) <= export.at


def test_revisions_only_grow(sample: Sample) -> None:
    """A task's and a list's revision never falls from one export to the next."""
    latest: dict[int, int] = {}
    for export in sample.exports:
        data = json.loads(export.data)["data"]
        for row in data["tasks"] + data["lists"]:
            assert row["revision"] >= latest.get(row["id"], 1)
            latest[row["id"]] = row["revision"]


def test_the_file_leaks_nothing_of_the_truth(backup: dict[str, Any]) -> None:
    """No word of the truth's own stands in any text, and the keys (checked above) have no room for it."""
    words = re.compile(r"zombie|hazard|burn.?out|duplicate|planted|truth", re.IGNORECASE)

    assert not [text for text in texts(backup) if words.search(text)]


def test_titles_are_of_a_bilingual_person(backup: dict[str, Any]) -> None:
    """English for the most part, with Chinese, emoji and accents; the encoding is UTF-8."""
    titles = [row["title"] for row in backup["data"]["tasks"]]
    shares = [
        sum(bool(re.search(pattern, title)) for title in titles) / len(titles)
        for pattern in ("[\u4e00-\u9fff]", "[\U0001f300-\U0001faff]", "[à-ÿ]")
    ]

    assert 0.1 < shares[0] < 0.35
    assert 0.05 < shares[1] < 0.3
    assert 0.02 < shares[2] < 0.3


def test_due_dates_stars_notes_and_subtasks_are_there(backup: dict[str, Any]) -> None:
    """About 40 % of one-off tasks have a due date, and all recurring ones."""
    data = backup["data"]
    one_offs = [row for row in data["tasks"] if "recurrence_type" not in row]

    assert 0.35 < sum("due_date" in row for row in one_offs) / len(one_offs) < 0.5
    assert all("due_date" in row for row in data["tasks"] if "recurrence_type" in row)
    assert {"day", "week", "month", "year"} == {row.get("recurrence_type") for row in data["tasks"]} - {None}
    assert sum(row["starred"] for row in one_offs) > 100
    assert len(data["notes"]) > 200
    assert any(not row["completed"] for row in data["subtasks"])
