"""Which heavy packages each command and each function loads: a start must not pay for what isn't used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Person, write_table

HEAVY = (
    "numpy", "duckdb", "sqlglot", "requests", "keyring", "altair", "vl_convert", "jinja2", "rich", "msgspec", "stamina",
)  # fmt: skip

# Each line of commands in one process, in which the heavy packages that are loaded can only become more.
COMMANDS = f"""
import json, os, sys
from worklens.cli.app import run
seen, sys.stdout = sys.stdout, open(os.devnull, "w")
for args in sys.argv[1:]:
    sys.argv = ["worklens", *args.split()]
    code = run()
    loaded = sorted(name for name in {HEAVY} if name in sys.modules)
    print(json.dumps([args, code, loaded]), file=seen)
"""

LOOKING = {"numpy", "duckdb", "keyring", "msgspec"}
ON_SCREEN = LOOKING | {"rich"}
PAGE = {"vl_convert", "jinja2"}


def steps(code: str, *args: str) -> list[Any]:
    """What a process of its own prints, a document a line."""
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a table in it."""
    folder = tmp_path_factory.mktemp("imports")
    file, mapping = write_table(folder)
    Person(folder / "data").run("import", file, "--mapping", mapping)
    return folder


# In each line, what a command may load holds all that those before it may: so nobody hides behind another.
MOST: list[dict[str, set[str]]] = [
    {
        **{
            args: set() for args in ("--help", "--version", "import --help", "report --help", "doctor --help")
        },
        "metrics --json": {"msgspec"},
        "import work.csv --preview --json": LOOKING - {"duckdb"},
        "import work.csv --mapping map.toml --json": LOOKING,
        "--json": LOOKING,
        "status --json": LOOKING,
        "tasks --json": LOOKING,
        "events --json": LOOKING,
        "metrics throughput --json": LOOKING,
        "doctor --json": LOOKING,
        "import work.csv --mapping map.toml": ON_SCREEN,
        "status": ON_SCREEN,
        "task 1": ON_SCREEN,
        "problems": ON_SCREEN,
        "export out": ON_SCREEN,
    },
    {"metrics": {"msgspec", "rich"}},
    {"report --as-of 2026-02-01 --json": LOOKING | PAGE},
]


@pytest.mark.parametrize("most", MOST, ids=lambda most: list(most)[-1])
def test_a_command_loads_no_more_than_it_needs(
    most: dict[str, set[str]], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No client of HTTP where nothing is asked over it, no charts where none is drawn, no translator of SQL, of whatever
    past; help loads nothing heavy at all. What is loaded is seen, so that its absence says something.
    """
    monkeypatch.chdir(data)
    monkeypatch.setenv("WORKLENS_DATA_DIR", str(data / "data"))
    found = steps(COMMANDS, *most)

    assert [(args, code) for args, code, _ in found] == [(args, 0) for args in most]
    assert [(args, set(loaded) - most[args]) for args, _, loaded in found] == [(args, set()) for args in most]
    assert "msgspec" in found[-1][2]


FUNCTIONS: dict[str, set[str]] = {  # each may load all that those before it may
    "fetch": {"msgspec"},
    "transform": {"msgspec"},
    "score": {"msgspec", "numpy"},
    "learn": {"msgspec", "numpy"},
    "report": {"msgspec", "numpy"},
}
CLOUD = {"PROJECT": "a-project", "LOCATION": "europe-west1", "DATASET": "worklens", "BUCKET": "a-bucket"}
COLD = f"""
import functions_framework, importlib, json, sys
framework = set(sys.modules)
from worklens.platforms import ports
clients = {{"google.cloud", "google.pubsub_v1", "google.api_core", "google.auth", "grpc"}}
for name in sys.argv[1:]:
    importlib.import_module(f"functions.{{name}}.main")
    ports()
    loaded = sorted(name for name in clients.union({HEAVY}) if name in sys.modules.keys() - framework)
    print(json.dumps([name, loaded]))
"""


def test_a_function_starts_with_no_more_than_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cold start: the framework's own modules aside, no engine, no charts, no client before the first message."""
    monkeypatch.setenv("WORKLENS_PLATFORM", "google")
    for variable, value in CLOUD.items():
        monkeypatch.setenv(f"WORKLENS_{variable}", value)
    found = steps(COLD, *FUNCTIONS)

    assert [(name, set(loaded) - FUNCTIONS[name]) for name, loaded in found] == [
        (n, set()) for n in FUNCTIONS
    ]
