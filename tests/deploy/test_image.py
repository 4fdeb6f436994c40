"""The report's container: its Dockerfile's own steps, done here without Docker, give something that serves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from deploy.functions import ROOT
from tests.deploy.serving import free_port, running

PLACES = ("/build", "/venv", "/app")  # the only places that its steps name


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, continued lines joined, without comments."""
    lines = [
        line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.lstrip().startswith("#")
    ]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [
        (name, rest.strip()) for name, _, rest in (line.partition(" ") for line in joined if line.strip())
    ]


def of(name: str) -> list[str]:
    """The arguments of each instruction of a kind."""
    return [rest for kind, rest in instructions() if kind == name]


def environment() -> dict[str, str]:
    """What ENV sets."""
    return dict(word.split("=", 1) for rest in of("ENV") for word in rest.split())


def test_it_runs_as_nobody_and_says_how_it_is() -> None:
    """Not root, by number, so that a cluster can check it; with a health check that opens no page."""
    assert of("USER") == ["65534:65534"]
    assert len(of("HEALTHCHECK")) == 1
    assert "/robots.txt" in of("HEALTHCHECK")[0]


def test_what_is_installed_is_checked_by_hash_and_leaves_no_cache() -> None:
    """As in the function, from the same lock."""
    (install,) = [rest for rest in of("RUN") if "install" in rest]

    assert {"--require-hashes", "--no-cache-dir"} <= set(install.split())
    assert "functions/report/requirements.txt" in of("COPY")[0]


def test_only_what_is_copied_is_sent_to_the_builder() -> None:
    """Every source of a COPY is let through by .dockerignore, and nothing else is."""
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    copied = {rest.split()[0] for rest in of("COPY") if not rest.startswith("--from")}

    assert copied - {"functions/report/requirements.txt"} == let_through


def here(text: str, root: Path) -> str:
    """The same command with the image's places below ``root``."""
    for place in PLACES:
        text = text.replace(place, f"{root}{place}")
    return text


def build(root: Path) -> None:
    """Do the steps of the first stage, in order, and nothing else."""
    (root / "build").mkdir()
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    kept["PATH"] = (
        f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # its python is the one that tests this
    )
    for kind, rest in instructions():
        if kind == "COPY" and not rest.startswith("--from"):
            source, target = rest.split()
            copy(ROOT / source, root / "build" / target)
        elif kind == "RUN":
            subprocess.run(here(rest, root), shell=True, check=True, cwd=root / "build", env=kept)  # noqa: S602


def copy(source: Path, target: Path) -> None:
    """Copy as the builder does: a folder's content, a file into a folder."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


@pytest.mark.deep
def test_its_steps_give_a_page_that_answers(tmp_path: Path) -> None:
    """Installed from the lock and bundled by its own commands; started by its own, and well by its own look."""
    build(tmp_path)
    port = free_port()
    given = {name: here(value, tmp_path) for name, value in environment().items()}
    given |= {"PORT": str(port), "PATH": f"{tmp_path}/venv/bin:/usr/bin:/bin"}
    command = json.loads(of("CMD")[0])
    health = json.loads(of("HEALTHCHECK")[0].partition("CMD ")[2])
    executable = tmp_path / "venv" / "bin"
    with running([executable / command[0], *command[1:], "--host=127.0.0.1"], tmp_path / "app", given, port):
        healthy = subprocess.run([executable / health[0], *health[1:]], env=given, timeout=20)
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", "/")
        status = connection.getresponse().status
        connection.close()

    assert healthy.returncode == 0
    assert status >= 400  # it can only be read, and its settings are missing
    installed = {path.name for path in (tmp_path / "venv" / "lib").glob("python*/site-packages/*")}
    assert "worklens" not in installed
    assert not installed & {"pandas", "pyarrow", "duckdb", "pip"}
