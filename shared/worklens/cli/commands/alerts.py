"""``worklens alerts``: what changed that one would want to know; and the messages of it, for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.stages.raised import Raised

YEAR = 365  # days

Take = Annotated[
    bool,
    typer.Option(
        "--take", help="Print each alert that waits on the topic as a line of JSON, and take it from there."
    ),
]


def command(
    take: Take = False,
    account: Account = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """List the alerts of the last year, the newest first.

    A forecast that left its band, a list that stopped, open work that doubled, an account that is not looked at: each is
    told once for as long as it lasts. --take is for a program that acts on them: it gets each once.
    """
    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        if take:
            _take(platform, shell)
            return
        found = _found(platform, account, shell)
    if json:
        shell.document({"alerts": [plain(one) for one in found]})
    else:
        show(found, shell)


def _take(platform: Desk, shell: Shell) -> None:
    from worklens.messages import encode

    for message in platform.take_alerts():
        typer.echo(encode(message))


def _found(platform: Desk, account: str, shell: Shell) -> list[Raised]:
    from worklens.cli.known import whose
    from worklens.stages.raised import lately

    with platform.warehouse.read() as session:
        name = whose(session, account)
        now = platform.ports.clock.now()
        return lately(session, now, shell.language, accounts=[name] if name else [], days=YEAR)


def plain(one: Raised) -> dict[str, Any]:
    """As JSON has it."""
    from msgspec.structs import asdict

    from worklens.tasks import iso

    return asdict(one) | {"seen_at": iso(one.seen_at)}


def show(found: list[Raised], shell: Shell) -> None:
    """The alerts as paragraphs, each after its day."""
    from worklens.cli.tables import others, styled
    from worklens.tasks import iso

    if not found:
        shell.line("alerts-none")
    for one in found:
        day = one.began.isoformat() if one.began else iso(one.seen_at)[:10]
        shell.paragraph(others(one.text, 600), styled(day, "bold yellow"), indent=12)
