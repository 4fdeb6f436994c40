"""The plain bootstrap against closed forms and against every possible draw."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.forecast.bootstrap import bootstrap, day_chances, emptied, reached, sums
from worklens.analysis.forecast.questions import LONGEST, Emptied, HowMany, When

TODAY = np.array([8])
COIN = np.array([0, 1, 0, 0, 1, 0, 0, 0])  # two days of eight


def binomial(days: int, chance: float) -> Floats:
    """P(at most k of so many days), for each k."""
    return np.cumsum([comb(days, k) * chance**k * (1 - chance) ** (days - k) for k in range(days + 1)])


def test_a_day_on_or_off_is_binomial() -> None:
    """Days with one task or none sum to a binomial count."""
    assert_allclose(bootstrap(COIN, HowMany(14), TODAY, 30)[0], binomial(14, 0.25), atol=1e-12)


def test_the_first_task_is_geometric() -> None:
    """The wait for one more task is geometric, that for three the sum of three such waits."""
    days = np.arange(LONGEST + 1)

    assert_allclose(bootstrap(COIN, When(1), TODAY, 30)[0], 1 - 0.75**days, atol=1e-12)
    third = [1 - binomial(day, 0.25)[2] if day > 2 else 0 for day in range(60)]
    assert_allclose(
        bootstrap(COIN, When(3), TODAY, 30)[0][:60], np.where(days[:60] == 3, 0.25**3, third), atol=1e-12
    )


def test_the_same_every_day_is_certain() -> None:
    """Two tasks a day are 28 in two weeks, and seven are done on the fourth day."""
    twos = np.full(8, 2)

    assert np.flatnonzero(np.diff(bootstrap(twos, HowMany(14), TODAY, 30)[0], prepend=0) > 0.5).tolist() == [
        28
    ]
    assert bootstrap(twos, When(7), TODAY, 30)[0][:6] == pytest.approx([0, 0, 0, 0, 1, 1])


def test_nothing_done_is_nothing_promised() -> None:
    """A window of empty days gives no task and no date."""
    empty = np.zeros(8, dtype=np.int64)

    assert bootstrap(empty, HowMany(14), TODAY, 30).tolist() == [[1.0]]
    assert not bootstrap(empty, When(1), TODAY, 30).any()


@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.integers(1, 4), st.integers(1, 6))
def test_every_draw_counted_says_the_same(days: list[int], horizon: int, items: int) -> None:
    """The tables are the shares of all equally likely futures."""
    done, today = np.array(days), np.array([len(days)])
    futures = np.array(list(product(days, repeat=horizon)))  # (futures, days)
    totals = futures.cumsum(axis=1)

    table = bootstrap(done, HowMany(horizon), today, 30)[0]
    assert_allclose(table, [(totals[:, -1] <= k).mean() for k in range(table.size)], atol=1e-12)
    times = bootstrap(done, When(items), today, 30)[0]
    assert_allclose(times[1 : horizon + 1], (totals >= items).mean(axis=0), atol=1e-12)


def test_only_the_window_before_the_origin_is_drawn() -> None:
    """Neither older days nor the origin's own future enter."""
    done = np.array([9, 1, 1, 2, 9])

    chances = day_chances(done, np.array([4, 2]), 2)

    assert chances[:, [1, 2, 9]].tolist() == [[0.5, 0.5, 0], [0.5, 0, 0.5]]


def test_a_list_nobody_adds_to_empties_like_any_count() -> None:
    """Without new work, an emptied list is so many done."""
    done, none = np.array([0, 2, 1, 0, 3, 0, 0, 1]), np.zeros(8, dtype=np.int64)

    assert_allclose(
        bootstrap(done, Emptied(7), TODAY, 30, none), bootstrap(done, When(7), TODAY, 30), atol=1e-12
    )


