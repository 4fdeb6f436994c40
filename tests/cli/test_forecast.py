"""`worklens forecast` and `worklens evaluate`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Person
from worklens.findings.promises import LEAST_GRADED, TEXT, kept, promise, worth

MAPPING = """
[columns]
id = "id"
title = "title"
collection = "list"
created = "created"
completed = "done"
[formats]
date = "%Y-%m-%d"
[file]
whole_listing = true
"""
START = date(2025, 1, 6)


def take_in(person: Person, folder: Path, days: int) -> None:
    """A file that tells of a task a day, done on the next one, and of five that stay open, up to so many days."""
    lines = ["id,title,list,created,done"]
    for n in range(days):
        day = START + timedelta(days=n)
        done = day + timedelta(days=1) if n % 7 < 5 and n + 1 < days else ""
        lines.append(f"{n},t{n},{'home' if n % 2 else 'work'},{day},{done}")
    (folder / "log.csv").write_text("\n".join(lines) + "\n")
    (folder / "log.toml").write_text(MAPPING)
    person.run("import", folder / "log.csv", "--mapping", folder / "log.toml", "--account", "csv:log")


@pytest.fixture
def person(newcomer: Person, tmp_path: Path) -> Person:
    """Somebody with a hundred days in a file."""
    take_in(newcomer, tmp_path, 100)
    return newcomer


def test_a_forecast_is_told_kept_and_graded_after_new_data(person: Person, tmp_path: Path) -> None:
    """Dates with levels and the id in the ledger; asked again it is the same; newer data grade it."""
    (first,) = person.run("forecast", "--items", "10", "--json").json["forecasts"]
    (again,) = person.run("forecast", "--items", "10", "--json").json["forecasts"]
    before = person.run("forecast", "--grade", "--json").json
    take_in(person, tmp_path, 200)
    after = person.run("forecast", "--grade", "--json").json

    assert first == again
    assert [one["level"] for one in first["levels"]] == [0.5, 0.7, 0.85, 0.95]
    assert all(date.fromisoformat(one["date"]) > START for one in first["levels"])
    assert before["grades"] == []
    ours = [row for row in after["grades"] if row["forecast_id"] == first["id"]]
    assert [row["level"] for row in ours] == [0.5, 0.7, 0.85, 0.95]
    assert all(row["counts"] and row["truth"] == 14 for row in ours)  # 4 days, 2 off, 5, 2 off, 1
    assert {"question": "when_10", "level": 0.85} in [
        {name: row[name] for name in ("question", "level")} for row in after["coverage"]
    ]
    assert person.run("forecast", "--again", first["id"], "--json").json["same"]


def test_each_question_in_words(person: Person) -> None:
    """In both languages, with what it stands on; a list alone is asked when it is empty."""
    until = START + timedelta(days=119)

    assert "10 tasks: by " in person.run("forecast", "--items", "10").out
    assert "By 5 May 2025 (" in person.run("forecast", "--by", until).out
    assert "“home”: " in person.run("forecast", "--list", "home").out
    assert "到" in person.run("forecast", "--days", "14", "--language", "zh").out
    assert "The record ends on" in person.run("forecast").out


def test_a_wish_that_can_not_be_met_says_why(person: Person) -> None:
    """Two questions at once, a list or an id that isn't there, a day that is over."""
    assert "--items, --days" in person.run("forecast", "--items", "3", "--days", "7", code=2).err
    assert "home, work" in person.run("forecast", "--list", "garden", code=2).err
    assert "no forecast x" in person.run("forecast", "--again", "x", code=1).err
    assert "1 to 365" in person.run("forecast", "--by", START, code=2).err


def test_too_little_says_what_is_missing(newcomer: Person, tmp_path: Path) -> None:
    """And nothing is stored."""
    take_in(newcomer, tmp_path, 4)
    found = newcomer.run("forecast", "--items", "3", "--json").json

    assert found["forecasts"] == []
    assert (found["too_little"][0]["active_days"], found["too_little"][0]["needed"]) == (3, 5)
    assert "No account has 60" in newcomer.run("evaluate").out
    assert newcomer.run("evaluate", "--json").json["forecasts"] == []


def test_a_past_on_request_counts_for_nothing(person: Person) -> None:
    """It could have been looked for: graded, but never counted."""
    person.run("forecast", "--days", "7", "--as-of", START + timedelta(days=60))
    rows = person.run("forecast", "--grade", "--json").json["grades"]

    assert rows
    assert not any(row["counts"] for row in rows)


def test_undo_and_forget_take_forecasts_along(person: Person, tmp_path: Path) -> None:
    """A forecast from withdrawn data can't be made again and is shown no more; of whom is forgotten none is left."""
    take_in(person, tmp_path, 130)
    (made,) = person.run("forecast", "--items", "7", "--json").json["forecasts"]
    person.run("undo", "csv:log#2")

    assert "no forecast" in person.run("forecast", "--again", made["id"], code=1).err
    assert person.run("forget", "csv:log", "--yes", "--json").json["rows"]["forecasts"] > 0


def test_evaluate_prints_a_row_a_question_and_level(newcomer: Person, tmp_path: Path) -> None:
    """With coverage, n, loss and the baselines' loss; a person is shown a table."""
    take_in(newcomer, tmp_path, 250)
    rows = newcomer.run("evaluate", "--json").json["forecasts"]

    assert {row["question"] for row in rows} >= {"how_many_14d", "how_many_30d", "when_10", "when_30"}
    assert all({"level", "coverage", "n", "pinball", "baselines"} <= set(row) for row in rows)
    assert all(row["baselines"] and 0 <= row["coverage"] <= 1 for row in rows)
    assert "when_30" in newcomer.run("evaluate").out


@pytest.mark.parametrize("language", TEXT)
def test_what_a_level_was_worth_is_said_once_there_is_enough(language: str) -> None:
    """Else how many are missing."""
    row = {"level": 0.85, "n": 61, "kept": 51, "first_origin": START, "last_origin": START}
    few = {**row, "n": LEAST_GRADED - 1, "kept": 3}

    assert "n = 61" in worth(kept([row]), language)
    assert "84" in worth(kept([row]), language)
    assert kept([few]).key == "promises_unproven"
    assert str(LEAST_GRADED) in worth(kept([few]), language)
    assert TEXT["en"].keys() == TEXT["zh"].keys()


def test_no_day_within_a_year_is_said_as_such() -> None:
    """Not as a date, and not left out."""
    about = {"kind": "when", "items": 3, "list": "", "levels": [{"level": 0.95, "date": None}]}

    assert "no day within a year" in promise("en", about)


@pytest.mark.parametrize("language", TEXT)
def test_what_can_not_be_promised_is_said_once(language: str) -> None:
    """With the least sure of its levels; the others stand before it."""
    dates = {0.5: "2026-03-08", 0.7: None, 0.85: None, 0.95: None}
    levels = [{"level": level, "date": day} for level, day in dates.items()]
    text = promise(language, {"kind": "when", "items": 3, "list": "", "levels": levels})
    none = promise(language, {"kind": "when", "items": 3, "list": "", "levels": levels[1:]})

    assert ("50" in text, "70" in text, "85" in text, "95" in text) == (True, True, False, False)
    assert ("70" in none, "85" in none, "95" in none) == (True, False, False)


def test_none_is_not_called_at_least_nothing() -> None:
    """Which would be true of anything."""
    about = {
        "kind": "how_many", "days": 7, "day": "2026-03-08", "list": "", "levels": [{"level": 0.95, "tasks": 0}],
    }  # fmt: skip

    assert promise("en", about) == "By 8 March 2026 (7 days): with 95 % none can be promised."
