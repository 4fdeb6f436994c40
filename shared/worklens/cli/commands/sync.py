"""``worklens sync``: fetch what changed at every connected service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.messages import SyncRequested
    from worklens.ports import Feed

Full = Annotated[bool, typer.Option("--full", help="List everything again, and not only what changed.")]


def command(
    full: Full = False,
    account: Account = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Fetch what changed at the connected services."""
    shell = Shell(data_dir, language, json=json)
    raise typer.Exit(synced(shell, account, full=full))


def synced(shell: Shell, account: str, *, full: bool) -> int:
    """Pull every connected feed, and say what came; the exit code."""
    from worklens.cli.progress import progress
    from worklens.cli.runs import exit_code, outcomes
    from worklens.cli.summary import show_import
    from worklens.cli.telling import tell_failures
    from worklens.cli.work import taken_in

    with shell.existing() as platform:
        with progress(shell) as watch, taken_in(platform) as runs:
            platform.take_up(shell, watch)
            feeds = wanted(platform, account, shell)
            requests = [request(feed, full=full) for feed in feeds]
            platform.ports.bus.publish(requests)
            failures = platform.until_settled([one.run for one in requests], shell, watch)
        brought = outcomes(platform, runs, shell)
        show_import(brought, failures, shell)
        tell_failures(platform, brought, failures, shell, asked=bool(account))
        tell_first(platform, [one.account for one in brought if one.run.endswith("#1")], shell)
        platform.let_go()
        return 1 if failures else exit_code(brought)


def wanted(platform: Desk, account: str, shell: Shell) -> Sequence[Feed]:
    """The feeds that are connected and not paused; the one that is named however it stands, so that what is missing is said.

    Raises Problem where nothing is connected.
    """
    from worklens.cli.accounts import resolve
    from worklens.cli.failures import Problem
    from worklens.stages.hours import is_paused

    feeds = platform.state.feeds()
    if account:
        name = resolve(account, [feed.name for feed in feeds])
        return [feed for feed in feeds if feed.name == name]
    connected = [feed for feed in feeds if platform.ports.secrets.get(feed.name)]
    if not connected:
        raise Problem("nothing-connected")
    for feed in filter(is_paused, connected):
        resume = shell.command(f"schedule {feed.name} --resume")
        shell.note("sync-paused", account=feed.name, resume=resume)
    return [feed for feed in connected if not is_paused(feed)]


def tell_first(platform: Desk, feeds: Sequence[str], shell: Shell) -> None:
    """After an account's first sync: what can't be told of it yet, and when it can."""
    from worklens.findings import text
    from worklens.stages.insights import missing

    if shell.json or not feeds:
        return
    with platform.warehouse.read() as session:
        found = [missing(session, feed) for feed in feeds]
    for feed, one in zip(feeds, found, strict=True):
        if one:
            shell.line("unlocks-later", account=feed, text=text(one, shell.language))
        else:
            shell.line("unlocked", account=feed)


def request(feed: Feed, *, full: bool) -> SyncRequested:
    """The wish to pull a feed now, as its next run."""
    from worklens.messages import SyncRequested
    from worklens.tasks import digest

    number = feed.runs + 1
    return SyncRequested(
        feed=feed.name, run=digest(feed.name, "sync", str(number)), window=f"sync-{number}", full=full
    )
