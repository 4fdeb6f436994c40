"""Suppression along one line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Floats
from worklens.analysis.detection import intervals
from worklens.analysis.detection.intervals import interval_iou, suppress_intervals
from worklens.analysis.detection.suppression import suppress


def as_boxes(rows: Floats) -> Floats:
    """Intervals as boxes of height 1."""
    return np.stack([rows[:, 0], np.zeros(len(rows)), rows[:, 1], np.ones(len(rows))], axis=1)


@given(
    st.integers(0, 2**32),
    st.integers(0, 120),
    st.sampled_from([0.0, 0.3, 0.5, 0.9, 1.0]),
    st.sampled_from([5, 60, 1e3]),
    st.sampled_from([0, 1.7e9]),
    st.booleans(),
)
def test_it_is_suppression_of_boxes_as_high(
    seed: int, count: int, threshold: float, room: float, origin: float, whole: bool
) -> None:
    """Crowded or sparse, near 0 or in seconds since 1970, with ends that meet exactly."""
    rng = np.random.default_rng(seed)
    start = rng.uniform(0, room, count) + origin
    rows = np.stack([start, start + rng.exponential(8, count)], axis=1)
    rows = np.floor(rows) if whole else rows
    scores = rng.integers(0, 30, count).astype(float)

    expected = suppress(as_boxes(rows), scores, threshold, method="classic")

    assert_array_equal(suppress_intervals(rows, scores, threshold), expected)


def test_crowded_intervals_go_by_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """And come out the same."""
    rng = np.random.default_rng(1)
    rows = np.sort(rng.uniform(0, 9, (150, 2)), axis=1)
    scores = rng.random(150)
    expected = suppress_intervals(rows, scores, 0.3)

    monkeypatch.setattr(intervals, "CROWDED", 0)

    assert_array_equal(suppress_intervals(rows, scores, 0.3), expected)


def test_a_chain_is_thinned_out() -> None:
    """Each the next one's rival, falling scores: every other stays."""
    start = np.arange(9.0)

    assert_array_equal(
        suppress_intervals(np.stack([start, start + 1.9], axis=1), -start, 0.2), [0, 2, 4, 6, 8]
    )


def test_iou_of_intervals() -> None:
    """An hour that two share of three; touching ends share nothing."""
    assert_allclose(
        interval_iou(np.array([[9.0, 11.0]]), np.array([[10.0, 12.0], [11.0, 12.0]])), [[1 / 3, 0]]
    )


def test_what_makes_no_sense_is_refused() -> None:
    """An end before its start, and scores for others."""
    with pytest.raises(ValueError, match="interval 0"):
        suppress_intervals([[2, 1]], [1])
    with pytest.raises(ValueError, match="1 intervals have 2 scores"):
        suppress_intervals([[1, 2]], [1, 2])
