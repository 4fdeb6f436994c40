"""What came of a question, and what a table promises, by hand and by looking at each day."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.forecast.questions import (
    LONGEST,
    Emptied,
    HowMany,
    Question,
    When,
    check,
    left_open,
    promised,
    truth,
)

DONE = np.array([1, 0, 2, 0, 1])
ORIGINS = np.array([0, 2, 4, 5])


def test_how_many_by_hand() -> None:
    """The origin's own day counts; where the days are not over, nobody knows."""
    came = truth(DONE, HowMany(2), ORIGINS)

    assert came.value == pytest.approx([1, 2, np.nan, np.nan], nan_ok=True)
    assert came.known[:2].tolist() == [2, 4]


def test_when_by_hand() -> None:
    """1 is the end of the origin's day; a third task took from day 0 to the end of day 2."""
    came = truth(DONE, When(3), ORIGINS)

    assert came.value == pytest.approx([3, 3, np.nan, np.nan], nan_ok=True)
    assert came.known[:2].tolist() == [3, 5]


def test_when_it_did_not_come_within_a_year() -> None:
    """It is known as soon as the year is over, and not before."""
    done = np.zeros(LONGEST + 1, dtype=np.int64)
    done[0] = 1

    came = truth(done, When(1), np.array([0, 1, 2]))

    assert came.value == pytest.approx([1, np.inf, np.nan], nan_ok=True)
    assert came.known[1] == LONGEST + 1


def test_when_it_came_a_day_too_late() -> None:
    """A task on day 366 is not within a year; on day 365 it is."""
    done = np.zeros(LONGEST + 2, dtype=np.int64)
    done[LONGEST] = 1

    assert truth(done, When(1), np.array([0, 1])).value.tolist() == [np.inf, LONGEST]


def test_a_list_emptied_by_hand() -> None:
    """Two open, one done and two more on the first day: three are left, and gone with the fourth day."""
    came = truth(np.array([1, 2, 0, 1]), Emptied(2), np.array([0, 1]), np.array([2, 0, 0, 0]))

    assert came.value.tolist() == [4, 1]


def test_a_list_is_asked_about_with_what_was_open_then() -> None:
    """One left at the end, two come and three gone on the way: two, three, one, one. An empty list is asked nothing."""
    done, arrived = np.array([1, 2, 0, 1, 0]), np.array([2, 0, 0, 0, 1])
    origins = np.arange(5)

    left = left_open(done, arrived, 1)
    came = truth(done, Emptied(1), origins, arrived, left[origins])

    assert left.tolist() == [2, 3, 1, 1, 0, 1]
    np.testing.assert_array_equal(came.value, [4, 3, 2, 1, np.nan])


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20), st.integers(1, 6), st.integers(1, 10))
def test_day_by_day_says_the_same(days: list[int], items: int, horizon: int) -> None:
    """Told by adding up the days one by one."""
    done, origins = np.array(days), np.arange(len(days) + 1)
    dates, counts = truth(done, When(items), origins), truth(done, HowMany(horizon), origins)
    for origin in origins.tolist():
        later = days[origin:]
        hits = [day for day in range(1, len(later) + 1) if sum(later[:day]) >= items]
        assert dates.value[origin] == pytest.approx(hits[0] if hits else np.nan, nan_ok=True)
        whole = sum(later[:horizon]) if len(later) >= horizon else np.nan
        assert counts.value[origin] == pytest.approx(whole, nan_ok=True)


def test_promises_by_hand() -> None:
    """At least 1 holds with 0.9 and 2 with 0.5; half are there on day 1, 0.9 on day 2, and 0.95 never."""
    table = np.array([[0.1, 0.5, 0.9]])
    levels = np.array([0.5, 0.9, 0.95])

    assert promised(table, HowMany(1), levels).tolist() == [[2, 1, 0]]
    assert promised(table, When(1), levels).tolist() == [[1, 2, np.inf]]


@pytest.mark.parametrize(
    ("question", "said"),
    [(When(0), "nothing"), (HowMany(0), "nothing"), (HowMany(366), "further"), (Emptied(3), "arrived")],
)
def test_what_cannot_be_asked(question: Question, said: str) -> None:
    """The error says which question, and what is wrong with it."""
    with pytest.raises(ValueError, match=said):
        check(question, None, 10)
