"""``worklens answer``: what is answered is not told again, on the screen or on the page."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Person


def names(person: Person) -> list[str]:
    """The short names of the findings that are told."""
    return [one["finding"] for one in person.run("--json").json["findings"]]


def test_a_finding_that_is_wrong_is_told_no_more(worker: Person) -> None:
    """Not by bare `worklens` nor on the page; it is listed, and can be taken back."""
    first, *others = names(worker)
    assert f"[{first}]" in worker.run().out

    told = worker.run("answer", first.upper(), "wrong").out
    assert f"answer {first} again" in told
    left = names(worker)
    assert first not in left
    assert set(others) <= set(left)
    page = worker.run("report", "--json").json["report"]
    assert f"<code>{first}</code>" not in Path(page).read_text(encoding="utf-8")
    (kept,) = worker.run("answer", "--json").json["answers"]
    assert (kept["finding"], kept["verdict"]) == (first, "wrong")
    assert kept["text"]
    assert first in worker.run("answer", "--language", "zh").out

    worker.run("answer", first, "again")
    assert first in names(worker)
    assert worker.run("answer", "--json").json == {"answers": []}


def test_what_is_no_answer_is_said(worker: Person) -> None:
    """An unknown verdict or finding, no verdict, an end for what has none, nothing to take back."""
    first = names(worker)[0]

    assert "wrong" in worker.run("answer", first, code=2).err
    assert "boring" in worker.run("answer", first, "boring", code=2).err
    assert "zzzzz" in worker.run("answer", "zzzzz", "wrong", code=1).err
    assert "zzzzz" in worker.run("answer", "zzzzz", "again", code=1).err
    assert "snooze" in worker.run("answer", first, "wrong", "--until", "2030-01-01", code=2).err
