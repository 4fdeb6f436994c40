"""How many hours a task takes, guessed from its title: the SiP log's last tasks by those that were done before they began."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from _evidence import log
from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.tokens import tokens

LEARNT = 0.6  # of the tasks, by the day they were done, are only learnt from
NEAREST = 20  # between the ten the product takes at most and the 40 that do best on the tasks before
PULL = 0.5  # of the mean of all, in tasks that are like it
FEW = 5.0  # tasks by which a group's mean is drawn to that of all


@dataclass(frozen=True, eq=False)
class Log:
    """Tasks in the order in which they were done, one row a task: (tasks,) each."""

    titles: list[list[str]]  # tokenised
    texts: list[str]
    hours: Floats  # logarithms
    begun: Ints  # days
    done: Ints
    groups: dict[str, Ints]  # codes of what the log says of them besides

    @property
    def cut(self) -> int:
        """The first task that is guessed."""
        return int(len(self.hours) * LEARNT)

    @property
    def before(self) -> Bools:
        """(guessed, tasks): which were done before each guessed one began."""
        begun = np.minimum(self.begun, self.done)[self.cut :]
        found: Bools = self.done[None, :] < begun[:, None]
        return found

    def errors(self, guessed: Floats) -> Floats:
        """(guessed,): absolute, of logarithms: 0.7 is a factor of two."""
        found: Floats = np.abs(guessed - self.hours[self.cut :])
        return found


def read() -> Log:
    """The log's finished tasks with hours; of a task noted for several people the first row."""
    with log("sip-tasks.csv").open(encoding="utf-8", errors="replace", newline="") as lines:
        rows = [
            row
            for row in csv.DictReader(lines)
            if row["completed_on"] and float(row["hours_actual"] or 0) > 0
        ]
    once = {row["task"]: row for row in reversed(rows)}
    rows = sorted(once.values(), key=lambda row: (_day(row["completed_on"]), int(row["task"])))
    done = np.array([_day(row["completed_on"]) for row in rows])
    begun = np.array(
        [_day(row["started_on"]) if row["started_on"] else day for row, day in zip(rows, done, strict=True)]
    )
    kinds = {
        "category": ("category",),
        "subcategory": ("subcategory",),
        "developer and subcategory": ("developer", "subcategory"),
    }
    return Log(
        titles=[tokens(row["title"]) for row in rows],
        texts=[row["title"] for row in rows],
        hours=np.log([float(row["hours_actual"]) for row in rows]),
        begun=begun,
        done=done,
        groups={
            name: _codes([tuple(row[key] for key in keys) for row in rows]) for name, keys in kinds.items()
        },
    )


def by_groups(tasks: Log, codes: Ints) -> Floats:
    """Guesses by the mean of the same group, drawn to that of all."""
    mean = _mean(tasks)
    same = tasks.before & (codes[tasks.cut :, None] == codes[None, :])
    found: Floats = (same @ tasks.hours + FEW * mean) / (same.sum(axis=1) + FEW)
    return found


def by_mean(tasks: Log) -> Floats:
    """Guesses by the mean of all."""
    return _mean(tasks)


def by_nearest(
    tasks: Log, likeness: Reals, power: int = 2, pull: float = PULL, count: int = NEAREST
) -> Floats:
    """Guesses by the likest titles, the liker the more; `likeness` is (guessed, tasks), and power 0 lets all of them say as much."""
    known = np.where(tasks.before, likeness, -1)
    which = np.argpartition(-known, count, axis=1)[:, :count]
    found = np.take_along_axis(known, which, axis=1)
    weights = np.where(found > 0, found, 0) ** power if power else (found > -1).astype(float)
    total = weights.sum(axis=1) + pull
    mean = _mean(tasks)
    sums = (weights * tasks.hours[which]).sum(axis=1) + pull * mean
    return np.where(total > 0, sums / np.where(total > 0, total, 1), mean)


def _mean(tasks: Log) -> Floats:
    before = tasks.before
    found: Floats = (before @ tasks.hours) / np.maximum(before.sum(axis=1), 1)
    return found


def _codes(keys: list[tuple[str, ...]]) -> Ints:
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys])


def _day(text: str) -> int:
    return datetime.strptime(text, "%d-%b-%y").toordinal()  # noqa: DTZ007
