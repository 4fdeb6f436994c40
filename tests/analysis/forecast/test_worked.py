"""Grading by a calendar: what is graded is what would have been said, and what came is counted in days of the calendar."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.forecast.evaluate import evaluate
from worklens.analysis.forecast.forecast import EVERY, Forecast, forecast
from worklens.analysis.forecast.grades import summary
from worklens.analysis.forecast.questions import LEVELS, LONGEST, HowMany, Question, When

DAYS = 300


def record() -> tuple[Ints, Bools]:
    """Three tasks a working day, from Monday to Friday, with a fortnight off that somebody planned; a task on one Saturday."""
    working = np.arange(DAYS + LONGEST) % 7 < 5
    working[140:154] = False
    done = np.random.default_rng(3).poisson(3, DAYS) * working[:DAYS]
    done[201] = 1
    return done, working


@pytest.mark.parametrize("question", [HowMany(14), HowMany(30), When(30)])
def test_an_origin_is_told_what_a_forecast_would_have_said(question: Question) -> None:
    """At every 14th working day, from that day's past and calendar; and graded by what the record says came."""
    done, working = record()
    said, came = [], []
    for day in np.flatnonzero(working[:DAYS])[EVERY::EVERY].tolist():
        told = forecast(done[:day], question, calendar=working[: day + LONGEST])
        if isinstance(told, Forecast):
            said.append(told.values)
            came.append(truth(done, day, question))
    expected = summary(question, LEVELS, np.array(said), np.array(came))
    found = evaluate([done], question, calendars=[working])

    assert found.n == expected.n > 8
    np.testing.assert_allclose(found.coverage, expected.coverage)
    np.testing.assert_allclose(found.promise, expected.promise)
    np.testing.assert_allclose(found.pinball, expected.pinball)


def truth(done: Ints, day: int, question: Question) -> float:
    """What came, counted on the record itself; NaN where it ends before."""
    ahead = np.cumsum(done[day:])
    if isinstance(question, HowMany):
        return float(ahead[question.days - 1]) if ahead.size >= question.days else np.nan
    assert isinstance(question, When)
    reached = np.flatnonzero(ahead >= question.items)
    return float(reached[0] + 1) if reached.size else np.nan


@pytest.mark.parametrize("question", [HowMany(14), When(10)])
def test_a_calendar_without_days_off_changes_nothing(question: Question) -> None:
    """To the last bit."""
    done = record()[0]
    plain, empty = (
        evaluate([done], question, calendars=masks) for masks in (None, [np.ones(DAYS + LONGEST, bool)])
    )

    assert plain.n == empty.n
    for name in ("coverage", "promise", "pinball"):
        assert getattr(plain, name).tobytes() == getattr(empty, name).tobytes()


def test_a_calendar_must_reach_a_year_ahead() -> None:
    """As that of a forecast."""
    with pytest.raises(ValueError, match="needs 300 \\+ 365"):
        evaluate([record()[0]], When(10), calendars=[np.arange(DAYS) % 7 < 5])
