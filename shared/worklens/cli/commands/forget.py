"""``worklens forget ACCOUNT``: remove a person's data everywhere it lies here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.stages.care import Target

Who = Annotated[
    str,
    typer.Argument(
        metavar="ACCOUNT",
        show_default=False,
        help="As status shows it; one person of several as ACCOUNT/NAME.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Don't ask.")]


def command(
    account: Who, yes: Yes = False, json: Json = False, data_dir: DataDir = None, language: Language = None
) -> None:
    """Remove a person's data everywhere.

    From the state, the queue, the warehouse, files being imported, quarantine, dead letters, reports and local
    backups; the token too, and a consent is given back to the service, where it has a way for that. It can't be undone.
    """
    from worklens.sources.options import secret_kind
    from worklens.sources.registry import source
    from worklens.stages.forgetting import forgotten

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        target = chosen(platform, account)
        platform.check_idle(target)
        if not yes:
            confirm(platform, target, shell)
        name, feed, token, gone = forgotten(platform, target)
        place = platform.place
    if json:
        remains = [key for key, _ in gone.remains]
        shell.document({"account": name, "rows": gone.rows, "token": token, "remains": remains})
        return
    shell.line("forgotten", account=name, rows=sum(gone.rows.values()), path=place)
    if target.account:
        shell.line("forgotten-person", feed=target.feed)
    if feed and token in {"given-back", "here"}:
        kind = shell.say(f"kind-{secret_kind(source(feed.source))}")
        shell.line(f"forgotten-{token}", source=feed.source, kind=kind)
    for key, params in gone.remains:
        shell.line(key, **params)


def chosen(platform: Desk, account: str) -> Target:
    """Whom the name means: a feed, or a person in one. Raises Problem."""
    from worklens.cli.accounts import resolve
    from worklens.stages.forgetting import known, target

    return target(platform, resolve(account, known(platform)))


def confirm(platform: Desk, target: Target, shell: Shell) -> None:
    """Ask for the account's name. Raises Problem where it isn't given."""
    from worklens.cli.failures import Problem
    from worklens.stages.forgetting import share

    if not sys.stdin.isatty():
        raise Problem("forget-not-confirmed")
    known = share(platform, target.name)._asdict()
    shell.err.print(shell.say("forget-ask", account=target.name, path=platform.place, **known), end="")
    if sys.stdin.readline().strip() != target.name:
        raise Problem("forget-not-confirmed")
