"""What a cold start costs: each function in a fresh process, beside a bare hello that imports the same Google clients.

Both are what the cloud would run: ours from its bundle, either in an environment of its own with just the function's
locked requirements, byte-code and all. Each run is a new process, timed from its start until the function is loaded and
its clients are made, which is where its first message finds it; processor time and memory are the kernel's count.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from _table import Row, hold, row, show

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
from deploy.bundle import make_folder  # noqa: E402
from deploy.bytecode import compile_folder  # noqa: E402
from deploy.environment import python_of  # noqa: E402

RUNS = 9

# What the first message of each makes use of, by its name among the platform's clients, and how a hello makes it.
MAKE = {
    "datastore": ("from google.cloud import datastore", "datastore.Client('a-project', credentials=NOBODY)"),
    "publisher": ("from google.pubsub_v1 import PublisherClient", "PublisherClient(credentials=NOBODY)"),
    "secrets": (
        "from google.cloud.secretmanager_v1 import SecretManagerServiceClient",
        "SecretManagerServiceClient(credentials=NOBODY)",
    ),
    "bigquery": ("from google.cloud import bigquery", "bigquery.Client('a-project', credentials=NOBODY)"),
    "storage": ("from google.cloud import storage", "storage.Client('a-project', credentials=NOBODY)"),
}


class Function(NamedTuple):
    """What a function's first message makes use of, and how many times the hello's cost it may have."""

    clients: tuple[str, ...]
    modules: tuple[str, ...]  # of ours, that it loads only then
    times: float


FUNCTIONS = {  # those with numbers to work on have NumPy, which the hello has not
    "fetch": Function(("datastore", "publisher", "secrets"), ("worklens.sources.todoist.source",), 1.3),
    "transform": Function(("datastore", "publisher", "bigquery"), ("worklens.sources.todoist.source",), 1.3),
    "score": Function(("datastore", "publisher", "bigquery", "storage"), ("worklens.google.arrays",), 1.6),
    "learn": Function(("datastore", "publisher", "bigquery", "storage"), ("worklens.google.arrays",), 1.6),
    "report": Function(
        ("bigquery",), ("worklens.google.arrays",), 1.6
    ),  # the charts aside: a page is drawn later
}

NOBODY = "from google.auth.credentials import AnonymousCredentials\nNOBODY = AnonymousCredentials()\n"
OURS = """
import os
import google.auth
{nobody}
google.auth.default = lambda *args, **more: (NOBODY, "a-project")
from functions_framework import create_app
create_app("main", "main.py", "http")
from worklens.platforms import ports
clients = ports().state.entities.clients
for name in {clients}:
    getattr(clients, name)
from importlib import import_module
for name in {modules}:
    import_module(name)
os._exit(0)
"""
PEER = """
import os
from functions_framework import create_app
create_app("main", "main.py", "http")
os._exit(0)
"""
SETTINGS = {
    "WORKLENS_PLATFORM": "google",
    "WORKLENS_PROJECT": "a-project",
    "WORKLENS_LOCATION": "europe-west1",
    "WORKLENS_DATASET": "worklens",
    "WORKLENS_BUCKET": "a-project-worklens",
}


class Cost(NamedTuple):
    """What a process took."""

    milliseconds: float
    processor: float  # milliseconds of user and system time
    memory: float  # MB at most


# ----- What is run -----


def write_hello(folder: Path, clients: Sequence[str]) -> None:
    """A function that greets, and has made these clients."""
    lines = ["import functions_framework", NOBODY, *(MAKE[name][0] for name in clients)]
    lines += [f"{name.upper()} = {MAKE[name][1]}" for name in clients]
    lines += ["", "@functions_framework.http", "def main(request):", "    return 'hello'", ""]
    (folder / "main.py").write_text("\n".join(lines))
    compile_folder(folder)


def cost(python: Path, code: str, folder: Path) -> Cost:
    """Run the code in a fresh process in this folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "WORKLENS"))}
    began = time.perf_counter()
    process = subprocess.Popen([python, "-c", code], cwd=folder, env={**kept, **SETTINGS})
    _, status, used = os.wait4(process.pid, 0)
    took = (time.perf_counter() - began) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{folder.name} could not be loaded")
    return Cost(took, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024)


def loaded(name: str) -> Iterator[Row]:
    """The rows of one function: both sides in turns, after a run of each that isn't counted."""
    function, python = FUNCTIONS[name], python_of(name)
    with tempfile.TemporaryDirectory() as folder:
        ours, peer = Path(folder) / name, Path(folder) / "hello"
        ours.mkdir()
        peer.mkdir()
        make_folder(name, ours)
        write_hello(peer, function.clients)
        code = OURS.format(nobody=NOBODY, clients=function.clients, modules=function.modules)
        pairs = [(cost(python, code, ours), cost(python, PEER, peer)) for _ in range(RUNS + 1)][1:]
    for measure, unit in (("milliseconds", "ms"), ("processor", "ms of CPU"), ("memory", "MB")):
        mine, theirs = ([getattr(pair[side], measure) for pair in pairs] for side in (0, 1))
        yield row(f"{name}, {unit}", mine, theirs, target=round(1 / function.times, 2), unit=unit)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=list(FUNCTIONS), choices=list(FUNCTIONS))
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f}")
    rows = [each for name in asked.only for each in loaded(name)]
    show(rows)
    print(f"load after: {os.getloadavg()[0]:.1f}")
    hold([each for each in rows if each.unit != "ms"])  # elapsed times are the machine's as much as ours


if __name__ == "__main__":
    main()
