"""Cells through time: every gradient, and padding that changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Floats
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.sequences.cells import CELLS
from worklens.analysis.sequences.masks import mask_of
from worklens.analysis.sequences.recurrence import back, run

RNG = np.random.default_rng(0)
UNITS, STEPS, BATCH = 3, 4, 2
MASK = mask_of(np.array([4, 2]))


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("mask", [None, MASK], ids=["whole", "padded"])
def test_gradients_through_time(name: str, mask: Floats | None) -> None:
    """By the inputs, by the recurrent weights and by the start, to 1e-7."""
    cell = CELLS[name]
    given = RNG.normal(size=(cell.gates, STEPS, BATCH, UNITS))
    u = RNG.normal(size=(UNITS, cell.gates * UNITS))
    start = RNG.normal(size=(BATCH, cell.parts * UNITS))
    by_hidden, by_last = RNG.normal(size=(STEPS, BATCH, UNITS)), RNG.normal(size=start.shape)

    def cost(given: Floats, u: Floats, start: Floats) -> float:
        trace = run(cell, given, u, start, mask)
        return float((trace.hidden(UNITS) * by_hidden).sum() + (trace.states[-1] * by_last).sum())

    d_given, d_u, d_start = back(cell, run(cell, given, u, start, mask), u, by_hidden, by_last, mask)

    assert gradient_error(lambda x: cost(x, u, start), given, d_given) < 1e-7
    assert gradient_error(lambda x: cost(given, x, start), u, d_u) < 1e-7
    assert gradient_error(lambda x: cost(given, u, x), start, d_start) < 1e-7


@pytest.mark.parametrize("name", CELLS)
def test_padding_holds_the_state(name: str) -> None:
    """A shorter sequence ends in the state it has alone, whatever stands beyond its end."""
    cell = CELLS[name]
    given = RNG.normal(size=(cell.gates, STEPS, BATCH, UNITS))
    u, start = RNG.normal(size=(UNITS, cell.gates * UNITS)), np.zeros((BATCH, cell.parts * UNITS))
    alone = run(cell, given[:, :2, 1:], u, start[1:]).states[-1]

    assert_allclose(run(cell, given, u, start, MASK).states[-1, 1:], alone, rtol=1e-12)


def test_a_gru_step_by_hand() -> None:
    """With all sums 0 both gates are half open and the candidate is 0: half of the state stays."""
    new, _ = CELLS["gru"].step(np.zeros((3, 1, 2)), np.zeros((3, 1, 2)), np.array([[1.0, -2.0]]))

    assert_array_equal(new, [[0.5, -1.0]])
