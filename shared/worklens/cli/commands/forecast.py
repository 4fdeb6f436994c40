"""``worklens forecast``: when it will be done, how sure that is, and what such promises came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import Account, AsOf, DataDir, Json, KnownAt, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.promises import Wish

Items = Annotated[
    int | None,
    typer.Option(
        "--items", metavar="N", min=1, max=10_000, show_default=False, help="When are N tasks done?"
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        "--days", metavar="N", min=1, max=365, show_default=False, help="How many tasks are done in N days?"
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="DAY",
        show_default=False,
        help="How many are done by the end of this day (YYYY-MM-DD)?",
    ),
]
List = Annotated[
    str,
    typer.Option(
        "--list",
        metavar="LIST",
        show_default=False,
        help="Of this list, by its title or id; alone: when is all that is open in it done, new work counted in?",
    ),
]
Grade = Annotated[
    bool, typer.Option("--grade", help="What earlier forecasts came to, and what each level is worth.")
]
Again = Annotated[
    str,
    typer.Option(
        "--again", metavar="ID", show_default=False, help="Make a forecast of the ledger again, and compare."
    ),
]


def command(
    items: Items = None,
    days: Days = None,
    by: By = "",
    list_: List = "",
    grade: Grade = False,
    again: Again = "",
    account: Account = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Say when work will be done, and how sure that is.

    Without a question: what is asked every day. Each account is answered from its own past, and every answer goes into a
    ledger; --grade tells how such answers came out. Of a past (--as-of, --known-at) it is told what would have been said
    then, and that counts for no record. --again ends with 1 where the same can't be said again.
    """
    from worklens.cli.promises import Wish

    wish = Wish(items, days, by, list_, grade, again)
    shell = Shell(data_dir, language, json=json)
    check(wish)
    if again:
        raise typer.Exit(repeat(shell, again))
    if grade:
        graded(shell, account, as_of, known_at)
    else:
        answer(shell, wish, account, as_of, known_at)


def check(wish: Wish) -> None:
    """Raises Usage where more than one thing is asked."""
    from worklens.cli.failures import Usage

    given = [
        name
        for name, value in {
            "--items": wish.items,
            "--days": wish.days,
            "--by": wish.by,
            "--grade": wish.grade,
            "--again": wish.again,
        }.items()
        if value
    ]
    if wish.list and (wish.grade or wish.again):
        given.append("--list")
    if len(given) > 1:
        raise Usage("forecast-one-question", options=", ".join(given))


def answer(shell: Shell, wish: Wish, account: str, as_of: str, known_at: str) -> None:
    """Ask, keep the answers in the ledger, and show them."""
    from worklens.cli import list_hours
    from worklens.cli.progress import step
    from worklens.cli.promises import asked_of
    from worklens.cli.promises_plain import document
    from worklens.cli.promises_shown import show

    whole = wish.list and not (wish.items or wish.days or wish.by or as_of or known_at)
    with shell.existing() as platform, step(shell, "forecasting"):
        told = asked_of(platform, wish, account, as_of, known_at)
        hours = list_hours.of_lists(platform, told) if whole else []
    found = document(told, shell.language)
    if shell.json:
        shell.document(found | ({"by_estimates": hours} if whole else {}))
    else:
        show(found, shell)
        list_hours.show(hours, shell)


def graded(shell: Shell, account: str, as_of: str, known_at: str) -> None:
    """The forecasts of which something came, and what each question and level was worth."""
    from worklens.cli.grades import grades, show

    with shell.existing() as platform:
        found = grades(platform, shell.language, account, as_of, known_at)
    if shell.json:
        shell.document(found)
    else:
        show(found, shell)


def repeat(shell: Shell, given: str) -> int:
    """Make the forecast again; 0 where it says the same."""
    from worklens.cli.promises_again import repeated

    with shell.existing() as platform:
        found = repeated(platform, given, shell.language)
    if shell.json:
        shell.document(found)
    else:
        shell.line("forecast-same" if found["same"] else "forecast-differs", id=found["id"], why=found["why"])
        for one in found["forecasts"]:
            shell.paragraph(one["text"])
    return 0 if found["same"] else 1
