"""The evaluation on the terminal: a table a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.cli.shell import Shell


def show(found: dict[str, Any], shell: Shell) -> None:
    """The forecasts' table, or what is missing."""
    from worklens.stages.evaluating import LEAST_DATED

    if found["forecasts"]:
        forecasts(found["forecasts"], shell)
        return
    shell.line("too-little-to-evaluate", needed=LEAST_DATED)


def forecasts(rows: list[dict[str, Any]], shell: Shell) -> None:
    """A row a question and level, beside the best plain baseline of that question."""
    from worklens.cli.grades import percent
    from worklens.cli.tables import Table, number

    names = ("question", "level", "came-true", "origins", "mean-promise", "loss", "best-plain")
    headings = [shell.say(f"column-{name}") for name in names]
    made = Table(*headings, right=headings[1:], flexible=headings[0])
    for row in rows:
        best = min(row["baselines"].values())
        made.add(
            row["question"],
            percent(row["level"]),
            f"{100 * row['coverage']:.1f} %",
            number(row["n"]),
            number(float(row["promise"])),
            f"{row['pinball']:.2f}",
            f"{best:.2f}",
        )
    made.print(shell.out)
    shell.line("evaluated-about")
