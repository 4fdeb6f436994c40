"""The command line on the real topology says what it says of the same data on one machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cloud_local.cloud import Cloud
from cloud_local.emulators import REPOSITORY
from tests.cli.conftest import write_table
from tests.emulators.watching import Watch
from worklens.testing.chance import seeded

MAPPING = REPOSITORY / "docs" / "examples" / "sip-tasks.toml"
Run = Callable[..., Any]


@pytest.fixture
def here(tmp_path: Path) -> Run:
    """Run a command on this machine."""
    return runner({"WORKLENS_DATA_DIR": str(tmp_path / "data"), "WORKLENS_SECRETS": "file"}, "local")


@pytest.fixture
def there(deployed: Cloud, tmp_path: Path) -> Run:
    """Run a command on the deployment."""
    return runner({**deployed.environment, "WORKLENS_DATA_DIR": str(tmp_path / "none")}, "google")


def runner(environment: dict[str, str], platform: str) -> Run:
    """Runs commands in processes of their own; gives what they print, read as JSON where it is."""

    def run(*command: str | Path) -> Any:
        line = [sys.executable, "-m", "worklens", *map(str, command), "--platform", platform]
        path = {"PYTHONPATH": str(REPOSITORY / "shared")}
        done = subprocess.run(line, env={**os.environ, **environment, **path}, capture_output=True, text=True)
        assert done.returncode in {0, 3}, done.stderr
        return json.loads(done.stdout) if "--json" in command else done.stdout

    return run


def test_an_import_is_the_same_there_as_here(
    deployed: Cloud, watch: Watch, here: Run, there: Run, test_data: Path
) -> None:
    """A large real file: throughput, week by week, is equal; so is what is said of each open task."""
    with deployed.functions.changed("fetch", WORKLENS_BATCH_RECORDS="500"):
        for run in (there, here):
            run("import", test_data / "sip-tasks.csv", "--mapping", MAPPING)
        watch.rest()
    account = ("--account", "csv:sip-tasks", "--json")
    expected = here("metrics", "throughput", *account)

    assert len(expected) > 0
    assert there("metrics", "throughput", *account) == expected


def test_what_was_put_aside_comes_in_once_the_cause_is_mended(
    deployed: Cloud, there: Run, tmp_path: Path
) -> None:
    """All comes twice and a process dies: held is the planted poison alone, each once; then it is read after all."""
    file, mapping = write_table(tmp_path, rows=60, broken=3)
    watch = Watch(deployed, seeded(4))
    there("import", file, "--mapping", mapping, "--time-zone", "Europe/Berlin")
    deployed.functions.crash("transform")
    watch.rest()
    (held,) = there("problems", "--json")["quarantine"]
    assert (held["reason"], held["count"]) == ("bad-date", 3)
    assert sorted(held["places"]) == [f"work.csv:row {62 + n}" for n in range(3)]

    state = deployed.platform().state
    feed = state.feed("csv:team")
    assert feed is not None
    feed.settings["mapping"]["columns"].pop("created")  # what could not be read is asked for no more
    state.save_feed(feed)
    watch = Watch(deployed)
    there("problems", "--replay")
    watch.rest()

    assert there("problems", "--json")["quarantine"] == []
    with deployed.platform().warehouse.read() as session:
        tasks = session.query("current_tasks")["account"]
    assert sum(account.startswith("csv:team/") for account in tasks) == 63
    assert deployed.platform().letters.all() == []
    state.drop_feed("csv:team")


def test_a_message_that_was_kept_is_replayed(deployed: Cloud, watch: Watch, there: Run) -> None:
    """What a newer version sent is listed, and `problems --replay` sends it again; here it is kept again."""
    deployed.pubsub.publish(
        deployed.plan.named("tasks-changed"),
        b'{"feed": "todoist:gone", "run": "r", "window": "w", "number": 1}',
        {"ce-type": "worklens.tasks-changed.v1", "ce-specversion": "1.0"},
    )
    watch.until(lambda: len(watch.deliveries) == 1 and watch.quiet())
    assert len(deployed.platform().letters.all()) == 1
    there("problems", "--replay")
    watch.until(lambda: len(watch.deliveries) == 2 and watch.quiet())

    letters = deployed.platform().letters
    assert len(letters.all()) == 1
    letters.forget("todoist:gone")