def test_a_list_that_grows_and_shrinks_by_one_is_the_ballot_problem() -> None:
    """One comes or one goes each day: P(empty first on day t) is n/t times the chance to stand there (ballot theorem)."""
    up, items = 0.45, 3
    first = [
        items
        / day
        * comb(day, (day - items) // 2)
        * up ** ((day - items) // 2)
        * (1 - up) ** ((day + items) // 2)
        if day >= items and (day - items) % 2 == 0
        else 0.0
        for day in range(1, LONGEST + 1)
    ]

    table = emptied(np.array([[up, 0.0, 1 - up]]), -1, np.array([items]))[0]

    assert_allclose(table[1:], np.cumsum(first), atol=1e-10)


def test_each_origin_is_asked_with_what_was_open_then() -> None:
    """Two origins with their own counts say what each says alone."""
    done, arrived = np.array([1, 0, 0, 2, 0, 1, 0, 0]), np.array([0, 1, 0, 0, 1, 0, 0, 1])
    origins = np.array([6, 8])

    both = bootstrap(done, Emptied(5), origins, 30, arrived, items=np.array([2, 7]))
    alone = [
        bootstrap(done, Emptied(items), origins[[row]], 30, arrived)[0] for row, items in enumerate((2, 7))
    ]

    assert_allclose(both, alone, atol=1e-12)


def test_a_list_that_grows_is_never_sure_to_be_emptied() -> None:
    """More comes than goes: most of the chance stays with "not within a year"."""
    done, arrived = np.array([1, 0, 0, 2, 0, 1, 0, 0]), np.array([2, 1, 0, 0, 1, 0, 1, 1])

    table = bootstrap(done, Emptied(5), TODAY, 30, arrived)[0]

    assert 0 < table[-1] < 0.5
    assert (np.diff(table) >= 0).all()


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=5), st.integers(1, 8), st.integers(1, 12))
def test_how_many_and_when_are_one_walk(weights: list[float], items: int, days: int) -> None:
    """At least n by day t is the same event as n done within t days."""
    chances = np.array([weights]) / sum(weights)

    by_then = sums(chances, days)[0]
    at_least = 1 - by_then[items - 1] if items <= by_then.size else 0.0

    assert reached(chances, items, days=np.arange(days + 1))[0, days] == pytest.approx(at_least, abs=1e-12)


@pytest.mark.parametrize("days", [1, 2, 7, 30])
def test_rows_of_different_reach_stand_in_one_table(days: int) -> None:
    """Nothing done, one at most, a rare burst: each as if convolved by hand, and 1 beyond its reach."""
    chances = np.array([[1.0, 0, 0, 0, 0, 0], [0.5, 0.5, 0, 0, 0, 0], [0.6, 0.3, 0, 0, 0, 0.1]])

    table = sums(chances, days)

    for row, one in zip(table, chances, strict=True):
        expected = np.ones(1)
        for _ in range(days):
            expected = np.convolve(expected, one)
        assert_allclose(row, np.cumsum(expected), atol=1e-12)


@pytest.mark.parametrize("lowest", [-40, -3, 0])
def test_a_list_with_rare_bursts(lowest: int) -> None:
    """Walked open task by open task, and looked at on some days only."""
    chances = np.random.default_rng(8).dirichlet(np.full(44, 0.1), 3)
    days, items = np.array([0, 1, 2, 3, 5, 9, 10]), 6

    table = emptied(chances, lowest, np.full(3, items), days)

    for row, one in zip(table, chances, strict=True):
        left, expected = {items: 1.0}, []
        for steps in np.diff(days, prepend=0).tolist():
            for _ in range(steps):
                moved: dict[int, float] = defaultdict(float)
                for count, chance in left.items():
                    for take, of_it in enumerate(one.tolist(), start=lowest):
                        moved[count - take] += chance * of_it
                left = moved
            left = {count: chance for count, chance in left.items() if count > 0}
            expected.append(1 - sum(left.values()))
        assert_allclose(row, expected, atol=1e-12)
