"""Soft suppression."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.detection.soft import suppress_softly

HALF = np.array([[0.0, 0.0, 2.0, 1.0], [0.0, 0.0, 1.0, 1.0], [5.0, 5.0, 6.0, 6.0]])  # the first two: IoU 0.5
SCORES = np.array([0.9, 0.8, 0.5])


def test_a_covered_box_falls_by_its_overlap() -> None:
    """By the bell at an IoU of a half, and so behind the box far off, which keeps its score."""
    kept, scores = suppress_softly(HALF, SCORES)

    assert_array_equal(kept, [0, 2, 1])
    assert_allclose(scores, [0.9, 0.5, 0.8 * np.exp(-0.25 / 0.5)])


def test_the_linear_way_heeds_its_threshold() -> None:
    """Below it nothing falls; above it by 1 - IoU, and equal boxes fall to nothing."""
    assert_allclose(suppress_softly(HALF, SCORES, decay="linear")[1], [0.9, 0.8, 0.5])
    assert_allclose(suppress_softly(HALF, SCORES, decay="linear", threshold=0.4)[1], [0.9, 0.5, 0.4])
    assert_array_equal(suppress_softly(HALF[[0, 0]], SCORES[:2], decay="linear")[0], [0])


def test_what_falls_below_the_least_is_gone() -> None:
    """And nothing in gives nothing out."""
    assert_array_equal(suppress_softly(HALF, SCORES, least=0.49)[0], [0, 2])
    assert suppress_softly(np.empty((0, 4)), [])[0].size == 0


def test_each_box_needs_a_score() -> None:
    """Told with both numbers."""
    with pytest.raises(ValueError, match="3 boxes have 1 scores"):
        suppress_softly(HALF, [1.0])
