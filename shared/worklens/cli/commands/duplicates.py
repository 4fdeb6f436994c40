"""``worklens duplicates``: open tasks that are written down more than once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.stages.care import Asked
    from worklens.stages.duplicates import Duplicate
    from worklens.stages.linking import Pair

SHOWN = 20  # groups on the screen; --json has all

Link = Annotated[
    int | None,
    typer.Option(
        "--link",
        metavar="NUMBER",
        min=1,
        show_default=False,
        help="Count the tasks of this group once, where they are in different accounts.",
    ),
]


def command(
    account: Account = "",
    link: Link = None,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """List open tasks that are written down more than once.

    Across lists and accounts; steps of tasks, and what recurs, are left out. Titles count as one where nothing differs
    but signs, capitals, words such as "don't forget", or a slip of the pen; what differs in a number, a name or any
    other word is another task. Nothing is changed at any service; --link takes the number that stands before a group.
    """
    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        with platform.warehouse.read() as session:
            found = find(session, account)
        if link:
            accept(platform, shell, found, link)
            return
    if json:
        shell.document([_plain(one) for one in found])
    else:
        tell(found, shell)


def find(session: Asked, account: str) -> list[Duplicate]:
    """The groups among the open tasks of an account, or of all."""
    from worklens.cli.known import whose
    from worklens.stages.asking import OF_ACCOUNT, ask, records
    from worklens.stages.duplicates import COLUMNS, duplicates

    name = whose(session, account)
    rows = ask(session, "current_tasks", f"WHERE {OF_ACCOUNT}", columns=COLUMNS, account=name)
    return duplicates(list(records(rows)))


def accept(platform: Desk, shell: Shell, found: Sequence[Duplicate], number: int) -> None:
    """Link a group's tasks with the one that was written down last. Raises Usage where that can't be."""
    from worklens.cli.failures import Usage
    from worklens.render.safe import clean
    from worklens.stages.linking import write_links

    if number > len(found):
        raise Usage("duplicate-unknown", number=number, n=len(found))
    with platform.warehouse.read() as session:
        pairs = _pairs(session, found[number - 1])
    if not pairs:
        raise Usage("duplicate-one-account", number=number)
    with platform.warehouse.write() as session:
        write_links(session, pairs, platform.ports.clock.now())
    newer = pairs[0].newer
    undo = [
        shell.command(f"link {feed} {newer.feed} --undo")
        for feed in sorted({pair.older.feed for pair in pairs})
    ]
    if shell.json:
        shell.document({"linked": len(pairs), "account": newer.account, "task": newer.task})
    shell.line("duplicate-linked", title=clean(newer.title), new=newer.account, undo=", ".join(undo))


def _pairs(session: Asked, group: Duplicate) -> list[Pair]:
    """Each of the other accounts' tasks with the newest; two of one account stay two, one of them is to be closed there."""
    from worklens.cli.commands.link import tasks_of
    from worklens.stages.linking import Pair

    keys = {(row["account"], row["task"], row["occurrence"]) for row in group.rows}
    feeds = sorted({row["feed"] for row in group.rows})
    tasks = [task for feed in feeds for task in tasks_of(session, feed) if task.key in keys]
    newest = max(tasks, key=lambda task: (task.came_at, task.key))
    return [Pair(task, newest, (), 0) for task in tasks if task.feed != newest.feed]


def tell(found: Sequence[Duplicate], shell: Shell) -> None:
    """The groups by what differs, and what to do about those in two services."""
    from itertools import groupby

    if not found:
        shell.line("duplicates-none")
    numbered = enumerate(found[:SHOWN], 1)
    for how, alike in groupby(numbered, key=lambda one: one[1].how):
        shell.out.print(shell.say(f"duplicate-{how}"), style="bold")
        _table(list(alike), shell)
    if len(found) > SHOWN:
        shell.line("duplicates-more", n=len(found) - SHOWN)
    if any(len({row["feed"] for row in one.rows}) > 1 for one in found):
        one, all_of_them = shell.command("duplicates --link NUMBER"), shell.command("link OLD NEW")
        shell.line("duplicates-link", one=one, command=all_of_them)


def _table(groups: Sequence[tuple[int, Duplicate]], shell: Shell) -> None:
    from worklens.cli.tables import Table
    from worklens.render.safe import clean

    headings = [shell.say(f"column-{name}") for name in ("title", "list", "created")]
    made = Table("", *headings, flexible=headings[0])
    for number, group in groups:
        for row in group.rows:
            first = str(number) if row is group.rows[0] else ""
            place = clean(row["collection_title"] or row["account"])
            made.add(first, clean(row["title"]), place, str(row["created_day"] or ""))
    made.print(shell.out)


def _plain(one: Duplicate) -> dict[str, Any]:
    names = (
        "account",
        "task",
        "occurrence",
        "title",
        "collection",
        "collection_title",
        "created_day",
        "due_day",
    )
    return {"how": one.how, "tasks": [{name: row[name] for name in names} for row in one.rows]}
