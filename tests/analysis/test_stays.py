"""How many tasks stood at each age on each day, against counting them one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.arrays import NEVER, Ints
from worklens.analysis.stays import AGE_EDGES, Stays, exposure, finishes, stays

FIRST, LAST = 0, 60
row = st.tuples(
    st.integers(-300, 60), st.integers(0, 80), st.booleans(), st.integers(0, 1), st.integers(0, 9)
)


def stays_of(rows: list[tuple[int, int, bool, int, int]]) -> tuple[Stays, Ints]:
    """Stays and their groups: born, how long open, finished or open for ever, group, how late it was entered."""
    born, length, done, code, late = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    left = np.where(done, born + length, NEVER)
    return stays(born, left, done.astype(bool), entered=born + late), code


def bin_of(age: int) -> int:
    """The bin of an age; -1 for the day of creation."""
    return int(np.searchsorted(AGE_EDGES, age, side="right")) - 1


@given(st.lists(row, max_size=12))
def test_exposure_is_what_a_loop_counts(rows: list[tuple[int, int, bool, int, int]]) -> None:
    """On every day each task counts in its group and age bin from its entry to its last day, that day included."""
    tasks, code = stays_of(rows)
    expected = np.zeros((len(AGE_EDGES), 2, LAST - FIRST + 1), dtype=np.int64)
    for born, entered, left, group in zip(tasks.born, tasks.entered, tasks.left, code, strict=True):
        for day in range(FIRST, LAST + 1):
            if entered <= day <= left and day > born:
                expected[bin_of(day - born), group, day] += 1

    assert (exposure(tasks, code, 2, FIRST, LAST) == expected).all()


@given(st.lists(row, max_size=12))
def test_finishes_are_what_a_loop_counts(rows: list[tuple[int, int, bool, int, int]]) -> None:
    """Each finished task counts once, on its last day, unless that is the day of its creation."""
    tasks, code = stays_of(rows)
    expected = np.zeros((len(AGE_EDGES), 2, LAST - FIRST + 1), dtype=np.int64)
    for born, left, done, group in zip(tasks.born, tasks.left, tasks.done, code, strict=True):
        if done and FIRST <= left <= LAST and left > born:
            expected[bin_of(left - born), group, left] += 1

    assert (finishes(tasks, code, 2, FIRST, LAST) == expected).all()


def test_who_finishes_was_at_risk() -> None:
    """No bin, group and day holds more finishes than tasks."""
    rng = np.random.default_rng(0)
    born = rng.integers(-100, 60, 500)
    tasks = stays(born, born + rng.integers(0, 120, 500), rng.random(500) < 0.7)
    code = rng.integers(0, 3, 500)

    assert (finishes(tasks, code, 3, FIRST, LAST) <= exposure(tasks, code, 3, FIRST, LAST)).all()
