"""``worklens when TITLE``: the time that a title names, the program it stands for, and where the reader looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

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
PLAIN: dict[str, Any] = {"metavar": "ACCOUNT", "show_default": False}
Whose = Annotated[
    str, typer.Option("--account", **PLAIN, help="In whose zone and working days; else what all yours share.")
]
ShowFor = Annotated[
    str, typer.Option("--show-for", **PLAIN, help="Show the days read with its undated open tasks, as ours.")
]
HideFor = Annotated[str, typer.Option("--hide-for", **PLAIN, help="Don't: so it is at first.")]


def command(
    title: Title = "",
    now: Now = "",
    lines: Lines = False,
    account: Whose = "",
    show_for: ShowFor = "",
    hide_for: HideFor = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Read when a task is meant to happen, from its title, in English or Chinese.

    Weeks begin on Monday, and 3/4 is March 4. Where the reader is too unsure it says nothing. With --lines every title gets
    one line, in order; with --json as well, a line of JSON. Days are those of your zone, working days those of your calendar.
    """
    from worklens.cli.failures import Usage
    from worklens.cli.when_shown import show, write_lines
    from worklens.reading.reader import read

    shell = Shell(data_dir, language, json=json)
    if show_for or hide_for:
        choose(shell, show_for, hide_for)
        return
    if bool(title) == lines:
        raise Usage("when-what")
    zone, worked = person(shell, account)
    said = instant(now, zone)
    if lines:
        write_lines(shell, said, worked)
        return
    whole = title.encode("utf-8", "replace").decode()  # what the terminal sent may not be text
    show(shell, read([whole], said, worked)[0])


def choose(shell: Shell, show_for: str, hide_for: str) -> None:
    """Keep whether an account's understood days are shown. Raises Problem."""
    from worklens.cli.commands.schedule import chosen
    from worklens.stages.understood import with_wanted

    with shell.existing() as platform:
        for key, name in (("when-shown-for", show_for), ("when-hidden-for", hide_for)):
            for feed in chosen(platform, name) if name else ():
                platform.state.save_feed(with_wanted(feed, key == "when-shown-for"))
                shell.line(key, account=feed.name)


def person(shell: Shell, account: str) -> tuple[str, Callable[[date], bool]]:
    """The zone, and which days are worked: an account's, or what all share; of a newcomer this machine's, and Monday to Friday."""
    from worklens.cli.days import system_zone
    from worklens.reading.execute import weekday_worked

    here = system_zone() or "UTC"
    if not account and (shell.empty or shell.chosen != "local"):
        return here, weekday_worked
    from worklens.cli.commands.schedule import chosen
    from worklens.stages.calendar import calendar_for
    from worklens.stages.understood import worked_by

    with shell.existing() as platform:
        feeds = chosen(platform, account)
    zones = {feed.zone for feed in feeds}
    alike = feeds and all(calendar_for(feed) == calendar_for(feeds[0]) for feed in feeds)
    return zones.pop() if len(zones) == 1 else here, worked_by(feeds[0]) if alike else weekday_worked


def instant(text: str, named: str) -> datetime:
    """The instant named, on the wall clock of a zone: as it stands there, or from where the text says it is. Raises Usage."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from worklens.cli.failures import Usage

    zone = ZoneInfo(named)
    if not text:
        return datetime.now(UTC).astimezone(zone)
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        raise Usage("when-now", text=text) from None
