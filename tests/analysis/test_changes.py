"""Changes of pace are found where they were planted, and hardly ever where there are none."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.arrays import Ints
from worklens.analysis.changes import LEVEL, SHORTEST, change_points, paces
from worklens.sample import generate


def found(weekly: Ints, seed: int = 0, shuffles: int = 199) -> list[int]:
    """The weeks in which a new pace begins."""
    return change_points(weekly, np.random.default_rng(seed), shuffles=shuffles).start.tolist()


def counts(*stretches: tuple[int, float], seed: int = 1, bursts: float | None = None) -> Ints:
    """So many weeks at each pace, perhaps with good and bad weeks."""
    rng = np.random.default_rng(seed)
    mean = np.concatenate([np.full(weeks, pace) for weeks, pace in stretches])
    return rng.poisson(mean if bursts is None else mean * rng.gamma(bursts, 1 / bursts, mean.size))


@pytest.mark.parametrize("bursts", [None, 8.0])
def test_planted_changes_are_found(bursts: float | None) -> None:
    """Two of them, to within two weeks, with the sign of each and the paces between them."""
    weekly = counts((40, 10.0), (25, 25.0), (40, 8.0), bursts=bursts)
    changes = change_points(weekly, np.random.default_rng(0), shuffles=199)
    starts, means = paces(weekly, changes.start)

    assert np.abs(changes.start - [40, 65]).max() <= 2
    assert np.sign(changes.z).tolist() == [1, -1]
    assert (changes.p <= LEVEL).all()
    assert starts.tolist() == [0, *changes.start]
    assert means == pytest.approx([10, 25, 8], rel=0.15)


@pytest.mark.parametrize("seed", [7, 1, 2])
def test_the_changes_planted_in_the_sample_are_found(seed: int) -> None:
    """Where the burn-out begins, and where the holiday after it is over; nothing before them."""
    truth = generate(seed=seed, count=1).truth
    whole = truth.weeks[:-1]
    starts = [whole[week].monday for week in found(np.array([week.done for week in whole]), shuffles=499)]

    assert abs(starts[0] - truth.burn_out.first) <= timedelta(weeks=2)
    assert abs(starts[1] - truth.holiday.last) <= timedelta(weeks=2)


@pytest.mark.parametrize(("bursts", "pace"), [(None, 15.0), (None, 1.0), (2.0, 15.0)])
def test_false_changes_stay_rare(bursts: float | None, pace: float) -> None:
    """At one pace, calm or in bursts, about 1 history in 20 shows a change, and rarely more than one."""
    histories = [found(counts((60, pace), seed=seed, bursts=bursts), seed, 99) for seed in range(100)]

    assert sum(bool(one) for one in histories) <= 11  # 5 are expected
    assert sum(map(len, histories)) <= 16


def test_the_same_draws_find_the_same() -> None:
    """Two looks at one history tell the same."""
    weekly = counts((30, 10.0), (30, 20.0))

    assert found(weekly, seed=3) == found(weekly, seed=3)


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(0, 9))
def test_paces_hold_together(weekly: list[int], seed: int) -> None:
    """Whatever the counts are: stretches are long enough, in order, and their means make up the whole."""
    series = np.array(weekly, dtype=np.int64)
    changes = change_points(series, np.random.default_rng(seed), shuffles=19, level=0.5)
    edges = [0, *changes.start.tolist(), series.size]

    assert changes.start.tolist() == sorted(set(changes.start.tolist()))
    assert not changes.start.size or min(np.diff(edges)[[0, -1]]) >= SHORTEST
    if series.size:
        starts, means = paces(series, changes.start)
        assert (np.diff([*starts, series.size]) * means).sum() == pytest.approx(series.sum())


def test_too_few_weeks_and_a_steady_pace_have_none() -> None:
    """Fifteen weeks tell nothing; nor does the same count every week."""
    assert found(counts((8, 1.0), (7, 90.0))) == []
    assert found(np.full(60, 7)) == []
    assert found(np.zeros(60, dtype=np.int64)) == []
