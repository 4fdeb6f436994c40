"""One forecast: little evidence, the calendar, arrivals, and that the same days make the same bytes."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.forecast.competition import compete
from worklens.analysis.forecast.conformal import correct
from worklens.analysis.forecast.forecast import EVERY, Forecast, TooLittle, forecast, forecasts, past_origins
from worklens.analysis.forecast.mixture import WINDOWS, Past, candidates
from worklens.analysis.forecast.pacing import TIMES
from worklens.analysis.forecast.questions import LEVELS, LONGEST, Emptied, HowMany, Question, When, truth

QUESTIONS: list[Question] = [HowMany(14), When(10), Emptied(10)]


def history(days: int = 400, seed: int = 1) -> Ints:
    """Counts that come in bursts."""
    rng = np.random.default_rng(seed)
    return rng.negative_binomial(0.5, 0.3, days)


def said(done: Ints, question: Question, calendar: Bools | None = None) -> Forecast:
    """A forecast that must be there."""
    result = forecast(done, question, arrived=history(done.size, 2) // 2, calendar=calendar)
    assert isinstance(result, Forecast)
    return result


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_calendar_without_days_off_changes_nothing(question: Question) -> None:
    """To the byte."""
    done = history()
    plain, given = (
        said(done, question, calendar) for calendar in (None, np.ones(done.size + LONGEST, dtype=np.bool_))
    )

    for name in ("values", "asked"):
        assert getattr(plain, name).tobytes() == getattr(given, name).tobytes()
    assert (plain.model, plain.version, plain.record.n) == (given.model, given.version, given.record.n)
    assert plain.record.coverage.tobytes() == given.record.coverage.tobytes()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_surer_promise_is_a_smaller_one(question: Question) -> None:
    """Fewer tasks or more days, level by level."""
    values = said(history(), question).values
    rising = -values if isinstance(question, HowMany) else values

    assert (rising[1:] >= rising[:-1]).all()


@pytest.mark.parametrize("days_off", [(), (5, 6)])
def test_questions_are_answered_together_as_alone(days_off: tuple[int, ...]) -> None:
    """To the byte, also where two ask for as many working days."""
    done, arrived = history(), history(seed=2) // 2
    calendar = ~np.isin(np.arange(done.size + LONGEST) % 7, days_off)
    asked = [*QUESTIONS, HowMany(1), HowMany(5), HowMany(6), When(30), HowMany(14)]

    together = forecasts(done, asked, arrived=arrived, calendar=calendar)
    alone = [forecast(done, question, arrived=arrived, calendar=calendar) for question in asked]

    assert [one.question for one in together if isinstance(one, Forecast)] == asked
    for one, other in zip(together, alone, strict=True):
        assert isinstance(one, Forecast)
        assert isinstance(other, Forecast)
        assert one.model == other.model
        for name in ("values", "asked"):
            assert getattr(one, name).tobytes() == getattr(other, name).tobytes()
        for name in ("coverage", "promise", "pinball"):
            assert getattr(one.record, name).tobytes() == getattr(other.record, name).tobytes()


def test_what_questions_share_is_reckoned_once() -> None:
    """The sums of a horizon, the shares of a window."""
    done = history()
    past = Past(done, np.append(past_origins(done), done.size))

    for question in (HowMany(7), HowMany(14), When(10), When(30)):
        candidates(past, question)

    assert sorted(past.drift.reckoned) == TIMES.tolist()
    assert past.chances.cache_info().misses == len(WINDOWS)


def test_working_days_are_skipped_in_the_future() -> None:
    """One task each Monday to Friday: six end a week on, over a weekend; no date is a Saturday or Sunday."""
    days = np.arange(280 + LONGEST)
    working = days % 7 < 5
    done = working[:280].astype(np.int64)

    dates, counts = said(done, When(6), working), said(done, HowMany(14), working)

    assert dates.values[0] == 8
    assert working[280 + dates.values.astype(np.int64) - 1].all()
    assert counts.values[0] == 10


def test_work_on_a_day_off_is_not_lost() -> None:
    """What was done on Saturdays counts for the Fridays."""
    days = np.arange(280 + LONGEST)
    done = (days[:280] % 7 == 5).astype(np.int64) * 5

    assert said(done, HowMany(14), days % 7 < 5).values[0] >= 8


def test_no_working_day_ahead() -> None:
    """Nothing can be forecast for days on which nobody works."""
    done = history()
    calendar = np.concatenate([np.ones(done.size, dtype=np.bool_), np.zeros(LONGEST, dtype=np.bool_)])

    assert isinstance(forecast(done, HowMany(14), calendar=calendar), TooLittle)


def test_too_little_says_what_is_missing() -> None:
    """Four active days of the five needed, however much was done on them."""
    done = np.zeros(60, dtype=np.int64)
    done[[3, 20, 40, 41]] = 50

    assert forecast(done, HowMany(14)) == TooLittle(4, 5)


def test_a_long_silence_is_too_little() -> None:
    """What was done before it says little about next week."""
    done = np.concatenate([history(), np.zeros(91, dtype=np.int64)])

    assert forecast(done, When(10)) == TooLittle(0, 5)


def test_a_calendar_must_reach_over_the_year_ahead() -> None:
    """The error says how long it has to be."""
    with pytest.raises(ValueError, match=r"400 \+ 365"):
        forecast(history(), When(3), calendar=np.zeros(400, dtype=np.bool_))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_future_does_not_enter(question: Question) -> None:
    """What a record holds of an earlier origin is what was said on that day, whatever came after."""
    done, arrived = history(), history(seed=2) // 2
    at = 14 * 20

    then = forecast(done[:at], question, arrived=arrived[:at])
    origins = past_origins(done[: at + 1])

    assert isinstance(then, Forecast)
    for after in (done[at:], np.full(done.size - at, 3)):
        days = np.concatenate([done[:at], after])
        asked = question
        if isinstance(question, Emptied):  # the same list, as it stands at the end
            asked = Emptied(question.items + int(arrived[at:].sum() - after.sum()))
        past = Past(days, origins, arrived).asked(asked)
        came = truth(days, asked, past.origins, arrived, past.items(asked))
        chosen = compete(candidates(past, asked), asked, past.origins, came, EVERY)
        again = correct(chosen.table, asked, np.array(LEVELS), past.origins, came.value, EVERY)
        assert again.promises[-1].tolist() == then.values.tolist()
        assert again.asked[-1] == pytest.approx(then.asked, rel=1e-12)


@pytest.mark.parametrize("question", QUESTIONS)
def test_never_sure(question: Question) -> None:
    """However alike the days were, no level is asked for more than 99.5 %, and no table says 100 % of work undone."""
    done = np.ones(200, dtype=np.int64)

    forecast_of = said(done, question)
    table = next(iter(candidates(Past(done, np.array([200]), history(200, 2) // 2), question).values()))

    assert (forecast_of.asked <= 0.995).all()
    undone = 1 - table[0, -1] if not isinstance(question, HowMany) else table[0, 0]
    assert undone > 0
