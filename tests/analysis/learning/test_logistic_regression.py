"""Logistic regression: scikit-learn's answers, its conventions, and what becomes of degenerate data."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.logistic_regression import LogisticRegression


def data(rows: int, features: int = 5, *, spread: float = 1.0, seed: int = 0) -> tuple[Floats, Floats]:
    """Labels drawn from a logistic model; the columns' scales span `spread`."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, features))
    y = x @ rng.normal(size=features) + rng.logistic(size=rows) > 0.3
    return x * np.geomspace(1, spread, features), y.astype(np.float64)


@pytest.mark.parametrize(
    ("rows", "spread", "c", "intercept"),
    [(150, 1, 1.0, True), (150, 1, 0.01, False), (400, 100, 10.0, True), (20_000, 1, 1.0, True)],
)
def test_scikit_learns_coefficients(rows: int, spread: float, c: float, intercept: bool) -> None:
    """Coefficients and intercept are scikit-learn's to 1e-6."""
    linear_model = pytest.importorskip(
        "sklearn.linear_model", reason="scikit-learn is a peer, of the bench extra"
    )
    x, y = data(rows, spread=spread)
    peer = linear_model.LogisticRegression(
        C=c, fit_intercept=intercept, solver="newton-cholesky", tol=1e-12
    ).fit(x, y)
    ours = LogisticRegression(c, fit_intercept=intercept, tol=1e-18).fit(x, y)

    assert_allclose(ours.coef_, peer.coef_, atol=1e-6)
    assert_allclose(ours.intercept_, peer.intercept_, atol=1e-6)


@pytest.mark.parametrize(("rows", "c"), [(150, 1.0), (20_000, 0.1)])
def test_the_optimum_of_scikit_learns_objective(rows: int, c: float) -> None:
    """SciPy, minimising `C sum log loss + |w|^2 / 2` as scikit-learn documents it, arrives at the same coefficients."""
    x, y = data(rows)
    sign = 2 * y - 1

    def objective(w: Floats) -> tuple[float, Floats]:
        margin = sign * (x @ w[:-1] + w[-1])
        pull = -sign / (1 + np.exp(margin))
        value = np.logaddexp(0, -margin).sum() + w[:-1] @ w[:-1] / (2 * c)
        return value / rows, (np.append(pull @ x + w[:-1] / c, pull.sum())) / rows

    peer = minimize(objective, np.zeros(6), jac=True, method="BFGS", options={"gtol": 1e-9}).x
    ours = LogisticRegression(c, tol=1e-18).fit(x, y)

    assert_allclose(np.append(ours.coef_, ours.intercept_), peer, atol=1e-6)


def test_weights_are_repetitions() -> None:
    """A row of weight 3 is that row three times; one of weight 0 is not there."""
    x, y = data(200)
    times = np.random.default_rng(1).integers(0, 4, 200)
    by_weight = LogisticRegression(tol=1e-18).fit(x, y, sample_weight=times)
    by_rows = LogisticRegression(tol=1e-18).fit(np.repeat(x, times, axis=0), np.repeat(y, times))

    assert_allclose(by_weight.coef_, by_rows.coef_, atol=1e-9)


def test_float32_stays_and_agrees() -> None:
    """float32 examples give float32 chances, within what float32 can tell of those in float64."""
    x, y = data(20_000)
    narrow = LogisticRegression().fit(x.astype(np.float32), y)
    chances = narrow.predict_proba(x.astype(np.float32))

    assert chances.dtype == np.float32
    assert_allclose(chances, LogisticRegression().fit(x, y).predict_proba(x), atol=1e-4)


def test_the_same_to_the_bit() -> None:
    """Nothing is drawn: two fits are equal."""
    x, y = data(20_000)

    assert (LogisticRegression().fit(x, y).coef_ == LogisticRegression().fit(x, y).coef_).all()


def test_a_warm_start_has_less_to_do() -> None:
    """From the last coefficients one step confirms them."""
    x, y = data(500)
    warm = LogisticRegression(warm_start=True).fit(x, y)

    assert warm.n_iter_ > 1
    assert warm.fit(x, y).n_iter_ == 1


def test_labels_of_any_kind() -> None:
    """Labels are answered in kind, chances in the order of `classes_`."""
    x, y = data(200)
    named = LogisticRegression().fit(x, np.where(y > 0, "late", "in time"))

    assert named.classes_.tolist() == ["in time", "late"]
    assert (named.predict(x) == np.where(named.predict_proba(x)[:, 1] > 0.5, "late", "in time")).all()
    assert_allclose(named.predict_proba(x).sum(axis=1), 1)


