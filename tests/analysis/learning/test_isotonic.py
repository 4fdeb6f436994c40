"""Isotonic regression beside SciPy's, and by its properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import isotonic_regression

from worklens.analysis.learning.isotonic import isotonic


@given(pairs=st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), min_size=1, max_size=40))
@settings(max_examples=100)
def test_equals_scipy(pairs: list[tuple[int, int]]) -> None:
    """Ties, falls and weights of every sort."""
    values, weights = (np.array(side, dtype=np.float64) for side in zip(*pairs, strict=True))

    assert_allclose(isotonic(values, weights), isotonic_regression(values, weights=weights).x, atol=1e-12)


@pytest.mark.parametrize("size", [0, 1])
def test_nothing_to_pool(size: int) -> None:
    """None and one stay as they are."""
    assert isotonic(np.ones(size), np.ones(size)).tolist() == [1.0] * size


def test_a_long_noisy_rise() -> None:
    """A hundred thousand values never fall, and keep their mean."""
    values = np.random.default_rng(0).normal(np.linspace(0, 1, 100_000), 1)
    fitted = isotonic(values, np.ones(values.size))

    assert (np.diff(fitted) >= 0).all()
    assert_allclose(fitted.mean(), values.mean())
    assert_allclose(fitted, isotonic_regression(values).x, atol=1e-9)
