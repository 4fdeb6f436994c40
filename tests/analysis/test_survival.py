"""Kaplan-Meier against lifelines and against rows worked out by hand."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_time
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Bools, Floats
from worklens.analysis.survival import kaplan_meier

# Six tasks: two end on day 1 and two on day 2; those of day 3 and one of day 1 are still open.
TIME = np.array([1, 1, 2, 2, 3, 5])
DONE = np.array([True, False, True, True, False, True])


@pytest.mark.parametrize("dtype", [np.int64, np.float64])
def test_ties_by_hand(dtype: type) -> None:
    """5/6 of six, then 2/4 of that, then none; open tasks count until their day, that day included."""
    curve = kaplan_meier(TIME.astype(dtype), DONE)

    assert curve.time.tolist() == [1, 2, 3, 5]
    assert curve.at_risk.tolist() == [6, 4, 2, 1]
    assert curve.events.tolist() == [1, 2, 0, 1]
    assert_allclose(curve.survival, [5 / 6, 5 / 12, 5 / 12, 0])


def test_band_by_hand() -> None:
    """At day 2 Greenwood's sum is 1/30 + 2/8; the limits are S to the power exp(+-1.96 sqrt(sum) / log S)."""
    lower, upper = kaplan_meier(TIME, DONE).band()
    half = 1.959963984540054 * np.sqrt(1 / 30 + 2 / 8) / np.log(5 / 12)

    assert (lower[1], upper[1]) == pytest.approx(((5 / 12) ** np.exp(-half), (5 / 12) ** np.exp(half)))
    assert np.isnan([lower[3], upper[3]]).all()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["days", "floats"])
def test_equals_lifelines(seed: int, kind: str) -> None:
    """Curve, risk set, limits and quantiles are those of lifelines, with ties and heavy censoring."""
    time, done = histories(seed, kind)
    ours, theirs = kaplan_meier(time, done), KaplanMeierFitter().fit(time, done)
    lower, upper = ours.band()
    limits = theirs.confidence_interval_.loc[ours.time].to_numpy()
    left = ours.survival > 0

    assert_allclose(
        ours.survival, theirs.survival_function_.loc[ours.time].to_numpy()[:, 0], rtol=0, atol=1e-9
    )
    assert_array_equal(ours.at_risk, theirs.event_table["at_risk"].loc[ours.time])
    assert_allclose(lower[left], limits[left, 0], rtol=0, atol=1e-9)
    assert_allclose(upper[left], limits[left, 1], rtol=0, atol=1e-9)
    for share in (0.1237, 0.4871, 0.8533):  # off the round fractions, which rounding decides in lifelines
        assert_allclose(ours.quantile(share), finite(qth_survival_time(1 - share, theirs.survival_function_)))


@pytest.mark.parametrize("kind", ["days", "floats"])
def test_late_entries_equal_lifelines(kind: str) -> None:
    """Tasks watched only from some age on count from there; lifelines would leave out the day of entry itself."""
    time, done = histories(7, kind)
    time = time + 1
    entry = np.floor(time * np.random.default_rng(7).choice([0, 0, 0.6], time.size))
    ours, theirs = (
        kaplan_meier(time, done, entry),
        KaplanMeierFitter().fit(time, done, entry=entry - (kind == "days") / 2),
    )

    assert_allclose(ours.survival, theirs.survival_function_at_times(ours.time).to_numpy(), rtol=0, atol=1e-9)


def histories(seed: int, kind: str) -> tuple[Floats, Bools]:
    """Four hundred ages, some of them of tasks that are still open."""
    rng = np.random.default_rng(seed)
    lived, watched = rng.gamma(0.6, 20, 400), rng.gamma(2, 15, 400)
    time = np.minimum(lived, watched)
    return np.floor(time).astype(np.int64) if kind == "days" else time, lived <= watched


def finite(value: float) -> float:
    """lifelines says infinity where a quantile isn't reached; we say NaN."""
    return value if np.isfinite(value) else float("nan")


def test_late_entries_by_hand() -> None:
    """A task watched from age 3 is at risk at 3 but not at 2."""
    curve = kaplan_meier([2, 3, 4, 5], [1, 1, 0, 1], entry=[0, 1, 3, 2])

    assert curve.at_risk.tolist() == [3, 3, 2, 1]
    assert_allclose(curve.survival, [2 / 3, 4 / 9, 4 / 9, 0])


