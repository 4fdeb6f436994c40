"""The functions' bundles: the same bytes from the same sources, compiled, and enough to run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from zipfile import ZipFile

import pytest

from deploy.bundle import files_of, main, make_folder, make_zip
from deploy.functions import LAPTOP, NAMES, ROOT
from tests.deploy.serving import post_message, serving, without_site
from tests.pipeline.test_effect_once import ask, backup, task
from worklens.local.platform import open_platform
from worklens.messages import Batch

UNCHECKED = 1  # the flags of byte-code by hash, never held against its source


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every function's zip, made by the command."""
    folder = tmp_path_factory.mktemp("bundles")
    assert main(["--output", str(folder)]) == 0
    return folder


def test_the_same_sources_give_the_same_bytes(bundles: Path, tmp_path: Path) -> None:
    """Made again from a copy elsewhere, by another process with other times, permissions and hash seed: the one that
    takes least with it, and the one that takes most.
    """
    again = ("fetch", "report")
    copy = tmp_path / "elsewhere"
    for name in ("deploy", "functions", "shared"):
        shutil.copytree(ROOT / name, copy / name, copy_function=shutil.copyfile)
    for path in copy.rglob("*.py"):
        path.chmod(0o700)
    command = [sys.executable, "-m", "deploy.bundle", *again, "--output", str(tmp_path / "again")]
    subprocess.run(command, check=True, cwd=copy, env={**os.environ, "PYTHONHASHSEED": "7"})

    for name in again:
        first, second = (folder / f"{name}.zip" for folder in (bundles, tmp_path / "again"))
        assert first.read_bytes() == second.read_bytes(), name


@pytest.mark.parametrize("name", NAMES)
def test_a_bundle_holds_what_the_function_needs_and_no_more(bundles: Path, name: str) -> None:
    """The entry point, its requirements and the package, in order and with one date; nothing of the laptop's."""
    entries = ZipFile(bundles / f"{name}.zip").infolist()
    names = [entry.filename for entry in entries]

    assert {"main.py", "requirements.txt", "worklens/messages.py"} <= set(names)
    assert not [
        each for each in names if each.startswith(("worklens/local", "worklens/cli", "worklens/testing"))
    ]
    assert sorted(map(Path, names)) == [Path(each) for each in names]
    assert {(entry.date_time, entry.external_attr >> 16) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0o100644)
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_source_comes_with_byte_code(bundles: Path, name: str) -> None:
    """Python takes it without a look at the source."""
    with ZipFile(bundles / f"{name}.zip") as archive:
        for each in archive.namelist():
            if each.endswith(".py"):
                made = archive.read(cache_from_source(each))
                assert made[:8] == MAGIC_NUMBER + UNCHECKED.to_bytes(4, "little")


def test_byte_code_is_what_runs(tmp_path: Path) -> None:
    """Even where the source beside it is another."""
    make_folder("fetch", tmp_path)
    (tmp_path / "worklens" / "tasks.py").write_text("raise RuntimeError('compiled anew')")
    command = [sys.executable, "-S", "-c", "import worklens.tasks as it; print(it.__file__)"]
    done = subprocess.run(command, cwd=tmp_path, env=without_site(), capture_output=True, text=True)

    assert done.stdout.strip() == str(tmp_path / "worklens" / "tasks.py"), done.stderr


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """The bundle of fetch, unpacked, with the laptop's platform in it so that it can run here."""
    make_zip("fetch", tmp_path, without=LAPTOP - {"worklens.local"})
    with ZipFile(tmp_path / "fetch.zip") as archive:
        archive.extractall(tmp_path / "workspace")
    return tmp_path / "workspace"


def test_an_unpacked_bundle_takes_an_event(unpacked: Path, tmp_path: Path) -> None:
    """From the unpacked folder alone, fetch answers 2xx, and what it fetched waits to be transformed."""
    platform = open_platform(tmp_path / "data")
    ask(platform, backup(task(1), task(2)), "2017-01-06T00:00:00Z")
    (letter,) = platform.queue.claim(["worklens.sync-requested.v1"], 1 << 62)
    with serving(unpacked, WORKLENS_PLATFORM="local", WORKLENS_DATA_DIR=str(tmp_path / "data")) as port:
        assert 200 <= post_message(port, letter.message) < 300
    platform.queue.acknowledge([letter])

    (fetched,) = platform.queue.claim(["worklens.tasks-fetched.v1"], 1 << 62)
    platform.close()
    assert isinstance(fetched.message, Batch)
    assert len(fetched.message.records) > 0


def test_all_sql_and_words_come_along() -> None:
    """Every data file of a room that a bundle enters is in it."""
    shared = ROOT / "shared" / "worklens"
    taken = set(files_of("report", LAPTOP))

    assert {
        shared / "render" / "templates" / "page.html",
        shared / "render" / "catalogues" / "zh.toml",
    } <= taken


def test_another_python_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Byte-code of another version is of no use there, so the command says it, and goes on."""
    monkeypatch.setattr("deploy.bundle.RUNTIME", (3, 99))

    assert main(["fetch", "--output", str(tmp_path)]) == 0
    assert "the functions run on 3.99" in capsys.readouterr().err


def test_a_file_that_is_no_python_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No zip is left behind."""
    broken = tmp_path / "main.py"
    broken.write_text("def")
    monkeypatch.setattr("deploy.bundle.files_of", lambda name, without: {broken: Path("main.py")})

    assert main(["fetch", "--output", str(tmp_path / "out")]) == 1
    assert "not made" in capsys.readouterr().err
    assert not list((tmp_path / "out").iterdir())
