"""Anchors by k-means on IoU."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.detection.anchors import anchors, fit

PLANTED = np.array([[2.0, 5.0], [12.0, 4.0], [30.0, 30.0]])


def test_planted_sizes_are_found() -> None:
    """Three sorts of boxes, each a tenth larger or smaller: the anchors are their sizes, the smallest first."""
    rng = np.random.default_rng(5)
    sizes = np.repeat(PLANTED, 60, axis=0) * rng.uniform(0.9, 1.1, (180, 2))

    found = anchors(sizes, 3, rng)

    assert_allclose(found.sizes, PLANTED, rtol=0.05)
    assert found.fit == fit(sizes, found.sizes)
    assert found.fit > 0.88


def test_more_anchors_fit_better() -> None:
    """One anchor for three sorts is poor; as many as there are sizes is perfect."""
    rng = np.random.default_rng(2)

    assert anchors(PLANTED, 1, rng).fit < 0.7
    assert anchors(PLANTED, 3, rng).fit == 1.0


def test_what_cannot_be_is_refused() -> None:
    """More anchors than sizes, and sizes that are none."""
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="2 anchors"):
        anchors(np.ones((5, 2)), 2, rng)
    with pytest.raises(ValueError, match="above 0"):
        anchors(np.array([[0.0, 1.0], [1.0, 1.0]]), 1, rng)
