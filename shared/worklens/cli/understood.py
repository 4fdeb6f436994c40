"""Undated open tasks whose titles name a day: what we understood, beside what the source says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.shell import Shell
    from worklens.render.understood import Understood
    from worklens.stages.asking import Rows

SHOWN = 25  # rows: a screenful
Key = tuple[str, str]


def of_tasks(rows: Rows, platform: Desk, *, wished: bool) -> Iterator[tuple[dict[str, Any], Understood]]:
    """The tasks whose titles name a day, with it, the nearest first; `wished` keeps to accounts that asked for it."""
    from worklens.stages.asking import records
    from worklens.stages.understood import understood, wanted

    tasks = list(records(rows))
    feeds = {feed.name: feed for feed in platform.state.feeds() if wanted(feed) or not wished}
    told = [(row, one) for row, one in zip(tasks, understood(tasks, feeds), strict=True) if one]
    return iter(sorted(told, key=lambda pair: (pair[1].day, pair[1].time or "")))


def of_occurrences(states: Rows, platform: Desk) -> dict[Key, dict[str, Any]]:
    """The same of one task's occurrences, by account and occurrence, where its account asked for it."""
    return {
        (row["account"], row["occurrence"]): {"understood": document(one)}
        for row, one in of_tasks(states, platform, wished=True)
    }


def document(told: Understood) -> dict[str, Any]:
    """As data."""
    import msgspec

    found: dict[str, Any] = msgspec.to_builtins(told)
    return found


def tell(rows: Rows, platform: Desk, shell: Shell) -> None:
    """A line of JSON for each, or the nearest ones as a table."""
    from worklens.cli.lines import print_lines
    from worklens.cli.plain import task

    found = list(of_tasks(rows, platform, wished=False))
    if shell.json:
        print_lines(task(row) | {"understood": document(one)} for row, one in found)
    else:
        _table(found, shell)


def _table(found: list[tuple[dict[str, Any], Understood]], shell: Shell) -> None:
    from worklens.cli.tables import Table, day, others
    from worklens.cli.when_shown import sure_shown, understood_shown

    shell.line("tasks-understood", count=len(found))
    if not found:
        return
    headings = [shell.say(f"column-{name}") for name in ("title", "created", "understood")]
    made = Table(*headings, "", flexible=headings[0], whole=headings[2], right=("",))
    for row, one in found[:SHOWN]:
        when, sure = understood_shown(shell, one), sure_shown(one.confidence)
        made.add(others(row["title"]), day(row["created_day"]), when, sure)
    made.print(shell.out)
    if len(found) > SHOWN:
        shell.line("more-tasks", shown=SHOWN, json=shell.command("tasks --understood --json"))


def fact(told: Mapping[str, Any], shell: Shell) -> str:
    """In a line of facts, said to be ours."""
    import msgspec

    from worklens.cli.when_shown import sure_shown, understood_shown
    from worklens.render.safe import clean
    from worklens.render.understood import Understood

    one = msgspec.convert(told, Understood)
    when, sure = understood_shown(shell, one), sure_shown(one.confidence)
    return shell.say("fact-understood", phrase=clean(one.phrase), when=when, sure=sure)
