"""A grid volume read as boxes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Floats
from worklens.analysis.detection.grid_volume import decoded, detected

ANCHORS = np.array([[1.0, 1.0], [2.0, 4.0], [3.0, 2.0], [5.0, 5.0], [8.0, 3.0]])


def silent() -> Floats:
    """The course's volume, in which nothing is seen."""
    volume = np.zeros((19, 19, 5, 85))
    volume[..., 0] = -20.0
    return volume


def test_a_box_written_into_the_volume_is_read() -> None:
    """Row 4, column 7, the second anchor doubled in width, class 33: its middle is that of the cell."""
    volume = silent()
    volume[4, 7, 1, [0, 4, 5 + 33]] = 20.0, np.log(2.0), 20.0

    found = decoded(volume, ANCHORS)

    middle = np.array([7.5, 4.5])
    assert_allclose(found.boxes, [[*(middle - 2) / 19, *(middle + 2) / 19]])
    assert_allclose(found.scores, [1.0], atol=1e-6)
    assert_array_equal(found.classes, [33])


def test_scores_are_as_a_loop_reads_them() -> None:
    """Each cell and anchor of a random volume by itself, with the course's formulas."""
    rng = np.random.default_rng(7)
    volume = rng.normal(0, 2, (3, 4, 5, 8))
    expected = []
    for row, column, anchor in np.ndindex(3, 4, 5):
        pc, bx, by, bh, bw, *classes = volume[row, column, anchor]
        score = 1 / (1 + np.exp(-pc)) * np.exp(max(classes)) / np.exp(classes).sum()
        if score >= 0.4:
            x, y = (column + 1 / (1 + np.exp(-bx))) / 4, (row + 1 / (1 + np.exp(-by))) / 3
            width, height = ANCHORS[anchor, 0] * np.exp(bw) / 4, ANCHORS[anchor, 1] * np.exp(bh) / 3
            expected.append([x - width / 2, y - height / 2, x + width / 2, y + height / 2, score])

    found = decoded(volume, ANCHORS, least=0.4)

    assert_allclose(np.column_stack([found.boxes, found.scores]), expected)


def test_one_thing_seen_by_two_anchors_is_one_box() -> None:
    """The less sure one goes, unless it is of another class."""
    volume = silent()
    volume[4, 7, 1, [0, 5 + 3]] = 9.0, 9.0
    volume[4, 7, 2, [0, 4, 3, 5 + 3]] = 5.0, np.log(2 / 3), np.log(2), 9.0
    assert detected(volume, ANCHORS).scores.size == 1

    volume[4, 7, 2, [5 + 3, 5 + 4]] = 0.0, 9.0
    assert_array_equal(detected(volume, ANCHORS).classes, [3, 4])


def test_wild_numbers_overflow_nowhere() -> None:
    """A size of e^1000 stays finite."""
    volume = silent()
    volume[0, 0, 0, [0, 3, 4, 5]] = 1000.0, 1000.0, 1000.0, 1000.0

    assert np.isfinite(decoded(volume, ANCHORS).boxes).all()


def test_shapes_that_do_not_fit_are_named() -> None:
    """The volume's and the anchors'."""
    with pytest.raises(ValueError, match="volume of shape"):
        decoded(np.zeros((19, 19, 85)), ANCHORS)
    with pytest.raises(ValueError, match=r"needs \(5, 2\)"):
        decoded(silent(), ANCHORS[:2])
