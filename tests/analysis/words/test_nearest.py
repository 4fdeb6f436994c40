"""Cosines, analogies and exact nearest neighbours."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.words.cosine import analogy, cosine, unit
from worklens.analysis.words.nearest import nearest


def test_cosine_is_of_directions() -> None:
    """1 for one direction whatever the length, 0 at right angles, -1 for the opposite."""
    one = np.array([[1.0, 0], [1, 0], [1, 0], [0, 0]])
    other = np.array([[5.0, 0], [0, 2], [-3, 0], [1, 1]])

    assert cosine(one, other).tolist() == [1, 0, -1, 0]


def test_the_zero_vector_stays() -> None:
    """A text without known words is like nothing, and no warning is raised."""
    assert unit(np.zeros((1, 3))).tolist() == [[0, 0, 0]]


def test_an_analogy_that_holds() -> None:
    """Man is to woman as boy to girl, where one direction is sex and the other age."""
    vectors = np.array([[1.0, 0.2, 1], [-1, 0.2, 1], [1, 0.2, -1], [-1, 0.2, -1], [0, 1, 0]])

    assert analogy(vectors, 0, 1, 2).tolist() == [3]


@given(
    st.integers(1, 30),
    st.integers(0, 12),
    st.integers(1, 7),
    st.integers(0, 2**31),
    st.sampled_from([2, 100]),
)
def test_as_sorting_everything_would_say(
    among: int, count: int, block: int, seed: int, distinct: int
) -> None:
    """Whatever the blocks, the same columns in the same order as a full stable sort, ties and all."""
    rng = np.random.default_rng(seed)
    queries = rng.integers(-distinct, distinct, (9, 2)).astype(np.float32)
    rows = rng.integers(-distinct, distinct, (among, 2)).astype(np.float32)
    which, products = nearest(queries, rows, count, block=block)

    expected = np.argsort(-(queries @ rows.T), axis=1, kind="stable")[:, :count]
    assert np.array_equal(which, expected)
    assert np.array_equal(products, np.take_along_axis(queries @ rows.T, expected, axis=1))
    assert products.dtype == np.float32
