"""``worklens forget ACCOUNT``: remove a person's data everywhere it lies here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk, Target

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
    from worklens.cli.giving_back import disconnected
    from worklens.sources.options import secret_kind
    from worklens.sources.registry import source

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        target = chosen(platform, account)
        platform.check_idle(target)
        if not yes:
            confirm(platform, target, shell)
        feed = None if target.account else platform.state.feed(target.feed)
        token = disconnected(feed, platform.ports) if feed else ""
        gone = platform.forget(target)
        place = platform.place
    name = target.account or target.feed
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
    from worklens.cli.desk import Target
    from worklens.cli.known import accounts

    feeds = {feed.name for feed in platform.state.feeds()}
    known: set[str] = set(feeds)
    with platform.warehouse.read() as session:
        known |= set(accounts(session))
    name = resolve(account, known)
    feed, inner, _ = name.partition("/")
    if not inner:
        return Target(feed)
    return Target(feed, name, lambda text: _tells_of(platform, feed, name, text))


def _tells_of(platform: Desk, feed: str, account: str, text: str) -> bool:
    """Whether a raw record tells of this person; one that can't be read might, so it counts as theirs."""
    from worklens.cli.quarantine import parsed

    known = platform.state.feed(feed)
    if known is None:
        return True
    found = parsed(known, text.encode())
    people = {item.account for item in found} if isinstance(found, list) else set()
    return account in people or not people


def confirm(platform: Desk, target: Target, shell: Shell) -> None:
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
        shell.say("forget-ask", account=name, path=platform.place, tasks=tasks, events=events), end=""
    )
    if sys.stdin.readline().strip() != name:
        raise Problem("forget-not-confirmed")
