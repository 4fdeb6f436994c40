"""The two real logs as days: how many tasks were finished on each, from the first day with one to the last."""

from __future__ import annotations

import csv

import numpy as np

from _company import company
from _evidence import log
from worklens.analysis.arrays import NEVER, Ints

LEAST = 60  # dated tasks of a developer


def developers() -> list[Ints]:
    """SiP, each developer with at least LEAST dated tasks, in the order of their numbers."""
    rows = company()
    rows = rows.those(~rows.over & (rows.completed < NEVER))
    people, counts = np.unique(rows.developer, return_counts=True)
    return [_days(rows.completed[rows.developer == one]) for one in people[counts >= LEAST]]


def pomodoros() -> Ints:
    """One person's log of years, a task a line."""
    with log("pomodoro-log.csv").open(encoding="utf-8") as file:
        done = [row["date"] for row in csv.DictReader(file) if row["done"] == "1"]
    return _days(np.array(done, dtype="M8[D]").astype(np.int64))


def _days(day: Ints) -> Ints:
    return np.bincount(day - day.min())
