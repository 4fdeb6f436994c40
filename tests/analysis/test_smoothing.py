"""Exponentially weighted averages against the recurrence written out as a loop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.smoothing import BLOCK, beta_of_half_life, ewma, half_life_of_beta


def by_loop(values: Floats, beta: float, corrected: bool) -> Floats:
    """The definition, day by day."""
    average, level = np.empty_like(values), np.zeros(values.shape[0])
    for day in range(values.shape[1]):
        level = beta * level + (1 - beta) * values[:, day]
        average[:, day] = level / (1 - beta ** (day + 1)) if corrected else level
    return average


@pytest.mark.parametrize("corrected", [True, False])
@pytest.mark.parametrize("beta", [1e-12, 0.01, 0.5, 0.9, 0.98, 0.9999])
@pytest.mark.parametrize("days", [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK**2 + 7, 5000])
def test_equals_the_loop(days: int, beta: float, corrected: bool) -> None:
    """Every day of every series is what the recurrence gives, around the edges of the blocks too."""
    values = np.random.default_rng(days).gamma(0.5, 4, (3, days))

    assert_allclose(ewma(values, beta, corrected=corrected), by_loop(values, beta, corrected), rtol=1e-10)


@given(
    values=arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(1, 80)), elements=st.floats(0, 1e6)),
    beta=st.floats(1e-9, 1 - 1e-3),
)
def test_equals_the_loop_on_any_values(values: Floats, beta: float) -> None:
    """Zeros, spikes and repeated values make no difference."""
    assert_allclose(ewma(values, beta), by_loop(values, beta, True), rtol=1e-10, atol=1e-290)


@pytest.mark.parametrize("beta", [1e-300, 0.1, 0.9, 1 - 1e-6, 1 - 1e-12])
def test_a_constant_stays_itself(beta: float) -> None:
    """The correction makes a constant its own average from the first day on, over 100,000 days."""
    assert_allclose(ewma(np.full((2, 100_000), 7.25), beta), 7.25, rtol=1e-10)


def test_a_long_memory_is_the_plain_mean() -> None:
    """With beta next to 1 no day weighs more than another."""
    values = np.random.default_rng(1).poisson(3, (1, 3000)).astype(float)

    assert_allclose(ewma(values, 1 - 1e-13)[0], values[0].cumsum() / np.arange(1, 3001), rtol=1e-8)


def test_the_course_example() -> None:
    """v_1 = 0.1 x 40 and v_2 = 0.9 x 4 + 0.1 x 49; corrected, the first is 40 itself and the second 8.5 / 0.19."""
    temperatures = [[40.0, 49.0]]

    assert_allclose(ewma(temperatures, 0.9, corrected=False), [[4.0, 8.5]])
    assert_allclose(ewma(temperatures, 0.9), [[40.0, 8.5 / 0.19]])


def test_a_later_day_changes_no_earlier_one() -> None:
    """The average of a day is made of that day and those before it."""
    values = np.random.default_rng(2).poisson(2, (2, 200)).astype(float)

    assert_allclose(ewma(values, 0.9)[:, :70], ewma(values[:, :70], 0.9), rtol=1e-12)


def test_series_may_have_any_leading_shape() -> None:
    """The last axis is days; the others come back as they were, one series or none too."""
    cube = np.random.default_rng(3).random((2, 3, 40))

    assert_allclose(ewma(cube, 0.8)[1, 2], ewma(cube[1, 2], 0.8))
    assert ewma(np.empty((0, 5)), 0.8).shape == (0, 5)
    assert ewma(np.empty((4, 0)), 0.8).shape == (4, 0)


def test_the_input_is_left_alone() -> None:
    """No value of the caller's is written to."""
    values = np.ones((1, 100))
    ewma(values, 0.9)

    assert (values == 1).all()


@pytest.mark.parametrize("beta", [0.0, 1.0, -0.1, 1.5, float("nan")])
def test_a_beta_outside_is_refused(beta: float) -> None:
    """The error names the beta and the range."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        ewma([[1.0]], beta)
    with pytest.raises(ValueError, match="between 0 and 1"):
        half_life_of_beta(beta)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_unknown_days_are_refused(bad: float) -> None:
    """A NaN would spread to every later day unseen, so it is an error here."""
    with pytest.raises(ValueError, match="unknown days"):
        ewma([[1.0, bad, 2.0]], 0.9)


@given(days=st.floats(0.05, 1e6))
def test_half_life_and_beta_are_inverse(days: float) -> None:
    """After a half-life a day weighs half, and the way back gives the same days."""
    beta = beta_of_half_life(days)

    assert beta**days == pytest.approx(0.5)
    assert half_life_of_beta(beta) == pytest.approx(days, rel=1e-6)


def test_no_half_life_of_nothing() -> None:
    """A half-life of 0 days is an error."""
    with pytest.raises(ValueError, match="above 0"):
        beta_of_half_life(0)
