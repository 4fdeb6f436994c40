"""Each question on a history where its answer is known, and on one too short to answer it."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.findings.makers import EPOCH, KINDS, START, days_of, history, person, weeks
from worklens.analysis.arrays import NEVER
from worklens.findings import ages, backlog, chores, dips, estimates, lists, overdue, pace, rhythm
from worklens.findings.history import History
from worklens.findings.model import Answer


def asked(question: Any, made: History) -> Answer:
    """The answer of a question with random numbers that are always the same."""
    answer: Answer = question(made, np.random.default_rng(5))
    return answer


def likely(answer: Answer) -> dict[str, Any]:
    """The claims that luck would not make, by key."""
    return {claim.finding.key: claim.finding for claim in answer.claims if claim.p < 0.01}


def made(seed: int = 3, **given: Any) -> History:
    """A person of that seed."""
    return person(np.random.default_rng(seed), **given)


# ----- Time -----


@pytest.mark.parametrize(("factor", "key"), [(0.25, "pace_slower"), (4.0, "pace_faster")])
def test_a_change_of_pace_is_seen(factor: float, key: str) -> None:
    """Work that comes and goes at another rate for a quarter."""
    born = made(days=728).created
    late = born >= START + 728 - 91
    thinned = np.random.default_rng(1).random(born.size) < factor
    kept = np.concatenate([born[~late], np.repeat(born[late][thinned[late]], int(max(factor, 1)))])

    found = likely(asked(pace.ask, history(kept, kept, START + 728)))

    assert key in found
    assert found[key].params["ratio"] == pytest.approx(factor, rel=0.25)


@pytest.mark.parametrize(("factor", "key"), [(0.5, "pace_fell"), (2.0, "pace_rose")])
def test_the_day_of_a_change_is_seen(factor: float, key: str) -> None:
    """Twenty weeks ago, to within two; one of more than half a year ago is no news."""
    for weeks_ago, seen in ((20, True), (50, False)):
        pace_of_day = weeks((104 - weeks_ago, 1.0), (weeks_ago, factor))
        days = START + np.repeat(np.arange(728), np.random.default_rng(6).poisson(3 * pace_of_day))
        found = likely(asked(pace.ask, history(days, days, START + 728)))

        assert (key in found) == seen
        if seen:
            since = date.fromisoformat(found[key].params["since"]).toordinal() - EPOCH.toordinal()
            assert abs(since - (START + 728 - 7 * weeks_ago)) <= 14
            assert found[key].params["ratio"] == pytest.approx(factor, rel=0.2)


def test_pace_says_how_many_weeks_are_missing() -> None:
    """Thirty weeks are needed, and 26 completions."""
    days = START + np.arange(70)

    missing = asked(pace.ask, history(days, days, START + 70)).missing

    assert missing is not None
    assert (missing.weeks, missing.completions) == (20, 0)


def test_the_best_weekday_is_seen_without_hours() -> None:
    """Dates alone show a Thursday that has twice its share."""
    days = np.repeat(START + np.arange(364), 2 * days_of(np.array([1, 1, 1, 2, 1, 0, 0]), 364).astype(int))

    found = likely(asked(rhythm.ask, history(days, days, START + 364)))

    assert set(found) == {"best_weekday"}
    assert found["best_weekday"].params == {
        "weekday": 3,
        "share": pytest.approx(1 / 3, abs=0.01),
        "even": 0.2,
    }


def test_the_best_hours_are_seen_where_hours_are_known() -> None:
    """Every Monday afternoon twice as much as in any other part of any working day."""
    days, hours = zip(*_busy_afternoons(52), strict=True)

    found = likely(asked(rhythm.ask, history(days, days, START + 400, hour=np.array(hours))))

    assert found["best_time"].params["weekday"] == 0
    assert (found["best_time"].params["from_hour"], found["best_time"].params["to_hour"]) == (15, 18)


def _busy_afternoons(count: int) -> list[tuple[int, int]]:
    """Days and hours of completions: each working day at 10, 13 and 16 o'clock, on Mondays at 16 four times."""
    first = START + (-(START + 3)) % 7
    times = [
        (first + 7 * week + day, hour) for week in range(count) for day in range(5) for hour in (10, 13, 16)
    ]
    return times + [(day, hour) for day, hour in times if hour == 16 and (day + 3) % 7 == 0] * 3


def test_even_days_have_no_best_one() -> None:
    """The same on every working day."""
    days = np.repeat(START + np.arange(364), 3 * days_of(np.array([1, 1, 1, 1, 1, 0, 0]), 364).astype(int))

    assert likely(asked(rhythm.ask, history(days, days, START + 364))) == {}


def test_a_dip_is_found_where_it_is() -> None:
    """Eight weeks at a fifth of the pace after a year."""
    slow = weeks((52, 1.0), (8, 0.2), (44, 1.0))
    days = START + np.repeat(np.arange(728), np.random.default_rng(2).poisson(3 * slow))

    params = likely(asked(dips.ask, history(days, days, START + 728)))["dip"].params

    assert params["ratio"] == pytest.approx(0.2, abs=0.1)
    assert 7 <= params["weeks"] <= 10


