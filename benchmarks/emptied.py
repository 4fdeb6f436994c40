"""When a list is empty, new work counted in, beside the plain walk: SiP's developers, and each one's projects.

Asked every 14 days with what was open on that day. A task without an end stays open for good; since nobody tidied that
log, the same lists are asked about without those tasks, too, as if somebody had.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from _company import Company, company
from _evidence import publish, table
from worklens.analysis.arrays import NEVER, Floats, Ints
from worklens.analysis.forecast.bootstrap import bootstrap
from worklens.analysis.forecast.conformal import correct
from worklens.analysis.forecast.forecast import EVERY, past_origins
from worklens.analysis.forecast.grades import pinball
from worklens.analysis.forecast.mixture import Past, candidates
from worklens.analysis.forecast.questions import LEVELS, LONGEST, Emptied, promised, truth

LEAST_DONE, LEAST_GONE = 60, 40  # of a developer, and of a list
MOST_OPEN = 300  # tasks: more were never gone within a year
WALK = 180  # days
HEADS = ("lists", "dates", "n", "empty within a year", "had a date at 50 %", "held", "at 70 %", "held", "at 85 %", "held", "pinball")  # fmt: skip


class Days(NamedTuple):
    """A list's days: what went and what came, (days,) each, and what is left at their end."""

    gone: Ints
    arrived: Ints
    left: int


def lists(rows: Company, *, projects: bool) -> Iterator[Days]:
    """Those of the developers who have finished enough."""
    people, counts = np.unique(rows.developer[rows.completed < NEVER], return_counts=True)
    for one in people[counts >= LEAST_DONE]:
        mine = rows.those(rows.developer == one)
        first, last = mine.completed.min(), mine.completed[mine.completed < NEVER].max()
        for part in np.unique(mine.project) if projects else [None]:
            found = _days(mine if part is None else mine.those(mine.project == part), int(first), int(last))
            if found.gone.sum() >= LEAST_GONE:
                yield found


def _days(rows: Company, first: int, last: int) -> Days:
    came, went = np.minimum(rows.created, rows.completed), rows.completed
    span = last - first + 1
    arrived = np.bincount(came[(came >= first) & (came <= last)] - first, minlength=span)
    gone = np.bincount(went[went < NEVER] - first, minlength=span)
    return Days(gone, arrived, int(((came <= last) & (went > last)).sum()))


def graded(days: Days) -> tuple[Floats, Floats, Floats]:
    """How long it took at each origin, and what we and the walk promised: (origins,) and (origins, levels) twice."""
    question, levels = Emptied(days.left), np.array(LEVELS)
    past = Past(days.gone, past_origins(days.gone), days.arrived).asked(question)
    past = Past(past.done, past.origins[past.left(question)[past.origins] <= MOST_OPEN], past.arrived)
    items = past.left(question)[past.origins]
    came = truth(past.done, question, past.origins, past.arrived, items).value
    (ours,) = candidates(past, question).values()
    said = correct(ours, question, levels, past.origins, came, EVERY).promises
    walk = bootstrap(past.done, question, past.origins, WALK, past.arrived, items=items)
    known = ~np.isnan(came)
    return came[known], said[known], promised(walk, question, levels)[known]


def line(which: str, name: str, came: Floats, said: Floats) -> tuple[object, ...]:
    """How many had a date at each level, and how many of these held."""
    dated, held = np.isfinite(said), came[:, None] <= said
    shares = [
        text
        for place in range(len(LEVELS) - 1)
        for text in (
            f"{100 * dated[:, place].mean():.0f} %",
            f"{100 * held[dated[:, place], place].mean():.0f} %" if dated[:, place].any() else "–",
        )
    ]
    loss = float(pinball(Emptied(1), np.array(LEVELS), said, came).mean())
    return which, name, came.size, f"{100 * (came <= LONGEST).mean():.0f} %", *shares, loss


def lines(which: str, rows: Company, *, projects: bool) -> Iterator[tuple[object, ...]]:
    """Ours, the walk, and no date at all."""
    came, ours, walk = (
        np.concatenate(part) for part in zip(*map(graded, lists(rows, projects=projects)), strict=True)
    )
    yield line(which, "ours", came, ours)
    yield line(which, f"walk of the last {WALK} days", came, walk)
    yield line(which, "never a date", came, np.full_like(walk, np.inf))


def main() -> None:
    """The log as it stands, and as if what never ended had been tidied away."""
    rows = company()
    rows = rows.those(rows.created < NEVER)
    tidy = rows.those(rows.completed < NEVER)
    found = [
        one
        for which, log, projects in (
            ("developers", rows, False),
            ("projects of developers", rows, True),
            ("developers, tidied", tidy, False),
            ("projects, tidied", tidy, True),
        )
        for one in lines(which, log, projects=projects)
    ]
    publish("emptied", table(HEADS, found))


if __name__ == "__main__":
    main()
