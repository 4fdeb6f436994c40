"""Aalen-Johansen against lifelines and against rows worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter
from numpy.testing import assert_allclose

from worklens.analysis.competing import DELETED, DONE, Incidence, aalen_johansen
from worklens.analysis.survival import kaplan_meier


@pytest.fixture
def tied() -> Incidence:
    """Eight tasks, with a done and a deleted one together on days 1 and 5, and an open one on day 2."""
    return aalen_johansen([1, 1, 2, 2, 3, 4, 5, 5], [1, 2, 1, 0, 2, 1, 1, 2])


def test_ties_by_hand(tied: Incidence) -> None:
    """In 32nds: open 24, 20, 15, 10, 0; done 4, 8, 8, 13, 18; deleted 4, 4, 9, 9, 14."""
    assert tied.time.tolist() == [1, 2, 3, 4, 5]
    assert tied.at_risk.tolist() == [8, 6, 4, 3, 2]
    assert tied.events.tolist() == [[1, 1, 0, 1, 1], [1, 0, 1, 0, 1]]
    assert_allclose(tied.survival * 32, [24, 20, 15, 10, 0], atol=1e-12)
    assert_allclose(tied.incidence * 32, [[4, 8, 8, 13, 18], [4, 4, 9, 9, 14]])


def test_chances_of_an_open_task_by_hand(tied: Incidence) -> None:
    """Open after day 2 are 20; 5 more are done and 5 deleted by day 4; 10 done by the end."""
    assert_allclose(tied.within(2, [0, 1, 2, 3]), [0, 0, 5 / 20, 10 / 20])
    assert_allclose(tied.within(2, 2, DELETED), 5 / 20)
    assert_allclose(tied.within([0, 4], 1), [4 / 32, 5 / 10])
    assert tied.within(np.array([0, 2, 4])[:, None], np.array([1, 3])).shape == (3, 2)


def test_how_much_longer_by_hand(tied: Incidence) -> None:
    """Of those open after day 2 half are done 3 days later and a quarter after 2; four in five are never done."""
    assert_allclose(tied.residual_quantile(2, [0.25, 0.5, 0.8]), [2, 3, np.nan])
    assert_allclose(tied.residual_quantile([0, 1, 2, 5]), [5, 4, 3, np.nan])


def test_nothing_is_known_where_nothing_was_seen(tied: Incidence) -> None:
    """Past the last task, at an age nobody reached, or of no tasks at all, the chance is unknown."""
    watched = aalen_johansen([1, 2, 6], [1, 2, 0])
    nothing = aalen_johansen([], [])

    assert np.isnan(tied.within([5, 9], 1)).all()
    assert_allclose(watched.within([2, 2, 7], [4, 5, 0]), [0, np.nan, np.nan])
    assert np.isnan(nothing.within(0, 1))
    assert np.isnan(nothing.residual_quantile(0))


def test_all_is_known_when_none_is_left(tied: Incidence) -> None:
    """If every task ended within 5 days, so did those open after 2: a longer horizon adds nothing."""
    assert_allclose(tied.within(2, 100), 10 / 20)


def test_the_evidence_for_an_age(tied: Incidence) -> None:
    """It is the number of tasks watched longer."""
    assert tied.at_risk_after([0, 2, 4, 5]).tolist() == [8, 4, 2, 0]


def test_a_horizon_counts_forward(tied: Incidence) -> None:
    """A negative horizon is a mistake."""
    with pytest.raises(ValueError, match="horizon is negative"):
        tied.within(3, -1)


@pytest.mark.parametrize("seed", range(3))
def test_equals_lifelines(seed: int) -> None:
    """At times without ties, which lifelines would shake apart, both causes are as it says."""
    rng = np.random.default_rng(seed)
    time, cause = rng.gamma(0.6, 20, 300), rng.integers(0, 3, 300)
    ours = aalen_johansen(time, cause)

    for kind in (DONE, DELETED):
        theirs = AalenJohansenFitter(calculate_variance=False).fit(time, cause, event_of_interest=kind)
        assert_allclose(
            ours.by(ours.time, kind), theirs.cumulative_density_.loc[ours.time].iloc[:, 0], rtol=0, atol=1e-9
        )


@pytest.mark.parametrize("seed", range(2))
def test_late_entries_equal_lifelines(seed: int) -> None:
    """Tasks watched from some age on, at times without ties."""
    rng = np.random.default_rng(seed)
    time, cause = rng.gamma(0.6, 20, 300), rng.integers(0, 3, 300)
    entry = rng.uniform(0, 0.9, 300) * time
    entry[:20] = 0
    ours = aalen_johansen(time, cause, entry=entry)

    for kind in (DONE, DELETED):
        fitter = AalenJohansenFitter(calculate_variance=False)
        theirs = fitter.fit(time, cause, event_of_interest=kind, entry=entry).cumulative_density_
        assert_allclose(ours.by(ours.time, kind), theirs.loc[ours.time].iloc[:, 0], rtol=0, atol=1e-9)


def test_late_entries_count_from_there() -> None:
    """A task watched from age 3 is not at risk at 2."""
    assert aalen_johansen([2, 4, 5], [2, 0, 1], entry=[0, 3, 1]).at_risk.tolist() == [2, 2, 1]


tasks = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 2)), min_size=1)


@given(tasks)
def test_the_shares_add_up(rows: list[tuple[int, int]]) -> None:
    """Done, deleted and still open are everything, at every age."""
    curve = aalen_johansen([age for age, _ in rows], [cause for _, cause in rows])

    assert_allclose(curve.incidence.sum(axis=0) + curve.survival, 1)


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 1)), min_size=1))
def test_without_deletions_it_is_kaplan_meier(rows: list[tuple[int, int]]) -> None:
    """Where nothing is deleted the share done is what Kaplan-Meier leaves."""
    time, cause = [age for age, _ in rows], [cause for _, cause in rows]

    assert_allclose(
        aalen_johansen(time, cause).incidence[0], 1 - kaplan_meier(time, cause).survival, atol=1e-12
    )


@given(tasks, st.integers(0, 15), st.integers(1, 15))
def test_a_chance_is_one_over_those_who_got_there(
    rows: list[tuple[int, int]], age: int, horizon: int
) -> None:
    """The chance of an open task is the incidence among the tasks that outlived its age, taken by themselves."""
    time, cause = np.array(rows).T
    chance = aalen_johansen(time, cause).within(age, horizon)
    older = time > age

    assert_allclose(
        chance, aalen_johansen(time[older], cause[older]).by(age + horizon) if older.any() else np.nan
    )


@given(tasks, st.integers(0, 15), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_the_wait_is_the_shortest_that_gives_the_chance(
    rows: list[tuple[int, int]], age: int, share: float
) -> None:
    """Within the answer the chance reaches the share, and a day sooner it doesn't; unknown means it never does."""
    time, cause = np.array(rows).T
    curve = aalen_johansen(time, cause)
    wait = curve.residual_quantile(age, share)

    if np.isnan(wait):
        assert not curve.within(age, np.arange(40)).max(initial=0, where=known(curve, age)) >= share
    else:
        assert curve.within(age, wait) >= share - 1e-9
        assert curve.within(age, wait - 1) < share


def known(curve: Incidence, age: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """The horizons up to 39 at which the curve can tell."""
    return ~np.isnan(curve.within(age, np.arange(40)))