def test_a_step_is_no_dip() -> None:
    """A year at one pace and a year at half of it."""
    steps = weeks((52, 1.0), (52, 0.5))
    days = START + np.repeat(np.arange(728), np.random.default_rng(2).poisson(4 * steps))

    assert likely(asked(dips.ask, history(days, days, START + 728))) == {}


def test_a_dip_needs_weeks_around_it() -> None:
    """Ten weeks are thirty too few, and nothing at all is forty."""
    days = START + np.repeat(np.arange(70), 3)
    lacking = [asked(dips.ask, history(d, d, START + 70)).missing for d in (days, days[:0])]

    assert [part.weeks for part in lacking if part] == [30, 40]


@pytest.mark.parametrize(("sign", "key"), [(1, "backlog_grows"), (-1, "backlog_shrinks")])
def test_a_growing_or_shrinking_backlog_is_seen(sign: int, key: str) -> None:
    """Three a day come and two go, or the other way round."""
    days = START + 100 + np.arange(200)
    many, few = np.repeat(days, 3), np.repeat(days, 2)
    came, went = (many, few) if sign > 0 else (few, many)
    stock = np.full(300, START)
    created = np.concatenate([stock, came])
    done = np.full(created.size, NEVER)
    done[: went.size] = went

    params = likely(asked(backlog.ask, history(created, np.maximum(done, created), START + 300)))[key].params

    assert params["net"] == pytest.approx(91, abs=2)
    assert params["arrived"] - params["left"] == sign * params["net"]


def test_shuffling_completions_leaves_the_backlog_as_it_is() -> None:
    """Also where a completion then lies before its creation: what came and went is the same."""
    one = made(a_day=2.0)
    rows = np.flatnonzero(one.done < NEVER)
    done = one.done.copy()
    done[rows] = np.random.default_rng(0).permutation(done[rows])

    before, after = (asked(backlog.ask, h) for h in (one, history(one.created, done, one.today)))

    assert [c.finding.params for c in before.claims] == [c.finding.params for c in after.claims]


# ----- Tasks -----


def test_a_slow_list_is_seen() -> None:
    """A list with a quarter of the others' chance a day."""
    found = likely(asked(lists.ask, made(speed={2: 0.25})))

    assert found["list_slow"].params["collection"] == "Garden"
    assert found["list_slow"].params["rate_ratio"] == pytest.approx(0.3, abs=0.15)


def test_a_list_where_hardly_anything_gets_done_is_seen() -> None:
    """A list with a hundredth of the others' chance."""
    params = likely(asked(lists.ask, made(speed={3: 0.01})))["list_hardly_done"].params

    assert params["collection_title"] == "Books"
    assert params["share"] < 0.25 < 0.9 < params["elsewhere"]


def test_lists_need_most_of_a_year() -> None:
    """After twenty weeks, twenty are missing."""
    missing = asked(lists.ask, made(days=140)).missing

    assert missing is not None
    assert missing.weeks == 20


def test_one_list_has_nothing_to_be_compared_with() -> None:
    """No claim, and nothing missing."""
    one = made()

    assert asked(lists.ask, history(one.created, one.done, one.today, lists=("Work",))) == Answer()


def test_tasks_beyond_hope_are_seen_from_their_age_on() -> None:
    """Half of the tasks are done at a tenth a day, the others never."""
    rng = np.random.default_rng(4)
    born = START + np.repeat(np.arange(700), 2)
    done = born + rng.geometric(KINDS[1], born.size)
    done = np.where((np.arange(born.size) % 2 == 0) & (done < START + 700), done, NEVER)
    old = history(born, done, START + 700)

    params = likely(asked(ages.ask_zombies, old))["zombies"].params

    assert params["age_days"] == 57
    assert params["chance"] < 0.01
    assert params["count"] == int((old.open & (old.end - old.created > 57)).sum())


def test_work_that_is_done_at_any_age_has_no_zombies() -> None:
    """Where a fiftieth of the open work is done every day, however old, nothing is beyond hope."""
    rng = np.random.default_rng(4)
    born = START + np.repeat(np.arange(700), 2)
    done = born + rng.geometric(KINDS[2], born.size)

    assert (
        asked(ages.ask_zombies, history(born, np.where(done < START + 700, done, NEVER), START + 700))
        == Answer()
    )


def test_tasks_for_which_it_is_getting_late_are_seen() -> None:
    """Of tasks with a third of a chance a day and tasks with a two-hundredth, the latter are left over."""
    rng = np.random.default_rng(4)
    born = START + np.repeat(np.arange(700), 2)
    done = born + rng.geometric(np.where(np.arange(born.size) % 2 == 0, 1 / 3, 1 / 200))
    mixed = history(born, np.where(done < START + 700, done, NEVER), START + 700)

    found = likely(asked(ages.ask_ageing, mixed))

    assert found["ageing"].params["chance"] == pytest.approx(1 - (1 - 1 / 200) ** 30, abs=0.04)
    assert found["ageing"].params["young_chance"] > 0.5
    assert len(found["ageing"].tasks) == 5
    assert found["ageing"].params["half_days"] == pytest.approx(138, rel=0.2)  # ln 2 / (1 / 200)


