"""The scan for the most surprising box."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Floats
from worklens.analysis.detection.scan import (
    best_box,
    box_sums,
    day_and_hour_spans,
    most_surprising,
    proposed_weeks,
    surprise,
)
from worklens.analysis.detection.week_hours import cut

TABLE: Floats = np.random.default_rng(6).random((20, 7, 24))


def test_sums_over_boxes_are_sums_over_their_cells() -> None:
    """For a few of the proposals, taken anywhere."""
    weeks, (days, hours) = proposed_weeks(20), day_and_hour_spans(TABLE)
    sums = box_sums(TABLE)

    assert sums.shape == (weeks.start.size, days.start.size, hours.start.size)
    for week, day, hour in np.random.default_rng(1).integers(0, sums.shape, (30, 3)):
        box = np.array([span.start[at] for span, at in ((weeks, week), (days, day), (hours, hour))])
        ends = np.array([span.stop[at] for span, at in ((weeks, week), (days, day), (hours, hour))])
        assert sums[week, day, hour] == pytest.approx(cut(TABLE, np.concatenate([box, ends])).sum(), rel=1e-5)


def test_proposals_cover_all_weeks() -> None:
    """Every week is in a short one, and all of them are one proposal; a short history has that alone."""
    spans = proposed_weeks(53)
    short = spans.stop - spans.start == 4

    assert {week for start in spans.start[short] for week in range(start, start + 4)} == set(range(53))
    assert (spans.start.min(), spans.stop.max()) == (0, 53)
    assert_array_equal(proposed_weeks(3).stop, [3])


def test_surprise_is_the_likelihood_ratio_of_more() -> None:
    """As a formula; fewer than expected surprise nobody, where nothing is expected nothing is said, all of all is most."""
    seen, expected = np.array([20.0, 5, 10, 3, 40]), np.array([10.0, 10, 10, 0, 10])
    formula = [20 * np.log(2) + 20 * np.log(20 / 30), 0, 0, 0, 40 * np.log(4)]

    assert_allclose(surprise(seen, expected, np.full(5, 40.0)), formula, atol=1e-9)


@given(data=st.data())
def test_the_most_surprising_is_found_without_asking_all(data: st.DataObject) -> None:
    """As among all that are worth telling: the bound rules out none that is more surprising."""
    rng = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    possible = rng.integers(1, 200, 60).astype(np.float64)
    seen = rng.binomial(possible.astype(np.int64), rng.random(60)).astype(np.float64)
    expected = possible * rng.uniform(0.001, 0.99, 60)
    told = (seen >= 10) & (seen >= 0.25 * possible) & (seen >= 1.3 * expected)
    scores = np.where(told, surprise(seen, expected, possible), 0)

    place, score = most_surprising(seen, expected, possible)

    assert score == pytest.approx(scores.max())
    assert scores[place] == pytest.approx(score)


@pytest.mark.parametrize("box", [[3, 1, 5, 15, 3, 7], [0, 6, 20, 20, 7, 24], [7, 0, 0, 12, 5, 1]])
def test_the_edges_of_a_block_are_found(box: list[int]) -> None:
    """Also those that no proposal has, where everything else is as expected."""
    expected, possible = np.full((20, 7, 24), 0.3), np.ones((20, 7, 24))
    seen = expected.copy()
    cut(seen, np.array(box))[...] = 1.0
    cells = cut(seen, np.array(box)).size

    found, score = best_box(seen, expected, possible)

    assert_array_equal(found, box)
    assert score == pytest.approx(cells * np.log(1 / 0.3))
