"""What was planted in the sample is found, in the default life and in others of the same habits."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tests.findings.makers import of_truth
from worklens.analysis.detection.week_hours import DAY_BEGINS, box_iou
from worklens.findings import Finding
from worklens.findings.blocks import blocks_of
from worklens.findings.choose import everything, find
from worklens.sample import Truth, generate

LIVES = (7, 1, 2)


@pytest.fixture(scope="module", params=LIVES)
def truth(request: pytest.FixtureRequest) -> Truth:
    """The truth of one life."""
    return generate(seed=request.param, count=1).truth


@pytest.fixture(scope="module")
def told(truth: Truth) -> dict[str, Finding]:
    """The best finding of each key."""
    found = everything(of_truth(truth)).findings
    return {finding.key: finding for finding in reversed(found)}


def test_the_list_where_hardly_anything_gets_done(truth: Truth, told: dict[str, Finding]) -> None:
    """Reading, with the share done within a quarter far below that elsewhere."""
    params = told["list_hardly_done"].params

    assert params["collection_title"] == truth.never_done_list
    assert params["share"] < 0.2 < 0.8 < params["elsewhere"]


def test_the_best_hours_of_the_week(truth: Truth, told: dict[str, Finding]) -> None:
    """Tuesday from 9 to 12."""
    params = told["best_time"].params

    assert params["weekday"] == truth.best_weekday == told["best_weekday"].params["weekday"]
    assert (params["from_hour"], params["to_hour"] - 1) == tuple(truth.best_hours)


def test_work_with_a_moved_date_is_late_more(truth: Truth, told: dict[str, Finding]) -> None:
    """Counting what is still open beyond its date, which the truth leaves out, the shares lie above the known ones."""
    params = told["moved_late"].params

    assert truth.moved.moved_late_share <= params["share"] < truth.moved.moved_late_share + 0.2
    assert truth.moved.kept_late_share <= params["elsewhere"] + 0.02 < truth.moved.kept_late_share + 0.1


def test_the_weeks_of_burn_out_and_holiday(truth: Truth, told: dict[str, Finding]) -> None:
    """A dip that covers them, and little more than the recovery after."""
    params = told["dip"].params

    assert abs((truth.burn_out.first - date.fromisoformat(params["from"])).days) <= 21
    assert 0 <= (date.fromisoformat(params["to"]) - truth.holiday.last).days + 7 <= 42
    assert params["ratio"] < 0.6


def test_the_recurring_task_that_slips(truth: Truth, told: dict[str, Finding]) -> None:
    """It is one of those she is not reliable at."""
    finding = told["chore_slips"]
    chore = next(chore for chore in truth.chores if int(finding.tasks[0].task) in chore.tasks)

    assert chore.chance <= 0.45
    assert finding.params["share"] > finding.params["elsewhere"]


def test_the_best_hours_are_a_block_of_the_default_life() -> None:
    """Tuesday from 9 to 12 in all weeks of the last year, and the surest; in other lives all mornings may hide it."""
    truth = generate(count=1).truth
    seen = blocks_of(of_truth(truth))
    first, last = (hour - DAY_BEGINS for hour in truth.best_hours)
    planted = [0, truth.best_weekday, first, len(seen.counts), truth.best_weekday + 1, last + 1]

    assert box_iou(np.array([planted]), seen.found.boxes[:1])[0, 0] >= 0.5


def test_the_five_of_the_default_life() -> None:
    """Five, of five families, the best first, among them what matters most."""
    five = find(of_truth(generate(count=1).truth), account="wunderlist:demo")
    scores = [finding.score for finding in five]

    assert len(five) == len({finding.family for finding in five}) == 5
    assert scores == sorted(scores, reverse=True)
    assert {"list_hardly_done", "moved_late", "list_late", "best_time"} < {finding.key for finding in five}
    assert {finding.account for finding in five} == {"wunderlist:demo"}


def test_the_late_list_and_the_faster_quarter_of_the_default_life() -> None:
    """The side project is late most, and the last quarter is faster."""
    found = {finding.key: finding for finding in everything(of_truth(generate(count=1).truth)).findings}

    assert found["list_late"].params["collection_title"] == "Side project"
    assert found["pace_faster"].params["weeks"] == 13
    assert 1.1 < found["pace_faster"].params["ratio"] < 1.5
