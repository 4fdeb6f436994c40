"""``worklens scores``: every open task with what becomes of it, the ones that need attention first."""

from __future__ import annotations

from tests.cli.conftest import Person
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
        assert one.keys() >= {"version", "features", "evidence", "reasons", "late", "never", "title"}
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
