"""A person at the command line: commands run in this process over a data directory of their own, or as processes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.cli.exports import MAPPING, table
from tests.moulds import place_warehouse
from worklens.cli.app import app
from worklens.local.platform import open_platform


class Done:
    """How a command ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The documents on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Person:
    """Somebody with a data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def run(self, *args: object, code: int = 0, stdin: str = "") -> Done:
        """Run a command; it must end with ``code``."""
        found = CliRunner().invoke(app, [*map(str, args), "--data-dir", str(self.data)], input=stdin)
        done = Done(found.exit_code, found.stdout, found.stderr)
        assert done.code == code, (done.code, done.out[-2000:], done.err[-2000:], found.exception)
        return done

    def command(self, *args: object) -> list[str]:
        """The same as a process of its own would be called."""
        return [sys.executable, "-m", "worklens", *map(str, args), "--data-dir", str(self.data)]

    def process(self, *args: object, stdin: str = "") -> Done:
        """Run it as a process."""
        found = subprocess.run(self.command(*args), input=stdin, capture_output=True, text=True, timeout=120)
        return Done(found.returncode, found.stdout, found.stderr)


@pytest.fixture(autouse=True)
def _plain_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """English, a known zone, tokens in a file, a home of one's own, and a terminal of 80 columns."""
    for name in ("LC_ALL", "LC_MESSAGES", "WORKLENS_DATA_DIR", "WORKLENS_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"LANG": "C.UTF-8", "TZ": "Europe/Berlin", "WORKLENS_SECRETS": "file"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(
        "XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache")
    )  # the charts' script is made once


@pytest.fixture
def newcomer(tmp_path: Path) -> Person:
    """Somebody who has nothing here yet, not even a folder."""
    return Person(tmp_path / "data")


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody who has taken in nothing yet; their empty warehouse is there, since making it takes longer than most tests."""
    place_warehouse(tmp_path / "data")
    return Person(tmp_path / "data")


def write_table(folder: Path, name: str = "work.csv", **options: Any) -> tuple[Path, Path]:
    """A table of tasks and its mapping, in a folder."""
    (folder / "map.toml").write_text(MAPPING)
    (folder / name).write_text(table(**options))
    return folder / name, folder / "map.toml"


@pytest.fixture(scope="session")
def _worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory into which a table was imported once."""
    folder = tmp_path_factory.mktemp("worked")
    file, mapping = write_table(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKLENS_SECRETS", "file")
        Person(folder / "data").run("import", file, "--mapping", mapping, "--time-zone", "Europe/Berlin")
    return folder


@pytest.fixture
def worker(_worked: Path, tmp_path: Path) -> Person:
    """Somebody who imported a table: a copy, to do with as one likes. The table lies beside it."""
    return copy_of(_worked, tmp_path)


def copy_of(folder: Path, to: Path) -> Person:
    """The person whose data lies in a folder, in a copy of it that one may change."""
    shutil.copytree(folder, to, dirs_exist_ok=True)
    return Person(to / "data")


def every_file(root: Path) -> Sequence[Path]:
    """All files below a folder."""
    return [path for path in root.rglob("*") if path.is_file()]


def trace_of(text: str, root: Path) -> list[str]:
    """The files in which the text stands, in the clear."""
    return [str(path) for path in every_file(root) if text.encode() in path.read_bytes()]


@pytest.fixture(scope="session")
def _held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    file, mapping = write_table(folder, broken=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKLENS_SECRETS", "file")
        Person(folder / "data").run("import", file, "--mapping", mapping, code=3)
    return folder


@pytest.fixture
def held(_held: Path, tmp_path: Path) -> Person:
    """Somebody with three rows put aside, whose date could not be read."""
    return copy_of(_held, tmp_path)


def remap(person: Person, feed_name: str = "csv:team") -> None:
    """The mapping learns what "someday" means."""
    platform = open_platform(person.data)
    feed = platform.state.feed(feed_name)
    assert feed is not None
    feed.settings["mapping"]["columns"].pop("created")
    platform.state.save_feed(feed)
    platform.close()
