"""``worklens forget ACCOUNT``: remove a person's data everywhere it lies here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.local.forget import Target
    from worklens.local.platform import Platform

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
    backups; the token too. It can't be undone.
    """
    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        from worklens.local.forget import forget

        target = chosen(platform, account)
        check_idle(platform, target)
        if not yes:
            confirm(platform, target, shell)
        gone = forget(platform, target)
    name = target.account or target.feed
    if json:
        shell.document({"account": name, "rows": gone})
        return
    shell.line("forgotten", account=name, rows=sum(gone.values()), path=shell.root)
    if target.account:
        shell.line("forgotten-person", feed=target.feed)
    shell.line("forgotten-remains")


def chosen(platform: Platform, account: str) -> Target:
    """Whom the name means: a feed, or a person in one. Raises Problem."""
    from worklens.cli.accounts import resolve
    from worklens.cli.known import accounts
    from worklens.local.forget import Target

    feeds = {feed.name for feed in platform.state.feeds()}
    known: set[str] = set(feeds)
    if platform.paths.warehouse.exists():
        with platform.warehouse.read() as session:
            known |= set(accounts(session))
    name = resolve(account, known)
    feed, inner, _ = name.partition("/")
    if not inner:
        return Target(feed)
    return Target(feed, name, lambda text: _tells_of(platform, feed, name, text))


def _tells_of(platform: Platform, feed: str, account: str, text: str) -> bool:
    """Whether a raw record tells of this person; one that can't be read might, so it counts as theirs."""
    from worklens.cli.quarantine import parsed

    known = platform.state.feed(feed)
    if known is None:
        return True
    found = parsed(known, text.encode())
    people = {item.account for item in found} if isinstance(found, list) else set()
    return account in people or not people


def check_idle(platform: Platform, target: Target) -> None:
    """Raises Problem where another process has the feed in hand, or a person is to go from a run that isn't through."""
    from worklens.cli.failures import Problem
    from worklens.local.holder import alive, me

    connection = platform.database.connection
    row = connection.execute(
        "SELECT lease_holder FROM feeds WHERE name = ? AND lease_until > ?",
        (target.feed, platform.ports.clock.now()),
    ).fetchone()
    if row and row["lease_holder"] != me() and alive(row["lease_holder"]):
        raise Problem("forget-in-use", account=target.feed)
    waiting = connection.execute("SELECT COUNT(*) FROM queue WHERE feed = ?", (target.feed,)).fetchone()[0]
    if target.account and waiting:
        raise Problem("forget-unfinished", account=target.feed)


def confirm(platform: Platform, target: Target, shell: Shell) -> None:
    """Ask for the account's name. Raises Problem where it isn't given."""
    from worklens.cli.asking import OF_ACCOUNT, ask
    from worklens.cli.failures import Problem

    name = target.account or target.feed
    if not sys.stdin.isatty():
        raise Problem("forget-not-confirmed")
    with platform.warehouse.read() as session:
        tasks = ask(session, "current_tasks", f"WHERE {OF_ACCOUNT}", columns="COUNT(*) AS n", account=name)[
            "n"
        ][0]
        events = ask(session, "known_events", f"WHERE {OF_ACCOUNT}", columns="COUNT(*) AS n", account=name)[
            "n"
        ][0]
    shell.err.print(
        shell.say("forget-ask", account=name, path=shell.root, tasks=tasks, events=events), end=""
    )
    if sys.stdin.readline().strip() != name:
        raise Problem("forget-not-confirmed")
