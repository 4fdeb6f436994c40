"""`worklens forecast --list` says what the list's estimates come to, beside the forecast."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.cli.conftest import Person
from tests.cli.exports import in_files

HEAD = "id,title,list,created,completed,estimate,spent"
FIRST = date(2026, 1, 1)


def test_hours_beside_the_forecast(person: Person, tmp_path: Path) -> None:
    """Sixty finished tasks of an hour, one a day, and three open ones, two of them of two hours; without a date of theirs."""
    work = [f"t{day},x,Book,{FIRST},{FIRST + timedelta(days=day)},1,1" for day in range(60)]
    work += [f"o{task},x,Book,{FIRST},,{hours}," for task, hours in enumerate(("2", "2", ""))]
    work.append(f"bare,x,Garden,{FIRST},,,")
    person.run("import", *in_files(tmp_path, HEAD, work))
    (row,) = person.run("forecast", "--list", "Book", "--json").json["by_estimates"]

    assert (row["tasks"], row["estimated"], row["hours"], row["learnt"]) == (3, 2, 4, 60)
    assert 4 <= row["levels"][0]["days"] <= 8
    assert (
        "Estimated: 4 hours of work; open tasks with an estimate: 2 of 3"
        in person.run("forecast", "--list", "Book").out
    )
    assert "估计工作量：4 小时" in person.run("forecast", "--list", "Book", "--language", "zh").out
    assert "No open task has an estimate" in person.run("forecast", "--list", "Garden").out
    assert "by_estimates" not in person.run("forecast", "--items", "5", "--json").json
