"""Processes of our own end with us, say why they ended, and what is missing is told."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from cloud_local import sdk
from cloud_local.emulators import REPOSITORY
from cloud_local.processes import DidNotStart, Ports, Process, Processes


def test_what_is_missing_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without an SDK, and an SDK without the emulator."""
    monkeypatch.setenv("CLOUDSDK_ROOT_DIR", str(tmp_path))
    with pytest.raises(sdk.Missing, match="CLOUDSDK_ROOT_DIR"):
        sdk.jar("pubsub-emulator", "*.jar")
    (tmp_path / "platform").mkdir()
    with pytest.raises(sdk.Missing, match="gcloud components install pubsub-emulator"):
        sdk.jar("pubsub-emulator", "*.jar")


def test_a_process_that_ends_says_why(tmp_path: Path) -> None:
    """Its last lines are in the error, and in its log."""
    code = "print('no such luck'); raise SystemExit(3)"
    with Processes(tmp_path) as processes:
        process = processes.start("unlucky", [sys.executable, "-c", code])
        with pytest.raises(DidNotStart, match=r"unlucky ended with 3:\s+no such luck"):
            process.wait_until(lambda: False)
    assert (tmp_path / "unlucky.log").read_text() == "no such luck\n"


def test_a_process_and_its_children_end_together(tmp_path: Path) -> None:
    """Also those that don't listen when they are asked to end."""
    child = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    process = Process("family", [sys.executable, "-c", code], log=tmp_path / "log")
    process.wait_until(
        lambda: "up" in (tmp_path / "log").read_text() if (tmp_path / "log").exists() else False
    )
    assert in_group(process.pid) == 2
    process.stop()

    assert comes_to_an_end(process.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="the leash is Linux's")
def test_nothing_outlives_its_parent(tmp_path: Path) -> None:
    """Not even when the parent is killed without a word."""
    code = (
        "import sys, time; from pathlib import Path; from cloud_local.processes import Processes\n"
        f"p = Processes(Path({str(tmp_path)!r})).start('sleeper', [sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(p.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=REPOSITORY)
    assert parent.stdout is not None
    group = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert comes_to_an_end(group)


def comes_to_an_end(group: int) -> bool:
    """Whether nothing is left of a group, as soon as the system has taken it away."""
    end = time.monotonic() + 30
    while in_group(group) and time.monotonic() < end:
        time.sleep(0.05)
    return in_group(group) == 0


def in_group(group: int) -> int:
    """How many processes live in a group."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True).stdout.split("\n")
    rows = [line.split() for line in listed if line]
    return sum(int(pgid) == group and not stat.startswith("Z") for pgid, stat in rows)


def test_ports_are_never_given_twice() -> None:
    """Whether from a place that is told or from elsewhere."""
    for ports in (Ports(), Ports(31_000)):
        assert len({ports.take() for _ in range(20)}) == 20
