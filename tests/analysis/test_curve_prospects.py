"""What a plain curve tells of open tasks: by hand, in bounds, and the same wherever a task stands among the others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.competing import aalen_johansen
from worklens.analysis.curve_prospects import curve_prospects
from worklens.analysis.hazard.prospects import GROUPS, Prospects

LIVED = [10] * 25 + [12] * 15 + [500] * 10
CAUSE = [1] * 25 + [2] * 15 + [0] * 10
LONGER = [*LIVED, *[500] * 10], [*CAUSE, *[0] * 10]  # of 60 tasks twenty are open after 500 days


def told(ages: list[float], due: list[float]) -> Prospects:
    """Of 50 tasks 25 were done on day 10 and 15 deleted on day 12; ten are open after 500."""
    return curve_prospects(aalen_johansen(LIVED, CAUSE), np.array(ages), np.array(due))


def test_by_hand() -> None:
    """Half are done after five more days; the others are deleted or stay."""
    found = told([5.0], [4.0])

    assert found.done[0] == pytest.approx([0.5 / 51, 0.5, 0.5, 0.5])
    assert found.deleted[0] == pytest.approx([0.5 / 51, 0.3, 0.3, 0.3])
    assert (found.late[0], found.evidence[0]) == (pytest.approx(1 - 0.5 / 51), 50)


def test_never_asks_for_as_many_a_year_on() -> None:
    """Ten that were watched for so long are a handful; of twenty it is told, and what is not done within a year is that."""
    curve = aalen_johansen(*LONGER)
    few, enough = told([5.0], [4.0]), curve_prospects(curve, np.array([5.0, 140.0]), np.full(2, np.nan))

    assert np.isnan(few.never).all()
    assert few.remaining[0].tolist() == pytest.approx([5, 5, np.nan], nan_ok=True)
    assert enough.never.tolist() == pytest.approx([35 / 60, np.nan], nan_ok=True)
    assert enough.remaining[0].tolist() == [5, np.inf, np.inf]


def test_a_due_date() -> None:
    """Met half the time where it lies beyond day 10; missed once it is over; without one there is nothing to miss."""
    found = told([5.0, 5.0, 5.0], [6.0, -1.0, np.nan])

    assert found.late.tolist() == pytest.approx([0.5, 1.0, np.nan], nan_ok=True)


def test_its_only_reason_is_age() -> None:
    """Beside the mean of those that are open: the one nearer to day 10 is likelier to be done within the week."""
    added = told([2.0, 5.0], [np.nan, np.nan]).reasons

    assert added.sum() == pytest.approx(0)
    assert added[1, GROUPS.index("age")] > 0
    assert np.count_nonzero(added) == 2


def test_with_little_evidence_nothing_is_told_but_how_little() -> None:
    """Beyond day 10 there are 25, beyond day 12 ten; of an unknown age nothing is known at all."""
    found = told([11.0, 13.0, np.nan], [1.0, 1.0, 1.0])

    assert found.evidence.tolist() == [25, 10, 0]
    assert np.isnan(found.done).all(axis=1).tolist() == [False, True, True]
    assert np.isnan(found.late).tolist() == [False, True, True]


@given(st.lists(st.floats(0, 400), min_size=1, max_size=6), st.floats(0, 60))
def test_chances_are_chances(ages: list[float], due: float) -> None:
    """Never 0 or 1, rising with the horizon, done and deleted together at most 1; each task's by itself but for reasons."""
    found, alone = told(ages, [due] * len(ages)), told(ages[:1], [due])
    known = ~np.isnan(found.done)

    assert (
        (found.done > 0) & (found.done < 1) & (found.deleted > 0) & (found.done + found.deleted <= 1 + 1e-9)
    )[known].all()
    assert (np.diff(found.done, axis=1) >= -1e-12)[known[:, 1:]].all()
    np.testing.assert_array_equal(found.done[0], alone.done[0])
    np.testing.assert_array_equal(found.remaining[0], alone.remaining[0])
