"""The usual week."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose
from tests.analysis.detection.histories import WEEKS, drawn, every_day, plain, planted

from worklens.analysis.detection.usual import dispersion, usual
from worklens.analysis.detection.week_hours import cut

BOX = np.array([5, 1, 6, 30, 4, 9])


def test_weeks_and_weekdays_nearly_keep_their_sums() -> None:
    """The likeliest rates don't keep them to the hour. Nothing is expected of days off, whatever was done on them."""
    worked = np.minimum(drawn(plain(), np.random.default_rng(1)), 1) * 1.0
    open_ = every_day()
    open_[7:9] = open_[20, 3] = False

    expected = usual(worked, open_)

    worked *= open_[:, :, None]
    assert_allclose(expected.sum(axis=(1, 2)), worked.sum(axis=(1, 2)), rtol=0.05, atol=1e-9)
    assert_allclose(expected.sum(axis=(0, 2)), worked.sum(axis=(0, 2)), rtol=0.05)
    assert expected[7:9].max() == expected[20, 3].max() == 0


def test_a_block_that_is_known_is_expected() -> None:
    """And doesn't spill over: the other hours of its weeks are expected as they are."""
    worked = np.minimum(planted(BOX, 0.8, np.random.default_rng(2)), 1) * 1.0
    unknown, known = usual(worked, every_day()), usual(worked, every_day(), [BOX])

    seen = cut(worked, BOX).sum()
    assert cut(unknown, BOX).sum() < 0.7 * seen
    assert_allclose(cut(known, BOX).sum(), seen, rtol=0.02)
    assert_allclose(known[:, :, 9:].sum(), worked[:, :, 9:].sum(), rtol=0.1)


def test_blocks_that_share_hours_are_told_apart() -> None:
    """One within another: each hour gets the chance it has, and none is above 1."""
    inner = np.array([5, 2, 6, 30, 3, 9])
    rates = plain()
    cut(rates, BOX)[...], cut(rates, inner)[...] = 0.5, 0.95
    worked = np.minimum(drawn(rates, np.random.default_rng(6)), 1) * 1.0

    known = usual(worked, every_day(), [BOX, inner])

    assert_allclose(cut(known, inner).mean(), cut(worked, inner).mean(), rtol=0.05)
    assert_allclose(cut(known, BOX).mean(), cut(worked, BOX).mean(), rtol=0.05)
    assert known.max() < 1


def test_sessions_are_dispersed_and_chance_is_not() -> None:
    """Hours by themselves vary like chance; all of a day or nothing of it varies more."""
    rng = np.random.default_rng(3)
    rates = plain()
    single = np.minimum(drawn(rates, rng), 1).astype(np.float64)
    sessions = np.minimum(drawn(2 * rates, rng), 1) * rng.integers(0, 2, (WEEKS, 7, 1))
    whole = sessions.astype(np.float64)

    assert dispersion(single, usual(single, every_day())) < 1.2
    assert dispersion(whole, usual(whole, every_day())) > 1.5


def test_an_empty_history_expects_nothing() -> None:
    """Without a warning."""
    nothing = np.zeros((WEEKS, 7, 24))

    assert usual(nothing, every_day()).max() == 0
    assert dispersion(nothing, nothing) == 1
