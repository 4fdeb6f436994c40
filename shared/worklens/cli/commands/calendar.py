"""``worklens calendar``: which days an account's person works, which the forecasts leave out of the past and skip ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worklens.cli.desk import Desk
    from worklens.ports import Feed

PLAIN: dict[str, Any] = {"show_default": False}
Whose = Annotated[
    str, typer.Argument(metavar="ACCOUNT", help="As status shows it, such as todoist:me.", **PLAIN)
]
Week = Annotated[str, typer.Option("--week", metavar="DAYS", help="mon-fri, mon,wed-fri or all.", **PLAIN)]
Hours = Annotated[
    str, typer.Option("--hours", metavar="FROM-TO", help="Of a working day: 9-17, or all.", **PLAIN)
]
Country = Annotated[
    str,
    typer.Option(
        "--country", metavar="CODE", help="Its public holidays are free: DE, CN ...; or none.", **PLAIN
    ),
]
Region = Annotated[
    str, typer.Option("--region", metavar="CODE", help="Of the country, where they differ: BY.", **PLAIN)
]
Off = Annotated[
    list[str] | None,
    typer.Option("--off", metavar="DAYS", help="Days off: 2026-12-24..2027-01-02, or a day.", **PLAIN),
]
On = Annotated[
    list[str] | None,
    typer.Option("--on", metavar="DAYS", help="Days worked although they would be free.", **PLAIN),
]
Back = Annotated[
    list[str] | None,
    typer.Option("--take-back", metavar="DAYS", help="What --off or --on said of them is no more.", **PLAIN),
]
Learn = Annotated[
    bool | None,
    typer.Option(
        "--learn/--no-learn", help="Tell free weekdays, and past days off, from what was done.", **PLAIN
    ),
]
Clear = Annotated[bool, typer.Option("--clear", help="Every day is a working day again.")]


def command(
    account: Whose = "",
    week: Week = "",
    hours: Hours = "",
    country: Country = "",
    region: Region = "",
    off: Off = None,
    on: On = None,
    take_back: Back = None,
    learn: Learn = None,
    clear: Clear = False,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Say on which days you work.

    Forecasts take days off out of the history and skip them ahead; without a calendar every day is a working day. The
    word given last for a day counts; a day given goes before a holiday, and a holiday before the week. Public holidays
    are looked up now and kept: say --country again when a government has moved some. --learn knows of no days off to
    come: give those with --off. Without an option it shows what is kept.
    """
    from worklens.cli.calendar_shown import show, view
    from worklens.cli.commands.schedule import chosen
    from worklens.cli.failures import Usage

    shell = Shell(data_dir, language, json=json)
    given = {
        "week": week,
        "hours": hours,
        "country": country,
        "region": region,
        "off": off,
        "on": on,
        "take_back": take_back,
        "learn": learn,
    }
    wanted = {name: value for name, value in given.items() if value not in ("", None, [])}
    if (wanted or clear) and not account:
        raise Usage("calendar-whose")
    with shell.existing() as platform:
        feeds = chosen(platform, account)
        if wanted or clear:
            feeds = [changed(platform, feed, wanted, clear=clear) for feed in feeds]
        views = [view(platform, feed) for feed in feeds]
    if json:
        shell.document(views)
    else:
        show(views, shell)


def changed(platform: Desk, feed: Feed, wanted: Mapping[str, Any], *, clear: bool) -> Feed:
    """The feed with what was asked for, kept. Raises Problem."""
    from worklens.cli.calendar_given import asked_for
    from worklens.stages.calendar import Calendar, calendar_for, with_calendar
    from worklens.stages.timers import local_day

    known = Calendar() if clear else calendar_for(feed)
    today = local_day(feed, platform.ports.clock.now())
    feed = with_calendar(feed, asked_for(known, wanted, today.year))
    platform.state.save_feed(feed)
    return feed
