"""Which model speaks: the first, unless another is better by more than luck."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.forecast.competition import compete
from worklens.analysis.forecast.questions import HowMany, truth

ORIGINS = np.arange(14, 14 * 40, 14)
DONE = np.random.default_rng(4).poisson(3, 14 * 41)


def sure_of(count: int) -> Floats:
    """A table that always expects about this many."""
    spread = np.clip((np.arange(200) - count + 10.5) / 21, 0, 1)
    return np.tile(spread, (ORIGINS.size, 1))


def test_the_better_one_wins_once_it_is_sure() -> None:
    """Against a first that is far off: not at the beginning, and from then on always."""
    tables = {"first": sure_of(100), "other": sure_of(42)}

    models = compete(tables, HowMany(14), ORIGINS, truth(DONE, HowMany(14), ORIGINS), 14).models

    assert models[:10] == ["first"] * 10
    assert models[20:] == ["other"] * len(models[20:])


def test_equals_leave_it_to_the_first() -> None:
    """And a worse one never speaks."""
    tables = {"first": sure_of(42), "equal": sure_of(42), "worse": sure_of(100)}

    chosen = compete(tables, HowMany(14), ORIGINS, truth(DONE, HowMany(14), ORIGINS), 14)

    assert set(chosen.models) == {"first"}
    assert chosen.table.tobytes() == sure_of(42).tobytes()


def test_a_shorter_table_ends_at_one() -> None:
    """What lies beyond its end is sure to be at most that."""
    tables = {"first": sure_of(42)[:, :60], "longer": sure_of(100)}

    table = compete(tables, HowMany(14), ORIGINS, truth(DONE, HowMany(14), ORIGINS), 14).table

    assert (table[:, 60:] == 1).all()
