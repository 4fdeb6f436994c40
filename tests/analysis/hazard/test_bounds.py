"""No chance is told as 0 or 100 %, by a count or by a model; a due date that is over is a fact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.competing import aalen_johansen
from worklens.analysis.curve_prospects import curve_prospects
from worklens.analysis.hazard.bounds import bounded, least_of
from worklens.analysis.hazard.prospects import SUREST, Prospects


def test_none_of_57_leaves_half_a_task() -> None:
    """None of 57 done within a day is 0.9 %, of 57 all done within a month 99.1 %; of very many once in a thousand."""
    curve = aalen_johansen([20] * 57, [1] * 57)

    told = curve_prospects(curve, np.array([0.0]), np.array([np.nan])).done[0]

    assert told.tolist() == pytest.approx([0.5 / 58, 0.5 / 58, 0.5 / 58, 57.5 / 58])
    assert least_of(np.array([20, 100_000])).tolist() == pytest.approx([0.5 / 21, SUREST])


def test_what_is_due_today_may_still_be_done() -> None:
    """Of a date that isn't over nobody says 100 %; of one that is, anybody does."""
    curve = aalen_johansen([20] * 57, [1] * 57)

    late = curve_prospects(curve, np.zeros(2), np.array([0.0, -1.0])).late

    assert late[0] == pytest.approx(57.5 / 58)
    assert late[1] == 1


@given(
    st.lists(st.floats(0, 1) | st.just(float("nan")), min_size=1, max_size=5),
    st.floats(0, 1),
    st.integers(20, 10**6),
)
def test_every_chance_is_inside(chances: list[float], part: float, evidence: int) -> None:
    """Whatever a model says: what is known lies inside, what is unknown stays so, done and deleted are 1 at most."""
    count = len(chances)
    told = Prospects.nothing(count)
    one = np.array(chances)
    for name in ("done", "deleted"):
        getattr(told, name)[:] = (one * (part if name == "done" else 1 - part))[:, None]
    told.never[:], told.late[:], told.evidence[:] = one, one, evidence

    found = bounded(told, np.zeros(count, dtype=np.bool_), least_of(told.evidence))

    for name in ("done", "deleted", "never", "late"):
        values, before = getattr(found, name), getattr(told, name)
        known = ~np.isnan(before)
        assert ((values > 0) & (values < 1))[known].all()
        assert np.isnan(values[~known]).all()
    assert not (found.done + found.deleted > 1 + 1e-12).any()
