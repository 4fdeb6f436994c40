"""`worklens import`: what it says, what it refuses, and that the same again changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Person, write_table
from tests.cli.exports import backup
from worklens.local.platform import open_platform


def test_says_what_came_in(person: Person, tmp_path: Path) -> None:
    """One document with the run, its counts and its name for undo."""
    file, mapping = write_table(tmp_path)

    done = person.run("import", file, "--mapping", mapping, "--json")

    (run,) = done.json["runs"]
    assert (run["run"], run["records"], run["tasks"], run["changed"]) == ("csv:team#1", 240, 240, True)
    assert run["events"] == {"created": 240, "completed": 120}
    assert done.err == ""


def test_the_same_again_changes_nothing(worker: Person) -> None:
    """No event, and it is said."""
    folder = worker.data.parent

    again = worker.run("import", folder / "work.csv", "--mapping", folder / "map.toml")

    assert "nothing changed" in again.out
    assert len(worker.run("events", "--json").lines) == 360


def test_raw_records_go_when_their_time_is_over(worker: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word, at the end of the next import; a setting that can't be read is said."""
    folder = worker.data.parent
    again = ("import", folder / "work.csv", "--mapping", folder / "map.toml")

    def raw() -> int:
        with open_platform(worker.data).warehouse.read() as session:
            return len(session.query("raw_records")["run"])

    monkeypatch.setenv("WORKLENS_RAW_DAYS", "soon")
    assert "WORKLENS_RAW_DAYS" in worker.run(*again, code=1).err
    assert raw() == 240
    monkeypatch.setenv("WORKLENS_RAW_DAYS", "0")
    assert worker.run(*again).err == ""
    assert raw() == 0


def test_ends_with_three_where_records_were_put_aside(person: Person, tmp_path: Path) -> None:
    """The rest is taken in; place and remedy of the first are told."""
    file, mapping = write_table(tmp_path, broken=2)

    done = person.run("import", file, "--mapping", mapping, code=3)

    assert "2 records put aside, the first at work.csv:row 242" in done.out
    assert "%Y-%m-%d" in done.out
    assert len(person.run("tasks", "--json").lines) == 240


def test_files_of_one_account_go_in_from_the_oldest(person: Person, tmp_path: Path) -> None:
    """Whatever order they are named in."""
    old, new = tmp_path / "z-old.json", tmp_path / "a-new.json"
    old.write_text(backup("first", "second", day=10))
    new.write_text(backup("first", "second", day=20, done=frozenset({1})))

    runs = person.run("import", new, old, "--json").json["runs"]

    assert [(run["file"], run["run"]) for run in runs] == [
        ("z-old.json", "wunderlist:7#1"),
        ("a-new.json", "wunderlist:7#2"),
    ]
    assert runs[1]["events"] == {"completed": 1}


def test_an_older_export_is_refused_with_the_remedy(person: Person, tmp_path: Path) -> None:
    """And stands in the way of nothing: the next newer one goes in."""
    files = {day: tmp_path / f"{day}.json" for day in (10, 20, 25)}
    for day, file in files.items():
        file.write_text(backup("one", *["two"] * (day > 20), day=day))
    person.run("import", files[20])

    refused = person.run("import", files[10], code=1)

    assert "2017-01-20" in refused.err
    assert "worklens undo" in refused.err
    assert person.run("import", files[25], "--json").json["runs"][0]["events"] == {"created": 1}


def test_names_what_is_wrong_with_a_file(person: Person, tmp_path: Path) -> None:
    """Missing, a folder, empty, of no format, cut short: each one clear paragraph, and exit code 1."""
    (tmp_path / "empty.csv").touch()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (tmp_path / "cut.json").write_text(backup("one")[:90])
    for name, words in {
        "nowhere.csv": "no file",
        ".": "folder",
        "empty.csv": "empty",
        "picture.png": "no format known",
        "cut.json": "byte",
    }.items():
        done = person.run("import", tmp_path / name, code=1)

        assert words in done.err, name
        assert len(done.err.strip().splitlines()) == 1, name
        assert done.out == "", name