def test_quantiles_on_a_tie_are_reached() -> None:
    """Three of six done by day 3 is the median, though the product of fractions misses one half by rounding."""
    curve = kaplan_meier(np.arange(1, 7), np.ones(6))

    assert curve.quantile() == 3
    assert curve.quantile([0.5, 1.0]).tolist() == [3, 6]


def test_a_quantile_that_is_not_reached_is_unknown() -> None:
    """With one of four done the median isn't known yet."""
    curve = kaplan_meier([1, 2, 2, 2], [1, 0, 0, 0])

    assert np.isnan(curve.quantile())
    assert curve.quantile(0.25) == 1


def test_quantile_limits_lie_around_it() -> None:
    """The limits are the first ages at which the band's edges come down to one half; the upper may be unknown."""
    time, done = histories(1, "days")
    curve = kaplan_meier(time, done)
    low, high = curve.quantile_band()
    few_low, few_high = kaplan_meier([1, 2, 3], [1, 1, 0]).quantile_band()

    assert low < curve.quantile() < high
    assert low == curve.time[np.argmax(curve.band()[0] <= 0.5)]
    assert few_low == 1
    assert np.isnan(few_high)


def test_reading_the_curve() -> None:
    """All is open before the first age; after the last nothing is known, unless nothing is left."""
    curve = kaplan_meier(TIME, DONE)
    unfinished = kaplan_meier([1, 4], [1, 0])

    assert_allclose(curve.at([-1, 0.5, 1, 1.5, 2, 4.9, 5, 99]), [1, 1, 5 / 6, 5 / 6, 5 / 12, 5 / 12, 0, 0])
    assert_allclose(unfinished.at([1, 4, 4.5, np.nan]), [0.5, 0.5, np.nan, np.nan])


def test_the_evidence_for_an_age() -> None:
    """It is the number of tasks watched longer."""
    assert kaplan_meier(TIME, DONE).at_risk_after([0, 1, 2, 4, 5]).tolist() == [6, 4, 2, 1, 0]


def test_nothing_is_known_of_nothing() -> None:
    """Without tasks every answer is unknown."""
    curve = kaplan_meier([], [])

    assert np.isnan(curve.at(0))
    assert np.isnan(curve.quantile())
    assert curve.at_risk_after(0) == 0
    assert curve.band()[0].shape == (0,)


def test_nothing_done_is_a_flat_curve() -> None:
    """Where no task was done the share stays 1, and no quantile is known."""
    curve = kaplan_meier([1, 2, 3], [0, 0, 0])

    assert curve.survival.tolist() == [1, 1, 1]
    assert curve.band()[0].tolist() == [1, 1, 1]
    assert np.isnan(curve.quantile(0.1))


rows = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1)


@given(rows, st.randoms())
def test_the_order_of_tasks_says_nothing(tasks: list[tuple[int, bool]], random: Random) -> None:
    """Shuffled tasks give the same curve."""
    mixed = sorted(tasks, key=lambda _: random.random())

    assert_array_equal(curve_of(tasks), curve_of(mixed))


@given(rows)
def test_without_open_tasks_it_is_the_plain_share(tasks: list[tuple[int, bool]]) -> None:
    """If all are done the curve is the share that took longer."""
    time = np.array([age for age, _ in tasks])
    curve = kaplan_meier(time, np.ones(time.size))

    assert_allclose(curve.survival, [(time > age).mean() for age in curve.time], atol=1e-12)


@given(rows)
def test_the_curve_falls_within_its_band(tasks: list[tuple[int, bool]]) -> None:
    """Shares go down from 1 to no less than 0, and each lies between its limits."""
    curve = kaplan_meier(*columns(tasks))
    lower, upper = curve.band()
    known = ~np.isnan(lower)

    assert (np.diff(curve.survival, prepend=1) <= 0).all()
    assert (curve.survival >= 0).all()
    assert (lower <= curve.survival + 1e-12)[known].all()
    assert (curve.survival <= upper + 1e-12)[known].all()


def columns(tasks: list[tuple[int, bool]]) -> tuple[list[int], list[bool]]:
    """Ages and whether done."""
    return [age for age, _ in tasks], [done for _, done in tasks]


def curve_of(tasks: list[tuple[int, bool]]) -> Floats:
    """The shares still open."""
    return kaplan_meier(*columns(tasks)).survival
