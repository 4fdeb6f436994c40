"""What a list's estimates come to, beside its forecast: hours of work, not a date."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from worklens.stages import efforts
from worklens.stages.list_hours import ListHours, list_hours

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.promises import Told
    from worklens.cli.shell import Shell

SHOWN = (0.5, 0.85)  # the levels that are said in words


def of_lists(platform: Desk, told: Told) -> list[dict[str, Any]]:
    """A row a list that was asked about."""
    rows: list[dict[str, Any]] = []
    with platform.warehouse.read() as session:
        for said in told.said:
            paces = [one.pace for one in said.answers] + [one.pace for one in said.silences]
            known = efforts.read(session, [said.base.feed]) if paces else None
            rows += [
                _plain(
                    pace.account,
                    pace.collection,
                    list_hours(known, pace.account, pace.collection, pace.origin - 1),
                )
                for pace in paces
                if known
            ]
    return rows


def _plain(account: str, collection: str, found: ListHours) -> dict[str, Any]:
    levels = [
        {"level": level, "days": int(days) if math.isfinite(days) else None}
        for level, days in zip(found.levels, found.days, strict=True)
        if not math.isnan(days)
    ]
    return {
        "account": account,
        "list": collection,
        "tasks": found.tasks,
        "estimated": found.estimated,
        "hours": found.seconds / 3600,
        "learnt": found.learnt,
        "levels": levels,
    }


def show(rows: list[dict[str, Any]], shell: Shell) -> None:
    """A sentence or two for each list with open tasks, by its account where there are several."""
    from worklens.render.safe import clean

    gap = "" if shell.language == "zh" else " "
    for row in rows:
        if row["tasks"]:
            whose = f"{clean(row['account'])}: " if len(rows) > 1 else ""
            shell.paragraph(whose + gap.join(_sentences(row, shell)), indent=3, style="dim")


def _sentences(row: dict[str, Any], shell: Shell) -> list[str]:
    if not row["estimated"]:
        return [shell.say("list-no-estimates", tasks=row["tasks"])]
    said = [
        shell.say("list-hours", hours=f"{row['hours']:.3g}", estimated=row["estimated"], tasks=row["tasks"])
    ]
    days = {level["level"]: level["days"] for level in row["levels"]}
    half, sure = (days.get(level) for level in SHOWN)
    if half is None or sure is None:
        return [*said, shell.say("list-hours-long" if days else "list-hours-unknown")]
    return [*said, shell.say("list-hours-days", half=half, sure=sure)]
