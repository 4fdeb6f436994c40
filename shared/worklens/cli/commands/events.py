"""``worklens events``: what happened to tasks, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.cli.options import Account, DataDir, Json, Language, Since, Until
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.days import Zones
    from worklens.stages.asking import Rows
    from worklens.stages.care import Asked

SHOWN = 30  # of the newest: a screenful


def command(
    account: Account = "",
    since: Since = "",
    until: Until = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """List what happened to tasks.

    By when it happened, then by when it was seen. --json gives the whole history, a line of JSON an event; a person is
    shown the newest ones.
    """
    from worklens.cli.days import Zones, window
    from worklens.cli.happened import events
    from worklens.cli.known import whose
    from worklens.cli.lines import print_lines
    from worklens.cli.plain import event
    from worklens.stages.asking import records

    shell = Shell(data_dir, language, json=json)
    days = window(since, until)
    with shell.existing() as platform:
        with platform.warehouse.read() as session:
            rows = events(session, platform, whose(session, account), days)
            titles = {} if json else _titles(session, rows)
        if json:
            print_lines(event(row) for row in records(rows))
        else:
            show(rows, titles, Zones(platform.state.feeds()), shell)


Key = tuple[str, str, str]


def _titles(session: Asked, rows: Rows) -> dict[Key, str]:
    """The titles of the tasks that are shown."""
    found: dict[Key, str] = {}
    shown = zip(rows["feed"][-SHOWN:], rows["task"][-SHOWN:], strict=True)
    tasks: dict[str, set[str]] = {}
    for feed, task in shown:
        tasks.setdefault(feed, set()).add(task)
    for feed, wanted in tasks.items():
        named = session.query("titles", feed=feed, tasks=sorted(wanted))
        keys = zip(named["account"], named["task"], named["occurrence"], strict=True)
        found |= dict(zip(keys, named["title"], strict=True))
    return found


def show(rows: Rows, titles: dict[Key, str], zones: Zones, shell: Shell) -> None:
    """The newest ones as a table."""
    from worklens.cli.story import colour, when
    from worklens.cli.tables import Table, number, others, styled
    from worklens.stages.asking import records

    count = len(rows["event_id"])
    if not count:
        shell.line("no-events-here")
        return
    headings = [shell.say(f"column-{name}") for name in ("when", "what", "task", "title")]
    made = Table(*headings, flexible=headings[-1])
    newest = {name: values[-SHOWN:] for name, values in rows.items()}
    for row in records(newest):
        title = titles.get((row["account"], row["task"], row["occurrence"])) or ""
        kind = styled(shell.say(f"kind-{row['kind']}"), colour(row["kind"]))
        made.add(when(row, zones, shell), kind, others(row["task"], 24), others(title))
    made.print(shell.out)
    if count > SHOWN:
        shell.line("more-events", shown=SHOWN, all=number(count), json=shell.command("events --json"))
