"""When a list of open tasks will be done, beside the plain schedule by hours: SiP, every 28 days.

A list is what a developer has open of a project, three tasks or more with an estimate each. The truth is when the last
of them was done; new work isn't counted in.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from _company import Company, company
from _evidence import publish, table
from worklens.analysis.arrays import NEVER, Floats
from worklens.analysis.estimates import Corrector, Task
from worklens.analysis.forecast.lists import Work, list_dates
from worklens.analysis.forecast.questions import LEVELS, LONGEST

EVERY = 28  # days
LEAST_DONE, LEAST_OPEN = 60, 3
HEADS = ("dates", "n", *(f"{100 * level:.0f} % held" for level in LEVELS), "had a date at 85 %", "pinball")


def asked(rows: Company) -> Iterator[tuple[float, Floats, Floats, Floats]]:
    """For each list at each origin: how long it took, and the three answers, (levels,) each."""
    corrector, learnt = Corrector(), 0
    order = np.argsort(rows.completed, kind="stable")
    rng = np.random.default_rng(0)
    for day in range(int(rows.completed.min()) + 100, int(rows.completed.max()), EVERY):
        while learnt < order.size and rows.completed[order[learnt]] <= day:
            row = order[learnt]
            learnt += 1
            if rows.estimate[row] > 0 and rows.spent[row] > 0:
                task = Task(int(rows.developer[row]), int(rows.project[row]), float(rows.estimate[row]))
                corrector.learn(task, float(rows.spent[row]))
        for developer in np.unique(rows.developer):
            yield from lists_of(rows.those(rows.developer == developer), int(developer), day, corrector, rng)


def lists_of(
    rows: Company, developer: int, day: int, corrector: Corrector, rng: np.random.Generator
) -> Iterator[tuple[float, Floats, Floats, Floats]]:
    """The lists of a developer who has finished enough, and something lately."""
    over = rows.completed[rows.completed <= day]
    if over.size < LEAST_DONE or over.max() <= day - LEAST_DONE:
        return
    done = np.ones(rows.completed.size, dtype=np.bool_)
    work = Work(developer, rows.project, rows.created, rows.completed, done, rows.estimate, rows.spent)
    for project in np.unique(rows.project):
        left = (rows.project == project) & (rows.created <= day) & (rows.completed > day)
        if left.sum() >= LEAST_OPEN:
            found = list_dates(work, int(project), day, corrector, rng)
            yield float(rows.completed[left].max() - day), found.days, found.by_hours, found.by_age


def line(name: str, promise: Floats, took: Floats) -> tuple[object, ...]:
    """How often a date held, where one within a year was given; how many were at 85 %; and the loss, cut off after a year."""
    levels = np.array(LEVELS)
    said, came = np.minimum(promise, LONGEST + 1), np.minimum(took, LONGEST + 1)[:, None]
    late = came - said
    loss = np.maximum(levels * late, (levels - 1) * late).mean()
    dated = np.isfinite(promise)
    held = ((took[:, None] <= promise) & dated).sum(axis=0) / dated.sum(axis=0)
    share = f"{100 * dated[:, LEVELS.index(0.85)].mean():.0f} %"
    return name, took.size, *(f"{100 * part:.0f} %" for part in held), share, float(loss)


def main() -> None:
    """Those lists of which the plain schedule has an answer, too."""
    rows = company()
    rows = rows.those(~rows.over & (rows.completed < NEVER) & (rows.created <= rows.completed))
    took, *answers = (np.array(column) for column in zip(*asked(rows), strict=True))
    both = ~np.isnan(answers[1]).any(axis=1) & ~np.isnan(answers[2]).any(axis=1)
    names = ("the later of the two (ours)", "by hours alone", "by age alone")
    lines = [line(name, answer[both], took[both]) for name, answer in zip(names, answers, strict=True)]
    within = 100 * (took[both] <= LONGEST).mean()
    publish("lists", f"{table(HEADS, lines)}\n\nOf these lists {within:.0f} % were done within a year.")


if __name__ == "__main__":
    main()
