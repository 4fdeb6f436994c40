"""The evaluation on the terminal: a table a part."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.cli.tables import Table


def show(found: dict[str, Any], shell: Shell) -> None:
    """A table for each part that has rows; what is missing, where there are no forecasts to grade."""
    from worklens.stages.evaluating import LEAST_DATED

    for name, shown in TABLES.items():
        if found[name]:
            shown(found[name], shell)
    if not found["forecasts"]:
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


def cycle_times(rows: list[dict[str, Any]], shell: Shell) -> None:
    """A row where Kaplan-Meier answers, one where it doesn't, and one for all; errors in days."""
    made = _table(shell, "cycle-times", "months", "off", "kaplan-meier", "closed-lately", "held")
    for row in rows:
        plain, whose, which = row["baselines"], f"cycle-{row['accounts']}", f"cycle-{row['snapshots']}"
        made.add(
            f"{shell.say(whose)}, {shell.say(which)}",
            str(row["n"]),
            *(_days(value) for value in (row["ours"], plain["kaplan_meier"], plain["closed_90d"])),
            f"{100 * row['coverage']:.0f} %",
        )
    made.print(shell.out)
    shell.line("cycle-times-about")


def estimates(rows: list[dict[str, Any]], shell: Shell) -> None:
    """A row for all, and one an account; errors are factors, 1.2 being a fifth too much or too little."""
    made = _table(shell, "estimates", "finished-tasks", "off", "own-estimate", "own-median", "held")
    for row in rows:
        plain = row["baselines"]
        made.add(
            row["account"] or shell.say("estimates-everyone"),
            str(row["n"]),
            *(_factor(value) for value in (row["ours"], plain["own"], plain["own_times_median"])),
            f"{100 * row['coverage']:.0f} %",
        )
    made.print(shell.out)
    shell.line("estimates-about")


def scores(rows: list[dict[str, Any]], shell: Shell) -> None:
    """A row a horizon; losses of ours and of the plain ones."""
    made = _table(
        shell,
        "chances",
        "asked-about",
        "ours",
        "kaplan-meier",
        "kaplan-meier-shrunk",
        "base-rate",
        "miscalibrated",
    )
    for row in rows:
        plain = row["baselines"]
        losses = (
            row["log_loss"],
            *(plain.get(name) for name in ("kaplan_meier", "kaplan_meier_shrunk", "base_rate")),
        )
        days = row.get("horizon_days")
        made.add(
            shell.say("days", n=days) if days else shell.say("chances-late"),
            str(row["n"]),
            *("–" if loss is None else f"{loss:.4f}" for loss in losses),
            f"{row['calibration_error']:.3f}",
        )
    made.print(shell.out)
    shell.line("scores-about", clip=rows[0]["clip"])


TABLES = {
    "forecasts": forecasts,
    "cycle_times": cycle_times,
    "estimates": estimates,
    "scores": scores,
    "lateness": scores,
}


def _table(shell: Shell, *names: str) -> Table:
    from worklens.cli.tables import Table

    headings = [shell.say(f"column-{name}") for name in names]
    return Table(*headings, right=headings[1:], flexible=headings[0])


def _days(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _factor(logarithm: float) -> str:
    return f"x {math.exp(logarithm):.2f}"
