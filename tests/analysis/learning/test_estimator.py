"""scikit-learn's own battery over our estimators, and what they share."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

from worklens.analysis.learning.estimator import Estimator
from worklens.analysis.learning.logistic_regression import LogisticRegression
from worklens.analysis.learning.neural_network import NeuralNetwork
from worklens.analysis.learning.scaling import Scaler

X = np.random.default_rng(0).normal(size=(40, 2))
KINDS: list[Estimator] = [LogisticRegression(2.0), NeuralNetwork((3,), epochs=2)]

OURS = {
    "check_estimators_unfitted": "its NotFittedError is a class of scikit-learn's, which we don't import; ours is a ValueError",
    "check_n_features_in_after_fitting": "the message may name our class only, not the one the test makes of it",
    "check_estimators_pickle": "the class made for the test can't be found by its name; ours are pickled below",
    "check_supervised_y_2d": "a column of labels is refused, not flattened with a warning",
}
"""Checks of scikit-learn's that don't apply, with the reason."""


def test_scikit_learns_battery_of_transformers() -> None:
    """Of the scaler all checks pass but those that don't apply."""
    base = pytest.importorskip("sklearn.base", reason="scikit-learn is a peer, of the bench extra")
    checks = pytest.importorskip("sklearn.utils.estimator_checks")
    checked = type("Checked", (base.TransformerMixin, Scaler, base.BaseEstimator), {})
    results = checks.check_estimator(checked(), on_fail=None, on_skip=None)
    failed = {one["check_name"]: str(one["exception"])[:200] for one in results if one["status"] == "failed"}

    assert {name: why for name, why in failed.items() if name not in OURS} == {}


def battery(model: Estimator, two_classes: bool) -> list[dict[str, Any]]:
    """Every check of scikit-learn's that our model, made one of its classifiers, did not pass."""
    base = pytest.importorskip("sklearn.base", reason="scikit-learn is a peer, of the bench extra")
    checks = pytest.importorskip("sklearn.utils.estimator_checks")

    def tags(self: Any) -> Any:
        told = base.BaseEstimator.__sklearn_tags__(self)
        told.estimator_type, told.target_tags.required = "classifier", True
        told.classifier_tags = checks.ClassifierTags(multi_class=not two_classes)
        return told

    parents = (base.ClassifierMixin, type(model), base.BaseEstimator)
    checked = type(
        type(model).__name__, parents, {"__init__": type(model).__init__, "__sklearn_tags__": tags}
    )
    results = checks.check_estimator(checked(**model.get_params()), on_fail=None, on_skip=None)
    return [one for one in results if one["status"] == "failed"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("model", "two_classes"),
    [(LogisticRegression(), True), (NeuralNetwork((32,), rate=0.02, batch_size=16), False)],
)
def test_scikit_learns_battery(model: Estimator, two_classes: bool) -> None:
    """All checks of `check_estimator` pass but those that don't apply."""
    failed = {one["check_name"]: str(one["exception"])[:200] for one in battery(model, two_classes)}

    assert {name: why for name, why in failed.items() if name not in OURS} == {}


@pytest.mark.parametrize("model", KINDS, ids=lambda model: type(model).__name__)
def test_scikit_learn_can_clone(model: Estimator) -> None:
    """A clone has the settings and nothing learnt."""
    base = pytest.importorskip("sklearn.base", reason="scikit-learn is a peer, of the bench extra")
    clone = base.clone(model)

    assert clone.get_params() == model.get_params()
    assert clone is not model


@pytest.mark.parametrize("model", KINDS, ids=lambda model: type(model).__name__)
def test_a_repr_makes_the_same_again(model: Estimator) -> None:
    """Settings that aren't the default are shown."""
    again = eval(repr(model), {type(model).__name__: type(model)})  # noqa: S307 - our own repr

    assert again.get_params() == model.get_params()


@pytest.mark.parametrize("kind", [LogisticRegression, NeuralNetwork])
def test_a_fitted_model_travels(kind: type[LogisticRegression | NeuralNetwork]) -> None:
    """Pickled and back, it gives the same chances to the bit."""
    model = kind().fit(X, X[:, 0] > 0)

    assert (pickle.loads(pickle.dumps(model)).predict_proba(X) == model.predict_proba(X)).all()  # noqa: S301 - our own bytes
