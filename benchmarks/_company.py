"""The SiP log, ten years of a software company's tasks, as arrays: one row a task and developer."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from _evidence import log
from worklens.analysis.arrays import NEVER, Bools, Floats, Ints

OVER = ("CANCELLED", "CHRONICLE")  # deleted, and closed at a time that nobody wrote down


@dataclass(frozen=True, eq=False)
class Company:
    """(rows,) each; days since 1970, NEVER where none is written."""

    task: Ints
    developer: Ints
    project: Ints
    created: Ints  # estimated
    started: Ints
    completed: Ints
    estimate: Floats  # seconds
    spent: Floats
    over: Bools  # deleted or closed without having been done

    def those(self, which: Any) -> Company:
        """Some of its rows."""
        return Company(**{name: values[which] for name, values in vars(self).items()})


def company() -> Company:
    """All its rows."""
    with log("sip-tasks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    projects = {name: code for code, name in enumerate(sorted({row["project"] for row in rows}))}
    return Company(
        task=np.array([int(row["task"]) for row in rows]),
        developer=np.array([int(row["developer"]) for row in rows]),
        project=np.array([projects[row["project"]] for row in rows]),
        created=np.array([_day(row["estimated_on"]) for row in rows]),
        started=np.array([_day(row["started_on"]) for row in rows]),
        completed=np.array([_day(row["completed_on"]) for row in rows]),
        estimate=np.array([float(row["hours_estimate"]) for row in rows]) * 3600,
        spent=np.array([float(row["hours_actual"]) for row in rows]) * 3600,
        over=np.array([row["status"] in OVER for row in rows]),
    )


def _day(text: str) -> int:
    if not text:
        return NEVER
    day = datetime.strptime(text, "%d-%b-%y").date()  # noqa: DTZ007
    return int(np.datetime64(day, "D").astype(np.int64))
