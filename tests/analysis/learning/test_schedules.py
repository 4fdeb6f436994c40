"""Learning-rate schedules begin at the first rate and never rise."""

from __future__ import annotations

from itertools import pairwise

import pytest

from worklens.analysis.learning.schedules import SCHEDULES


@pytest.mark.parametrize("name", SCHEDULES)
def test_begins_at_one_and_never_rises(name: str) -> None:
    """The first epoch has the whole rate, and no later one more than the one before, nor none."""
    shares = [SCHEDULES[name](epoch, 40) for epoch in range(40)]

    assert shares[0] == 1
    assert all(later <= earlier for earlier, later in pairwise(shares))
    assert shares[-1] > 0


@pytest.mark.parametrize(
    ("name", "epoch", "share"),
    [
        ("inverse", 3, 1 / 4),
        ("exponential", 2, 0.9025),
        ("root", 3, 1 / 2),
        ("staircase", 25, 1 / 4),
        ("cosine", 20, 1 / 2),
    ],
)
def test_by_hand(name: str, epoch: int, share: float) -> None:
    """The formulas, of forty epochs."""
    assert SCHEDULES[name](epoch, 40) == pytest.approx(share)
