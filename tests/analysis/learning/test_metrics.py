"""Metrics by hand, by definition, and beside scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from worklens.analysis.learning.metrics import (
    auc,
    brier,
    brier_parts,
    calibration_error,
    log_loss,
    pinball,
)

RNG = np.random.default_rng(0)
CHANCE = RNG.beta(2, 3, 500).round(2)
TRUTH = (RNG.random(500) < CHANCE).astype(np.int64)

pairs = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0])), min_size=1, max_size=30
)


def test_log_loss_by_hand() -> None:
    """Minus the mean log of what was given to the truth."""
    assert_allclose(log_loss([1, 0], [0.8, 0.4]), -(math.log(0.8) + math.log(0.6)) / 2)


def test_sure_and_wrong_is_finite() -> None:
    """A chance of 0 for what came true costs 36, not infinity."""
    assert log_loss([1], [0.0]) == pytest.approx(36.04, abs=0.01)
    assert log_loss([1, 0], [1.0, 0.0]) == 0


def test_brier_by_hand() -> None:
    """The mean squared distance."""
    assert brier([1, 0], [0.8, 0.4]) == pytest.approx((0.04 + 0.16) / 2)


@given(pairs=pairs, bins=st.integers(1, 12))
@settings(max_examples=50)
def test_the_parts_are_the_whole(pairs: list[tuple[bool, float]], bins: int) -> None:
    """Reliability less resolution plus uncertainty plus what grouping hides is the Brier score."""
    truth, chance = zip(*pairs, strict=True)

    assert brier_parts(truth, chance, bins).score == pytest.approx(brier(truth, chance), abs=1e-12)


def test_murphys_parts_by_hand() -> None:
    """Two chances, each given to two: no part is hidden."""
    parts = brier_parts([0, 1, 1, 1], [0.4, 0.4, 0.9, 0.9], bins=2)

    assert parts.reliability == pytest.approx((0.1**2 + 0.1**2) / 2)
    assert parts.resolution == pytest.approx(0.25**2)
    assert parts.uncertainty == pytest.approx(0.75 * 0.25)
    assert parts.within == pytest.approx(0, abs=1e-15)


def test_auc_by_its_definition() -> None:
    """The share of pairs in the right order, ties half."""
    above = CHANCE[TRUTH == 1][:, None] - CHANCE[TRUTH == 0][None, :]

    assert auc(TRUTH, CHANCE) == pytest.approx((np.sign(above) / 2 + 0.5).mean())
    assert auc(TRUTH, -CHANCE) == pytest.approx(1 - auc(TRUTH, CHANCE))
    assert auc(TRUTH, 0 * CHANCE) == 0.5


def test_auc_of_one_class_is_unknown() -> None:
    """Where no pair can be formed the answer is NaN, not a half."""
    assert math.isnan(auc([1, 1], [0.2, 0.3]))


def test_calibration_error() -> None:
    """Honest chances are near 0, a constant lie is its distance, and equal chances are never parted."""
    assert calibration_error(TRUTH, CHANCE) < 0.06
    assert calibration_error([0, 1, 1, 1], [0.5] * 4, bins=4) == pytest.approx(0.25)


@given(pairs=pairs)
@settings(max_examples=50)
def test_the_order_of_examples_is_nothing(pairs: list[tuple[bool, float]]) -> None:
    """Sorted or as they come, all metrics are the same."""
    truth, chance = zip(*pairs, strict=True)
    truth_2, chance_2 = zip(*sorted(pairs), strict=True)

    for metric in (log_loss, brier, calibration_error, auc):
        assert metric(truth, chance) == pytest.approx(metric(truth_2, chance_2), nan_ok=True)


def test_equals_scikit_learn() -> None:
    """Log loss, Brier and AUC are scikit-learn's."""
    peer = pytest.importorskip("sklearn.metrics", reason="scikit-learn is a peer, of the bench extra")

    assert log_loss(TRUTH, CHANCE) == pytest.approx(peer.log_loss(TRUTH, CHANCE), rel=1e-12)
    assert brier(TRUTH, CHANCE) == pytest.approx(peer.brier_score_loss(TRUTH, CHANCE), rel=1e-12)
    assert auc(TRUTH, CHANCE) == pytest.approx(peer.roc_auc_score(TRUTH, CHANCE), rel=1e-12)
    days, told = RNG.normal(size=(2, 100))
    theirs = peer.mean_pinball_loss(days, told, alpha=0.85)
    assert pinball(days, told, 0.85) == pytest.approx(theirs, rel=1e-12)


def test_pinball_is_least_at_the_quantile() -> None:
    """By hand, and of all numbers told for these the true quantile costs least."""
    days = np.arange(1.0, 101.0)
    losses = [pinball(days, np.full(100, told), 0.85) for told in days]

    assert pinball([12, 8], [10, 10], 0.85) == pytest.approx((0.85 * 2 + 0.15 * 2) / 2)
    assert np.argmin(losses) in (84, 85)


@pytest.mark.parametrize(
    ("truth", "told", "level", "says"),
    [
        ([1], [1], 1.0, "no quantile"),
        ([1], [1, 2], 0.5, "one length"),
        ([], [], 0.5, "at least 1"),
        ([1], [np.nan], 0.5, "NaN"),
    ],
)
def test_what_is_no_quantile(truth: list[float], told: list[float], level: float, says: str) -> None:
    """Errors that name what is wrong."""
    with pytest.raises(ValueError, match=says):
        pinball(truth, told, level)


@pytest.mark.parametrize(
    ("truth", "chance", "says"),
    [
        ([], [], "at least 1"),
        ([1], [0.5, 0.5], "one length"),
        ([2], [0.5], "0 or 1"),
        ([1], [1.5], "between 0 and 1"),
    ],
)
def test_what_is_no_chance(truth: list[int], chance: list[float], says: str) -> None:
    """Errors that name what is wrong."""
    with pytest.raises(ValueError, match=says):
        brier(truth, chance)


def test_unknown_truths_and_scores() -> None:
    """NaN is nobody's truth and no score."""
    with pytest.raises(ValueError, match="0 or 1"):
        log_loss([np.nan], [0.5])
    with pytest.raises(ValueError, match="NaN"):
        auc([0, 1], [0.5, np.nan])
    with pytest.raises(ValueError, match="take one"):
        calibration_error([0, 1], [0.5, 0.5], bins=0)
