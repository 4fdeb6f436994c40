"""Estimates corrected by how earlier ones came out, beside the people's own: SiP, each task from earlier days alone."""

from __future__ import annotations

import numpy as np

from _company import company
from _evidence import publish, table
from worklens.analysis.corrections import Corrections, corrections, enough

HEADS = ("tasks", "n", "ours", "their own", "times own median", "ours to own", "within 20 %: ours", "own", "mean: ours", "own", "80 % held", "width")  # fmt: skip


def line(name: str, found: Corrections) -> tuple[object, ...]:
    """The median absolute logarithm of spent / estimate, the share that came close, and the mean."""
    ours, own = found.error(), found.error("own")
    gain = f"{100 * (ours / own - 1):+.0f} %" if own else "–"
    return (
        name,
        found.ratio.size,
        ours,
        own,
        found.error("median"),
        gain,
        *(f"{100 * found.close(by):.1f} %" for by in ("ours", "own")),
        *(found.mean_error(by) for by in ("ours", "own")),
        f"{100 * found.covered():.0f} %",
        found.width(),
    )


def main() -> None:
    """All tasks, either half of the time, and each developer with at least 60."""
    rows = company()
    rows = rows.those(~rows.over & (rows.completed < 2**40))
    found = corrections(rows.developer, rows.project, rows.completed, rows.estimate, rows.spent)
    first = np.arange(found.ratio.size) < found.ratio.size // 2
    people = [one for one in np.unique(found.person) if (found.person == one).sum() >= 60]
    lines = [
        line("all", found),
        line("with 20 of the person's before", found.those(enough(found))),
        line("the earlier half", found.those(first)),
        line("the later half", found.those(~first)),
        *(line(f"developer {one}", found.those(found.person == one)) for one in people),
    ]
    publish("estimates", table(HEADS, lines))


if __name__ == "__main__":
    main()
