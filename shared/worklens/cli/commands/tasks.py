"""``worklens tasks``: every task as last seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language, Since, Until
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.days import Window
    from worklens.cli.desk import Desk
    from worklens.stages.asking import Rows

STATUSES = ("open", "completed", "closed", "deleted")
SHOWN = 25  # rows: a screenful

Status = Annotated[
    str,
    typer.Option(
        "--status",
        metavar="S",
        show_default=False,
        help="open, completed, closed or deleted; a person is shown open.",
    ),
]

Understand = Annotated[
    bool,
    typer.Option(
        "--understood",
        help="Only undated open tasks whose title names a day, with that day: ours, not the source's.",
    ),
]


def command(
    status: Status = "",
    account: Account = "",
    since: Since = "",
    until: Until = "",
    understood: Understand = False,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """List tasks as last seen.

    --since and --until keep those to which something happened on these days. With --json every task has a line of its
    own; a person is shown the oldest open ones.
    """
    from worklens.cli.days import window
    from worklens.cli.failures import Usage

    shell = Shell(data_dir, language, json=json)
    if status and status not in STATUSES:
        raise Usage("status-unknown", status=status, known=", ".join(STATUSES))
    days = window(since, until)
    with shell.existing() as platform:
        if understood:
            from worklens.cli.understood import tell

            tell(select(platform, account, status or "open", days), platform, shell)
        elif json:
            lines(select(platform, account, status, days))
        else:
            show(select(platform, account, status or "open", days), status or "open", shell)


def select(platform: Desk, account: str, status: str, days: Window) -> Rows:
    """The tasks asked for, the oldest first."""
    from worklens.cli.known import whose
    from worklens.stages.asking import OF_ACCOUNT, ask

    with platform.warehouse.read() as session:
        chosen = whose(session, account)
        rows = ask(
            session,
            "open_tasks" if status == "open" else "current_tasks",
            f"WHERE {OF_ACCOUNT} AND ($status = '' OR status = $status)"
            " ORDER BY created_at NULLS FIRST, account, task, occurrence",
            account=chosen,
            status=status,
        )
        if not days:
            return rows
        from worklens.cli.happened import touched

        keys = touched(session, platform, chosen, days)
    kept = [key in keys for key in zip(rows["account"], rows["task"], rows["occurrence"], strict=True)]
    return {name: [v for v, keep in zip(values, kept, strict=True) if keep] for name, values in rows.items()}


def lines(rows: Rows) -> None:
    """A line of JSON for each."""
    from worklens.cli.lines import print_lines
    from worklens.cli.plain import task
    from worklens.stages.asking import records

    print_lines(task(row) for row in records(rows))


def show(rows: Rows, status: str, shell: Shell) -> None:
    """The first ones as a table."""
    from itertools import islice

    from worklens.cli.tables import Table, day, number, others
    from worklens.stages.asking import records

    count = len(rows["task"])
    shell.line("tasks-count", count=count, status=shell.say(f"status-{status}"))
    if not count:
        return
    headings = [shell.say(f"column-{name}") for name in ("task", "title", "list", "created", "due", "age")]
    made = Table(*headings, right=headings[-1:], flexible=headings[1])
    for row in islice(records(rows), SHOWN):
        made.add(
            others(row["task"], 24), others(row["title"]), others(_place(row), 18), day(row["created_day"]),
            day(row["due_day"]), "" if row["age_days"] is None else shell.say("days", n=number(int(row["age_days"]))),
        )  # fmt: skip
    made.print(shell.out)
    if count > SHOWN:
        shell.line("more-tasks", shown=SHOWN, json=shell.command("tasks --json"))


def _place(row: dict[str, Any]) -> str:
    return str(row["collection_title"] or row["collection"] or "")
