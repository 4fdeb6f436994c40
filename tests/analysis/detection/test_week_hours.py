"""A history as a picture of its weeks."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.detection.week_hours import box_iou, clock_hour, cut, hours_possible, week_hours

MONDAY = 20_052 - 20_052 % 7 + 4  # 1970-01-05 was a Monday: so is any day that is 4 more than a multiple of 7


def test_an_event_stands_at_its_hour() -> None:
    """Two on Wednesday of the second week at 9, one on Sunday; those of other weeks are left out."""
    week = (MONDAY + 3) // 7
    day = np.array([MONDAY + 9, MONDAY + 9, MONDAY + 6, MONDAY - 1, MONDAY + 14])
    hour = np.array([9, 9, 23, 12, 12])

    table = week_hours(day, hour, week, 2)

    assert table.sum() == 3
    assert (table[1, 2, 5], table[0, 6, 19]) == (2, 1)
    assert (clock_hour(5), clock_hour(19), clock_hour(24)) == (9, 23, 4)


def test_past_midnight_is_still_the_evening_before() -> None:
    """Monday 3:59 belongs to Sunday of the week before, 4:00 to Monday."""
    table = week_hours(np.array([MONDAY, MONDAY]), np.array([3, 4]), (MONDAY + 3) // 7 - 1, 2)

    assert_array_equal(np.argwhere(table), [[0, 6, 23], [1, 0, 0]])


def test_boxes_overlap_as_their_cells_do() -> None:
    """Counted cell by cell; a box without cells overlaps nothing."""
    rng = np.random.default_rng(4)
    boxes = np.sort(rng.integers(0, 8, (12, 2, 3)), axis=1).reshape(12, 6)
    painted = np.zeros((12, 8, 8, 8), dtype=bool)
    for table, box in zip(painted, boxes, strict=True):
        cut(table, box)[...] = True
    expected = [[(one & other).sum() / max(1, (one | other).sum()) for other in painted] for one in painted]

    assert_allclose(box_iou(boxes, boxes), expected)


def test_on_days_off_no_hour_is_possible() -> None:
    """All hours of the others are."""
    open_ = np.array([[True] * 6 + [False]])

    assert_array_equal(hours_possible(np.zeros((1, 7, 24)), open_).sum(axis=2), [[24] * 6 + [0]])
