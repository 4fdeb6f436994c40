"""What the doctor looks at, each as a sentence and, where it isn't well, a remedy."""

from __future__ import annotations

import os
import platform as machine
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from worklens.cli.check import OTHERS, Check
from worklens.cli.days import system_zone
from worklens.cli.failures import foreseen
from worklens.cli.shell import Shell
from worklens.version import __version__

PACKAGES = ("duckdb", "numpy", "msgspec", "sqlglot", "requests", "keyring", "vl-convert-python")
NEEDED = {
    "duckdb": "local",
    "sqlglot": "local",
    "keyring": "local",
    "vl-convert-python": "report",
}
LEAST_FREE = 500_000_000  # bytes: a rewrite of a large warehouse and a backup of it


def checks(shell: Shell) -> list[Check]:
    """Every look, in the order in which one would take them."""
    found = [*_installation(shell), *(_folder(shell) if shell.chosen == "local" else ())]
    if not shell.empty:
        try:
            with shell.platform() as platform:
                found += platform.checks(shell)
        except Exception as error:  # noqa: BLE001 - that it can't be opened is what the doctor is asked about
            words = foreseen(error, shell.language) or type(error).__name__
            found.append(Check("stores", False, shell.say("check-broken"), words))
    return found


def _installation(shell: Shell) -> Iterator[Check]:
    text = shell.say(
        "check-version", version=__version__, python=machine.python_version(), system=machine.platform()
    )
    yield Check("version", True, text)
    have = {name: found for name in PACKAGES if (found := _version(name))}
    missing = sorted({NEEDED[name] for name in NEEDED if name not in have})
    text = ", ".join(f"{name} {found}" for name, found in have.items())
    remedy = shell.say("check-packages-remedy", extras=",".join(missing)) if missing else ""
    yield Check("packages", not missing, text, remedy)
    zone = system_zone()
    yield Check("zone", True, shell.say("check-zone", zone=zone) if zone else shell.say("check-zone-unknown"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _folder(shell: Shell) -> Iterator[Check]:
    root = shell.root
    if shell.empty:
        yield Check("data", True, shell.say("check-empty", path=root))
    if root.is_dir():
        open_ = bool(root.stat().st_mode & OTHERS) and os.name == "posix"
        remedy = shell.say("check-open-remedy", path=root) if open_ else ""
        yield Check(
            "folder", not open_, shell.say("check-open" if open_ else "check-folder", path=root), remedy
        )
    there = next(path for path in (root, *root.parents) if path.exists())
    free = shutil.disk_usage(there).free
    little = free < LEAST_FREE
    text = shell.say("check-space", free=f"{free / 1e9:,.1f}", used=f"{_size(root) / 1e6:,.1f}")
    yield Check("space", not little, text, shell.say("check-space-remedy") if little else "")


def _size(root: Path) -> int:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) if root.is_dir() else 0
