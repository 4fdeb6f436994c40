"""Boxes, and their ways to be written."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.detection.boxes import (
    areas,
    as_boxes,
    clipped,
    from_centres,
    from_sizes,
    to_centres,
    to_sizes,
)

BOXES = np.array([[1.0, 2.0, 4.0, 8.0], [0.0, 0.0, 0.0, 5.0]])


def test_each_way_is_as_drawn_by_hand() -> None:
    """One box of 3 by 6, one without width."""
    assert_array_equal(to_centres(BOXES), [[2.5, 5, 3, 6], [0, 2.5, 0, 5]])
    assert_array_equal(to_sizes(BOXES), [[1, 2, 3, 6], [0, 0, 0, 5]])
    assert_array_equal(areas(BOXES), [18, 0])
    assert_array_equal(clipped(BOXES, 3, 4), [[1, 2, 3, 4], [0, 0, 0, 4]])


def test_the_ways_lead_back() -> None:
    """Corners to centres or sizes and back are the same corners."""
    assert_allclose(from_centres(to_centres(BOXES)), BOXES)
    assert_allclose(from_sizes(to_sizes(BOXES)), BOXES)


@pytest.mark.parametrize("box", [[2, 0, 1, 1], [0, 2, 1, 1], [0, 0, np.nan, 1], [0, 0, np.inf, 1]])
def test_what_is_no_box_is_named(box: list[float]) -> None:
    """By its row."""
    with pytest.raises(ValueError, match="box 1: give finite"):
        as_boxes([[0.0, 0.0, 1.0, 1.0], box])
