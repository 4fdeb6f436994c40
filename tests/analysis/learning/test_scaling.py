"""Feature scaling, as scikit-learn does it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.scaling import Scaler

X = np.random.default_rng(0).gamma(2, 3, (50, 3)) * [1, 100, 0.01]


def test_mean_zero_and_deviation_one() -> None:
    """Every column of the training examples comes out with mean 0 and deviation 1."""
    scaled = Scaler().fit_transform(X)

    assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    assert_allclose(scaled.std(axis=0), 1)


def test_equals_scikit_learn() -> None:
    """The same as StandardScaler, on examples it did not see, too."""
    preprocessing = pytest.importorskip(
        "sklearn.preprocessing", reason="scikit-learn is a peer, of the bench extra"
    )

    assert_allclose(
        Scaler().fit(X[:30]).transform(X), preprocessing.StandardScaler().fit(X[:30]).transform(X), rtol=1e-12
    )


@pytest.mark.parametrize("value", [0.0, 0.1, 1e9])
def test_a_constant_column_becomes_zero(value: float) -> None:
    """Not NaN, nor the rounding of its mean blown up."""
    scaled = Scaler().fit_transform(np.full((7, 1), value))

    assert_allclose(scaled, 0, atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_there_and_back(dtype: type) -> None:
    """The way back gives the examples, in their type."""
    x: Reals = X.astype(dtype)
    scaler = Scaler().fit(x)
    back = scaler.inverse_transform(scaler.transform(x))

    assert back.dtype == dtype
    assert_allclose(back, x, rtol=1e-5)


def test_what_can_not_be_scaled() -> None:
    """NaN, and asking before it learnt."""
    with pytest.raises(ValueError, match="NaN"):
        Scaler().fit([[np.nan]])
    with pytest.raises(ValueError, match="call fit first"):
        Scaler().transform([[1.0]])