def test_a_constant_chance_ages_nobody() -> None:
    """Where each open task has the same chance every day, age says nothing."""
    rng = np.random.default_rng(4)
    born = START + np.repeat(np.arange(700), 3)
    done = born + rng.geometric(0.05, born.size)
    made_ = history(born, np.where(done < START + 700, done, NEVER), START + 700)

    assert likely(asked(ages.ask_ageing, made_)) == {}


def late_by(group: str, seed: int = 6) -> History:
    """Two years of dated tasks that are late three times as often in one list, or where the date was moved."""
    rng = np.random.default_rng(seed)
    n = 900
    due = START + rng.integers(20, 700, n)
    place, moved = rng.integers(0, 3, n), (rng.random(n) < 0.3).astype(np.int64)
    often = (place == 1) if group == "list" else (moved == 1)
    late = rng.random(n) < np.where(often, 0.6, 0.2)
    done = due + np.where(late, rng.integers(1, 9, n), -rng.integers(0, 9, n))
    given: dict[str, Any] = {
        "collection": place,
        "moved": moved,
        "lists": ("Work", "Home", "Travel"),
        "due": due,
    }
    return history(due - 15, done, START + 720, **given)


def test_work_with_moved_dates_is_late_more() -> None:
    """The shares are those planted; lists have nothing to do with it."""
    one = late_by("moved")

    params = likely(asked(overdue.ask_moved, one))["moved_late"].params

    assert params["share"] == pytest.approx(0.6, abs=0.07)
    assert params["elsewhere"] == pytest.approx(0.2, abs=0.05)
    assert likely(asked(overdue.ask_lists, one)) == {}


def test_a_list_that_is_late_more() -> None:
    """It is named; moved dates have nothing to do with it."""
    one = late_by("list")

    found = likely(asked(overdue.ask_lists, one))

    assert found["list_late"].params["collection"] == "Home"
    assert likely(asked(overdue.ask_moved, one)) == {}


def test_a_task_thrown_away_in_time_was_not_late() -> None:
    """Deleted before it was due, it tells nothing; deleted after, or still open, it was late; due today, it is not yet."""
    one = history(
        [75, 75, 75, 75, 95],
        [NEVER] * 5,
        today=100,
        due=np.array([80, 80, 80, 99, 100]),
        gone=np.array([79, 90, NEVER, NEVER, NEVER]),
    )

    assert overdue.is_due(one).tolist() == [False, True, True, False, False]
    assert overdue.is_late(one)[1:3].all()


def test_a_recurring_task_that_slips_is_named() -> None:
    """One of three weekly chores is late half the time, the others hardly ever."""
    rng = np.random.default_rng(1)
    due = np.tile(START + 7 * np.arange(100), 3)
    series = np.repeat([0, 1, 2], 100)
    done = due + (rng.random(300) < np.where(series == 1, 0.5, 0.05)) * 2
    one = history(due - 6, done, START + 720, due=due, series=series, recurring=np.ones(300, dtype=bool))

    found = likely(asked(chores.ask, one))

    assert found["chore_slips"].tasks[0].task == "t199"
    assert found["chore_slips"].params["times"] == 100


@pytest.mark.parametrize(("factor", "key"), [(1.5, "estimates_low"), (0.5, "estimates_high")])
def test_estimates_that_are_off_are_seen(factor: float, key: str) -> None:
    """Work takes half as long again, or half as long, give or take a third."""
    one = made()
    noise = np.exp(np.random.default_rng(9).normal(0, 0.3, one.rows))
    off = history(
        one.created, one.done, one.today, estimate=one.estimate, spent=one.estimate * factor * noise
    )

    params = likely(asked(estimates.ask, off))[key].params

    assert params["low"] <= factor <= params["high"]


def test_good_estimates_are_no_finding() -> None:
    """Spent as estimated on the whole."""
    assert likely(asked(estimates.ask, made())) == {}


TIME = (pace.ask, rhythm.ask, dips.ask, backlog.ask)
TASKS = (lists.ask, ages.ask_zombies, ages.ask_ageing, overdue.ask_moved, overdue.ask_lists, chores.ask)


@pytest.mark.parametrize("question", [*TIME, *TASKS, estimates.ask])
@pytest.mark.parametrize("tasks", [0, 1, 2])
def test_no_question_fails_on_next_to_nothing(question: Any, tasks: int) -> None:
    """No task, one, or two; done or open."""
    for done in ([START + 1, NEVER], [NEVER, NEVER]):
        few = history([START, START][:tasks], done[:tasks], START + 5, due=np.full(tasks, START + 2))
        assert asked(question, few).claims == ()
