"""Which heavy packages each command and each function loads: a start must not pay for what isn't used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Person, write_table

HEAVY = (
    "numpy", "duckdb", "sqlglot", "requests", "keyring", "altair", "vl_convert", "jinja2", "rich", "msgspec", "stamina",
)  # fmt: skip

COMMAND = f"""
import sys
from worklens.cli.app import run
code = run()
found = sorted(name for name in {HEAVY} if name in sys.modules)
print("loaded", *found, file=sys.stderr)
raise SystemExit(code)
"""

LOOKING = {"numpy", "duckdb", "keyring", "msgspec"}
ON_SCREEN = LOOKING | {"rich"}
PAGE = {"altair", "vl_convert", "jinja2"}


def loaded(command: list[str]) -> set[str]:
    """The heavy packages among the modules that are loaded when the process ends."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return set((done.stdout + done.stderr).strip().splitlines()[-1].split()[1:])


def loaded_by(*args: object) -> set[str]:
    """The heavy packages a command loads."""
    return loaded([sys.executable, "-c", COMMAND, *map(str, args)])


@pytest.mark.parametrize("args", ["--help", "--version", "import --help", "report --help", "doctor --help"])
def test_help_loads_nothing_heavy(args: str) -> None:
    """Not even what every other command needs."""
    assert loaded_by(*args.split()) == set()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a table in it."""
    folder = tmp_path_factory.mktemp("imports")
    file, mapping = write_table(folder)
    Person(folder / "data").run("import", file, "--mapping", mapping)
    return folder


MOST: dict[str, set[str]] = {
    "metrics": {"msgspec", "rich"},
    "metrics --json": {"msgspec"},
    "import work.csv --preview --json": LOOKING - {"duckdb"},
    "import work.csv --mapping map.toml --json": LOOKING,
    "import work.csv --mapping map.toml": ON_SCREEN,
    "--json": LOOKING,
    "status": ON_SCREEN,
    "status --json": LOOKING,
    "tasks --json": LOOKING,
    "events --json": LOOKING,
    "task 1": ON_SCREEN,
    "metrics throughput --json": LOOKING,
    "problems": ON_SCREEN,
    "doctor --json": LOOKING,
    "export out": ON_SCREEN,
    "report --json": LOOKING | PAGE,
}


@pytest.mark.parametrize("args", MOST)
def test_a_command_loads_no_more_than_it_needs(
    args: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No client of HTTP where nothing is asked over it, no charts where none is drawn, no translator of SQL at all."""
    monkeypatch.chdir(data)
    monkeypatch.setenv("WORKLENS_DATA_DIR", str(data / "data"))

    assert loaded_by(*args.split()) <= MOST[args]


FUNCTIONS: dict[str, set[str]] = {
    "fetch": {"msgspec"},
    "transform": {"msgspec"},
    "score": {"msgspec", "numpy"},
    "learn": {"msgspec", "numpy"},
    "report": {"msgspec", "numpy"},
}
CLOUD = {"PROJECT": "a-project", "LOCATION": "europe-west1", "DATASET": "worklens", "BUCKET": "a-bucket"}
FUNCTION = f"""
import functions_framework, sys
framework = set(sys.modules)
import functions.NAME.main
from worklens.platforms import ports
ports()
clients = {{"google.cloud", "google.pubsub_v1", "google.api_core", "google.auth", "grpc"}}
print("loaded", *(name for name in clients.union({HEAVY}) if name in sys.modules.keys() - framework))
"""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_starts_with_no_more_than_it_needs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cold start: the framework's own modules aside, no engine, no charts, no client before the first message."""
    monkeypatch.setenv("WORKLENS_PLATFORM", "google")
    for variable, value in CLOUD.items():
        monkeypatch.setenv(f"WORKLENS_{variable}", value)

    assert loaded([sys.executable, "-c", FUNCTION.replace("NAME", name)]) <= FUNCTIONS[name]
