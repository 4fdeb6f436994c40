"""How soon a list was empty before: by hand, from the past alone, and how much of it there is."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from worklens.analysis.arrays import Ints
from worklens.analysis.forecast.questions import LONGEST
from worklens.analysis.forecast.record import BACK, KNOWN, Record


def weekly(weeks: int) -> Ints:
    """Three tasks come every Monday, one goes a day: nothing is open from Thursday on."""
    return np.tile([3, 2, 1, 0, 0, 0, 0], weeks)


def test_a_week_like_all_others() -> None:
    """Empty within three days, as sure as n emptyings of n + 1 are."""
    left = weekly(20)

    table = Record.of(left).table(np.array([7 * 10]))[0]

    assert table.shape == (LONGEST + 1,)
    assert table[0] == 0
    assert 0 < table[1] < table[2] < table[3]
    assert table[3] == table[LONGEST] == pytest.approx(10 / 11)


def test_what_was_alike_says_more() -> None:
    """With one task open it is sooner over than with three."""
    record = Record.of(weekly(20))

    full, nearly = record.table(np.array([70, 72]))

    assert nearly[1] > full[1]


def test_what_comes_later_says_nothing() -> None:
    """An origin knows its past only."""
    left, other = weekly(20), weekly(20)
    other[71:] = 5

    before, after = (Record.of(days).table(np.array([70])) for days in (left, other))

    assert_allclose(before, after)


def test_never_empty_is_never() -> None:
    """A record without an emptying promises none, however long."""
    assert not Record.of(np.full(400, 4)).table(np.array([399])).any()


def test_a_record_weighs_by_the_days_with_something_open() -> None:
    """None at first, half after KNOWN days; days with nothing open don't count, and each emptying adds to it."""
    busy, idle = np.full(1000, 2), np.zeros(1000, dtype=np.int64)

    share = Record.of(busy).weight(np.array([0, int(KNOWN / 2), BACK, 999]))

    assert share.tolist() == [0, 0.25, 0.5, 0.5]
    assert Record.of(weekly(60)).weight(np.array([7 * 50]))[0] == pytest.approx(55 / 60)
    assert Record.of(idle).weight(np.array([999])).tolist() == [0]
