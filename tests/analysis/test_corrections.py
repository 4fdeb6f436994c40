"""Corrected estimates, graded on tasks that are done."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from tests.analysis.test_snapshots import day_of

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.corrections import Corrections, corrections, enough

Rows = tuple[Ints, Ints, Ints, Floats, Floats]


def twice(tasks: int) -> Rows:
    """One person's tasks of an hour, one a day, each taking two."""
    ones = np.ones(tasks, dtype=np.int64)
    return ones, ones, np.arange(tasks), np.full(tasks, 3600.0), np.full(tasks, 7200.0)


def test_a_task_is_corrected_from_earlier_days_alone() -> None:
    """What a day's tasks took changes nothing on that day, nor before; afterwards it does."""
    person, kind, done, estimate, spent = twice(60)
    other = np.where(done >= 40, 360.0, spent)
    first, second = (corrections(person, kind, done, estimate, each) for each in (spent, other))

    for name in ("factor", "low", "high", "known"):
        assert getattr(first, name)[:41].tolist() == getattr(second, name)[:41].tolist()
    assert first.low[41:].tolist() != second.low[41:].tolist()


def test_the_order_of_rows_says_nothing() -> None:
    """Rows are taken by the day of completion."""
    rows = twice(50)
    mixed = np.random.default_rng(1).permutation(50)
    first, second = corrections(*rows), corrections(*(column[mixed] for column in rows))

    assert first.factor.tolist() == second.factor.tolist()


def test_the_plain_correction_is_the_median_so_far() -> None:
    """It leaves the first twenty estimates as they are, and then doubles them."""
    assert np.exp(corrections(*twice(22)).median).tolist() == pytest.approx([1.0] * 20 + [2.0] * 2)


def test_missing_times_are_left_out() -> None:
    """A row without an estimate, or without a time spent, is no evidence."""
    person, kind, done, estimate, spent = twice(4)
    estimate[0], spent[1], spent[2] = 0, np.nan, np.inf

    assert corrections(person, kind, done, estimate, spent).ratio.size == 1


def test_errors_by_hand() -> None:
    """Logarithms of 0.5 and 0.1 against corrections of 0.4 and 0.4, within limits of 0 and 0.45."""
    rows = Corrections(
        person=np.array([1, 1]),
        ratio=np.array([0.5, 0.1]),
        factor=np.array([0.4, 0.4]),
        median=np.array([0.0, 0.1]),
        low=np.zeros(2),
        high=np.full(2, 0.45),
        known=np.array([10, 30]),
    )

    assert rows.error() == pytest.approx(0.2)
    assert rows.error("own") == pytest.approx(0.3)
    assert rows.error("median") == pytest.approx(0.25)
    assert rows.mean_error() == pytest.approx(0.2)
    assert rows.close() == 0.5
    assert rows.covered() == 0.5
    assert rows.width() == pytest.approx(math.exp(0.45))
    assert rows.those(enough(rows)).ratio.tolist() == [0.1]


def test_of_nothing_nothing_is_known() -> None:
    """Without tasks every figure is NaN."""
    none = corrections(*(column[:0] for column in twice(1)))

    assert none.ratio.size == 0
    assert all(
        math.isnan(figure) for figure in (none.error(), none.mean_error(), none.close(), none.covered())
    )


def test_on_a_real_log_it_is_closer_than_the_estimates(test_data: Path) -> None:
    """Ten years of a company's tasks: half lie at least a tenth nearer, and 80 % within the limits."""
    found = corrections(*company(test_data / "sip-tasks.csv"))

    assert found.error() <= 0.9 * found.error("own")
    assert 0.77 <= found.covered() <= 0.83


def company(path: Path) -> Rows:
    """Its finished tasks: developer, project, day, estimate and time spent."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["completed_on"] and row["status"] not in GONE]
    projects = {name: code for code, name in enumerate(sorted({row["project"] for row in rows}))}
    hours = np.array([(float(row["hours_estimate"]), float(row["hours_actual"])) for row in rows]) * 3600
    return (
        np.array([int(row["developer"]) for row in rows]),
        np.array([projects[row["project"]] for row in rows]),
        np.array([day_of(row["completed_on"]) for row in rows]),
        hours[:, 0],
        hours[:, 1],
    )


GONE = ("CANCELLED", "CHRONICLE")  # deleted, and closed at an unknown time
