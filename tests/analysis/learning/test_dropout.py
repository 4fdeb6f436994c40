"""Inverted dropout keeps the mean."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.learning.dropout import mask


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 1.0])
def test_the_mean_stays(keep: float) -> None:
    """About `keep` of the units stay, and each counts `1 / keep`."""
    stays = mask((300, 200), keep, np.random.default_rng(0))

    assert (stays > 0).mean() == pytest.approx(keep, abs=0.01)
    assert stays.mean() == pytest.approx(1, abs=0.03)
    assert set(np.unique(stays)) <= {0, 1 / keep}


@pytest.mark.parametrize("keep", [0.0, -0.1, 1.1])
def test_a_chance_that_is_none(keep: float) -> None:
    """Keeping nothing, or more than all, is refused."""
    with pytest.raises(ValueError, match="at most 1"):
        mask((1,), keep, np.random.default_rng(0))
