"""What memory each function takes while an account of 20,000 tasks goes through the cloud's topology, on the emulators.

Each function runs from its bundle under functions-framework, with nothing installed but its locked requirements, one
message at a time, as in the cloud; a backup of that many tasks is imported by push delivery, scored and learned from,
and its page is opened. What is counted is all a function's processes take together (each shared page once), looked at
ten times a second, and no less than the largest of them ever had by the kernel's own count. The peer is the function's
limit in the cloud.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from _table import hold, row, show
from pipeline import write_backup

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]
import cloud_local.cloud  # noqa: E402
from cloud_local.bundled import Bundled  # noqa: E402
from cloud_local.processes import DidNotStart, Ports  # noqa: E402
from cloud_local.push import Push, Send  # noqa: E402
from cloud_local.sdk import Missing  # noqa: E402

TASKS = 20_000
FEED, ZONE = "wunderlist:1000000", "Europe/Berlin"
EVERY = 0.1  # seconds between two looks
QUIET = 10.0  # seconds without a push after which nothing more is on its way
PATIENCE = 3600.0  # seconds; the emulators' inserts are slow
FIRST_PORT = 23000
UNITS = {"Mi": 1, "Gi": 1024}


class Watch:
    """Looks at each function's processes until it is stopped; also sees when the last push came."""

    def __init__(self, pids: dict[str, int]) -> None:
        """``pids`` are the functions' first processes; their children count."""
        self.pids, self.most = pids, dict.fromkeys(pids, 0.0)
        self.pushes, self.last, self.open = dict.fromkeys(pids, 0), time.monotonic(), 0
        self._lock = Lock()
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def between(self, push: Push, send: Send) -> int:
        """Deliver a push."""
        with self._lock:
            self.pushes[push.function] += 1
            self.open += 1
        status = send(push)
        with self._lock:
            self.open -= 1
            self.last = time.monotonic()
        return status

    def quiet(self) -> bool:
        """Whether nothing is on its way."""
        return not self.open and time.monotonic() - self.last > QUIET

    def stop(self) -> dict[str, float]:
        """The most that each took, in MiB."""
        self._over.set()
        self._thread.join()
        peaks = {
            name: max((peak(pid) for pid in tree(first)), default=0.0) for name, first in self.pids.items()
        }
        return {name: max(self.most[name], peaks[name]) for name in self.pids}

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            for name, pid in self.pids.items():
                self.most[name] = max(self.most[name], sum(map(share, tree(pid))))


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in below for each in tree(int(child)))]


def field(pid: int, file: str, name: str) -> float:
    """A line of a process's account, in MiB; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


def share(pid: int) -> float:
    """What a process takes, each page that it shares divided among those who share it."""
    return field(pid, "smaps_rollup", "Pss:")


def peak(pid: int) -> float:
    """The most that a process ever had in memory."""
    return field(pid, "status", "VmHWM:")


def until(true: Any, what: str) -> None:
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise SystemExit(f"{what} did not come within {PATIENCE:.0f} s")
        time.sleep(0.5)


def go_through(cloud: Any, watch: Watch, file: Path) -> None:
    """Import the file, learn from it, open its page."""
    from worklens.messages import LearnRequested
    from worklens.stages.intake import Intake, request_import

    ports = cloud.platform().ports
    intake = Intake(name=file.name, content=file.read_bytes(), feed=FEED, source="wunderlist", zone=ZONE)
    began = time.monotonic()
    request = request_import(intake, ports)
    until(lambda: (found := ports.state.run(request.run)) and found.status == "settled", "the import's end")
    until(watch.quiet, "rest after the import")
    print(f"imported and scored within {time.monotonic() - began - QUIET:.0f} s", file=sys.stderr)
    learn = LearnRequested(feed=FEED, run="benchmark", window="benchmark", at=ports.clock.now())
    ports.bus.publish([learn])
    until(lambda: watch.pushes["learn"] and watch.quiet(), "rest after learning")
    print(f"the page answers {page(cloud.functions.address('report'))}", file=sys.stderr)


def page(address: str) -> int:
    """Open the report; its status."""
    try:
        with urllib.request.urlopen(address, timeout=600) as answer:  # noqa: S310 - our own address
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def measure(tasks: int, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """What each function took at most, and its limit, in MiB."""
    cloud_local.cloud.Functions = Bundled  # type: ignore[misc]
    write_backup(folder / "backup.json", tasks)
    with cloud_local.cloud.Cloud(folder / "cloud", ports=Ports(FIRST_PORT)) as cloud:
        watch = Watch({name: some[0][1].pid for name, some in cloud.functions.running.items()})
        cloud.forwarder.between = watch.between
        go_through(cloud, watch, folder / "backup.json")
        print(f"pushes: {watch.pushes}", file=sys.stderr)
        limits = {name: limit(one.memory) for name, one in cloud.plan.functions.items()}
        return watch.stop(), limits


def limit(text: str) -> float:
    """A limit such as 256Mi, in MiB."""
    return float(text[:-2]) * UNITS[text[-2:]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=TASKS)
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            taken, limits = measure(asked.tasks, Path(folder))
    except (Missing, DidNotStart) as error:
        raise SystemExit(str(error)) from None
    rows = [row(f"{n}, MiB", [taken[n]], [limits[n]], target=1, unit="MiB") for n in taken if n != "notify"]
    show(rows)
    hold(rows)


if __name__ == "__main__":
    main()
