"""``worklens schedule``: this machine's timer; and when an account is asked by itself, and whether it is paused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worklens.cli.desk import Desk
    from worklens.ports import Feed

Whose = Annotated[
    str,
    typer.Argument(metavar="ACCOUNT", show_default=False, help="As status shows it, such as todoist:me."),
]
Pause = Annotated[
    bool | None,
    typer.Option("--pause/--resume", show_default=False, help="Ask for nothing of it, or again."),
]
HOURS: dict[str, Any] = {"metavar": "HOURS", "show_default": False}
Sync = Annotated[str, typer.Option("--sync", **HOURS, help="When it is asked what changed.")]
Listing = Annotated[str, typer.Option("--reconcile", **HOURS, help="When everything is listed again.")]
Learn = Annotated[str, typer.Option("--learn", **HOURS, help="When the models are fitted.")]
Digest = Annotated[str, typer.Option("--digest", **HOURS, help="When it comes into Monday's digest.")]

At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="HH:MM",
        show_default=False,
        help="On this machine: sync, score and write the report each day at this time.",
    ),
]
Off = Annotated[bool, typer.Option("--off", help="On this machine: no more.")]
Now = Annotated[bool, typer.Option("--now", help="Do at once what that timer does.")]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="NAME",
        show_default=False,
        help="With --at or --off: systemd, launchd or cron; else the first that is here.",
    ),
]


def command(
    account: Whose = "",
    at: At = "",
    off: Off = False,
    now: Now = False,
    by: By = "",
    pause: Pause = None,
    sync: Sync = "",
    reconcile: Listing = "",
    learn: Learn = "",
    digest: Digest = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Stay current: a timer on this machine, and when each account is asked.

    --at installs a timer of systemd's for your user, an agent of launchd's on macOS, or a line in your crontab: sync,
    score, report, once a day. A data directory of its own has a timer of its own. Without an option it shows what there
    is. A sync leaves out what is paused unless it is named. HOURS are the person's own: 8,13,18 or 8-18, never, or usual;
    they count on Google Cloud, whose timer comes every hour.
    """
    from worklens.cli import timer
    from worklens.cli.failures import Usage
    from worklens.cli.hours import hours_from

    shell = Shell(data_dir, language, json=json)
    if at or off or now:
        timer.turn(shell, at, by, off=off, now=now)
        timer.show(shell, by)
        return
    options = {"sync": sync, "reconcile": reconcile, "learn": learn, "digest": digest}
    hours = {ask: hours_from(f"--{ask}", text) for ask, text in options.items() if text}
    if (hours or pause is not None) and not account:
        raise Usage("schedule-whose")
    with shell.existing() as platform:
        feeds = chosen(platform, account)
        if hours or pause is not None:
            feeds = [changed(platform, feed, hours, pause) for feed in feeds]
        views = [view(platform, feed) for feed in feeds]
    if json:
        shell.document(views)
    else:
        show(views, shell)
        if shell.chosen == "local":
            timer.remark(shell)
    if hours and shell.chosen == "local":
        shell.note("schedule-here")


def chosen(platform: Desk, account: str) -> list[Feed]:
    """The feed that the name means, or all. Raises Problem."""
    from worklens.cli.accounts import resolve

    feeds = platform.state.feeds()
    name = resolve(account, [feed.name for feed in feeds])
    return [feed for feed in feeds if name in {"", feed.name}]


def changed(
    platform: Desk, feed: Feed, hours: Mapping[Any, Sequence[int] | None], pause: bool | None
) -> Feed:
    """The feed with what was asked for, kept."""
    from worklens.stages.hours import with_hours, with_pause

    if hours:
        feed = with_hours(feed, hours)
    if pause is not None:
        feed = with_pause(feed, paused=pause)
    platform.state.save_feed(feed)
    return feed


def view(platform: Desk, feed: Feed) -> dict[str, Any]:
    """A feed's schedule as data; ``hindrance`` is why it isn't asked: paused, file, not-connected, refused."""
    import msgspec

    from worklens.stages.hours import hours_of, is_paused
    from worklens.stages.timers import hindrance

    return {
        "account": feed.name,
        "zone": feed.zone,
        "paused": is_paused(feed),
        "hindrance": hindrance(feed, "sync", platform.ports),
        "hours": msgspec.to_builtins(hours_of(feed)),
    }


def show(views: Sequence[Mapping[str, Any]], shell: Shell) -> None:
    """A row an account."""
    from worklens.cli.hours import shown
    from worklens.cli.tables import Table, styled

    names = ("account", "asked", "sync", "reconcile", "learn", "digest")
    headings = [shell.say(f"column-{name}") for name in names]
    made = Table(*headings, whole=headings[0])
    for one in views:
        reason = one["hindrance"]
        asked = styled(shell.say(f"asked-{reason or 'yes'}"), "yellow" if reason else "green")
        hours = [shown(one["hours"][name]) or shell.say("hours-never") for name in names[2:]]
        made.add(one["account"], asked, *hours)
    made.print(shell.out)
