"""Bare ``worklens``: what is worth telling today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language, Platform
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.stages.care import Asked


def _version(value: bool) -> None:
    if value:
        from worklens.version import __version__

        typer.echo(f"worklens {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
]


def today(
    ctx: typer.Context,
    account: Account = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
    platform: Platform = None,
    version: Version = False,
) -> None:
    """Without a command: today's findings."""
    if ctx.invoked_subcommand:
        return
    shell = Shell(data_dir, language, json=json)
    if shell.empty and not json:
        shell.line("welcome", path=shell.root)
        return
    with shell.existing() as desk, desk.warehouse.read() as session:
        found = findings(session, account, shell, desk)
        changed = alerts(session, account, shell, desk)
    if json:
        shell.document({"findings": found, "alerts": changed})
    else:
        tell(changed, shell)
        show(found, shell)


def findings(session: Asked, account: str, shell: Shell, desk: Desk) -> list[dict[str, Any]]:
    """The findings of an account, or of all together, in words; those that were answered are left out."""
    from worklens.cli.known import scope
    from worklens.findings import action, text
    from worklens.findings.identity import name_of
    from worklens.stages.answers import standing
    from worklens.stages.insights import compute

    of = scope(session, account)
    answered = standing(desk.state, desk.ports.clock.now(), of.feeds)
    return [
        {
            "finding": name_of(one),
            "key": one.key,
            "account": one.account,
            "params": one.params,
            "evidence": one.evidence,
            "text": text(one, shell.language),
            "action": action(one, shell.language),
        }
        for one in compute(session, of.feeds, of.accounts, standing=answered)
    ]


def alerts(session: Asked, account: str, shell: Shell, desk: Desk) -> list[dict[str, Any]]:
    """What was raised in the last two weeks."""
    from worklens.cli.commands.alerts import plain
    from worklens.cli.known import whose
    from worklens.stages.raised import lately

    name = whose(session, account)
    now = desk.ports.clock.now()
    return [plain(one) for one in lately(session, now, shell.language, accounts=[name] if name else [])]


def tell(changed: list[dict[str, Any]], shell: Shell) -> None:
    """The alerts, before anything else."""
    from worklens.cli.tables import others, styled

    for one in changed:
        shell.paragraph(others(one["text"], 600), styled("!", "bold yellow"), indent=3)
    if changed:
        shell.out.print()


def show(found: list[dict[str, Any]], shell: Shell) -> None:
    """The findings as numbered paragraphs, each with what one might do about it."""
    from worklens.cli.tables import others, styled

    if not found:
        shell.line("no-findings")
    for place, one in enumerate(found, start=1):
        shell.paragraph(others(one["text"], 600), styled(f"{place}.", "bold cyan"), indent=3)
        shell.paragraph(others(f"{one['action']} [{one['finding']}]", 600), indent=3, style="dim")
    if found:
        shell.out.print()
        shell.line("answer-hint", answer=shell.command(f"answer {found[0]['finding']} wrong"))
        shell.line("next-after-findings", report=shell.command("report"))
