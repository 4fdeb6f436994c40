"""The model "pace": what its own past errors teach it, and that only those that are over do."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Ints
from worklens.analysis.forecast.pacing import DISPERSION, Drift, along, table_of_pace
from worklens.analysis.forecast.questions import HowMany, When, truth


def steady(days: int, seed: int = 3) -> Ints:
    """Independent days of the same mean."""
    return np.random.default_rng(seed).poisson(2, days)


def test_independent_days_are_known_closely() -> None:
    """After four years of the same mean the longest memory is a few per cent off, and most of the prior's spread is gone."""
    done = steady(1500)

    sums = Drift(done, np.array([1500])).ahead(14)

    assert sums.mean[-1, 0] == pytest.approx(28, rel=0.1)
    assert 1 / sums.size[-1, 0] < DISPERSION / 4


def test_a_pace_that_swings_is_known_less() -> None:
    """Busy and quiet quarters widen the sums, the more so the longer the horizon is against them."""
    swinging = np.repeat([4, 0, 3, 1, 0, 5, 1, 2], 91)
    origins = np.array([swinging.size])
    steadier = np.full(swinging.size, 2)

    for horizon in (14, 90):
        spread = [1 / Drift(done, origins).ahead(horizon).size for done in (swinging, steadier)]
        assert (spread[0] > spread[1]).all()


def test_an_even_pace_is_trusted_beyond_what_was_seen_of_it() -> None:
    """After two years nobody has seen many quarters; that months came as expected says that quarters will."""
    even = Drift(np.full(730, 2), np.array([730]))
    swinging = Drift(np.repeat([4, 0, 3, 1, 0, 5, 1, 2], 91), np.array([728]))

    assert (even.ahead(240).dispersion < DISPERSION / 2).all()
    assert (swinging.ahead(240).dispersion > DISPERSION / 2).any()


def test_a_horizon_nobody_has_seen_starts_from_the_next_shorter_one() -> None:
    """Forty days hold no quarter: its errors are taken to be those of the horizon before, down to the last one seen."""
    drift = Drift(steady(40), np.array([40]))

    assert_allclose(drift.ahead(90).dispersion, drift.ahead(45).dispersion)


def test_errors_teach_once_they_are_over() -> None:
    """What is done after an origin changes nothing of what it says."""
    done, other = steady(400), steady(400)
    other[300:] = 40
    origins = np.array([200, 300])

    for question in (HowMany(30), When(20)):
        tables = [table_of_pace(Drift(days, origins), question) for days in (done, other)]
        width = min(table.shape[1] for table in tables)
        assert_allclose(tables[0][:, :width], tables[1][:, :width], atol=1e-12)


@pytest.mark.parametrize("question", [HowMany(14), When(20)])
def test_it_is_not_surer_than_it_may_be(question: HowMany | When) -> None:
    """On days that hold no surprise, at most a tenth of the answers lie in either tenth at the ends."""
    done = steady(3000)
    origins = np.arange(400, 2900, 7)
    came = truth(done, question, origins).value.astype(np.int64)

    table, rows = table_of_pace(Drift(done, origins), question), np.arange(origins.size)
    middle = (table[rows, came] + table[rows, np.maximum(came - 1, 0)]) / 2

    assert (middle < 0.1).mean() <= 0.1
    assert (middle > 0.9).mean() <= 0.1


def test_along_is_straight_between() -> None:
    """Each row by its own places."""
    at, values = np.array([[0.0, 2], [0, 4]]), np.array([[0.0, 1], [0, 1]])

    assert along(at, values, np.array([[1.0], [1]])).tolist() == [[0.5], [0.25]]
