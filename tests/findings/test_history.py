"""Histories: where they end, which of their tasks can be compared, and whose they are."""

from __future__ import annotations

import numpy as np

from tests.findings.makers import history
from worklens.analysis.arrays import NEVER
from worklens.findings.model import TaskRef


def test_the_day_of_the_last_look_is_not_over() -> None:
    """With signs of life until today, the last whole day is yesterday."""
    assert history([90, 95], [99, NEVER], today=100).end == 99


def test_a_record_without_a_sign_of_life_for_a_month_ended_there() -> None:
    """An old file imported today speaks of its own last day; deletions noticed at the import are no sign."""
    old = history([90, 95], [99, NEVER], today=1000, gone=np.array([NEVER, 1000]))

    assert old.end == 99
    assert old.weeks == 1


def test_a_silence_longer_than_ever_before_ends_the_record() -> None:
    """Ten quiet days are the end for one who did something every day, not for one who often rests as long."""
    daily, often = np.arange(100, 200), np.arange(100, 200, 9)

    assert history(daily, daily, today=210).end == 199
    assert history(daily, daily, today=206).end == 205
    assert history(often, often, today=208).end == 207
    assert history(often, often, today=209).end == 199


def test_what_is_not_comparable_is_left_out() -> None:
    """Subtasks, recurring tasks, unknown creations, impossible times, and completions of which only the noticing is known."""
    made = history(
        [90, 90, 90, NEVER, 95, 90],
        [99, 99, 99, 99, 94, 99],
        today=100,
        subtask=np.array([False, True, False, False, False, False]),
        recurring=np.array([False, False, True, False, False, False]),
        timed=np.array([True, True, True, True, True, False]),
    )

    assert made.single.tolist() == [True, False, False, False, False, False]
    assert made.impossible.tolist() == [False, False, False, False, True, False]


def test_what_was_done_this_morning_is_not_open() -> None:
    """A task done today is neither done by yesterday's end nor open now."""
    made = history([90, 90], [100, NEVER], today=100)

    assert made.is_done.tolist() == [False, False]
    assert made.open.tolist() == [False, True]


def test_each_account_has_its_own_history() -> None:
    """Rows of other accounts are gone, ids and the last look stay."""
    both = history([90, 91], [NEVER, 99], today=100, account=np.array([0, 1]), accounts=("a:x", "b:y"))

    mine = both.of(["b:y"])

    assert mine.rows == 1
    assert mine.refs(np.array([0])) == (TaskRef("b:y", "t1"),)
    assert mine.today == 100


def test_nothing_is_a_history_too() -> None:
    """Without tasks there are no weeks and no completions."""
    empty = history([], [], today=100)

    assert (empty.rows, empty.weeks, empty.completed.size, empty.end) == (0, 0, 0, 99)
