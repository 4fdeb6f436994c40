"""``worklens doctor``: whether everything is in order, and what to do where it isn't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.check import Check


def command(json: Json = False, data_dir: DataDir = None, language: Language = None) -> None:
    """Look whether everything is in order.

    Ends with 1 where something isn't, and says what to do about it.
    """
    from worklens.cli.checks import checks

    shell = Shell(data_dir, language, json=json)
    found = checks(shell)
    well = all(one.well for one in found)
    if json:
        shell.document({"well": well, "checks": found})
    else:
        for one in found:
            _print(one, shell)
        shell.line("doctor-well" if well else "doctor-not-well")
    raise typer.Exit(0 if well else 1)


def _print(one: Check, shell: Shell) -> None:
    from worklens.cli.tables import styled
    from worklens.render.safe import clean

    mark = styled("ok ", "green") if one.well else styled("!! ", "bold red")
    shell.out.print(mark, clean(one.text, 400), sep="", soft_wrap=True)
    if one.remedy:
        shell.out.print(f"   {one.remedy}", style="yellow", soft_wrap=True)
