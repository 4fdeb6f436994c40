"""What may be learnt from: labels are told apart as NumPy would, only sooner where there are two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from worklens.analysis.learning.arrays import classes_of


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.float32, np.float64, bool, str])
@given(labels=st.lists(st.integers(0, 2), min_size=2, max_size=12).filter(lambda some: len(set(some)) > 1))
def test_classes_are_numpys(kind: type, labels: list[int]) -> None:
    """The distinct labels, sorted, in their own type, and which of them each example has."""
    y = np.array(labels).astype(kind)
    if np.unique(y).size < 2:
        return
    classes, which = classes_of(y, y.size)
    expected, places = np.unique(y, return_inverse=True)

    assert_array_equal(classes, expected)
    assert classes.dtype == expected.dtype
    assert_array_equal(which, places)


@pytest.mark.parametrize("labels", [[0.5, 1.0], [0.0, 0.5], [np.nan, 1.0], [0.0, np.inf], [1.0, 1.0]])
def test_what_are_no_classes(labels: list[float]) -> None:
    """Amounts, unknowns and a single class are refused, also where there are only two numbers."""
    with pytest.raises(ValueError, match=r"continuous|NaN|one class"):
        classes_of(labels, 2)
