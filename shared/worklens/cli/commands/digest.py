"""``worklens digest``: the week in a few lines, printed or sent."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.stages.channel import Settings

VARIABLE = "WORKLENS_DIGEST"

Send = Annotated[bool, typer.Option("--send", help="Send it through your channel, at most once a day.")]
Channel = Annotated[
    Path | None,
    typer.Option(
        "--channel",
        metavar="FILE",
        show_default=False,
        help="Keep where to send it: a JSON file as docs/digest.md shows, - for stdin; an empty one forgets it.",
    ),
]


def command(
    send: Send = False,
    channel: Channel = None,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Print the week in a few lines, or send it.

    What was done, came in and is open beside the week before, at most five findings, and which account is behind. Sent by
    a chat's webhook or by mail; its settings go to the system's keyring.
    """
    shell = Shell(data_dir, language, json=json)
    with shell.platform() if channel is not None else shell.existing() as platform:
        if channel is not None:
            keep(platform, shell, channel)
        elif send:
            tell(platform, shell)
        else:
            show(platform, shell)


def keep(platform: Desk, shell: Shell, file: Path) -> None:
    """Keep the settings, once they can be read. Raises Problem."""
    import sys

    from worklens.cli.failures import Problem
    from worklens.cli.files import content_of
    from worklens.stages.channel import SECRET, NotTaken, read_settings

    text = sys.stdin.read() if str(file) == "-" else content_of(file).decode("utf-8", "replace")
    if not text.strip():
        platform.ports.secrets.delete(SECRET)
        shell.line("channel-forgotten")
        return
    try:
        read_settings(text)
    except NotTaken as error:
        raise Problem("channel-unreadable", problem=error) from None
    platform.ports.secrets.put(SECRET, text)
    shell.line("channel-kept", send=shell.command("digest --send"))


def settings_of(platform: Desk) -> Settings:
    """As the environment says, else as it was kept. Raises Problem."""
    from worklens.cli.failures import Problem
    from worklens.stages.channel import SECRET, NotTaken, read_settings

    text = os.environ.get(VARIABLE) or platform.ports.secrets.get(SECRET) or ""
    try:
        return read_settings(text)
    except NotTaken as error:
        raise Problem("channel-unreadable", problem=error) from None


def tell(platform: Desk, shell: Shell) -> None:
    """Send the digest of every account, and say what came of it. Raises Problem."""
    from worklens.cli.failures import Problem
    from worklens.messages import DigestRequested
    from worklens.stages.channel import Unsent
    from worklens.stages.notify import tell as told_by

    settings = settings_of(platform)
    if settings.channel is None:
        raise Problem("no-channel")
    feeds, now = tuple(feed.name for feed in platform.state.feeds()), platform.ports.clock.now()
    try:
        told = told_by(DigestRequested(feeds=feeds, run="", window="", at=now), platform.ports, settings)
    except Unsent as error:
        raise Problem("digest-unsent", problem=error) from None
    if told.outcome == "not-taken":
        raise Problem("digest-not-taken", problem=told.reason)
    if shell.json:
        shell.document({"outcome": told.outcome})
    shell.line(f"digest-{told.outcome}")


def show(platform: Desk, shell: Shell) -> None:
    """Print what would be sent now. Raises Problem where nothing was taken in."""
    import msgspec

    from worklens.cli.failures import Problem
    from worklens.render.digest import plain, subject
    from worklens.stages.channel import Settings
    from worklens.stages.notify import compose

    feeds = [feed.name for feed in platform.state.feeds()]
    with platform.warehouse.read() as session:
        letter = compose(
            session, feeds, platform.ports.clock.now(), Settings(language=shell.language), platform.ports
        )
    if letter is None:
        raise Problem("nothing-to-report", status=shell.command("status"))
    if shell.json:
        shell.document(msgspec.to_builtins(letter) | {"subject": subject(letter)})
    else:
        shell.out.print(plain(letter), end="", soft_wrap=True)
