"""Blocks that are gone."""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.detection.histories import every_day, planted

from worklens.analysis.arrays import Ints
from worklens.analysis.detection.later import Gone, gone

EVENINGS = np.array([0, 3, 15, 28, 4, 18])


def test_a_block_that_ended_is_gone() -> None:
    """Since its last week, with what was done in its hours before and since."""
    counts = planted(EVENINGS, 0.8, np.random.default_rng(3))
    before, since = (np.minimum(counts[weeks, 3, 15:18], 1).sum() for weeks in (slice(28), slice(28, None)))

    assert gone(counts, every_day(), EVENINGS) == Gone(28, before, 28 * 3, since, 12 * 3)


@pytest.mark.parametrize("weeks", [28, 31])
def test_a_block_of_late_is_not(weeks: int) -> None:
    """It lasts to the end of the history, or ended three weeks ago."""
    counts: Ints = planted(EVENINGS, 0.8, np.random.default_rng(3))

    assert gone(counts[:weeks], every_day(weeks), EVENINGS) is None


def test_a_block_that_goes_on_is_not() -> None:
    """Though its box was cut short; nor is one in whose hours there was leave since."""
    counts = planted(np.array([0, 3, 15, 40, 4, 18]), 0.8, np.random.default_rng(3))
    ended, open_ = planted(EVENINGS, 0.8, np.random.default_rng(3)), every_day()
    open_[28:] = False

    assert gone(counts, every_day(), EVENINGS) is None
    assert gone(ended, open_, EVENINGS) is None
