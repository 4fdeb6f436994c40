"""What is told of each open task: chances within some horizons, days until done, being late, never, and why."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from worklens.analysis.arrays import Floats, Ints

HORIZONS = (1, 7, 14, 30)  # days
QUANTILES = (0.2, 0.5, 0.8)
LONGEST = 365  # days: what is still open then counts as never done
SUREST = 1e-3  # no chance is told nearer to 0 or 1: once in a thousand is as sure as a personal record lets anyone be
GROUPS = ("age", "person", "list", "moved", "seen", "due", "recurring", "estimate", "started", "weekday")
"""Kinds of features: the task's age; how its person and its list do of late; how often it was moved or carried over; how long
ago its log showed it; its due date; that it recurs; its estimate; that it was begun; the weekdays ahead."""


@dataclass(frozen=True, eq=False)
class Prospects:
    """A row a task, NaN where there is too little evidence, and for tasks that aren't open."""

    done: Floats  # (tasks, horizons): chance to be done within each
    deleted: Floats  # (tasks, horizons): chance to be deleted within each
    remaining: Floats  # (tasks, quantiles): days until done; inf where that is not within LONGEST
    never: Floats  # (tasks,): chance not to be done within LONGEST, deleted or still open
    late: Floats  # (tasks,): chance to miss its due date, 1 once that is over; NaN without one
    evidence: Ints  # (tasks,): past tasks that stood open longer than this one has
    reasons: Floats  # (tasks, groups): log odds of being done that each of GROUPS adds, beside the person's typical task

    @classmethod
    def nothing(cls, tasks: int) -> Prospects:
        """Nothing known of so many tasks."""
        wide = np.full((tasks, len(HORIZONS)), np.nan)
        days = np.full((tasks, len(QUANTILES)), np.nan)
        each = np.full(tasks, np.nan)
        none = np.zeros(tasks, dtype=np.int64)
        return cls(wide, wide.copy(), days, each, each.copy(), none, np.zeros((tasks, len(GROUPS))))

    def those(self, which: Ints) -> Prospects:
        """Some of the tasks."""
        return Prospects(*(getattr(self, part.name)[which] for part in fields(self)))

    def put(self, rows: Ints, some: Prospects) -> None:
        """Write down what is known of some of the tasks, `rows` saying which."""
        for part in fields(self):
            getattr(self, part.name)[rows] = getattr(some, part.name)
