"""The command line with --platform google: the stages run beside it, as the functions would."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cloud_local.processes import Ports
from cloud_local.secrets import SecretManager
from tests.cli.conftest import write_table
from tests.contracts.cloud import deployment, drain
from worklens.cli.app import app
from worklens.google.forget import forget
from worklens.google.platform import Platform
from worklens.google.records import POINTER
from worklens.ports import Feed
from worklens.stages.curves import place
from worklens.warehouse import schema

Run = Callable[..., str]


@pytest.fixture(scope="module")
def platform(cloud: None) -> Platform:
    """A deployment."""
    return deployment(tables=True)


@pytest.fixture(scope="module")
def functions(platform: Platform) -> Iterator[None]:
    """The stages at work until the tests are through."""
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(0.2):
            drain(platform)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield
    ended.set()
    thread.join(60)


@pytest.fixture
def run(
    platform: Platform, functions: None, monkeypatch: pytest.MonkeyPatch, free_ports: Ports
) -> Iterator[Run]:
    """A command on the deployment; gives what it says on stdout."""
    settings = platform.settings
    for name in ("project", "location", "dataset", "bucket"):
        monkeypatch.setenv(f"WORKLENS_{name.upper()}", getattr(settings, name))
    monkeypatch.setenv("LANG", "C.UTF-8")
    with SecretManager(free_ports.take()) as secrets:
        for name, value in secrets.env.items():
            monkeypatch.setenv(name, value)

        def command(*args: object, code: int = 0) -> str:
            found = CliRunner().invoke(app, ["--platform", "google", *map(str, args)])
            assert found.exit_code == code, (found.stdout[-1000:], found.stderr[-1000:], found.exception)
            return found.stdout

        yield command


def rows_left(platform: Platform, feed: str) -> dict[str, int]:
    """Rows of a feed by table."""
    session = platform.warehouse.session
    tables = [name for name, columns in schema.tables().items() if any(one.name == "feed" for one in columns)]
    counts = {
        name: session.ask(name, "WHERE feed = $feed", columns="COUNT(*) AS n", feed=feed)["n"][0]
        for name in tables
    }
    return {name: count for name, count in counts.items() if count}


def test_a_person_takes_in_looks_and_forgets(run: Run, platform: Platform, tmp_path: Path) -> None:
    """Import, look at it from every side, withdraw it, import again, export, and remove it everywhere."""
    file, mapping = write_table(tmp_path)
    taken: dict[str, Any] = json.loads(
        run("import", file, "--mapping", mapping, "--time-zone", "Europe/Berlin", "--json")
    )
    (brought,) = taken["runs"]
    feed = brought["account"]
    assert taken["failed"] == []
    assert brought["tasks"] == sum(json.loads(run("status", "--json"))["accounts"][0]["tasks"].values())

    tasks = [json.loads(line) for line in run("tasks", "--json").splitlines()]
    events = [json.loads(line) for line in run("events", "--json").splitlines()]
    assert len(tasks) == brought["tasks"]
    assert len(events) == sum(brought["events"].values())
    story = json.loads(run("task", tasks[0]["task"], "--account", tasks[0]["account"], "--json"))
    assert story["occurrences"][0]["task"] == tasks[0]["task"]
    assert run("tasks", "--status", "open")
    assert run("events", "--account", feed)
    assert json.loads(run("metrics", "throughput", "--json"))
    assert "findings" in json.loads(run("--json"))
    assert json.loads(run("problems", "--json"))["dead_letters"] == []
    assert (
        "<html"
        in Path(json.loads(run("report", "--output", tmp_path / "r.html", "--json"))["report"]).read_text()
    )
    assert json.loads(run("doctor", "--json"))["well"]

    told = json.loads(run("forecast", "--items", "10", "--json"))
    assert len(told["forecasts"]) == 2  # of Ann and of Bob
    assert json.loads(run("forecast", "--again", told["forecasts"][0]["id"], "--json"))["same"]
    assert json.loads(run("forecast", "--grade", "--json"))["open"] > 0
    assert json.loads(run("evaluate", "--json"))["forecasts"] is not None

    assert json.loads(run("undo", brought["run"], "--json"))["events_withdrawn"] == len(events)
    run("forecast", "--again", told["forecasts"][0]["id"], code=1)  # it was made from what is withdrawn
    assert run("tasks", "--json") == ""
    run("import", file, "--mapping", mapping, "--time-zone", "Europe/Berlin", "--json")
    exported = json.loads(run("export", tmp_path / "out", "--json"))["rows"]
    assert exported["current_tasks"] == len(tasks)
    assert (tmp_path / "out" / "task_states.parquet").stat().st_size > 0

    platform.blobs.put(place(feed, "learnt"), b"curves")
    gone = json.loads(run("forget", feed, "--yes", "--json"))
    assert gone["rows"]["task_states"] == 2 * len(tasks)
    assert gone["remains"] == ["remains-backups"]
    assert rows_left(platform, feed) == {}
    assert platform.state.feeds() == []
    assert platform.state.runs() == []
    assert platform.blobs.names() == []


def test_of_one_person_nothing_is_left_to_point_at(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was told of the feed's people, and how its models did with each, names them; the feed itself stays.

    It goes before the facts: as long as these are there, who was stopped can name the person once more.
    """
    feed = Feed(name="csv:some", source="csv")
    platform.state.save_feed(feed)
    platform.state.point(feed.name, "alerts", '[["1", "work_doubled|csv:some/ann|", "2026-01-01", 1]]')
    platform.state.point(feed.name, "hazard", "v", {"accounts": {"csv:some/ann": {}}})
    with monkeypatch.context() as killed:
        killed.setattr("worklens.google.forget._forget_facts", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            forget(platform, feed.name, f"{feed.name}/ann", bool)
    assert list(platform.state.entities.query(POINTER, feed=feed.name)) == []

    platform.state.point(feed.name, "alerts", "[]")
    forget(platform, feed.name, f"{feed.name}/ann", bool)
    assert list(platform.state.entities.query(POINTER, feed=feed.name)) == []
    assert platform.state.feed(feed.name) is not None
    platform.state.drop_feed(feed.name)


def test_a_token_is_kept_and_forgotten(run: Run, platform: Platform) -> None:
    """Only the newest version; under a name that tells nothing of whose it is."""
    secrets = platform.ports.secrets
    assert secrets.get("todoist:me") is None
    secrets.put("todoist:me", "one")
    secrets.put("todoist:me", "two")
    assert secrets.get("todoist:me") == "two"
    secrets.delete("todoist:me")
    secrets.delete("todoist:me")

    assert secrets.get("todoist:me") is None
