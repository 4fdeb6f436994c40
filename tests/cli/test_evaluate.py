"""`worklens evaluate` on what tasks took: cycle times and corrected estimates beside the plain ways."""

from __future__ import annotations

import os
import subprocess
from datetime import date, timedelta
from pathlib import Path

from tests.cli.conftest import Person
from tests.cli.exports import in_files

HEAD = "id,title,created,started,completed,estimate,spent"
FIRST = date(2026, 1, 1)


def test_cycle_times_and_estimates_are_graded(person: Person, tmp_path: Path) -> None:
    """A task begun a day for 150 days, each fifth open for 30 days, and all twice as long as estimated."""
    person.run("import", *in_files(tmp_path, HEAD, map(row, range(150))))
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


def test_chances_are_graded(person: Person, tmp_path: Path) -> None:
    """Two tasks a day, done after one to thirteen days: a row a horizon, each beside the plain chances, and a table."""
    person.run("import", *in_files(tmp_path, HEAD, map(short, range(240))))
    found, told = person.run("evaluate", "--json").json, person.run("evaluate").out

    assert {1, 7} <= {row["horizon_days"] for row in found["scores"]} <= {1, 7, 14, 30}
    for scored in found["scores"]:
        assert scored.keys() >= {"model", "log_loss", "calibration_error", "n", "baselines"}
        assert scored["baselines"].keys() >= {"kaplan_meier", "kaplan_meier_shrunk", "base_rate"}
    assert found["lateness"] == []
    assert "steadied" in told


def short(number: int) -> str:
    """One line of the table."""
    born = FIRST + timedelta(days=number // 2)
    return f"t{number},Task {number},{born},,{born + timedelta(days=1 + 7 * number % 13)},,"


def test_nothing_to_grade_is_said(person: Person, tmp_path: Path) -> None:
    """With two tasks there are no rows, and what is missing is told."""
    rows = ("a,A,2026-01-01,2026-01-01,2026-01-02,,", "b,B,2026-01-01,2026-01-01,2026-01-05,,")
    person.run("import", *in_files(tmp_path, HEAD, rows))
    found = person.run("evaluate", "--json").json

    assert found["cycle_times"] == found["estimates"] == found["scores"] == found["lateness"] == []
    assert "60" in person.run("evaluate").out


def test_days_off_are_skipped_and_progress_is_for_a_terminal(person: Person, tmp_path: Path) -> None:
    """A calendar changes what is graded, an empty one nothing; a bar is drawn where somebody looks, and nothing else is said."""
    person.run("import", *in_files(tmp_path, HEAD, map(row, range(120))))
    person.run("calendar", "csv:me", "--week", "mon-fri")
    worked = person.run("evaluate", "--json").json["forecasts"]
    person.run("calendar", "csv:me", "--clear")
    plain = person.run("evaluate", "--json")
    person.run("calendar", "csv:me", "--off", "2001-01-01")
    seen, drawn = on_a_terminal(person.command("evaluate", "--json"))

    assert {one["n"] for one in worked} != {one["n"] for one in plain.json["forecasts"]}
    assert plain.err == ""
    assert "cycle times" in drawn
    assert seen == plain.out


def on_a_terminal(command: list[str]) -> tuple[str, str]:
    """What a process says on stdout, and on the terminal that it has for stderr."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    drawn = b"".join(iter(lambda: read_on(ours), b""))
    os.close(ours)
    return process.communicate(timeout=60)[0], drawn.decode()


def read_on(terminal: int) -> bytes:
    """What comes next; nothing once the other end is closed."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""
