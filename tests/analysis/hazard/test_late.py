"""Chances to miss a due date, and how they are corrected."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.arrays import NEVER
from worklens.analysis.hazard.curves import EDGES, by_day, lateness, reached
from worklens.analysis.hazard.model import Hazard, fit
from worklens.analysis.hazard.records import DONE, Moves, Records
from worklens.analysis.hazard.telling import prospects

TODAY = 20_000


def recurring(tasks: int = 600) -> Records:
    """A chore due 3 days after it came; nine in ten are done on that day, the others two days later."""
    rng = np.random.default_rng(5)
    born = TODAY - rng.integers(0, 400, tasks)
    ended = born + np.where(rng.random(tasks) < 0.9, 3, 5)
    still = ended > TODAY
    return Records.of(
        born,
        np.where(still, NEVER, ended),
        np.where(still, 0, DONE),
        due=born + 3,
        recurring=np.ones(tasks, dtype=np.bool_),
    )


def test_what_is_done_on_the_very_day_is_not_late() -> None:
    """The hazard spreads a period's chance over its days; the correction learns that the due date is the day."""
    records = recurring()
    fitted = fit(records, today=TODAY)

    told = prospects(fitted, records, TODAY)

    coming = records.open_at(TODAY) & (records.due > TODAY)
    assert coming.sum() > 3
    assert fitted.late is not None
    assert told.late[coming].mean() == pytest.approx(0.1, abs=0.08)
    over = records.open_at(TODAY) & (records.due < TODAY)
    assert (told.late[over] == 1).all()
    assert Hazard.from_arrays(fitted.to_arrays()).late is not None


def test_a_date_that_was_moved_counts_as_it_was_then() -> None:
    """On the day before the move the old date holds, on the day of the move the new one."""
    records = recurring()
    moves = Moves(np.array([0]), np.array([TODAY]), np.array([TODAY - 2]), np.array([TODAY + 9]))
    born, ended, cause = records.born.copy(), records.ended.copy(), records.cause.copy()
    born[0], ended[0], cause[0] = TODAY - 4, NEVER, 0
    due = records.due.copy()
    due[0] = TODAY + 9
    moved = Records.of(born, ended, cause, due=due, moves=moves)
    fitted = fit(moved, today=TODAY - 30)

    before, after = (prospects(fitted, moved, day).late[0] for day in (TODAY - 1, TODAY))

    assert before == 1
    assert after < 1


def test_days_and_shares_are_read_off_one_curve() -> None:
    """The day by which a share is done is the day at which that share is read; beyond the curve there is none."""
    done = np.linspace(0, 0.6, EDGES.size)[None, :]

    days = reached(done, 0.3)

    assert by_day(done, days)[0] == pytest.approx(0.3)
    assert np.isinf(reached(done, 0.7)[0])
    assert lateness(done, np.array([NEVER]))[0] != lateness(done, np.array([NEVER]))[0]
    assert lateness(done, np.array([-1]))[0] == 1
    assert lateness(done, np.array([365]))[0] == pytest.approx(0.4)
