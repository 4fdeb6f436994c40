"""The blocks of the week for a person's eyes: each a line, its days and hours first; then what is open for those that come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.lists_named import Titles
    from worklens.cli.shell import Shell
    from worklens.render.told import Coming
    from worklens.render.words import Words
    from worklens.stages.care import Asked

HEADINGS = ("block", "since", "until", "block-hours", "block-usual", "list")


def show(shell: Shell, rows: Sequence[dict[str, Any]]) -> None:
    """A line a block, and what fits the next ones; where there are several people, each under the account's name."""
    from worklens.cli.lists_named import titles_of
    from worklens.cli.tables import others
    from worklens.stages.report import within

    with shell.existing() as platform, platform.warehouse.read() as session:
        titles, clocks = titles_of(session), session.query("clocks")
        ahead = coming_of(session, platform, rows, titles)
    looked = dict(zip(clocks["feed"], clocks["now_day"], strict=True))
    accounts = list(dict.fromkeys(row["account"] for row in rows))
    for account in accounts:
        if len(accounts) > 1:
            shell.out.print(others(account), style="bold")
        last = max(day for feed, day in looked.items() if within(account, feed))
        _table([line(row, titles, last, shell) for row in rows if row["account"] == account], shell)
    shell.line("blocks-explained")
    for account, found in ahead.items():
        for one in found:
            shell.out.print()
            if len(accounts) > 1:
                shell.out.print(others(account), style="bold")
            _tell(one, shell)


def coming_of(
    session: Asked, platform: Desk, rows: Sequence[Mapping[str, Any]], titles: Titles
) -> dict[str, tuple[Coming, ...]]:
    """The next days of the blocks that are for one list, by account; nothing is asked where none is."""
    from worklens.stages.columns import rows_of
    from worklens.stages.fitting import coming, free_days
    from worklens.stages.report import within

    blocks = [row for row in rows if row["list_share"] is not None]
    if not blocks:
        return {}
    tasks = rows_of(session.query("open_in_lists"))
    clocks = {row["feed"]: row for row in rows_of(session.query("clocks"))}
    found: dict[str, tuple[Coming, ...]] = {}
    for account in dict.fromkeys(block["account"] for block in blocks):
        ours = [
            {**block, "collection_title": titles.get((account, block["collection"]))}
            for block in blocks
            if block["account"] == account
        ]
        feed = next(feed for feed in platform.state.feeds() if within(account, feed.name))
        clock = clocks[feed.name]
        now, free = clock["now_at"], free_days([feed], clock["now_day"])
        open_ = [task for task in tasks if task["account"] == account]
        found[account] = coming(ours, open_, now, feed.zone_at(now), free)
    return found


def _tell(one: Coming, shell: Shell) -> None:
    """When the block comes next, how much of its list is done there, and the tasks that fit it."""
    from worklens.cli.commands.scores import percent
    from worklens.cli.tables import Table, others
    from worklens.render.safe import clean
    from worklens.render.words import Words
    from worklens.stages.fitting import LIKELY

    about = {"list": clean(one.collection_title, 40), "share": percent(one.list_share)}
    shell.line("coming-next", when=coming_when(one, Words(shell.language)), **about)
    shell.line("coming-share", others=percent(one.other_share), since=one.since.isoformat(), **about)
    if not one.fitting:
        shell.line("coming-nothing" if one.open else "coming-empty", tasks=one.open)
        return
    shell.line("coming-tasks", tasks=one.open)
    names = ("title", "due", "late")
    made = Table(*(shell.say(f"column-{name}") for name in names), flexible=shell.say("column-title"))
    for task in one.fitting:
        likely = task.late is not None and LIKELY <= task.late < 1
        due = task.due.isoformat() if task.due else ""
        made.add(others(task.title or task.task), due, percent(task.late) if likely else "")
    made.print(shell.out)


def coming_when(one: Coming, words: Words) -> str:
    """Such as `Tue 2026-11-03 9:00-12:00`."""
    return f"{words.weekday_short(one.day.isoweekday())} {one.day.isoformat()} {one.from_hour}:00-{one.to_hour}:00"


def _table(lines: Sequence[tuple[Any, ...]], shell: Shell) -> None:
    from worklens.cli.tables import Table

    names = [shell.say(f"column-{heading}") for heading in HEADINGS]
    made = Table(*names, right=names[3:5], flexible=names[-1], whole=names[0])
    for cells in lines:
        made.add(*cells)
    made.print(shell.out)


def line(row: dict[str, Any], titles: Titles, looked: date, shell: Shell) -> tuple[Any, ...]:
    """Such as `Tue-Thu 9:00-12:00`, since when, until when, `40 of 56` hours, the usual ones, and the list."""
    from worklens.cli.tables import others
    from worklens.render.words import Words

    kind = row["collection"]
    return (
        block(row, Words(shell.language)),
        row["since"].isoformat(),
        until(row, looked) or shell.say("block-still"),
        shell.say("block-of", worked=row["worked"], possible=row["possible"]),
        str(round(row["usual"])),
        others(titles.get((row["account"], kind), kind) if kind else ""),
    )


def block(row: dict[str, Any], words: Words) -> str:
    """Its weekdays and hours."""
    first, last = (words.weekday_short(row[end]) for end in ("weekday", "last_weekday"))
    days = first if first == last else f"{first}-{last}"
    return f"{days} {row['from_hour']}:00-{row['to_hour']}:00"


def until(row: dict[str, Any], looked: date) -> str:
    """Its last day; empty for one that goes on, as far as the weeks till the last look can tell."""
    from worklens.render.blocks import goes_on

    return "" if goes_on(row, looked) else str(row["until"].isoformat())
