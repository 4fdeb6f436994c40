"""The intersection over the union."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Bools, Floats
from worklens.analysis.detection.overlap import exceeds, iou, iou_of_sizes, shared_areas

CELLS = 12
corners = arrays(np.int64, (4, 4), elements=st.integers(0, CELLS))


def tidy(rows: Floats) -> Floats:
    """Any four numbers a row as a box."""
    return np.concatenate(
        [np.minimum(rows[:, :2], rows[:, 2:]), np.maximum(rows[:, :2], rows[:, 2:])], axis=1
    )


def painted(box: Floats) -> Bools:
    """The cells of a picture that a box covers."""
    picture = np.zeros((CELLS, CELLS), dtype=bool)
    left, top, right, bottom = box.astype(int)
    picture[top:bottom, left:right] = True
    return picture


@given(corners, corners)
def test_iou_is_that_of_painted_pictures(first: Floats, second: Floats) -> None:
    """Counted cell by cell, both ways round."""
    these, those = tidy(first), tidy(second)
    pictures = [(painted(one), painted(other)) for one in these for other in those]
    expected = [(one & other).sum() / max(1, (one | other).sum()) for one, other in pictures]

    assert_allclose(iou(these.astype(float), those.astype(float)).ravel(), expected)
    assert_allclose(iou(those.astype(float), these.astype(float)).T.ravel(), expected)


def test_sizes_lie_corner_on_corner() -> None:
    """3 x 2 beside 2 x 4: they share 4 of 10."""
    assert_allclose(iou_of_sizes(np.array([[3.0, 2.0]]), np.array([[2.0, 4.0], [3.0, 2.0]])), [[0.4, 1]])


def test_the_threshold_itself_is_not_above() -> None:
    """An IoU of exactly a half doesn't exceed a half, nor does nothing exceed 0."""
    whole, half = np.array([[0.0, 0.0, 2.0, 1.0]]), np.array([[0.0, 0.0, 1.0, 1.0]])

    inter = shared_areas(whole, half)
    assert_array_equal(exceeds(inter, np.array([3.0]), 0.5), [False])
    assert_array_equal(exceeds(inter, np.array([3.0]), 0.49), [True])
    assert_array_equal(exceeds(np.zeros(1), np.zeros(1), 0.0), [False])
