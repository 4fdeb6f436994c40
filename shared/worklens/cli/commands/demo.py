"""``worklens demo``: the whole way on a made-up person's two years."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk

FOLDER = "demo"
EXPORTS = "exports"
MARK = ".worklens-demo"  # without it a folder is somebody's own, and isn't emptied
ACCOUNT = "wunderlist:demo"


Months = Annotated[int, typer.Option("--months", hidden=True, min=1, max=24)]


def command(
    months: Months = 24, json: Json = False, data_dir: DataDir = None, language: Language = None
) -> None:
    """Show it all on a made-up person's two years.

    Writes the monthly backups of someone who never lived, takes them in as if they were yours, and makes the report.
    They lie in a data directory of their own, `demo` in yours, made anew each time; yours stays as it is.
    """
    own = Shell(data_dir, language, json=json)
    folder = fresh(own.root / FOLDER)
    shell = Shell(folder, language, json=json)
    files = write_exports(folder, months, shell)
    from worklens.cli.commands.report import NAME, write
    from worklens.cli.commands.today import findings, show

    with shell.platform() as platform:
        take_in(platform, files, shell)
        with platform.warehouse.read() as session:
            found = findings(session, "", shell, platform)
        about = {"account": "", "language": shell.language, "as_of": None, "known_at": None}
        path = write(platform, shell, about, folder / NAME)
    if json:
        shell.document({"findings": [shown(one) for one in found], "report": str(path)})
        return
    show(found, shell)
    shell.line("demo-ends", serve=shell.command("report --serve"), report=path, open=shell.command("status"))


def shown(one: dict[str, Any]) -> dict[str, Any]:
    """What the document says of a finding."""
    return {name: one[name] for name in ("key", "params", "evidence", "text")}


def fresh(folder: Path) -> Path:
    """The demo's folder, emptied where an earlier demo made it. Raises Problem where somebody else did."""
    from worklens.cli.failures import Problem

    if folder.exists() and not (folder / MARK).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Problem("demo-in-the-way", path=folder)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, mode=0o700)
    (folder / MARK).touch()
    return folder


def write_exports(folder: Path, months: int, shell: Shell) -> list[Path]:
    """The made-up person's last monthly backups, oldest first."""
    from worklens.sample import generate, write

    with _spinner(shell):
        written = write(generate(count=months), folder / EXPORTS)
    return [path for path in written if path.name.startswith("wunderlist")]


def _spinner(shell: Shell) -> Any:
    from contextlib import nullcontext

    return shell.err.status(shell.say("demo-writing")) if sys.stderr.isatty() else nullcontext()


def take_in(platform: Desk, files: Sequence[Path], shell: Shell) -> None:
    """Import the backups one after another, as someone would who made one a month."""
    from worklens.cli.commands.import_file import import_all
    from worklens.cli.files import Wish, candidates
    from worklens.cli.progress import progress
    from worklens.cli.summary import show_failures
    from worklens.sample.timeline import ZONE

    wish = Wish(account=ACCOUNT, zone=ZONE.key)
    with progress(shell) as watch:
        failures = import_all(platform, candidates(files, wish), wish, shell, watch)
    show_failures(failures, shell)
