"""`worklens problems`: what is put aside, why, and taking it up again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Person, copy_of, remap, write_table
from worklens.local.platform import open_platform
from worklens.stages import fetch, quarantine


def test_by_reason_with_places(held: Person) -> None:
    """Where each stood, and what to do."""
    (group,) = held.run("problems", "--json").json["quarantine"]

    assert (group["reason"], group["count"], group["places"][0]) == ("bad-date", 3, "work.csv:row 242")
    assert "[formats]" in held.run("problems").out


def test_a_dry_run_does_nothing(held: Person) -> None:
    """It says what could be read now."""
    remap(held)

    found = plan(held, "--dry-run")

    assert (found["readable"], found["still_held"]) == (3, 0)
    assert held.run("problems", "--json").json["quarantine"]


def test_what_can_be_read_now_is_taken_in(held: Person) -> None:
    """As a run of its own, that can be undone; what was held is held no longer, and the other tasks stay."""
    remap(held)

    held.run("problems", "--replay")

    assert held.run("problems", "--json").json["quarantine"] == []
    assert len(held.run("tasks", "--json").lines) == 243
    assert held.run("status", "--json").json["runs"][0]["run"] == "csv:team#2"
    assert held.run("status", "--json").json["accounts"][0]["quarantined"] == 0


def test_what_still_can_not_be_read_stays(held: Person) -> None:
    """Nothing is lost, and nothing is told twice."""
    held.run("problems", "--replay")

    assert held.run("problems", "--json").json["quarantine"][0]["count"] == 3
    assert len(held.run("status", "--json").json["runs"]) == 1


def test_what_a_later_run_brought_is_not_overwritten(held: Person, tmp_path: Path) -> None:
    """The newer state stays; the old record is only marked."""
    file = tmp_path / "work.csv"
    file.write_text(file.read_text().replace("someday", "2026-03-01").replace("broken 0", "mended"))
    held.run("import", file, "--mapping", tmp_path / "map.toml")
    remap(held)

    found = plan(held)

    assert (found["readable"], found["known_since"]) == (0, 3)
    assert held.run("task", "b0", "--json").json["occurrences"][0]["title"] == "mended"


def plan(person: Person, *options: str) -> dict[str, Any]:
    """What a replay says of the one account."""
    (found,) = person.run("problems", "--replay", "--json", *options).json["accounts"]
    return dict(found)


def because(person: Person) -> list[str]:
    """Why records must stay."""
    return [one["reason"] for one in plan(person, "--dry-run")["because"]]


def long_row(folder: Path, title: str, created: str) -> tuple[Path, Path]:
    """A table with one row more, whose title is long."""
    file, mapping = write_table(folder, rows=2)
    file.write_text(f"{file.read_text()}long,ann,{title},home,{created},,\n")
    return file, mapping


def test_a_record_above_the_bound_comes_in_once_the_bound_is_raised(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of it was kept; while it is still too large, or the whole is gone, that is said."""
    file, mapping = long_row(tmp_path, "x" * 3_000, "2026-01-05")
    with monkeypatch.context() as small:
        small.setattr(fetch, "MAX_BYTES", 2_000)
        small.setattr(quarantine, "MAX_BYTES", 2_000)
        person.run("import", file, "--mapping", mapping, code=3)
        assert because(person) == ["kept-too-large"]
        assert "at most 2,000" in person.run("problems", "--replay").out
    (blob,) = (person.data / "blobs").iterdir()
    content = blob.read_bytes()
    blob.unlink()
    assert because(person) == ["kept-blob-gone"]
    blob.write_bytes(content)

    assert plan(person)["readable"] == 1
    assert person.run("task", "long", "--json").json["occurrences"][0]["title"] == "x" * 3_000
    assert list((person.data / "blobs").iterdir()) == []
    assert person.run("problems", "--json").json["quarantine"] == []


def test_a_record_that_was_kept_in_part_is_found_among_the_raw_ones(person: Person, tmp_path: Path) -> None:
    """While those are kept; then it must come again from its source, and that is said."""
    file, mapping = long_row(tmp_path, "é" * 40_000, "someday")
    person.run("import", file, "--mapping", mapping, code=3)
    assert because(person) == ["bad-date"]
    remap(person)
    whole = copy_of(person.data.parent, tmp_path / "copy")
    with open_platform(person.data).warehouse.write() as session:
        session.connection.execute("DELETE FROM raw_records")

    assert plan(whole)["readable"] == 1
    assert whole.run("task", "long", "--json").json["occurrences"][0]["title"] == "é" * 40_000
    assert because(person) == ["kept-cut-off"]


def test_dead_letters_are_shown_and_tried_again(held: Person) -> None:
    """A message that no stage knows is put back by --replay, and ends among the dead letters again."""
    platform = open_platform(held.data)
    platform.queue.keep("worklens.tasks-fetched.v1", b"{", "not JSON")
    platform.close()

    (letter,) = held.run("problems", "--json").json["dead_letters"]
    assert letter["reason"] == "not JSON"
    assert held.run("problems", "--replay", "--json").json["dead_letters"] == 1
    assert len(held.run("problems", "--json").json["dead_letters"]) == 1
    assert held.run("doctor", code=1).out.count("!!") >= 1


def test_another_accounts_letters_are_left_alone(held: Person) -> None:
    """Of one account neither shown nor tried again, as on the page."""
    file, mapping = write_table(held.data.parent, "other.csv", rows=2)
    held.run("import", file, "--mapping", mapping, "--account", "csv:other")
    platform = open_platform(held.data)
    for feed in ("csv:team", "csv:other"):
        platform.queue.keep("worklens.tasks-fetched.v1", b"{", f"of {feed}")
        platform.database.connection.execute("UPDATE dead SET feed = ? WHERE feed = ''", (feed,))
    platform.close()

    (letter,) = held.run("problems", "--account", "csv:other", "--json").json["dead_letters"]
    assert letter["reason"] == "of csv:other"
    assert held.run("problems", "--replay", "--account", "csv:other", "--json").json["dead_letters"] == 1
    assert len(held.run("problems", "--json").json["dead_letters"]) == 2
