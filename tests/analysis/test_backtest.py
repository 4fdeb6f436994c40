"""Looking back: what was known on an earlier day and what came of it, by hand and by another way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.backtest import Lives, by_median, squared_errors

# Done after 3 days, deleted after 8, open, done after 20, and one that came yesterday: seen 40, 40, 25, 20 and 1 days on.
LIVES = Lives(
    np.array([3.0, 8.0, 25.0, 20.0, 1.0]), np.array([1, 2, 0, 1, 0]), np.array([40.0, 40.0, 25.0, 20.0, 1.0])
)


def test_the_past_by_hand() -> None:
    """35 days ago: one was done, one still open; two hadn't come."""
    past = LIVES.past(35)

    assert past.age.tolist() == [3, 5]
    assert past.cause.tolist() == [1, 0]
    assert past.since.tolist() == [5, 5]


def test_how_long_it_has_been_quiet() -> None:
    """Since the last task came, or ended; not since the last look at those that are open."""
    assert LIVES.quiet() == 0  # done on the day of the last look
    assert Lives(np.array([3.0, 40.0]), np.array([1, 0]), np.array([10.0, 40.0])).quiet() == 7
    assert Lives(np.array([9.0, 40.0]), np.array([0, 0]), np.array([9.0, 40.0])).quiet() == 9
    assert Lives(np.empty(0), np.empty(0, dtype=np.int64), np.empty(0)).quiet() == 0


def test_what_was_open_by_hand() -> None:
    """Not what had ended, nor what came later; on the day of its end a task is over."""
    assert LIVES.open_at(35).tolist() == [False, True, False, False, False]
    assert LIVES.open_at(10).tolist() == [False, False, True, True, False]


def test_what_came_of_it_by_hand() -> None:
    """Of the tasks of 10 days ago: the open one wasn't done, the other was at the very end of ten days, not of nine."""
    opened = LIVES.open_at(10)

    assert LIVES.done_within(10, 10)[opened].tolist() == [0, 1]
    assert LIVES.done_within(10, 9)[opened].tolist() == [0, 0]
    assert np.isnan(LIVES.done_within(10, 11)[opened]).tolist() == [True, False]  # the future isn't there yet


def test_a_deleted_task_was_not_done() -> None:
    """Which is known from then on, however long the horizon."""
    assert LIVES.done_within(35, 90)[1] == 0


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from([0, 1, 2]), st.integers(0, 60)), min_size=1, max_size=30
    ),
    st.integers(1, 60),
    st.integers(0, 40),
)
def test_one_task_at_a_time_says_the_same(rows: list[tuple[int, int, int]], back: int, horizon: int) -> None:
    """Told of each task by the days of its life."""
    ended = [(lived, cause, lived + more if cause else lived) for lived, cause, more in rows]
    lives = Lives(
        *(
            np.array(column, dtype=kind)
            for column, kind in zip(zip(*ended, strict=True), (float, int, float), strict=True)
        )
    )
    past, opened, outcome = lives.past(back), lives.open_at(back), lives.done_within(back, horizon)
    expected = []
    for row, (age, cause, since) in enumerate(ended):
        today = since - back
        if today < 0:
            assert not opened[row]
            continue
        over = age <= today
        expected.append((min(age, today), cause if over else 0))
        assert opened[row] == (not over)
        if not over:
            left = age - today
            unknown = cause == 0 and left < horizon
            assert unknown == np.isnan(outcome[row])
            assert unknown or outcome[row] == (cause == 1 and left <= horizon)

    assert list(zip(past.age.tolist(), past.cause.tolist(), strict=True)) == expected


def test_the_median_by_hand() -> None:
    """Half in one median, three quarters in two; a person who does all on the day does it surely."""
    assert by_median(7, np.array([7.0, 14.0])).tolist() == pytest.approx([0.5, 0.75])
    assert by_median(0, np.array([7.0])).tolist() == [1]


def test_squared_errors_by_hand() -> None:
    """And unknown where either is."""
    errors = squared_errors(np.array([0.9, 0.2, np.nan, 1.0]), np.array([1.0, 1.0, 0.0, np.nan]))

    assert errors == pytest.approx([0.01, 0.64, np.nan, np.nan], nan_ok=True)
