"""Little's law holds exactly where all that came has left, and each assumption fails alone where it is broken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.arrays import NEVER, Ints
from worklens.analysis.little import Little, littles_law

WEEKS = 26
FIRST, LAST = 1000, 1000 + 7 * WEEKS - 1


def told(created: Ints, left: Ints, **given: object) -> Little:
    """The law over the span, everything done and known unless it is said otherwise."""
    marks = {name: given.get(name, np.ones(created.size, dtype=bool)) for name in ("done", "known")}
    return littles_law(created, left, marks["done"], marks["known"], FIRST, LAST, np.random.default_rng(0))


def steady(days: int = 10, a_day: int = 3) -> tuple[Ints, Ints]:
    """Three tasks a day for two years, each open for ten days."""
    created = np.repeat(np.arange(FIRST - 200, LAST + 1), a_day)
    left = created + days
    return created, np.where(left > LAST, NEVER, left)


def failing(law: Little) -> set[str]:
    """The assumptions that don't hold."""
    return {one.name for one in law.assumptions if not one.holds}


def test_a_steady_system_keeps_the_law() -> None:
    """30 open, 3 a day, 10 days; every assumption holds."""
    law = told(*steady())

    assert (law.open, law.a_day, law.days) == (30, 3, 10)
    assert law.ratio == 1
    assert failing(law) == set()
    assert [one.name for one in law.assumptions] == ["balance", "finished", "steady", "young", "units"]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=50))
def test_the_law_is_exact_where_the_span_holds_whole_lives(lives: list[tuple[int, int]]) -> None:
    """However irregular they are: the days stood are counted once by tasks and once by days."""
    born = np.array([birth for birth, _ in lives]) + FIRST
    left = born + [days for _, days in lives]
    law = told(born, left)

    assert law.open == pytest.approx(law.a_day * law.days)


def test_more_comes_than_leaves() -> None:
    """Twice as much: neither balanced nor steady, and what is open is older than before."""
    created, left = steady()
    kept = np.where((np.arange(created.size) % 2 == 0) & (left >= FIRST), NEVER, left)
    law = told(created, kept)
    balance = law.assumptions[0]

    assert failing(law) == {"balance", "steady", "young"}
    assert balance.p < 0.01
    assert balance.first == 3


def test_what_is_thrown_away_was_not_finished() -> None:
    """A third of what leaves is deleted; nothing else is wrong."""
    created, left = steady()

    assert failing(told(created, left, done=np.arange(created.size) % 3 > 0)) == {"finished"}


def test_times_that_are_not_known_are_no_units() -> None:
    """A third of them."""
    created, left = steady()

    assert failing(told(created, left, known=np.arange(created.size) % 3 > 0)) == {"units"}


def test_old_work_that_stays() -> None:
    """Ten tasks that nobody touches grow older each day, while all else is as it was."""
    created, left = steady()
    zombies = np.full(10, FIRST - 20)
    law = told(np.concatenate([created, zombies]), np.concatenate([left, np.full(10, NEVER)]))

    assert failing(law) == {"young"}


def test_nothing_at_all() -> None:
    """Has no law and proves none."""
    law = told(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))

    assert np.isnan(law.ratio)
    assert law.open == 0
    assert {"finished", "units"} <= failing(law)
