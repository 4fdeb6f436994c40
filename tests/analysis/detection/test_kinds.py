"""What a block is for."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.arrays import Ints
from worklens.analysis.detection.kinds import mostly, place

BOX = np.array([0, 0, 0, 10, 5, 2])


def history(writing: int, other: int) -> Ints:
    """Two kinds, each twice an hour everywhere outside the block; inside as often as given."""
    counts = np.full((2, 12, 7, 24), 2)
    counts[:, :10, :5, :2] = np.array([writing, other])[:, None, None, None]
    return counts


def test_the_kind_that_fills_a_block_is_named() -> None:
    """With its share there and elsewhere."""
    kind = mostly(history(1, 9), BOX)

    assert kind is not None
    assert (kind.row, kind.inside) == (1, 0.9)
    assert kind.elsewhere == pytest.approx(0.5)


@pytest.mark.parametrize("counts", [history(2, 2), history(2, 3), history(0, 0)])
def test_a_block_of_this_and_that_is_for_nothing(counts: Ints) -> None:
    """Neither half of it, nor much more of it than elsewhere, nor anything at all."""
    assert mostly(counts, BOX) is None


def test_where_a_kind_is_done_is_its_share_beside_all_else() -> None:
    """Of the block's weeks alone; nothing is said of few, of no more than other work, or of what luck does."""
    counts = history(3, 1)
    found = place(counts, BOX, 0)

    assert found is not None
    inside, outside = 10 * 5 * 2, 10 * (7 * 24 - 10) * 2
    assert found.share == pytest.approx(3 * inside / (3 * inside + outside))
    assert found.others == pytest.approx(inside / (inside + outside))
    assert place(counts, BOX, 1) is None
    assert place(history(2, 2), BOX, 0) is None
    few = np.zeros_like(counts)
    few[0, :3, 0, 0] = 3  # all nine of its tasks
    assert place(few, BOX, 0) is None
    lucky = np.full_like(counts, 1)
    lucky[0, 0, 0, 0] = 2 + 10 * 5 * 2  # as often again, of which other work has as much
    assert place(lucky[::-1], BOX, 0) is None
