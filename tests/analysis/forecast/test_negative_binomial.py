"""The negative binomial against the geometric, sums of it, and its limit."""

from __future__ import annotations

from math import comb, exp, factorial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Floats
from worklens.analysis.forecast.negative_binomial import at_most


def table(mean: float, size: float, counts: int = 60) -> Floats:
    """One row."""
    row: Floats = at_most(np.array([mean]), np.array([size]), counts)[0]
    return row


def test_size_one_is_geometric() -> None:
    """P(N > k) falls by the same factor for each k."""
    assert_allclose(1 - table(3, 1), 0.75 ** np.arange(1, 61), atol=1e-12)


def test_a_whole_size_is_a_sum_of_geometrics() -> None:
    """By the binomial formula of failures before the third success."""
    mass = [comb(k + 2, k) * 0.6**k * 0.4**3 for k in range(60)]

    assert_allclose(table(3 * 0.6 / 0.4, 3), np.cumsum(mass), atol=1e-12)


def test_a_huge_size_is_poisson() -> None:
    """A rate that is known leaves only the Poisson's own spread."""
    mass = [exp(-4) * 4**k / factorial(k) for k in range(30)]

    assert_allclose(table(4, 1e9, 30), np.cumsum(mass), atol=1e-7)


@given(st.floats(0.01, 300), st.floats(0.3, 200))
def test_mean_and_variance(mean: float, size: float) -> None:
    """They are what the parameters say, and the table rises to 1."""
    counts = int(mean + 40 * np.sqrt(mean + mean**2 / size)) + 60
    rising = table(mean, size, counts)
    mass = np.diff(rising, prepend=0)
    k = np.arange(counts)

    assert rising[-1] > 1 - 1e-6
    assert_allclose(mass @ k, mean, rtol=1e-3)
    assert_allclose(mass @ (k - mean) ** 2, mean + mean**2 / size, rtol=0.02)
