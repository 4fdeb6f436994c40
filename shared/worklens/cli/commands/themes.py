"""``worklens themes``: what a person's tasks are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.stages.care import Asked
    from worklens.stages.themes import Share, Themes


def command(
    account: Account = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Say what your tasks are about, from the words of their titles.

    Titles that share words are a theme, named by the words that stand out most in it; many have none. Of each: the
    tasks, those open and done, and its share of what was done in the last 91 days in which anything was. Themes stay from
    week to week. They are told here and nowhere else.
    """
    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform, platform.warehouse.read() as session:
        found = find(session, account)
    if json:
        shell.document([_plain(one) for one in found])
    else:
        for one in found:
            tell(one, shell, named=len(found) > 1)


def find(session: Asked, account: str) -> list[Themes]:
    """The themes of each person of an account, or of all."""
    from worklens.cli.known import whose
    from worklens.stages.asking import OF_ACCOUNT, ask, records
    from worklens.stages.themes import COLUMNS, ORDER, themes

    name = whose(session, account)
    rest = f"WHERE {OF_ACCOUNT} ORDER BY {ORDER}"
    return themes(list(records(ask(session, "current_tasks", rest, columns=COLUMNS, account=name))))


def tell(one: Themes, shell: Shell, *, named: bool) -> None:
    """A person's themes as a table, under their accounts where there are others; or why there are none."""
    from worklens.analysis.words.themes import LEAST
    from worklens.cli.tables import others

    if named:
        shell.out.print(others(", ".join(one.accounts)), style="bold")
    if one.titles < LEAST:
        shell.line("themes-unknown", n=one.titles, least=LEAST)
    elif len(one.shares) < 2:
        shell.line("themes-none", n=one.titles)
    else:
        _table(one.shares, shell)
        if one.until:
            shell.line("themes-quarter", day=one.until.isoformat())


def _table(shares: Sequence[Share], shell: Shell) -> None:
    from worklens.cli.tables import Table, number, others, styled

    names = ("theme", "theme-tasks", "theme-open", "theme-done", "theme-share")
    headings = [shell.say(f"column-{name}") for name in names]
    made = Table(*headings, right=headings[1:], flexible=headings[0])
    for share in shares:
        name = others(" · ".join(share.words)) if share.words else styled(shell.say("themes-other"), "dim")
        counts = [number(count) for count in (share.tasks, share.open, share.done)]
        made.add(name, *counts, "-" if share.lately is None else f"{share.lately:.0%}")
    made.print(shell.out)


def _plain(one: Themes) -> dict[str, Any]:
    shares = [share._asdict() for share in one.shares]
    return {"accounts": one.accounts, "titles": one.titles, "until": one.until, "themes": shares}
