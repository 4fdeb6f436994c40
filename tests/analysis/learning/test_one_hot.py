"""One-hot columns and the way back."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.learning.one_hot import classes, one_hot


def test_columns() -> None:
    """The course's example: a 1 in the column of the class."""
    assert one_hot(np.array([1, 0, 2]), 3).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 1]]


def test_back_again() -> None:
    """The way back gives the class numbers."""
    which = np.random.default_rng(0).integers(0, 5, 40)

    assert classes(one_hot(which, 5, np.float32)).tolist() == which.tolist()


@pytest.mark.parametrize("which", [[-1, 0], [0, 3]])
def test_out_of_range(which: list[int]) -> None:
    """A class number without a column is refused, and the range named."""
    with pytest.raises(ValueError, match="must lie in 0 to 2"):
        one_hot(np.array(which), 3)


def test_nothing() -> None:
    """No examples give no rows."""
    assert one_hot(np.array([], dtype=np.int64), 3).shape == (0, 3)