def test_usage_ends_with_two(person: Person, tmp_path: Path) -> None:
    """No file, an unknown format, an unknown zone, an account of another source."""
    file, mapping = write_table(tmp_path)
    person.run("import", code=2)
    for options in (["--format", "docx"], ["--time-zone", "Mars/Base"], ["--account", "todoist:me"]):
        person.run("import", file, "--mapping", mapping, *options, code=2)


def test_a_mapping_that_is_wrong_is_named(person: Person, tmp_path: Path) -> None:
    """File, key and what was meant."""
    file, mapping = write_table(tmp_path)
    mapping.write_text('[columns]\ntitle = "titel"\n')

    done = person.run("import", file, "--mapping", mapping, code=1)

    assert "titel" in done.err
    assert "title" in done.err


def test_the_account_may_be_named(person: Person, tmp_path: Path) -> None:
    """With or without its source before it."""
    (tmp_path / "a.json").write_text(backup("one"))

    run = person.run("import", tmp_path / "a.json", "--account", "mine", "--json").json["runs"][0]

    assert run["account"] == "wunderlist:mine"


def test_the_zone_is_the_options_else_the_machines(person: Person, tmp_path: Path) -> None:
    """Days are the person's: an instant at 23:30 UTC is the next day in Berlin, and not in New York."""
    file = tmp_path / "a.json"
    file.write_text(backup("one", done=frozenset({1})).replace("T09:30", "T23:30"))
    person.run("import", file)
    berlin = person.run("metrics", "throughput", "--json").json

    other = Person(tmp_path / "other")
    other.run("import", file, "--time-zone", "America/New_York")
    york = other.run("metrics", "throughput", "--json").json

    assert [row["day"] for row in berlin if row["value"]] == ["2017-01-06"]
    assert [row["day"] for row in york if row["value"]] == ["2017-01-05"]


def test_a_preview_takes_in_nothing(newcomer: Person, tmp_path: Path) -> None:
    """Ten tasks as they would be understood, with what remains to be asked."""
    file, _ = write_table(tmp_path)

    shown = newcomer.run("import", file, "--preview", "--json").json["files"][0]

    assert (shown["total"], len(shown["tasks"]), shown["format"]) == (240, 10, "csv")
    assert any("Guessed" in question["text"] for question in shown["questions"])
    assert not newcomer.data.exists()


def test_a_preview_reads_well(person: Person, tmp_path: Path) -> None:
    """A table no wider than the terminal."""
    file, mapping = write_table(tmp_path)

    out = person.run("import", file, "--preview", "--mapping", mapping).out

    assert "task 0" in out
    assert "Nothing was taken in" in out


def test_what_a_title_holds_can_not_steer_the_terminal(person: Person, tmp_path: Path) -> None:
    """Escape sequences and marks that turn the writing around are left out."""
    file = tmp_path / "a.json"
    file.write_text(backup("red \x1b[31m alert", "turned \u202e around"))
    person.run("import", file)

    for command in (["tasks"], ["events"], ["task", "1"], ["import", file, "--preview"]):
        out = person.run(*command).out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_who_moves_says_since_when(person: Person, tmp_path: Path) -> None:
    """A zone with a day begins a stay, and times without a zone are read where one lived then; a zone alone corrects."""
    file, mapping = tmp_path / "log.csv", tmp_path / "map.toml"
    mapping.write_text('[columns]\nid = "id"\ntitle = "id"\ncreated = "at"\n[file]\naccount = "me"\n')
    file.write_text("id,at\nthere,2026-01-10 12:00\nhere,2026-04-10 12:00\n")
    args = ("import", file, "--mapping", mapping, "--time-zone")

    def created(zone: str) -> list[str]:
        with file.open("a") as more:
            more.write(f"{zone},2026-01-01\n")  # not the very same file
        person.run(*args, zone)
        lines = person.run("tasks", "--json").lines
        times = {line["task"]: line["created"][:16] for line in lines}
        return [times["there"], times["here"]]

    assert created("Europe/Berlin") == ["2026-01-10T11:00", "2026-04-10T10:00"]
    assert created("Asia/Tokyo@2026-03-01") == ["2026-01-10T11:00", "2026-04-10T03:00"]
    assert created("UTC") == ["2026-01-10T12:00", "2026-04-10T12:00"]
    for wrong in ("Asia/Tokio", "Asia/Tokyo@March", "Asia/Tokyo@"):
        assert person.run(*args, wrong, code=2).err
