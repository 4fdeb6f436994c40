"""The log-rank sums against lifelines and a table worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from lifelines.statistics import logrank_test
from numpy.testing import assert_allclose

from worklens.analysis.log_rank import log_rank
from worklens.analysis.stays import exposure, finishes, stays


def test_one_day_by_hand() -> None:
    """Of 4 and 6 at risk 3 and 1 finish: 1.6 were expected of the first, with variance 4 x 0.4 x 0.6 x 6/9."""
    ranks = log_rank(np.array([[[4], [6]]]), np.array([[[3], [1]]]))

    assert_allclose(ranks.expected, [1.6, 2.4])
    assert_allclose(ranks.scores[:, 0], [1.4, -1.4])
    assert_allclose(ranks.variance, [0.64, 0.64])
    assert_allclose(ranks.skewness, [0.128, -0.128])
    assert_allclose(ranks.rate_ratio, [(3 / 4) / (1 / 6), (1 / 6) / (3 / 4)])


def test_nobody_at_risk_is_nothing() -> None:
    """Empty strata add nothing, and a group against nobody has no ratio."""
    ranks = log_rank(np.array([[[0, 2], [0, 0]]]), np.array([[[0, 1], [0, 0]]]))

    assert ranks.scores.tolist() == [[0, 0], [0, 0]]
    assert np.isnan(ranks.rate_ratio).all()


@pytest.mark.parametrize("seed", range(3))
def test_equals_lifelines_where_all_start_together(seed: int) -> None:
    """Tasks born on one day differ by age alone, and the sums make lifelines' statistic, ties and all."""
    rng = np.random.default_rng(seed)
    code, length = rng.integers(0, 2, 200), rng.integers(1, 90, 200)
    done = rng.random(200) < 0.7
    born = np.zeros(200, dtype=np.int64)
    tasks = stays(born, length, done)
    ranks = log_rank(exposure(tasks, code, 2, 0, 100), finishes(tasks, code, 2, 0, 100))
    first = code == 0
    theirs = logrank_test(length[first], length[~first], done[first], done[~first]).test_statistic

    assert ranks.scores.sum(axis=1)[0] ** 2 / ranks.variance[0] == pytest.approx(theirs, rel=1e-9)


def test_strata_are_compared_within() -> None:
    """A group that is only ever young is compared with the young: what looks fast overall is even within strata."""
    at_risk = np.array([[[10], [1]], [[1], [10]]])  # (age bins, groups, days): the first group is young
    finished = np.array([[[10], [1]], [[0], [0]]])

    assert_allclose(log_rank(at_risk, finished).scores, 0, atol=1e-12)
    assert log_rank(at_risk.sum(axis=0, keepdims=True), finished.sum(axis=0, keepdims=True)).scores[0, 0] > 4
