"""The 85 % cycle time known on the day, beside Kaplan-Meier's and the usual one: SiP, at each month's end.

Cohort: what was begun in the 90 days before; truth: the same tasks' own quantile, once all were done.
"""

from __future__ import annotations

import numpy as np

from _company import Company, company
from _evidence import publish, table
from worklens.analysis.arrays import NEVER
from worklens.analysis.snapshots import Snapshots, joined, snapshots

HEADS = (
    "snapshots",
    "n",
    "truth",
    "ours",
    "Kaplan-Meier",
    "closed in 90 days",
    "80 % interval held",
    "its median width",
)


def of(rows: Company) -> Snapshots:
    """The snapshots over the rows with both days: of the others there is no truth."""
    known = rows.those((rows.started < NEVER) & (rows.completed < NEVER))
    return snapshots(known.started, known.completed, np.ones(known.started.size, dtype=np.bool_))


def lines(name: str, found: Snapshots) -> list[tuple[object, ...]]:
    """A line where Kaplan-Meier answers, one where it doesn't, and one for all."""
    answered = ~np.isnan(found.kaplan_meier)
    parts = {
        "Kaplan-Meier answers": answered,
        "it says “not reached”": ~answered,
        "all": answered | ~answered,
    }
    return [line(f"{name}: {part}", found.those(which)) for part, which in parts.items() if which.any()]


def line(name: str, found: Snapshots) -> tuple[object, ...]:
    """Mean absolute errors in days."""
    errors = (found.error(statistic) for statistic in ("ours", "kaplan_meier", "closed"))
    width = float(np.median(found.high - found.low))
    return name, found.day.size, float(found.truth.mean()), *errors, f"{100 * found.covered():.0f} %", width


def main() -> None:
    """All developers' rows together, each task once, and each developer for themselves."""
    rows = company()
    known = rows.those((rows.started < NEVER) & (rows.completed < NEVER))
    _, once = np.unique(known.task, return_index=True)
    people = [of(rows.those(rows.developer == one)) for one in np.unique(rows.developer)]
    halves = [of(rows.those(rows.developer % 2 == odd)) for odd in (0, 1)]
    table_of = [
        *lines("all rows", of(rows)),
        *lines("each task once", of(known.those(once))),
        *lines("even developers", halves[0]),
        *lines("odd developers", halves[1]),
        *lines("each developer alone", joined([each for each in people if each.day.size])),
    ]
    publish("cycle_times", table(HEADS, table_of))


if __name__ == "__main__":
    main()
