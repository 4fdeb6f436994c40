"""The pages of an account of 20,000 tasks: how long the server works at each, how heavy it is, and many readers at once.

Each page is had in three ways: as it is opened once the server has made it ahead, made over what another page has read
already, and made with nothing known (beside it the time that its questions take of that). Where the peer is a limit, it is the one we set
ourselves. Times are the server's own, but for the readers', who ask over loopback.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from _records import write_backup
from _table import Row, hold, row, show
from worklens.local.platform import Platform, open_platform
from worklens.ports import Session
from worklens.stages.pages import assets
from worklens.stages.pages.router import Site
from worklens.stages.pages.visit import Visit

TASKS = 20_000
RUNS = 5
PAGES = {"Today": "/", "Forecast": "/forecast", "Time": "/time", "Tasks": "/tasks", "Data": "/data"}
FIRST, WEIGHT = 150, 400  # milliseconds at the median, and kB without the charts' runtime
READERS, ASKED, P95 = 50, 6, 1000  # at once, each so often; milliseconds
DURING, P95_DURING = 20, 2000  # readers while as many tasks again are taken in
SHARE = 0.3  # of a page made anew, the least that its questions take: what is more is ours


class Asking:
    """A warehouse whose sessions count the seconds spent on questions."""

    def __init__(self, warehouse: Any) -> None:
        self.warehouse, self.seconds = warehouse, 0.0

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session of the warehouse's own."""
        with self.warehouse.read() as session:
            for name in ("query", "arrays"):
                setattr(session, name, self._timed(getattr(type(session), name).__get__(session), name))
            yield session

    def _timed(self, ask: Callable[..., Any], name: str) -> Callable[..., Any]:
        def timed(*args: Any, **params: Any) -> Any:
            begun = time.perf_counter()
            found = ask(*args, **params)
            # A query asks for arrays: those are counted once.
            self.seconds += time.perf_counter() - begun if name == "arrays" else 0.0
            return found

        return timed


class Made(NamedTuple):
    """Of one page: milliseconds of the server, of its processors, and of its questions; and bytes."""

    wall: float
    cpu: float
    asked: float
    size: int


def made(site: Site, path: str) -> Made:
    """Open a page."""
    asking: Any = site.ports.warehouse
    asking.seconds = 0.0
    begun, worked = time.perf_counter(), time.process_time()
    body, status, _ = site.respond(Visit("GET", path))
    assert status == 200, body
    wall, cpu = time.perf_counter() - begun, time.process_time() - worked
    return Made(wall * 1000, cpu * 1000, asking.seconds * 1000, len(str(body).encode()))


def sites(platform: Platform) -> Site:
    """One that knows nothing yet."""
    ports = platform.ports._replace(warehouse=Asking(platform.warehouse))  # type: ignore[arg-type]
    return Site(ports, version=lambda: 1, runtime=str)


def pages(platform: Platform, runs: int) -> list[Row]:
    """Each page anew, over what is known, and opened; and its weight."""
    rows = []
    loaded = sum(
        len(str(assets.asset(assets.names()[name], "", str)[0]).encode()) for name in ("style", "drawing")
    )
    for name, path in PAGES.items():
        made(sites(platform), path)  # imports and engines
        anew = [made(sites(platform), path) for _ in range(runs)]
        site = sites(platform)
        site.refresh()
        opened = [made(site, path) for _ in range(runs)]
        over = [_over(site, path) for _ in range(runs)]
        walls = [one.wall for one in anew]
        rows += [
            row(f"{name}, opened", [one.wall for one in opened], [FIRST], target=1, unit="ms"),
            row(f"{name}, over what is known", [one.wall for one in over], [FIRST], target=1, unit="ms"),
            row(f"{name}, nothing known", walls, [one.asked for one in anew], target=SHARE, unit="ms"),
            # No bound is held here: it is what the first reader after a change waits for where nothing runs ahead.
            row(f"{name}, nothing known, CPU", [one.cpu for one in anew], [FIRST], target=0, unit="ms"),
            row(f"{name}, over what is known, CPU", [one.cpu for one in over], [FIRST], target=1, unit="ms"),
            row(f"{name}, weight", [(anew[0].size + loaded) / 1000], [WEIGHT], target=1, unit="kB"),
        ]
    return rows


def _over(site: Site, path: str) -> Made:
    site.kept.clear()
    return made(site, path)


# ----- Many readers -----


@contextmanager
def served(folder: Path) -> Iterator[Callable[[str], float]]:
    """Asks a server of its own for a path; how many milliseconds it took."""
    command = [
        sys.executable,
        "-m",
        "worklens",
        "report",
        "--data-dir",
        str(folder),
        "--serve",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            url = urlsplit(next(word for word in process.stderr.readline().split() if "http" in word))
            key = {"Authorization": f"Bearer {url.query.removeprefix('key=')}"}

            def ask(path: str) -> float:
                begun = time.perf_counter()
                connection = http.client.HTTPConnection(str(url.hostname), url.port or 0, timeout=60)
                connection.request("GET", path, headers=key)
                answer = connection.getresponse()
                answer.read()
                connection.close()
                assert answer.status == 200, answer.status
                return (time.perf_counter() - begun) * 1000

            yield ask
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def ninety_fifth(times: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(times, n=20)[-1]


def many(folder: Path, more: Path) -> list[Row]:
    """Fifty at once; then twenty while as many tasks again come in."""
    paths = list(PAGES.values())
    with served(folder) as ask, ThreadPoolExecutor(READERS) as pool:
        for path in paths:
            ask(path)
        asked = [paths[number % len(paths)] for number in range(READERS * ASKED)]
        times = list(pool.map(ask, asked))
    command = [
        sys.executable,
        "-m",
        "worklens",
        "import",
        str(more),
        "--data-dir",
        str(folder),
        "--account",
        "wunderlist:more",
    ]
    during: list[float] = []
    with served(folder) as ask, ThreadPoolExecutor(DURING) as pool:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as work:
            while work.poll() is None:
                during += pool.map(ask, [paths[number % len(paths)] for number in range(DURING)])
        assert work.returncode == 0, work.returncode
    return [
        row(f"{READERS} readers at once, 95th percentile", [ninety_fifth(times)], [P95], target=1, unit="ms"),
        row(f"{READERS} readers at once, median", [median(times)], [P95], target=1, unit="ms"),
        row(
            f"{DURING} readers during an import, 95th percentile",
            [ninety_fifth(during)],
            [P95_DURING],
            target=1,
            unit="ms",
        ),
    ]


def main() -> None:
    """All of it, on a data directory of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--tasks", type=int, default=TASKS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_here:
        folder, file, more = (Path(made_here) / name for name in ("data", "one.json", "more.json"))
        write_backup(file, given.tasks)
        write_backup(more, given.tasks)
        subprocess.run(
            [sys.executable, "-m", "worklens", "import", str(file), "--data-dir", str(folder)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        platform = open_platform(folder)
        rows = pages(platform, given.runs)
        platform.close()
        rows += many(folder, more)
    print(f"{given.tasks:,} tasks; the machine's load was {os.getloadavg()[0]:.1f}")
    show(rows)
    hold(rows)


if __name__ == "__main__":
    main()
