"""``worklens connect SOURCE``: a service is connected by the person's own token, which goes to the keyring at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.sources.base import Source

SERVICES = ("todoist", "wunderlist")

Service = Annotated[str, typer.Argument(metavar="SOURCE", show_default=False, help="todoist or wunderlist.")]
Whose = Annotated[
    str,
    typer.Option("--account", metavar="ACCOUNT", show_default=False, help="What to call it; else SOURCE:me."),
]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        "--token-file",
        metavar="FILE",
        show_default=False,
        help="Read the token from a file; else it is asked for, or read from stdin.",
    ),
]
Zone = Annotated[
    str,
    typer.Option(
        "--time-zone",
        metavar="ZONE",
        show_default=False,
        help="Where the person lives, such as Europe/Paris; since a day: Asia/Tokyo@2026-03-01.",
    ),
]
BaseUrl = Annotated[str, typer.Option("--base-url", hidden=True)]


def command(
    source: Service,
    account: Whose = "",
    token_file: TokenFile = None,
    time_zone: Zone = "",
    base_url: BaseUrl = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Connect a service by your personal token.

    The token is asked for, or read from stdin or --token-file, never from the command itself, which others on this
    machine could see. It is tried with one request, and kept in the system's keyring.
    """
    from worklens.cli.accounts import named
    from worklens.cli.failures import Usage

    shell = Shell(data_dir, language, json=json)
    if source not in SERVICES:
        raise Usage("service-unknown", source=source, known=", ".join(SERVICES))
    feed = named(account or "me", source)
    shell.note(f"reads-{source}")
    token = token_from(token_file, shell)
    with shell.platform() as platform:
        connect(platform, feed, source, token, zone(platform, feed, time_zone, shell), base_url)
    if shell.json:
        shell.document({"account": feed, "source": source})
    shell.line("connected", account=feed, sync=shell.command("sync"))


def token_from(file: Path | None, shell: Shell) -> str:
    """The token as the person gives it. Raises Problem where there is none."""
    from worklens.cli.failures import Problem
    from worklens.cli.files import content_of

    if file is not None:
        text = content_of(file).decode("utf-8", "replace")
    elif sys.stdin.isatty():
        from getpass import getpass

        text = getpass(shell.say("token-prompt"))
    else:
        text = sys.stdin.readline()
    if not text.strip():
        raise Problem("token-empty")
    return text.strip()


def zone(platform: Desk, feed: str, given: str, shell: Shell) -> str:
    """Where the person lives: as given, else as known, else as this machine says."""
    from worklens.cli.days import check_zone, system_zone

    known = platform.state.feed(feed)
    found = (given and check_zone(given)) or (known.zone if known else "") or system_zone()
    if not found:
        shell.note("zone-assumed")
    return found or "UTC"


def connect(platform: Desk, feed: str, source: str, token: str, zone: str, base_url: str) -> None:
    """Try the token with the first request a pull makes; keep both only where it is taken. Raises Refused, Unavailable."""
    from worklens.ports import Feed
    from worklens.sources.registry import source as source_named
    from worklens.stages.zones import zones_after

    known = platform.state.feed(feed)
    settings: dict[str, Any] = dict(known.settings) if known else {}
    if base_url:
        settings["base_url"] = base_url
    verify(source_named(source), token, settings, platform.ports.clock.now())
    zones = zones_after(known.zones if known else (), zone)
    platform.ports.secrets.put(feed, token)
    platform.state.save_feed(Feed(name=feed, source=source, zones=zones, settings=settings))


def verify(source: Source, token: str, settings: dict[str, Any], now: int) -> None:
    """Make the request that a pull begins with, and look at nothing but whether it is answered."""
    from worklens.sources.base import Context, Page
    from worklens.stages.driver import Driver

    pull = source.pull(Context(feed="", now=now, settings=settings))
    with Driver(source, token) as driver:
        asked = next(pull)
        if not isinstance(asked, Page):
            driver.answer(asked)
    pull.close()
