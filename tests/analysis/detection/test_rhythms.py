"""Blocks found in whole histories."""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.detection.histories import WEEKS, drawn, every_day, plain, planted

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.detection.rhythms import Rhythms, rhythms
from worklens.analysis.detection.week_hours import box_iou, cut


def found_in(counts: Ints, open_: Bools | None = None) -> Rhythms:
    """The blocks, with few draws."""
    days = every_day() if open_ is None else open_
    found = rhythms(counts, days, np.random.default_rng(0), draws=12)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "box",
    [
        [4, 0, 5, 26, 5, 7],  # weekday mornings, 9 to 11, of half a year
        [0, 3, 15, 25, 4, 18],  # Thursday evenings
        [10, 5, 8, 40, 7, 12],  # noon at the week-end
        [0, 0, 4, 40, 5, 7],  # every weekday morning of the year: it hides in the margins
    ],
)
def test_a_planted_block_is_found(box: list[int]) -> None:
    """Within half of its cells, with its evidence, and nothing is surer."""
    found = found_in(planted(np.array(box), 0.75, np.random.default_rng(sum(box))))

    assert box_iou(found.boxes[:1], np.array([box]))[0, 0] > 0.5
    assert 0.6 < found.worked[0] / found.possible[0] < 0.9
    assert found.worked[0] > 1.5 * found.expected[0]


def test_two_blocks_are_two() -> None:
    """Neither hides the other, and neither is told twice."""
    rng = np.random.default_rng(8)
    boxes = np.array([[0, 0, 5, 40, 2, 8], [12, 3, 14, 36, 5, 17]])
    rates = plain()
    for first_week, first_day, first_hour, week, day, hour in boxes:
        rates[first_week:week, first_day:day, first_hour:hour] = 0.8

    found = found_in(drawn(rates, rng))

    assert (box_iou(boxes, found.boxes[:2]).max(axis=1) > 0.5).all()
    assert (np.diff(found.score) <= 0).all()


def test_a_block_within_a_block_is_told() -> None:
    """Every weekday from nine to noon, and Tuesdays twice as often: the larger one doesn't hide the better."""
    outer, inner = np.array([0, 0, 5, 40, 5, 8]), np.array([0, 1, 5, 40, 2, 8])
    rates = plain()
    cut(rates, outer)[...] = 0.4
    cut(rates, inner)[...] = 0.8

    found = found_in(drawn(rates, np.random.default_rng(10)))

    assert box_iou(inner[None], found.boxes).max() > 0.6


def test_a_usual_week_has_no_block() -> None:
    """Day and night, workdays and week-ends, and busy weeks are none."""
    rates = plain() * np.random.default_rng(1).uniform(0.5, 1.5, (WEEKS, 1, 1))

    assert len(found_in(drawn(rates, np.random.default_rng(9))).boxes) == 0


def test_a_working_day_is_no_block() -> None:
    """From nine to five and not a minute more, every day: its edges are sharp, and nothing stands out between them."""
    rates = np.zeros((WEEKS, 7, 24))
    rates[:, :, 5:13] = 0.35

    assert len(found_in(drawn(rates, np.random.default_rng(4))).boxes) == 0


def test_leave_does_not_end_a_block() -> None:
    """Three weeks off in its middle: one block, and the hours of those weeks were not possible."""
    box = np.array([2, 1, 5, 38, 3, 8])
    counts, open_ = planted(box, 0.8, np.random.default_rng(5)), every_day()
    counts[18:21], open_[18:21] = 0, False

    found = found_in(counts, open_)

    assert box_iou(found.boxes[:1], box[None])[0, 0] > 0.7
    assert found.possible[0] <= (36 - 3) * 2 * 3 + 20


def test_too_little_says_nothing() -> None:
    """Under twelve weeks or sixty hours nothing is asked at all."""
    rng = np.random.default_rng(2)

    assert rhythms(drawn(plain(11), rng), every_day(11), rng) is None
    assert rhythms(drawn(plain() / 20, rng), every_day(), rng) is None
