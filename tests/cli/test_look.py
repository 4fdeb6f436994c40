"""What is here: status, tasks, task, events, metrics, findings."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tests.cli.conftest import Person
from tests.cli.test_rhythms_shown import ROW
from worklens.cli import rhythms_shown
from worklens.cli.app import app
from worklens.cli.shell import Shell

EVENT = {"event_id", "kind", "source", "account", "task", "occurrence", "at", "precision", "seen_at"}


def test_events_are_lines_in_order(worker: Person) -> None:
    """By when they happened, then by when they were seen; each with the fields that are promised."""
    events = worker.run("events", "--json").lines

    assert len(events) == 360
    assert all(event.keys() >= EVENT for event in events)
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    first = next(event for event in events if event["task"] == "1")
    assert (first["kind"], first["at"], first["precision"]) == ("created", "2026-01-06", "day")
    assert (first["source"], first["account"]) == ("csv", "csv:team/ann")
    assert first["seen_at"].endswith("Z")


def test_since_and_until_are_days_and_included(worker: Person) -> None:
    """For events and metrics alike."""
    events = worker.run("events", "--json", "--since", "2026-02-01", "--until", "2026-02-03").lines
    rows = worker.run(
        "metrics", "throughput", "--json", "--since", "2026-02-01", "--until", "2026-02-03"
    ).json

    assert {event["at"] for event in events} == {"2026-02-01", "2026-02-02", "2026-02-03"}
    assert {row["day"] for row in rows} == {"2026-02-01", "2026-02-02", "2026-02-03"}


def test_an_account_is_itself_and_all_within_it(worker: Person) -> None:
    """The whole, one person, or as much of the name as tells it from the others."""
    everyone = worker.run("events", "--json").lines
    for name, count in {"csv:team": 360, "csv:team/ann": 240, "ann": 240, "bob": 120, "csv": 360}.items():
        found = worker.run("events", "--json", "--account", name).lines
        assert len(found) == count, name
        assert all(event in everyone for event in found)


def test_an_unknown_account_is_named_with_those_there_are(worker: Person) -> None:
    """And is a matter of usage."""
    done = worker.run("events", "--account", "eve", code=2)

    assert "csv:team" in done.err


def test_tasks_are_lines(worker: Person) -> None:
    """Each with its status and its moments; --status and --since choose."""
    tasks = worker.run("tasks", "--json").lines
    lately = worker.run("tasks", "--json", "--since", "2026-07-20").lines

    assert len(tasks) == 240
    assert sum(task["status"] == "completed" for task in tasks) == 120
    assert len(worker.run("tasks", "--json", "--status", "open").lines) == 120
    assert next(task for task in tasks if task["task"] == "5") == {
        "source": "csv", "account": "csv:team/ann", "task": "5", "occurrence": "", "status": "completed",
        "created": "2026-01-10", "created_precision": "day", "due": "2026-01-15", "due_precision": "day",
        "completed": "2026-01-16", "completed_precision": "day", "collection": "work", "title": "task 5",
        "seen_at": tasks[0]["seen_at"],
    }  # fmt: skip
    assert 0 < len(lately) < 40


def test_throughput_sums_to_what_was_done(worker: Person) -> None:
    """Rows of account, day and value; every day of a history has one."""
    rows = worker.run("metrics", "throughput", "--json").json

    assert all(row.keys() == {"account", "day", "value"} for row in rows)
    assert sum(row["value"] for row in rows) == 120


def test_metrics_are_listed_and_shown(worker: Person) -> None:
    """As JSON and as a table; test_same_numbers asks for every one."""
    assert {"name", "view", "value", "question"} <= set(worker.run("metrics", "--json").json[0])
    for name in ("throughput", "cycle-time", "tasks"):
        assert "csv:team" in worker.run("metrics", name).out


def test_blocks_of_several_people_are_told_apart(worker: Person, capsys: pytest.CaptureFixture[str]) -> None:
    """Each under a name; one alone isn't named."""
    shell = Shell(worker.data, "en")
    rhythms_shown.show(shell, [ROW | {"account": "csv:team/ann"}])
    alone = capsys.readouterr().out
    rhythms_shown.show(shell, [ROW | {"account": f"csv:team/{who}"} for who in ("ann", "bob")])
    both = capsys.readouterr().out

    assert "Tue-Thu 9:00-12:00   2026-02-03" in alone
    assert "csv:team" not in alone
    assert [both.count(f"csv:team/{who}") for who in ("ann", "bob")] == [1, 1]


def test_an_unknown_metric_is_usage(worker: Person) -> None:
    """Those there are, are named."""
    assert "throughput" in worker.run("metrics", "velocity", code=2).err


def test_a_story_in_order(worker: Person) -> None:
    """What the task is, and what happened to it."""
    story = worker.run("task", "5", "--json").json

    assert story["occurrences"][0]["title"] == "task 5"
    assert [event["kind"] for event in story["events"]] == ["created", "completed"]
    assert "task 5" in worker.run("task", "5").out


def test_a_task_may_be_found_by_its_title(worker: Person) -> None:
    """One that is meant is told; of several the ids are shown; of none it is said."""
    assert worker.run("task", "TASK 239", "--json").json["task"] == "239"
    assert "task 1" in worker.run("task", "task 1", code=1).err
    assert "no task" in worker.run("task", "never heard of", code=1).err


def test_status_shows_accounts_and_runs(worker: Person) -> None:
    """With the name by which a run is undone."""
    seen = worker.run("status", "--json").json

    assert [account["account"] for account in seen["accounts"]] == ["csv:team"]
    assert seen["accounts"][0]["people"] == 2
    assert seen["accounts"][0]["tasks"]["open"] == 120
    assert [run["run"] for run in seen["runs"]] == ["csv:team#1"]
    assert (seen["waiting"], seen["dead"]) == (0, 0)
    assert "csv:team#1" in worker.run("status").out


def test_findings_without_a_command(worker: Person) -> None:
    """In words, and as one document."""
    found = worker.run("--json").json["findings"]

    assert found
    assert all(one.keys() >= {"key", "params", "evidence", "text"} for one in found)
    assert found[0]["text"] in worker.run().out


def test_nothing_here_yet(newcomer: Person) -> None:
    """Bare worklens says how to begin; a command that needs data says so, and makes no directory."""
    assert "worklens demo" in newcomer.run().out
    for command in ("status", "tasks", "events", "report", "sync", "problems"):
        assert "worklens import" in newcomer.run(command, code=1).err
    assert not newcomer.data.exists()


def test_the_same_in_chinese(worker: Person) -> None:
    """By option or by the system's setting."""
    assert "未完成" in worker.run("status", "--language", "zh").out
    assert "不是日期" in worker.run("events", "--since", "x", "--language", "zh", code=2).err


def test_data_dir_may_stand_before_the_command(worker: Person) -> None:
    """It means the same there."""
    done = CliRunner().invoke(app, ["--data-dir", str(worker.data), "status", "--json"])

    assert json.loads(done.stdout)["data_dir"] == str(worker.data)