def test_a_constant_column_learns_nothing() -> None:
    """Beside the intercept a constant is of no use: its coefficient is 0, and the others are what they were."""
    x, y = data(300)
    constant = LogisticRegression(tol=1e-18).fit(np.c_[x, np.full(300, 7.0)], y)

    assert_allclose(constant.coef_[0, -1], 0, atol=1e-6)
    assert_allclose(constant.coef_[0, :-1], LogisticRegression(tol=1e-18).fit(x, y).coef_[0], atol=1e-6)


def test_a_column_twice_shares_its_coefficient() -> None:
    """The penalty prefers two halves to a whole."""
    x, y = data(300)
    twice = LogisticRegression(tol=1e-18).fit(np.c_[x, x[:, 0]], y)

    assert_allclose(twice.coef_[0, 0], twice.coef_[0, -1], atol=1e-6)


@pytest.mark.parametrize("c", [1.0, 1e6])
def test_separable_classes_have_finite_coefficients(c: float) -> None:
    """The penalty stops what a separable set would drive to infinity, and every example is told."""
    x = np.linspace(-1, 1, 20)[:, None]
    fitted = LogisticRegression(c).fit(x, x[:, 0] > 0)

    assert np.isfinite(fitted.coef_).all()
    assert (fitted.predict(x) == (x[:, 0] > 0)).all()


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [
        ([[1.0]], [1], "one class only"),
        ([[1.0], [2.0]], [0, 0], "one class only"),
        ([[1.0], [2.0], [3.0]], [0, 1, 2], "3 classes"),
        ([[1.0], [np.nan]], [0, 1], "NaN"),
        ([[1.0], [2.0]], [0, np.nan], "NaN"),
        ([[1.0], [2.0]], [0, 1, 1], "shape"),
        ([1.0, 2.0], [0, 1], "shape"),
        (np.empty((0, 2)), [], "0 sample"),
        (np.empty((2, 0)), [0, 1], "0 feature"),
        ([[1j], [2j]], [0, 1], "Complex"),
        ([[1.0], [2.0]], [0.5, 1.0], "continuous"),
    ],
)
def test_what_nothing_can_be_learnt_from(x: ArrayLike, y: ArrayLike, says: str) -> None:
    """One class (so n = 1, too), NaN, shapes that don't fit: an error that names it."""
    with pytest.raises(ValueError, match=says):
        LogisticRegression().fit(x, y)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("row", [0, 9_999])
def test_one_bad_number_among_many(bad: float, row: int) -> None:
    """Wherever it stands, in the rows looked at first or not, it is found."""
    x, y = data(10_000)
    x[row, 2] = bad
    with pytest.raises(ValueError, match="NaN or infinity"):
        LogisticRegression().fit(x, y)


def test_numbers_too_large_for_their_type() -> None:
    """Finite each, but not their sum: the error says what to do."""
    x, _ = data(300)
    with pytest.raises(ValueError, match="too large for float32; scale"):
        LogisticRegression().fit((np.abs(x) * 5e37).astype(np.float32), x[:, 0] > 0.5)


@pytest.mark.parametrize("c", [0.0, -1.0, np.inf, np.nan])
def test_a_penalty_there_must_be(c: float) -> None:
    """Without a penalty separable classes have no answer."""
    with pytest.raises(ValueError, match="must be above 0"):
        LogisticRegression(c).fit([[0.0], [1.0]], [0, 1])


@pytest.mark.parametrize("weights", [[1.0], [-1.0, 1.0], [0.0, 0.0], [np.nan, 1.0]])
def test_weights_that_weigh_nothing(weights: list[float]) -> None:
    """Weights must fit, and not all be 0, nor below."""
    with pytest.raises(ValueError, match="sample_weight"):
        LogisticRegression().fit([[0.0], [1.0]], [0, 1], sample_weight=weights)


def test_asked_before_it_learnt() -> None:
    """The error says what to do."""
    with pytest.raises(ValueError, match="call fit first"):
        LogisticRegression().predict([[1.0]])


def test_asked_about_other_features() -> None:
    """A model of one feature can't be asked about two."""
    with pytest.raises(ValueError, match="expecting 1"):
        LogisticRegression().fit([[0.0], [1.0]], [0, 1]).predict([[1.0, 2.0]])


def test_settings_by_name() -> None:
    """Settings are read and changed by name, and shown where they aren't the default."""
    model = LogisticRegression(2.0)

    assert model.get_params() == {"C": 2.0, "fit_intercept": True, "tol": 1e-7, "warm_start": False}
    assert repr(model.set_params(tol=0.1)) == "LogisticRegression(C=2.0, tol=0.1)"
    with pytest.raises(ValueError, match="no setting 'c'"):
        model.set_params(c=1)
