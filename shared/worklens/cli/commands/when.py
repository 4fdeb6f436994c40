"""``worklens when TITLE``: the time that a title names, the program it stands for, and where the reader looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from datetime import datetime

Title = Annotated[
    str,
    typer.Argument(metavar="TITLE", show_default=False, help="What stands on your list; with --lines none."),
]
Now = Annotated[
    str,
    typer.Option(
        "--now",
        metavar="T",
        show_default=False,
        help="Read it as said at this time (2026-11-22T09:00); else now.",
    ),
]
Lines = Annotated[bool, typer.Option("--lines", help="Read titles from standard input, one a line.")]


def command(
    title: Title = "",
    now: Now = "",
    lines: Lines = False,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Read when a task is meant to happen, from its title, in English or Chinese.

    Weeks begin on Monday, and 3/4 is March 4. Where the reader is too unsure it says nothing. With --lines every title gets
    one line, in order; with --json as well, a line of JSON.
    """
    from worklens.cli.failures import Usage
    from worklens.cli.when_shown import show, write_lines
    from worklens.reading.reader import read

    shell = Shell(data_dir, language, json=json)
    if bool(title) == lines:
        raise Usage("when-what")
    said = instant(now)
    if lines:
        write_lines(shell, said)
        return
    whole = title.encode("utf-8", "replace").decode()  # what the terminal sent may not be text
    show(shell, read([whole], said)[0])


def instant(text: str) -> datetime:
    """The instant named, on the wall clock here unless it names a zone. Raises Usage."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from worklens.cli.days import system_zone
    from worklens.cli.failures import Usage

    zone = ZoneInfo(system_zone() or "UTC")
    if not text:
        return datetime.now(UTC).astimezone(zone)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Usage("when-now", text=text) from None
    return found if found.tzinfo else found.replace(tzinfo=zone)
