"""``worklens scores``: every open task with what becomes of it, the ones that need attention first."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from tests.cli.conftest import Person
from tests.cli.exports import in_files
from worklens.cli.commands.scores import attention, percent


def test_every_open_task_is_told_of(worker: Person) -> None:
    """With chances at each horizon, the days left, the model and what it stands on; a list's alone on request."""
    found = worker.run("scores", "--json").json["scores"]
    opened = {
        (one["account"], one["task"]) for one in worker.run("tasks", "--json", "--status", "open").lines
    }

    assert {(one["account"], one["task"]) for one in found} == opened
    for one in found:
        assert list(one["chances"]) == ["1", "7", "14", "30"]
        assert set(one["remaining_days"]) == {"soonest", "median", "latest"}
        assert one["model"] == "age-curve"
        assert one.keys() >= {"version", "features", "evidence", "reasons", "late", "never", "title", "need"}
    assert found == sorted(found, key=attention)
    name = found[0]["collection"]
    some = worker.run("scores", "--json", "--list", name).json["scores"]
    assert some == [one for one in found if one["collection"] == name]


def test_a_person_is_shown_a_table(worker: Person) -> None:
    """In both languages."""
    assert "half within" in worker.run("scores").out
    assert "30 天内" in worker.run("scores", "--language", "zh").out


def test_no_chance_is_certain() -> None:
    """Neither way; and an unknown one is no number."""
    assert [percent(one) for one in (0.0, 0.5, 1.0, None)] == ["<1 %", "50 %", ">99 %", ""]


def test_a_task_is_told_of_with_advice(worker: Person) -> None:
    """Its chances in the document, and in words; of one that is done there are none."""
    known = [one for one in worker.run("scores", "--json").json["scores"] if one["chances"]["7"] is not None]
    done = worker.run("tasks", "--json", "--status", "completed").lines[0]
    one = known[0]
    (told,) = worker.run("task", one["task"], "--account", one["account"], "--json").json["occurrences"]

    assert told["prospects"]["chances"] == one["chances"]
    assert "Done within 7 days" in worker.run("task", one["task"], "--account", one["account"]).out
    finished = worker.run("task", done["task"], "--account", done["account"], "--json").json["occurrences"]
    assert all("prospects" not in occurrence for occurrence in finished)


def test_what_the_past_teaches_is_told_when_asked_for(person: Person) -> None:
    """After an import the curve speaks; once it was learnt that lists differ tenfold, the hazard does, and says why."""
    dice = np.random.default_rng(5)
    lines = []
    for number in range(500):
        born = date(2026, 6, 1) - timedelta(days=int(dice.integers(1, 500)))
        done = born + timedelta(days=int(dice.exponential(4 if number % 2 else 40)))
        over = done.isoformat() if done < date(2026, 6, 1) else ""
        lines.append(
            f"{number},me,task {number},{'quick' if number % 2 else 'slow'},{born.isoformat()},,{over}"
        )
    person.run("import", *in_files(person.data.parent, "id,who,title,list,created,due,completed", lines))
    before = person.run("scores", "--json").json["scores"]
    learnt = person.run("scores", "--learn", "--json").json["scores"]

    assert {one["model"] for one in before} == {"age-curve"}
    assert {one["model"] for one in learnt} == {"hazard"}
    assert len({(one["version"], one["features"]) for one in learnt}) == 1
    assert any("list" in one["reasons"] for one in learnt)
    assert all(one["evidence"] >= 20 for one in learnt if one["chances"]["7"] is not None)
    assert person.run("scores", "--learn", "--json").json["scores"] == learnt
