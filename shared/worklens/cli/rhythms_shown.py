"""The blocks of the week for a person's eyes: each a line, its days and hours first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.cli.lists_named import Titles
    from worklens.cli.shell import Shell
    from worklens.render.words import Words

HEADINGS = ("block", "since", "until", "block-hours", "block-usual", "list")
STILL = 28  # days: as short a pause is a holiday, and the block isn't over


def show(shell: Shell, rows: Sequence[dict[str, Any]]) -> None:
    """A line a block; where there are several people, a table for each under the account's name."""
    from worklens.cli.lists_named import titles_of
    from worklens.cli.tables import others
    from worklens.stages.report import within

    with shell.existing() as platform, platform.warehouse.read() as session:
        titles, clocks = titles_of(session), session.query("clocks")
    looked = dict(zip(clocks["feed"], clocks["now_day"], strict=True))
    accounts = list(dict.fromkeys(row["account"] for row in rows))
    for account in accounts:
        if len(accounts) > 1:
            shell.out.print(others(account), style="bold")
        last = max(day for feed, day in looked.items() if within(account, feed))
        _table([line(row, titles, last, shell) for row in rows if row["account"] == account], shell)
    shell.line("blocks-explained")


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
    monday = looked.toordinal() - looked.weekday()
    on = not row["gone"] and row["until"].toordinal() >= monday - STILL
    return "" if on else row["until"].isoformat()
