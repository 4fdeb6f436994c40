"""The ledger's views: rows worked out by hand, and the same truths as the analysis tells."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.warehouse.conftest import SETTLED, Store

from worklens.analysis.forecast.grades import kept
from worklens.analysis.forecast.questions import Emptied, HowMany, Question, When, truth
from worklens.stages.ledger import asks, kind_and_amount, written

FIRST = date(2026, 3, 2)
LAST = SETTLED.date() - timedelta(days=1)  # the last whole day
CREATED = date(2026, 1, 5)


def told(store: Store, question: Question, origin: date, value: float | None, **given: Any) -> None:
    """A row of the ledger."""
    kind, amount = kind_and_amount(question)
    row = {
        "forecast_id": "f", "feed": "a:me", "account": "a:me", "kind": kind, "amount": amount,
        "question": written(question, given.get("collection", "")), "fingerprint": "x", "model": "m",
        "version": "v", "level": 0.85, "asked": 0.85, "value": value, "origin_day": origin,
        "origin_at": datetime(origin.year, origin.month, origin.day, tzinfo=UTC), "hindsight": False, "run": 1,
        "withdrawn": 0, "seen_at": datetime(origin.year, origin.month, origin.day, tzinfo=UTC),
    }  # fmt: skip
    store.add("forecasts", **(row | given))


def grade(store: Store, **when: Any) -> list[tuple[Any, ...]]:
    return store.pick("forecast_grades", "truth", "came_true", "counts", **when)


def done(store: Store, *days: date, seen: datetime = SETTLED, run: int = 1) -> None:
    """A task finished on each of these days."""
    for place, day in enumerate(days):
        store.state(f"{run}-{day}-{place}", created=CREATED, completed=day, seen=seen, run=run)


def test_how_many_is_known_when_its_days_are_over(store: Store) -> None:
    """Three were done in the week from Monday to Sunday; what came after counts no more."""
    store.run()
    done(store, FIRST, FIRST + timedelta(2), FIRST + timedelta(6), FIRST + timedelta(7))
    told(store, HowMany(7), FIRST, 3.0)

    assert grade(store) == [(3, True, True)]


def test_a_promise_whose_days_are_not_over_is_open(store: Store) -> None:
    """Even where as many are done already: the count is not known yet."""
    store.run()
    done(store, LAST, LAST)
    told(store, HowMany(7), LAST, 1.0)

    assert grade(store) == [(None, None, False)]


def test_when_counts_from_the_origin_day_which_is_the_first(store: Store) -> None:
    """Done on the day itself is within one day; the second task came on the fourth."""
    store.run()
    done(store, FIRST - timedelta(1), FIRST, FIRST + timedelta(3))
    told(store, When(2), FIRST, 4.0)
    told(store, When(2), FIRST, 3.0, level=0.5)

    assert grade(store) == [(4, False, True), (4, True, True)]


def test_what_comes_true_early_counts_when_it_is_due(store: Store) -> None:
    """Else what is quick would be known before what is not, and flatter the record."""
    store.run()
    done(store, LAST - timedelta(3))
    told(store, When(1), LAST - timedelta(4), 30.0)

    assert grade(store) == [(2, True, False)]


def test_what_did_not_come_in_the_promised_days_is_missed_before_the_year_is_over(store: Store) -> None:
    """And never within a year is a miss of any promise, also of none."""
    store.run()
    done(store, date(2025, 1, 1), date(2025, 2, 1))
    told(store, When(9), FIRST, 20.0)
    told(store, When(9), date(2025, 3, 1), None, forecast_id="g")

    assert grade(store) == [(None, False, True)] * 2


def test_a_list_is_empty_when_nothing_is_open_at_a_days_end(store: Store) -> None:
    """Whether it was done or deleted; what is in other lists doesn't count."""
    store.run()
    store.state("a", created=CREATED, completed=FIRST + timedelta(2), collection="l")
    store.state("b", created=FIRST + timedelta(1), deleted=FIRST + timedelta(4), collection="l")
    store.state("c", created=CREATED, collection="m")
    told(store, Emptied(1), FIRST, 5.0, collection="l")

    assert grade(store) == [(5, True, True)]


def test_a_list_without_a_date_was_promised_nothing(store: Store) -> None:
    """Whether it was emptied or not, there is nothing that could hold or break."""
    store.run(seen=SETTLED + timedelta(days=500))
    store.state("a", created=CREATED, completed=FIRST + timedelta(2), seen=SETTLED + timedelta(days=500))
    told(store, Emptied(1), FIRST, None)

    assert grade(store) == [(3, None, False)]


def test_a_completion_that_is_seen_late_counts_from_then_on_for_the_day_it_happened(store: Store) -> None:
    """Graded on what is known now; asked of the time before, the old grade is there."""
    store.run(1)
    done(store, FIRST)
    told(store, HowMany(7), FIRST, 2.0)
    later = SETTLED + timedelta(days=3)
    store.run(2, seen=later)
    done(store, FIRST + timedelta(1), seen=later, run=2)

    assert grade(store) == [(2, True, True)]
    assert grade(store, known_at=SETTLED) == [(1, False, True)]


