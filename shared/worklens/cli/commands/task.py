"""``worklens task ID``: the story of one task, as far as anyone saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worklens.cli.days import Zones
    from worklens.cli.outlook import Key, Outlook
    from worklens.stages.asking import Rows
    from worklens.stages.care import Asked

Id = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        show_default=False,
        help="The task's id, as `worklens tasks` shows it; or words of its title.",
    ),
]
SHOWN = 12  # titles that a search by words shows
OCCURRENCES = 3  # of a recurring task, told in full; the others are in --json


def command(
    task: Id, account: Account = "", json: Json = False, data_dir: DataDir = None, language: Language = None
) -> None:
    """Tell the story of one task.

    What it is, and what happened to it, in order: by when it happened, then by when it was seen.
    """
    from worklens.cli.days import Window, Zones
    from worklens.cli.happened import events
    from worklens.cli.known import whose
    from worklens.cli.outlook import outlooks
    from worklens.cli.understood import of_occurrences

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        with platform.warehouse.read() as session:
            name = whose(session, account)
            states = find(session, name, task)
            story = events(session, platform, name, Window(None, None), task=states["task"][0])
            lists = _lists(session)
            ahead = outlooks(session, states)
        for key, told in of_occurrences(states, platform).items():
            ahead[key] = told | ahead.get(key, {})
        if json:
            document(states, story, ahead, shell)
        else:
            tell(states, story, lists, ahead, Zones(platform.state.feeds()), shell)


def find(session: Asked, account: str, task: str) -> Rows:
    """The task's occurrences as last seen, of the id given or of the one title with these words. Raises Problem."""
    from worklens.cli.failures import Problem
    from worklens.render.safe import clean
    from worklens.stages.asking import OF_ACCOUNT, ask

    order = "ORDER BY account, task, created_at, occurrence"
    rows = ask(
        session, "current_tasks", f"WHERE {OF_ACCOUNT} AND task = $task {order}", account=account, task=task
    )
    if rows["task"]:
        return rows
    where = f"WHERE {OF_ACCOUNT} AND STRPOS(LOWER(title), LOWER($words)) > 0 {order}"
    rows = ask(session, "current_tasks", where, account=account, words=task)
    named = dict(zip(zip(rows["account"], rows["task"], strict=True), rows["title"], strict=True))
    if len(named) == 1:
        return rows
    if not named:
        raise Problem("task-unknown", task=task)
    shown = "\n".join(f"  {one}  {clean(title, 60)}" for (_, one), title in list(named.items())[:SHOWN])
    raise Problem("task-ambiguous", task=task, count=len(named), shown=shown)


def _lists(session: Asked) -> dict[str, str]:
    from worklens.stages.asking import ask

    rows = ask(session, "latest_collections", columns="collection, title")
    return dict(zip(rows["collection"], rows["title"], strict=True))


def document(states: Rows, story: Rows, ahead: Mapping[Key, Outlook], shell: Shell) -> None:
    """One JSON document: each occurrence as last seen, and the events of all."""
    from worklens.cli.plain import event, task
    from worklens.stages.asking import records

    shell.document(
        {
            "task": states["task"][0],
            "occurrences": [
                task(row) | ahead.get((row["account"], row["occurrence"]), {}) for row in records(states)
            ],
            "events": [event(row) for row in records(story)],
        }
    )


def tell(
    states: Rows,
    story: Rows,
    lists: dict[str, str],
    ahead: Mapping[Key, Outlook],
    zones: Zones,
    shell: Shell,
) -> None:
    """Each occurrence with its events; of many, the newest."""
    from worklens.stages.asking import records

    events = list(records(story))
    rows = list(records(states))
    if len(rows) > OCCURRENCES:
        shell.line("occurrences", shown=OCCURRENCES, all=len(rows))
    for row in rows[-OCCURRENCES:]:
        key = (row["account"], row["occurrence"])
        told = [one for one in events if (one["account"], one["occurrence"]) == key]
        _tell_one(row, told, lists, ahead.get(key, {}), zones, shell)


def _tell_one(
    row: dict[str, Any],
    events: list[dict[str, Any]],
    lists: dict[str, str],
    ahead: Outlook,
    zones: Zones,
    shell: Shell,
) -> None:
    from worklens.cli.outlook import facts
    from worklens.cli.story import colour, what, when
    from worklens.cli.tables import Table, others, styled

    shell.out.print(others(row["title"] or row["task"], 200), style="bold")
    shell.out.print(others(" · ".join(_facts(row, shell)), 400), style="dim")
    if said := facts(ahead, shell):
        shell.out.print(" · ".join(said), soft_wrap=True)
    made = Table(shell.say("column-when"), shell.say("column-what"), "", shell.say("column-seen"))
    for one in events:
        kind = styled(shell.say(f"kind-{one['kind']}"), colour(one["kind"]))
        seen = zones.day(one["feed"], one["seen_at"], "instant")
        made.add(when(one, zones, shell), kind, others(what(one, lists, shell)), str(seen))
    made.print(shell.out)
    shell.out.print()


def _facts(row: dict[str, Any], shell: Shell) -> list[str]:
    """Where it stands and what is known of it, in a line."""
    facts = [
        shell.say(f"status-{row['status']}"),
        row["account"],
        f"{row['task']} {row['occurrence']}".strip(),
    ]
    facts += [row["collection_title"] or row["collection"] or "", ", ".join(row["labels"] or ())]
    if row["due_day"]:
        facts.append(shell.say("fact-due", day=row["due_day"].isoformat()))
    if row["priority"] is not None:
        facts.append(shell.say("fact-priority", n=row["priority"]))
    if row["estimate_seconds"] is not None:
        facts.append(shell.say("fact-estimate", hours=f"{row['estimate_seconds'] / 3600:g}"))
    if row["spent_seconds"] is not None:
        facts.append(shell.say("fact-spent", hours=f"{row['spent_seconds'] / 3600:g}"))
    return [fact for fact in (*facts, row["recurrence"] or "", row["link"] or "") if fact]
