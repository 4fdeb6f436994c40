"""Cycle times known on the day, graded month by month."""

from __future__ import annotations

import csv
import math
from datetime import datetime
from pathlib import Path

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Ints
from worklens.analysis.snapshots import Snapshots, snapshots

JANUARY = 14_975  # 2011-01-01


def steady(days: int = 200) -> tuple[Ints, Ints, Bools]:
    """A task begun on each day from 2011-01-01, done the next day, but each fifth after 40 days."""
    started = JANUARY + np.arange(days)
    return started, started + np.where(np.arange(days) % 5 == 0, 40, 1), np.ones(days, dtype=np.bool_)


def test_a_row_a_month_with_its_truth() -> None:
    """Each month's end is one snapshot; 85 % of its tasks were done within 40 days, as Kaplan-Meier finds in time."""
    found = snapshots(*steady())

    ends = ["2011-01-31", "2011-02-28", "2011-03-31", "2011-04-30", "2011-05-31", "2011-06-30", "2011-07-31"]
    assert found.day.astype("M8[D]").astype(str).tolist() == ends
    assert found.truth.tolist() == [40] * 7
    assert math.isnan(found.kaplan_meier[0])
    assert found.kaplan_meier[2:].tolist() == [40] * 5
    assert found.error("kaplan_meier") == 0


def test_no_month_without_a_truth() -> None:
    """January's quantile hangs on its slow tasks: it has no row while they are open, and one once they are done."""
    assert until(45).truth.tolist() == []
    assert until(70).truth.tolist() == [40]


def until(days: int) -> Snapshots:
    """What is known some days after the first, when the rest was open or to come."""
    started, ended, _ = steady(days)
    then = np.where(ended > JANUARY + days, NEVER, ended)
    return snapshots(started, then, then < NEVER)


def test_the_usual_statistic_is_of_what_was_closed_lately() -> None:
    """A clean-out of old tasks in February throws their ages into the window, though nothing begun lately took long."""
    started, ended, done = steady(60)
    old = np.full(60, JANUARY - 500)
    cleaned = np.full(60, JANUARY + 45)
    found = snapshots(
        np.concatenate([old, started]), np.concatenate([cleaned, ended]), np.concatenate([done, done])
    )

    assert found.closed[-1] == 545
    assert found.truth[-1] == 40


def test_an_error_is_of_the_answers_alone() -> None:
    """A month without an answer isn't an error; of no answers there is none."""
    rows = Snapshots(
        np.arange(2), *np.array([[10, 20], [11, 17], [9, 0], [12, 19], [10, np.nan], [np.nan] * 2])
    )

    assert rows.error("ours") == 2
    assert rows.error("kaplan_meier") == 0
    assert math.isnan(rows.error("closed"))
    assert rows.covered() == 0.5
    assert rows.those(np.array([True, False])).covered() == 1


def test_nothing_is_graded_of_nothing() -> None:
    """An empty history has no snapshots, and an unknown error."""
    none = np.empty(0, dtype=np.int64)
    found = snapshots(none, none, np.empty(0, dtype=np.bool_))

    assert found.day.size == 0
    assert math.isnan(found.error("ours"))
    assert math.isnan(found.covered())


def test_on_a_real_log_it_is_nearer_than_kaplan_meier_and_the_usual(test_data: Path) -> None:
    """Ten years of a company's tasks: closer than Kaplan-Meier where that answers, than the usual one where it can't."""
    found = snapshots(*company(test_data / "sip-tasks.csv"))
    answered = ~np.isnan(found.kaplan_meier)
    there, beyond = found.those(answered), found.those(~answered)

    assert there.error("ours") <= there.error("kaplan_meier")
    assert beyond.error("ours") < 0.8 * beyond.error("closed")
    assert 0.6 <= beyond.covered() <= 0.95


def company(path: Path) -> tuple[Ints, Ints, Bools]:
    """Started and completed days of the rows that have both."""
    with path.open(encoding="utf-8") as file:
        dates = [(row["started_on"], row["completed_on"]) for row in csv.DictReader(file)]
    both = [(day_of(start), day_of(end)) for start, end in dates if start and end]
    started, ended = np.array(both, dtype=np.int64).T
    return started, ended, np.ones(started.size, dtype=np.bool_)


def day_of(text: str) -> int:
    """26-Feb-04 as a day since 1970."""
    return int(np.datetime64(datetime.strptime(text, "%d-%b-%y").date(), "D").astype(np.int64))  # noqa: DTZ007