def test_an_answer_that_is_repeated_stands_once(store: Store) -> None:
    """Also where another run gave it."""
    store.run()
    for run in (1, 1, 2):
        told(store, HowMany(7), FIRST, 2.0, run=run)

    assert len(store.ask("forecast_ledger")) == 1


def test_of_several_answers_on_a_day_the_first_is_graded(store: Store) -> None:
    """One made of a past on request goes behind, and counts for nothing alone."""
    store.run()
    done(store, FIRST)
    told(store, HowMany(7), FIRST, 1.0, forecast_id="second", seen_at=SETTLED)
    told(store, HowMany(7), FIRST, 5.0, forecast_id="late", hindsight=True)
    told(store, HowMany(14), FIRST, 5.0, forecast_id="alone", hindsight=True)

    assert store.pick("forecast_grades", "forecast_id", "counts") == [("alone", False), ("second", True)]


def test_what_rests_on_a_withdrawn_run_is_left_out(store: Store) -> None:
    """Made at that run or after it; what was made before, or knew of the withdrawal, stands."""
    for run in (1, 2, 3):
        store.run(run)
    store.run(2, status="withdrawn")
    told(store, HowMany(7), FIRST, 1.0, forecast_id="before", run=1)
    told(store, HowMany(7), FIRST, 1.0, forecast_id="on it", run=2)
    told(store, HowMany(7), FIRST, 1.0, forecast_id="after", run=3)
    told(store, HowMany(7), FIRST, 1.0, forecast_id="knowing", run=3, withdrawn=1)

    assert store.pick("forecast_ledger", "forecast_id") == [("before",), ("knowing",)]


def test_a_file_that_was_quiet_ends_on_its_last_sign_of_life(store: Store) -> None:
    """What came after is unknown; of an account that is read from a service, nothing happened."""
    for feed, window in (("a:me", "import-1"), ("b:me", "sync-1")):
        store.run(feed=feed, run_window=window)
        store.state("t", feed=feed, account=feed, created=CREATED, completed=FIRST)

    assert store.pick("record_ends", "account", "last_day", "is_over") == [
        ("a:me", FIRST, True),
        ("b:me", LAST, False),
    ]


def test_the_share_that_came_true_is_by_question_and_level(store: Store) -> None:
    """Two of three."""
    store.run()
    done(store, FIRST)
    for place, value in enumerate((0.0, 1.0, 2.0)):
        told(store, HowMany(7), FIRST - timedelta(place), value, forecast_id=str(place))

    (row,) = store.ask("forecast_coverage")
    assert (row["asks"], row["n"], row["kept"], row["coverage"]) == ("how_many_7d", 3, 2, 2 / 3)


def test_what_became_of_promises_is_told_by_28_days(store: Store) -> None:
    """Those of 85 % alone; of an open one nothing, and which were over lately only."""
    store.run()
    done(store, FIRST, LAST)
    about = [
        (FIRST, 1.0),
        (FIRST + timedelta(1), 1.0),
        (LAST - timedelta(9), 0.0),
        (LAST - timedelta(6), 0.0),
    ]
    for place, (origin, value) in enumerate([*about, (LAST, 0.0)]):
        told(store, HowMany(7), origin, value, forecast_id=str(place))
        told(store, HowMany(7), origin, 9.0, forecast_id=str(place), level=0.95)

    found = store.pick("promises_over", "n", "kept", "lately", feed="a:me")
    assert [sum(column) for column in zip(*found, strict=True)] == [4, 3, 2]
    assert store.pick("promises_over", "n", feed="b:me") == []


DAYS = (LAST - FIRST).days + 1
QUESTIONS = st.one_of(
    st.builds(HowMany, st.integers(1, 40)),
    st.builds(When, st.integers(1, 12)),
    st.builds(Emptied, st.just(3)),
)


@settings(max_examples=10)  # each fills tables
@given(
    counts=st.lists(st.integers(0, 2), min_size=DAYS, max_size=DAYS),
    asked=QUESTIONS,
    origin=st.integers(1, DAYS),
    value=st.integers(0, 60),
)
def test_grades_are_those_of_the_analysis(
    tables: Any, counts: list[int], asked: Question, origin: int, value: int
) -> None:
    """One definition of what came of a question: view and function agree wherever the truth is known."""
    tables.execute("BEGIN")
    store = Store(tables)
    store.run()
    done(store, CREATED)  # so that there is a record
    finished = np.array(counts)
    for day, count in enumerate(counts):
        done(store, *[FIRST + timedelta(day)] * count)
    remaining = int(finished[origin:].sum())
    if isinstance(asked, Emptied):  # what is open is what is done later
        asked = Emptied(remaining) if remaining else When(1)
    told(store, asked, FIRST + timedelta(origin), float(value))
    rows = store.pick("forecast_grades", "asks", "truth", "came_true")
    tables.execute("ROLLBACK")

    expected = truth(finished, asked, np.array([origin]), np.zeros(DAYS, dtype=np.int64)).value
    ((name, came, held),) = rows
    assert name == asks(asked)
    if np.isnan(expected[0]):
        assert came is None
    else:
        assert came == expected[0]
        assert held == kept(asked, np.array([[float(value)]]), expected)[0, 0]
