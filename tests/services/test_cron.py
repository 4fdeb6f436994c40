"""Against Debian's cron: a timer that is installed fires, and brings the report up to date."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Person

pytestmark = pytest.mark.skipif(
    (not shutil.which("cron") or not hasattr(os, "geteuid") or os.geteuid() != 0)
    and os.environ.get("CI") != "true",
    reason="no cron here, or not root: sudo make system installs Debian's cron",
)
PATIENCE = 150  # seconds: cron looks once a minute, and a busy machine takes its time


@pytest.fixture
def _cron(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A cron at work, and the crontab as it was afterwards."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    before = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    daemon = subprocess.Popen(
        ["cron", "-f"], stderr=subprocess.DEVNULL
    )  # ends by itself where one is at work already
    try:
        yield
    finally:
        daemon.terminate()
        daemon.wait(10)
        again = ["crontab", "-"] if before.returncode == 0 else ["crontab", "-r"]
        subprocess.run(again, input=before.stdout, text=True, capture_output=True, check=False)


def crontab() -> str:
    """As it now is."""
    return subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False).stdout


@pytest.mark.usefixtures("_cron")
def test_the_timer_fires(tmp_path: Path) -> None:
    """Within a minute or two the todo.txt is read and the report written, in a folder with an awkward name."""
    person = Person(tmp_path / 'it\'s 100% "mine"')
    todo = tmp_path / "todo.txt"
    todo.write_text("2026-11-01 Buy milk\n")
    person.run("connect", "todotxt", "--set", f"todo={todo}", "--time-zone", "UTC")
    assert "Nothing is scheduled" in person.run("schedule", "--by", "cron", "--off").out

    soon = datetime.now().astimezone() + timedelta(seconds=65)
    for _ in range(2):
        said = person.run("schedule", "--by", "cron", "--at", f"{soon:%H:%M}").out
    assert f"at {soon:%H:%M}, by cron" in said
    assert crontab().count("made by `worklens schedule`") == 1

    report, end = person.data / "report.html", time.monotonic() + PATIENCE
    while not (report.exists() and "</html>" in report.read_text(encoding="utf-8")):
        assert time.monotonic() < end, (crontab(), (person.data / "schedule.log").read_text())
        time.sleep(0.5)
    assert "Buy milk" in "".join(task["title"] for task in person.run("tasks", "--json").lines)

    assert "Nothing is scheduled" in person.run("schedule", "--by", "cron", "--off").out
    assert "made by `worklens schedule`" not in crontab()
