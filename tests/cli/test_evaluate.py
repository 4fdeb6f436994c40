"""`worklens evaluate` on what tasks took: cycle times and corrected estimates beside the plain ways."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.cli.conftest import Person

MAP = """\
[columns]
id = "id"
title = "title"
created = "created"
started = "started"
completed = "completed"
estimate = "estimate"
spent = "spent"

[formats]
date = "%Y-%m-%d"

[file]
whole_listing = true
account = "me"
"""
FIRST = date(2026, 1, 1)


def test_cycle_times_and_estimates_are_graded(person: Person, tmp_path: Path) -> None:
    """A task begun a day for 150 days, each fifth open for 30 days, and all twice as long as estimated."""
    rows = [row(number) for number in range(150)]
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "work.csv").write_text(
        "id,title,created,started,completed,estimate,spent\n" + "\n".join(rows) + "\n"
    )
    person.run("import", tmp_path / "work.csv", "--mapping", tmp_path / "map.toml")
    found, told = person.run("evaluate", "--json").json, person.run("evaluate").out

    whole = next(row for row in found["cycle_times"] if row["snapshots"] == "all")
    assert (whole["from"], whole["truth"]) == ("started", 30)
    assert whole["baselines"].keys() == {"kaplan_meier", "closed_90d"}
    (estimates,) = found["estimates"]
    assert estimates["n"] == 150
    assert estimates["ours"] < 0.2 < estimates["baselines"]["own"]
    assert "Kaplan-Meier" in told
    assert "x 2.00" in told
    assert "周期时间" in person.run("evaluate", "--language", "zh").out


def row(number: int) -> str:
    """One line of the table."""
    begun = FIRST + timedelta(days=number)
    done = begun + timedelta(days=30 if number % 5 == 0 else 1)
    return f"t{number},Task {number},{FIRST},{begun},{done},1,2"


def test_nothing_to_grade_is_said(person: Person, tmp_path: Path) -> None:
    """With two tasks there are no rows, and what is missing is told."""
    (tmp_path / "map.toml").write_text(MAP)
    (tmp_path / "work.csv").write_text(
        "id,title,created,started,completed,estimate,spent\n"
        "a,A,2026-01-01,2026-01-01,2026-01-02,,\nb,B,2026-01-01,2026-01-01,2026-01-05,,\n"
    )
    person.run("import", tmp_path / "work.csv", "--mapping", tmp_path / "map.toml")
    found = person.run("evaluate", "--json").json

    assert found["cycle_times"] == found["estimates"] == []
    assert "60" in person.run("evaluate").out
