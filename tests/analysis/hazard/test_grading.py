"""Grading the hazard on the past, on people whose ways are known."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.arrays import NEVER
from worklens.analysis.hazard.baselines import base_rates, curve_at, plain
from worklens.analysis.hazard.grading import (
    CLIP,
    Graded,
    gain_z,
    grade,
    joined,
    late_rows,
    late_verdict,
    log_losses,
    score_rows,
    verdict,
)
from worklens.analysis.hazard.landmarks import landmarks
from worklens.analysis.hazard.prospects import HORIZONS
from worklens.analysis.hazard.records import DONE, Records

TODAY = 20_000


def two_lists(rates: tuple[float, float], tasks: int = 900, *, due: bool = False) -> Records:
    """Tasks of two lists with a chance a day each, over two years; half of them with a due date after 1 to 20 days."""
    rng = np.random.default_rng(11)
    born = TODAY - rng.integers(0, 700, tasks)
    which = rng.integers(0, 2, tasks)
    ended = born + rng.geometric(np.array(rates)[which])
    still = ended > TODAY
    dates = (
        np.where(rng.random(tasks) < 0.5, born + rng.integers(1, 21, tasks), NEVER)
        if due
        else np.full(tasks, NEVER)
    )
    return Records.of(
        born, np.where(still, NEVER, ended), np.where(still, 0, DONE), collection=which, due=dates
    )


@pytest.fixture(scope="module")
def unlike() -> Graded:
    """The grades where one list is ten times as fast as the other."""
    graded = grade(two_lists((0.2, 0.02), due=True), TODAY)
    assert graded is not None
    return graded


def test_what_a_curve_can_t_know_is_a_gain(unlike: Graded) -> None:
    """Kaplan-Meier knows a task's age alone, so lists ten times as fast as others are a gain on it; it may be published."""
    rows = score_rows(unlike)

    assert [row["horizon_days"] for row in rows] == list(HORIZONS)
    for row in rows:
        assert row["log_loss"] < row["baselines"]["kaplan_meier"]
        assert row["calibration_error"] < 0.1
        assert row["baselines"].keys() == {
            "kaplan_meier", "kaplan_meier_pooled", "kaplan_meier_shrunk", "base_rate",
        }  # fmt: skip
        assert row["clip"] == CLIP
    assert verdict(unlike).passed


def test_lateness_is_graded_beside_the_base_rate(unlike: Graded) -> None:
    """A slow list misses its dates, which the base rate of both doesn't know."""
    (row,) = late_rows(unlike)

    assert row["log_loss"] < row["baselines"]["base_rate"]
    assert late_verdict(unlike).passed


def test_nothing_to_learn_is_not_published() -> None:
    """Of tasks that all have one chance a day, features only add noise."""
    graded = grade(two_lists((0.05, 0.05)), TODAY)

    assert graded is not None
    assert not verdict(graded).passed
    assert late_rows(graded) == []
    assert not late_verdict(graded).passed


def test_too_short_a_past_is_not_graded() -> None:
    """Before a hundred tasks were done there is no origin; nor without any task."""
    records = two_lists((0.05, 0.05), 90)

    assert grade(records, TODAY) is None
    assert grade(records.those(np.zeros(90, dtype=np.bool_)), TODAY) is None


def test_histories_are_joined_person_by_person(unlike: Graded) -> None:
    """Two histories give twice the rows, and their people and months stay apart."""
    both = joined([unlike, unlike])

    assert both.person.max() == unlike.person.max() * 2 + 1
    assert score_rows(both)[1]["n"] == 2 * score_rows(unlike)[1]["n"]
    assert score_rows(both)[1]["log_loss"] == pytest.approx(score_rows(unlike)[1]["log_loss"])
    assert score_rows(both.those(both.person == 0)) == score_rows(unlike)


def test_a_gain_in_one_month_is_no_gain() -> None:
    """What comes together counts once: ten rows of one month say as much as one."""
    assert gain_z(np.ones(10), np.zeros(10, dtype=np.int64)) == pytest.approx(1)
    assert gain_z(np.ones(9), np.arange(9)) == pytest.approx(3)
    assert gain_z(np.full(3, np.nan), np.arange(3)) == 0


def test_a_chance_of_nothing_costs_what_the_clip_says() -> None:
    """A chance of 0 of what came true costs the log of the clip, and an unknown truth nothing."""
    losses = log_losses(np.array([0.0, 0.0, 0.5]), np.array([1.0, 0.0, np.nan]))

    assert losses[:2] == pytest.approx([-np.log(CLIP), -np.log(1 - CLIP)])
    assert np.isnan(losses[2])


def test_baselines_see_the_past_alone() -> None:
    """What is done after an origin changes neither the curve nor the base rate that it is asked with."""
    records, day = two_lists((0.2, 0.02), 300), TODAY - 100
    ended = np.where(records.ended > day, NEVER, records.ended)
    cut = Records.of(
        records.born, ended, np.where(ended == NEVER, 0, records.cause), collection=records.collection
    )
    grid = np.arange(day - 300, day + 1, 5)

    found = []
    for known in (records, cut):
        rows = landmarks(known, grid)
        last = rows.those(rows.day == day)
        rates = base_rates(known, rows)[rows.day == day]
        found.append((last.task, plain(known, last, rates)))

    (task, with_future), (same, without) = found
    assert np.array_equal(task, same)
    for name in ("kaplan_meier", "kaplan_meier_shrunk", "base_rate"):
        assert np.array_equal(getattr(with_future, name), getattr(without, name), equal_nan=True)


def test_the_curve_of_a_day_is_that_of_the_tasks_then() -> None:
    """Of three tasks, one done before the day, one after it and one not yet there."""
    records = Records.of(np.array([0, 0, 9]), np.array([3, 8, 12]), np.full(3, DONE))

    curve = curve_at(records, np.arange(3), 5)

    assert curve.by(3.0) == pytest.approx(0.5)
    assert curve.at_risk_after(4.0) == 1
