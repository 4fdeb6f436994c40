"""Estimates corrected by how earlier ones came out, beside the people's own: each task from earlier days alone."""

from __future__ import annotations

import csv

import numpy as np

from _company import company
from _evidence import log, publish, table
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


def pomodoros() -> Corrections:
    """One person's log in pomodoros of 25 minutes: the rows on which a task was done."""
    with log("pomodoro-log.csv").open(encoding="utf-8") as file:
        rows = [
            row for row in csv.DictReader(file) if row["done"] == "1" and row["estimate"] and row["actual"]
        ]
    hours = np.array([(float(row["estimate"]), float(row["actual"])) for row in rows]) * 1500
    day = np.array([row["date"] for row in rows], dtype="M8[D]").astype(np.int64)
    same = np.zeros(len(rows), dtype=np.int64)
    return corrections(same, same, day, hours[:, 0], hours[:, 1])


def main() -> None:
    """All tasks of SiP, either half of the time, each developer with at least 60, and a log where half hit it exactly."""
    rows = company()
    rows = rows.those(~rows.over & (rows.completed < 2**40))
    found = corrections(rows.developer, rows.project, rows.completed, rows.estimate, rows.spent)
    first = np.arange(found.ratio.size) < found.ratio.size // 2
    people = [one for one in np.unique(found.person) if (found.person == one).sum() >= 60]
    lines = [
        line("SiP", found),
        line("with 20 of the person's before", found.those(enough(found))),
        line("the earlier half", found.those(first)),
        line("the later half", found.those(~first)),
        *(line(f"developer {one}", found.those(found.person == one)) for one in people),
    ]
    lines.append(line("the pomodoro log", pomodoros()))
    publish("estimates", table(HEADS, lines))


if __name__ == "__main__":
    main()
