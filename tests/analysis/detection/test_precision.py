"""Average precision, beside what one works out on paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Bools, Floats
from worklens.analysis.detection.precision import (
    Judged,
    area_under,
    average_precision,
    hits,
    mean_average_precision,
    precision_and_recall,
)

HERE, THERE, NOWHERE = [0.0, 0.0, 4.0, 4.0], [10.0, 10.0, 14.0, 14.0], [50.0, 50.0, 51.0, 51.0]


def judged(found: list[list[float]], scores: list[float], truth: list[list[float]]) -> Judged:
    return Judged(np.reshape(found, (-1, 4)), np.array(scores), np.reshape(truth, (-1, 4)))


def test_a_true_box_is_taken_once() -> None:
    """By the best of those that find it; the second is wrong, and a box half beside is too at 0.7."""
    beside = [0.0, 0.0, 4.0, 6.0]  # IoU 2/3

    assert_array_equal(hits(judged([HERE, HERE, THERE], [0.5, 0.9, 0.1], [HERE, THERE])), [False, True, True])
    assert_array_equal(hits(judged([beside], [1.0], [HERE])), [True])
    assert_array_equal(hits(judged([beside], [1.0], [HERE]), 0.7), [False])


def test_the_area_is_that_of_paper() -> None:
    """Right, wrong, right of three: precision 1 up to a third, then 2/3 up to two thirds, then nothing."""
    pictures = [judged([HERE, NOWHERE], [0.9, 0.8], [HERE]), judged([THERE], [0.7], [THERE, HERE])]

    assert_allclose(average_precision(pictures), 1 / 3 + 2 / 9)


def test_perfect_is_one_and_nothing_is_none() -> None:
    """Nothing found is 0; nothing to find is no number, and doesn't count in the mean."""
    perfect, missed, empty = (
        [judged([HERE], [1], [HERE])],
        [judged([], [], [HERE])],
        [judged([HERE], [1], [])],
    )

    assert [average_precision(perfect), average_precision(missed)] == [1.0, 0.0]
    assert np.isnan(average_precision(empty))
    assert mean_average_precision([perfect, missed, empty]) == 0.5
    assert np.isnan(mean_average_precision([empty]))


def by_hand(scores: Floats, right: Bools, truths: int) -> float:
    """The best precision at each recall or beyond, threshold by threshold."""
    at = [
        (right[scores >= least].mean(), right[scores >= least].sum() / truths) for least in np.unique(scores)
    ]
    recalls = sorted({recall for _, recall in at})
    steps = np.diff([0.0, *recalls])
    return float(
        sum(
            step * max(precision for precision, other in at if other >= recall)
            for step, recall in zip(steps, recalls, strict=True)
        )
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=30), st.integers(0, 5))
def test_the_area_is_as_thresholds_give_it(found: list[tuple[int, bool]], missed: int) -> None:
    """Equal scores count together, in whatever order they stand."""
    scores, right = np.array([score for score, _ in found], float), np.array([hit for _, hit in found])
    truths = max(1, int(right.sum()) + missed)

    area = area_under(*precision_and_recall(scores, right, truths))

    assert area == pytest.approx(by_hand(scores, right, truths))
