"""``worklens duplicates``: open tasks that are written down more than once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Asked
    from worklens.stages.duplicates import Duplicate

SHOWN = 20  # groups on the screen; --json has all


def command(
    account: Account = "", json: Json = False, data_dir: DataDir = None, language: Language = None
) -> None:
    """List open tasks that are written down more than once.

    Across lists and accounts; steps of tasks, and what recurs, are left out. Titles count as one where nothing differs
    but signs, capitals, words such as "don't forget", or a slip of the pen; what differs in a number, a name or any
    other word is another task. Nothing is changed.
    """
    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform, platform.warehouse.read() as session:
        found = find(session, account)
    if json:
        shell.document([_plain(one) for one in found])
    else:
        tell(found, shell)


def find(session: Asked, account: str) -> list[Duplicate]:
    """The groups among the open tasks of an account, or of all."""
    from worklens.cli.asking import OF_ACCOUNT, ask, records
    from worklens.cli.known import whose
    from worklens.stages.duplicates import COLUMNS, duplicates

    name = whose(session, account)
    rows = ask(session, "current_tasks", f"WHERE {OF_ACCOUNT}", columns=COLUMNS, account=name)
    return duplicates(list(records(rows)))


def tell(found: Sequence[Duplicate], shell: Shell) -> None:
    """The groups by what differs, and what to do about those in two services."""
    from itertools import groupby

    if not found:
        shell.line("duplicates-none")
    for how, alike in groupby(found[:SHOWN], key=lambda one: one.how):
        shell.out.print(shell.say(f"duplicate-{how}"), style="bold")
        _table(list(alike), shell)
    if len(found) > SHOWN:
        shell.line("duplicates-more", n=len(found) - SHOWN)
    if any(len({row["feed"] for row in one.rows}) > 1 for one in found):
        shell.line("duplicates-link", command=shell.command("link OLD NEW"))


def _table(groups: Sequence[Duplicate], shell: Shell) -> None:
    from worklens.cli.tables import Table
    from worklens.render.safe import clean

    headings = [shell.say(f"column-{name}") for name in ("title", "list", "created")]
    made = Table("", *headings, flexible=headings[0])
    for number, group in enumerate(groups, 1):
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
