"""What happened to tasks on days, to be counted up to any origin."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.hazard.landmarks import Landmarks


class Happenings:
    """Tasks and days, (happenings,) each in any order; `order` sorts them by task and day."""

    def __init__(self, task: Ints, day: Ints) -> None:
        self.order = np.lexsort((day, task))
        self.day: Ints = day[self.order]
        self._before = int(day.min(initial=0)) - 1
        self._wide = int(day.max(initial=0)) - self._before + 2
        self._key = task[self.order] * self._wide + self.day - self._before

    def until(self, rows: Landmarks) -> tuple[Ints, Ints]:
        """Of each row by its origin: the place (in order) after the last one, and how many there were: (rows,) each."""
        base = rows.task * self._wide
        day = np.clip(rows.day - self._before, 0, self._wide - 1)
        after = np.searchsorted(self._key, base + day, side="right")
        return after, after - np.searchsorted(self._key, base)
