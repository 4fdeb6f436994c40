"""Non-max suppression, every way beside the textbook's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from worklens.analysis.arrays import Floats
from worklens.analysis.detection import pairs, suppression
from worklens.analysis.detection.suppression import Method, best_first, suppress

METHODS: tuple[Method, ...] = ("auto", "classic", "blocked", "grid")


def textbook(boxes: Floats, scores: Floats, threshold: float) -> list[int]:
    """The loop as it stands in the books, a box and a number at a time."""
    kept: list[int] = []
    for row in sorted(range(len(boxes)), key=lambda place: -scores[place]):
        if all(overlap(boxes[row], boxes[other]) <= threshold for other in kept):
            kept.append(row)
    return kept


def overlap(one: Floats, other: Floats) -> float:
    """The IoU of two boxes."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    inter = max(width, 0.0) * max(height, 0.0)
    union = (one[2] - one[0]) * (one[3] - one[1]) + (other[2] - other[0]) * (other[3] - other[1]) - inter
    return float(inter / union) if union else 0.0


def boxes_of(seed: int, count: int, clusters: int) -> tuple[Floats, Floats]:
    """Boxes around some middles, with scores of which some are equal."""
    rng = np.random.default_rng(seed)
    middle = rng.uniform(-100, 100, (clusters, 2))[rng.integers(clusters, size=count)]
    half = rng.exponential(6, (count, 2))
    middle = middle + rng.normal(0, 3, (count, 2))
    return np.concatenate([middle - half, middle + half], axis=1), rng.integers(0, 50, count) / 50


@given(
    st.integers(0, 2**32), st.integers(0, 90), st.integers(1, 40), st.sampled_from([0.0, 0.2, 0.5, 0.83, 1.0])
)
def test_every_way_is_the_textbooks(seed: int, count: int, clusters: int, threshold: float) -> None:
    """Crowded or sparse, whatever the threshold."""
    boxes, scores = boxes_of(seed, count, clusters)
    expected = textbook(boxes, scores, threshold)

    for method in METHODS:
        assert_array_equal(suppress(boxes, scores, threshold, method=method), expected, method)


@pytest.mark.parametrize("clusters", [1, 20, 2000])
def test_the_ways_agree_on_many_boxes(clusters: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over several blocks, several portions of pairs and either choice."""
    monkeypatch.setattr(pairs, "AT_ONCE", 5000)
    boxes, scores = boxes_of(clusters, 700, clusters)
    expected = suppress(boxes, scores, 0.4, method="classic")

    for method in METHODS:
        assert_array_equal(suppress(boxes, scores, 0.4, method=method), expected, method)


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("width", [4.0, 12.0])
def test_crowds_thin_out_to_the_same(threshold: float, width: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the best of neighbourhoods and by the best of all, until few pairs are left, in portions or not."""
    monkeypatch.setattr(suppression, "FEW", 0)
    rng = np.random.default_rng(7)
    middle = rng.uniform(0, 1000, (12, 2))[rng.integers(12, size=1200)] + rng.normal(0, width, (1200, 2))
    half = rng.uniform(15, 30, (1200, 2))
    boxes, scores = np.concatenate([middle - half, middle + half], axis=1), rng.integers(0, 400, 1200)
    expected = suppress(boxes, scores, threshold, method="classic")

    assert_array_equal(suppress(boxes, scores, threshold), expected)


def test_all_boxes_in_one_place() -> None:
    """Of equal boxes the best stays; points without area all do."""
    scores = np.arange(5.0)

    for method in METHODS:
        assert_array_equal(suppress(np.tile([1, 1, 2, 2], (5, 1)), scores, method=method), [4])
        assert_array_equal(suppress(np.ones((5, 4)), scores, method=method), [4, 3, 2, 1, 0])


@given(
    st.lists(
        st.sampled_from([0.0, -0.0, 1e-320, -2.5, 0.1, 0.3, np.inf, -np.inf]) | st.floats(allow_nan=False)
    )
)
def test_the_best_come_first(scores: list[float]) -> None:
    """Whatever numbers they are, and equal ones as they stand."""
    assert list(best_first(np.array(scores))) == sorted(range(len(scores)), key=lambda place: -scores[place])


def test_classes_leave_one_another_alone() -> None:
    """Each class by itself gives the same as all at once, best first over all."""
    boxes, scores = boxes_of(3, 200, 5)
    classes = np.arange(200) % 3
    each = [np.flatnonzero(classes == kind) for kind in range(3)]
    kept = np.concatenate([rows[suppress(boxes[rows], scores[rows])] for rows in each])

    found = suppress(boxes, scores, classes=classes)

    assert set(found) == set(kept)
    assert (np.diff(scores[found]) <= 0).all()


def test_low_scores_are_left_out_first() -> None:
    """The least itself stays."""
    boxes = np.array([[0, 0, 1, 1], [5, 5, 6, 6], [8, 8, 9, 9]])

    assert_array_equal(suppress(boxes, [0.1, 0.3, 0.2], least=0.2), [1, 2])


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"scores": [1.0, 2.0]}, "1 boxes have 2 scores"),
        ({"scores": [np.nan]}, "score 0 is not a number"),
        ({"scores": [1.0], "threshold": 1.5}, "threshold of 1.5"),
    ],
)
def test_what_makes_no_sense_is_refused(given_: dict[str, Any], says: str) -> None:
    """With what to mend."""
    with pytest.raises(ValueError, match=says):
        suppress([[0, 0, 1, 1]], **given_)


@pytest.mark.parametrize("width", [0.5, 5.0, 60.0])
def test_pairs_are_counted_without_making_them(width: float) -> None:
    """As many as the windows have, in sparse boxes and in crowds; none of no boxes."""
    corner = np.random.default_rng(3).uniform(0, 100, (300, 2))
    boxes = np.concatenate([corner, corner + width], axis=1)

    assert pairs.grid_of(boxes).pairs() == pairs.grid_of(boxes).windows().pairs
    assert pairs.grid_of(boxes[:0]).pairs() == 0
