"""``worklens link OLD NEW``: the same tasks in two accounts, counted once, so that moving to another service keeps its history."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.stages.care import Asked
    from worklens.stages.linking import Pair, Seen

SHOWN = 12  # pairs on the screen; a person looks at some, and trusts or doesn't

Old = Annotated[
    str,
    typer.Argument(metavar="OLD", show_default=False, help="The account you left, such as wunderlist:me."),
]
New = Annotated[
    str,
    typer.Argument(
        metavar="NEW", show_default=False, help="The account you moved to, which counts from then on."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Link all pairs that are likely enough, without asking.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take all links between the two back.")]


def command(
    old: Old,
    new: New,
    yes: Yes = False,
    undo: Undo = False,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Count the tasks of two accounts that are the same only once.

    For who moved from one service to another. Pairs are proposed: the same title, and created, done or due on the same
    day, or in lists of the same name. What you confirm is counted at NEW, and is as old as it was at OLD. Nothing is
    changed at either service, and --undo takes it back. With --json pairs are printed, and linked only with --yes.
    """
    from worklens.cli.accounts import resolve
    from worklens.cli.failures import Usage

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        feeds = [feed.name for feed in platform.state.feeds()]
        older, newer = resolve(old, feeds), resolve(new, feeds)
        if older == newer:
            raise Usage("link-same", account=older)
        if undo:
            take_back(platform, shell, older, newer)
        else:
            propose(platform, shell, older, newer, yes=yes)


def propose(platform: Desk, shell: Shell, older: str, newer: str, *, yes: bool) -> None:
    """Show the pairs that are not linked yet, ask, and link what is confirmed."""
    from worklens.stages.linking import proposals, write_links

    with platform.warehouse.read() as session:
        pairs = proposals(tasks_of(session, older), tasks_of(session, newer))
    chosen = [pair for pair in pairs if pair.sure] if yes else confirmed(pairs, shell)
    if chosen:
        with platform.warehouse.write() as session:
            write_links(session, chosen, platform.ports.clock.now())
    if shell.json:
        linked = {pair.older.key for pair in chosen}
        shell.document([{**_plain(pair), "linked": pair.older.key in linked} for pair in pairs])
    elif chosen:
        undo = shell.command(f"link {older} {newer} --undo")
        shell.line("linked", n=len(chosen), old=older, new=newer, undo=undo)
    elif not pairs:
        shell.line("link-nothing", old=older, new=newer)
    else:
        shell.line("link-none-taken")


def confirmed(pairs: Sequence[Pair], shell: Shell) -> list[Pair]:
    """What the person agrees to: the likely ones together, each of the others by itself."""
    sure, rest = [pair for pair in pairs if pair.sure], [pair for pair in pairs if not pair.sure]
    if shell.json or not pairs:
        return []
    show(sure, shell)
    if not sys.stdin.isatty():
        show(rest, shell)
        shell.line("link-how", n=len(sure), yes="--yes")
        return []
    chosen = sure if sure and typer.confirm(shell.say("link-all", n=len(sure))) else []
    for pair in rest:
        show([pair], shell)
        if typer.confirm(shell.say("link-this")):
            chosen = [*chosen, pair]
    return chosen


def show(pairs: Sequence[Pair], shell: Shell) -> None:
    """The pairs as a table: the title, what it was and is, and what speaks for it."""
    from worklens.cli.tables import Table
    from worklens.render.safe import clean

    if not pairs:
        return
    headings = [shell.say(f"column-link-{name}") for name in ("title", "there", "here", "because")]
    made = Table(*headings, flexible=headings[0])
    for pair in pairs[:SHOWN]:
        because = ", ".join(shell.say(f"link-{reason}") for reason in pair.reasons)
        states = (shell.say(f"status-{one.status}") for one in (pair.older, pair.newer))
        made.add(clean(pair.newer.title), *states, because)
    made.print(shell.out)
    if len(pairs) > SHOWN:
        shell.line("link-more", n=len(pairs) - SHOWN)


def take_back(platform: Desk, shell: Shell, older: str, newer: str) -> None:
    """Undo every link between two feeds."""
    from worklens.stages.asking import ask, records
    from worklens.stages.linking import undo_links

    with platform.warehouse.read() as session:
        where = "WHERE feed = $older AND into_feed = $newer"
        links = list(records(ask(session, "latest_links", where, older=older, newer=newer)))
    if links:
        with platform.warehouse.write() as session:
            undo_links(session, links, platform.ports.clock.now())
    if shell.json:
        shell.document({"undone": len(links)})
    shell.line("link-undone", n=len(links), old=older, new=newer)


COLUMNS = (
    "feed, account, task, occurrence, status, COALESCE(title, '') AS title, COALESCE(collection_title, collection, '') AS"
    " collection, created_at, created_precision, created_day, due_day, completed_day,"
    " COALESCE(closed_at, deleted_at) AS ended_at, first_seen_at"
)


def tasks_of(session: Asked, feed: str) -> list[Seen]:
    """A feed's tasks that are not linked away."""
    import msgspec

    from worklens.stages.asking import ask, records
    from worklens.stages.linking import Seen

    rows = records(ask(session, "current_tasks", "WHERE feed = $feed", columns=COLUMNS, feed=feed))
    return [msgspec.convert(row, Seen) for row in rows]


def _plain(pair: Pair) -> dict[str, Any]:
    return {
        "old": {"account": pair.older.account, "task": pair.older.task, "occurrence": pair.older.occurrence},
        "new": {"account": pair.newer.account, "task": pair.newer.task, "occurrence": pair.newer.occurrence},
        "title": pair.newer.title,
        "reasons": list(pair.reasons),
        "sure": pair.sure,
    }
