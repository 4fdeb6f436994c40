"""What `worklens task` says of how a task got on: how often it was put off, and how much longer such tasks take."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Person
from tests.cli.exports import in_files

HEAD = "id,title,created,due,completed"


def look(person: Person, folder: Path, due: str) -> None:
    """Sixty tasks done after 1 to 20 days, twenty open for 10 to 29 days, and one open for a week, due then."""
    rows = [f"d{n},done {n},2026-01-01,,2026-01-{2 + n % 20:02}" for n in range(60)]
    rows += [f"o{n},open {n},2026-01-{2 + n:02},," for n in range(20)]
    rows.append("last,Only today,2026-01-31,,")  # the newest day in a table is that of the look
    rows.append(f"it,Write the book,2026-01-24,{due},")
    person.run("import", *in_files(folder, HEAD, rows))


def test_a_task_that_is_put_off(person: Person, tmp_path: Path) -> None:
    """Three looks, two moves; in words, and as data beside what is known of the task."""
    for due in ("2026-02-01", "2026-02-10", "2026-03-04"):
        look(person, tmp_path, due)
    told, (row,) = person.run("task", "it").out, person.run("task", "it", "--json").json["occurrences"]

    assert "moved 2 times, 31 days later in all" in told
    assert (row["times_moved"], row["days_moved"]) == (2, 31)
    assert row["half_within"] >= 1
    assert 0 < row["older_than"] < 1
    assert "half of such tasks are done within" in told
    assert "共推迟 31 天" in person.run("task", "it", "--language", "zh").out


def test_of_a_done_task_nothing_is_foretold(person: Person, tmp_path: Path) -> None:
    """Nor is a due date that never moved told of."""
    look(person, tmp_path, "2026-02-01")
    (row,) = person.run("task", "d1", "--json").json["occurrences"]

    assert "half_within" not in row
    assert "moved" not in person.run("task", "it").out


def test_an_estimate_is_told_what_such_work_takes(person: Person, tmp_path: Path) -> None:
    """Sixty tasks took twice their two hours; of one of four hours the same is to be expected, of one without nothing."""
    head = "id,title,created,completed,estimate,spent"
    rows = [f"d{n},done {n},2026-01-01,2026-{1 + n // 28:02}-{1 + n % 28:02},2,4" for n in range(60)]
    rows += ["it,Write the book,2026-01-24,,2,", "bare,Read it,2026-01-24,,,"]
    person.run("import", *in_files(tmp_path, head, rows))
    told, (row,) = person.run("task", "it").out, person.run("task", "it", "--json").json["occurrences"]

    assert row["corrected_from"] == 60
    assert row["corrected_seconds"] == pytest.approx(4 * 3600, rel=0.15)
    assert row["corrected_low"] <= row["corrected_seconds"] < row["corrected_high"]
    assert "such estimates come to 3.5 h with you (80 %: " in told
    assert "依据 60 个任务" in person.run("task", "it", "--language", "zh").out
    assert "such estimates" not in person.run("task", "bare").out
