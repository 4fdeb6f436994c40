"""Forecasts on the terminal: the promise, what it stands on, and its id in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.cli.shell import Shell


def show(found: dict[str, Any], shell: Shell) -> None:
    """Each answer in a paragraph of its own, under its account where there are several."""
    from worklens.cli.tables import others, styled
    from worklens.render.safe import clean

    both = [*found["forecasts"], *found["too_little"]]
    several = len({one["account"] for one in both}) > 1
    account = ""
    for one in both:
        if several and one["account"] != account:
            account = one["account"]
            shell.out.print(styled(clean(account), "bold cyan"), soft_wrap=True)
        shell.paragraph(others(one["text"], 2_000))
        if "why" in one:
            shell.paragraph(others(one["why"], 2_000), indent=3, style="dim")
            shell.paragraph(shell.say("forecast-id", id=one["id"]), indent=3, style="dim")
    if found["nothing_open"]:
        shell.line("forecast-nothing-open")
    if found["forecasts"]:
        shell.out.print()
        shell.line("next-after-forecast", grade=shell.command("forecast --grade"))
