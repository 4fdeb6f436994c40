"""What the doctor looks at, each as a sentence and, where it isn't well, a remedy."""

from __future__ import annotations

import os
import platform as machine
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from worklens import __version__
from worklens.cli.days import system_zone
from worklens.cli.failures import foreseen
from worklens.local.secrets import FileSecrets

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.local.platform import Platform

PACKAGES = ("duckdb", "numpy", "msgspec", "sqlglot", "requests", "keyring", "altair", "vl-convert-python")
NEEDED = {
    "duckdb": "local",
    "sqlglot": "local",
    "keyring": "local",
    "altair": "report",
    "vl-convert-python": "report",
}
LEAST_FREE = 500_000_000  # bytes: a rewrite of a large warehouse and a backup of it
OTHERS = 0o077


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """One look: what was found, and what to do about it where it isn't well."""

    name: str
    well: bool
    text: str
    remedy: str = ""


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


def local_checks(shell: Shell, platform: Platform) -> Iterator[Check]:
    """The files of a data directory."""
    yield from _stores(shell, platform)
    yield from _work(shell, platform)
    yield from _secrets(shell, platform)


def _stores(shell: Shell, platform: Platform) -> Iterator[Check]:
    sound = platform.database.connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    text = shell.say("check-state", version=platform.database.version())
    yield Check(
        "state", sound, text, "" if sound else shell.say("check-state-remedy", path=platform.paths.backups)
    )
    with platform.warehouse.read() as session:
        rows = session.connection.execute("SELECT value FROM store WHERE name = 'schema'").fetchone()
        runs = session.query("settled_runs")
    yield Check(
        "warehouse", True, shell.say("check-warehouse", schema=rows[0] if rows else "-", n=len(runs["run"]))
    )


def _work(shell: Shell, platform: Platform) -> Iterator[Check]:
    n = int(platform.database.connection.execute("SELECT COUNT(*) FROM queue").fetchone()[0])
    yield Check("queue", not n, shell.say("check-queue", n=n), shell.say("check-queue-remedy") if n else "")
    dead = len(platform.queue.dead())
    remedy = shell.say("check-dead-remedy", problems=shell.command("problems")) if dead else ""
    yield Check("dead-letters", not dead, shell.say("check-dead", n=dead), remedy)
    held = platform.database.connection.execute(
        "SELECT name FROM feeds WHERE lease_run IS NOT NULL AND lease_until > ?",
        (platform.ports.clock.now(),),
    ).fetchall()
    names = ", ".join(row["name"] for row in held)
    text = shell.say("check-leases", names=names) if names else shell.say("check-no-leases")
    yield Check("leases", True, text)


def _secrets(shell: Shell, platform: Platform) -> Iterator[Check]:
    if not isinstance(getattr(platform.ports.secrets, "kept", None), FileSecrets):
        yield Check("secrets", True, shell.say("check-keyring"))
        return
    path = platform.paths.secrets
    open_ = path.exists() and bool(path.stat().st_mode & OTHERS) and os.name == "posix"
    remedy = shell.say("check-secrets-remedy", path=path) if open_ else ""
    yield Check("secrets", not open_, shell.say("check-secrets-file", path=path), remedy)
