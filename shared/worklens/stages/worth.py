"""What cycle times known on the day and corrected estimates were worth, as rows of `worklens evaluate`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from worklens.analysis.arrays import Bools
from worklens.analysis.corrections import Corrections, corrections
from worklens.analysis.snapshots import Snapshots, joined, snapshots
from worklens.analysis.tail import LEVEL, SHARE
from worklens.stages.efforts import Efforts

Row = dict[str, Any]


def cycle_time_rows(efforts: Efforts) -> list[Row]:
    """The 85 % cycle time at each month's end: for all together, and for several people each for themselves.

    A row for the snapshots that Kaplan-Meier answers, one for those it doesn't, one for all; errors are mean absolute ones
    in days, and null where there is no answer.
    """
    if not efforts.account.size:
        return []
    people = [efforts.account == code for code in np.unique(efforts.account)]
    everyone = {"together": [np.ones(efforts.account.size, dtype=np.bool_)]}
    ways = everyone | ({"each_account": people} if len(people) > 1 else {})
    source = "started" if efforts.from_start else "created"
    return [
        {"question": "cycle_time_p85", "share": SHARE, "from": source, "accounts": way, **row}
        for way, parts in ways.items()
        for row in _cycle_rows(joined([_snapshots(efforts, part) for part in parts]))
    ]


def _snapshots(efforts: Efforts, part: Bools) -> Snapshots:
    """The months of some of the tasks whose lives are known."""
    return snapshots(*efforts.lives(part))


def _cycle_rows(found: Snapshots) -> list[Row]:
    answered = ~np.isnan(found.kaplan_meier)
    parts = {"kaplan_meier_answers": answered, "not_reached": ~answered, "all": answered | ~answered}
    return [_cycle_row(name, found.those(which)) for name, which in parts.items() if which.any()]


def _cycle_row(name: str, found: Snapshots) -> Row:
    return {
        "snapshots": name,
        "n": int(found.day.size),
        "truth": float(found.truth.mean()),
        "ours": _known(found.error("ours")),
        "level": LEVEL,
        "coverage": found.covered(),
        "baselines": {
            "kaplan_meier": _known(found.error("kaplan_meier")),
            "closed_90d": _known(found.error("closed")),
        },
    }


def estimate_rows(efforts: Efforts) -> list[Row]:
    """Corrected estimates over all accounts together, and for each account; none without a task that has both times.

    The error is the median absolute logarithm of time spent by estimate.
    """
    tasks = efforts.those(efforts.dated)
    found = corrections(tasks.account, tasks.collection, tasks.ended, tasks.estimate, tasks.spent)
    if not found.ratio.size:
        return []
    rows = [_estimate_row(None, found)]
    people = np.unique(found.person)
    if people.size > 1:
        rows += [_estimate_row(tasks.accounts[code], found.those(found.person == code)) for code in people]
    return rows


def _estimate_row(account: str | None, found: Corrections) -> Row:
    return {
        "question": "estimate",
        "account": account,
        "n": int(found.ratio.size),
        "ours": found.error(),
        "mean_error": found.mean_error(),
        "within_20_percent": found.close(),
        "level": LEVEL,
        "coverage": found.covered(),
        "width": found.width(),
        "baselines": {"own": found.error("own"), "own_times_median": found.error("median")},
        "own": {"mean_error": found.mean_error("own"), "within_20_percent": found.close("own")},
    }


def _known(error: float) -> float | None:
    """JSON has no NaN."""
    return None if math.isnan(error) else error
