"""The backtest over several people: only the past at each origin, and the reference's own figures."""

from __future__ import annotations

import numpy as np

from worklens.analysis.forecast.evaluate import evaluate
from worklens.analysis.forecast.questions import HowMany, When


def test_people_are_pooled_by_origin() -> None:
    """Two together have the origins of both."""
    rng = np.random.default_rng(5)
    people = [rng.poisson(1, 200), rng.poisson(3, 300)]

    both, single = evaluate(people, HowMany(14)), [evaluate([done], HowMany(14)) for done in people]

    assert both.n == sum(each.n for each in single)
    summed = sum(each.coverage * each.n for each in single)
    np.testing.assert_allclose(both.coverage * both.n, summed)


def test_nobody_has_no_figures() -> None:
    """No origin, no share."""
    nobody = evaluate([], When(10))

    assert nobody.n == 0
    assert np.isnan(nobody.coverage).all()
