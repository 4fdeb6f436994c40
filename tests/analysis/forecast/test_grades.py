"""Coverage and pinball loss by hand."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.forecast.grades import kept, pinball, summary
from worklens.analysis.forecast.questions import Emptied, HowMany, When


def test_coverage_by_hand() -> None:
    """At least 3 was kept by 3 and not by 2; an answer that never came keeps no date, not even "never"."""
    assert kept(HowMany(14), np.array([[3.0], [3.0]]), np.array([3.0, 2.0])).tolist() == [[True], [False]]
    never = np.array([[5.0], [5.0], [np.inf]]), np.array([5.0, 6.0, np.inf])
    assert kept(When(9), *never).tolist() == [[True], [False], [False]]


def test_pinball_by_hand() -> None:
    """At 90 %: a date missed by 2 days costs 1.8, one kept with 2 to spare 0.2; for counts the other way round."""
    levels, promises = np.array([0.9]), np.array([[10.0], [10.0]])

    assert pinball(When(9), levels, promises, np.array([12.0, 8.0])).ravel() == pytest.approx([1.8, 0.2])
    assert pinball(HowMany(9), levels, promises, np.array([12.0, 8.0])).ravel() == pytest.approx([0.2, 1.8])


def test_never_counts_as_the_day_after_a_year() -> None:
    """In losses and mean promises, on both sides."""
    grades = summary(When(9), (0.5,), np.array([[np.inf], [366.0]]), np.array([np.inf, 364.0]))

    assert grades.promise.tolist() == [366]
    assert grades.pinball.tolist() == [0.5]


def test_a_list_without_a_date_is_not_counted() -> None:
    """One date that held and one day that was not promised: one of one; nothing promised at all has no share."""
    promises = np.array([[9.0, np.inf], [np.inf, np.inf]])

    grades = summary(Emptied(3), (0.5, 0.85), promises, np.array([8.0, np.inf]))

    assert grades.n == 2
    assert grades.promised.tolist() == [1, 0]
    np.testing.assert_array_equal(grades.coverage, [1, np.nan])


def test_unknown_answers_are_left_out() -> None:
    """And with none left there is no figure."""
    promises = np.array([[1.0], [5.0]])

    assert summary(HowMany(9), (0.5,), promises, np.array([np.nan, 5.0])).coverage.tolist() == [1]
    nothing = summary(HowMany(9), (0.5,), promises, np.full(2, np.nan))
    assert nothing.n == 0
    assert np.isnan(nothing.pinball).all()
