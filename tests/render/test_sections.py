"""Each section's title says what its numbers say, or what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render import believable

from worklens.analysis.days import day_number
from worklens.analysis.forecast.questions import LEVELS
from worklens.analysis.hazard.prospects import GROUPS
from worklens.render import Report, sections
from worklens.render.columns import Flow, Lifetimes, flow, lifetimes
from worklens.render.parts import chosen
from worklens.render.section import Section
from worklens.render.sections.coming import coming
from worklens.render.sections.forecast import NAMES
from worklens.render.sections.open_work import OpenWork, web_address
from worklens.render.sections.standing import Standing
from worklens.render.sections.time_to_done import Typical
from worklens.render.told import Coming, Fitting
from worklens.render.words import Words, catalogue

WORDS = Words("en")
LAST = day_number(believable.LAST)


def weekly_flow(counts: Sequence[int]) -> Flow:
    """So many tasks a week, each done on its first day, coming and going the same day."""
    done = np.zeros(7 * len(counts), dtype=np.int64)
    done[::7] = counts
    return Flow(LAST - done.size + 1, done, done, np.zeros_like(done))


def lives(done: Sequence[int], still_open: Sequence[int] = (), deleted: Sequence[int] = ()) -> Lifetimes:
    """Tasks by the age at which they ended or are now."""
    age = np.array([*done, *still_open, *deleted], dtype=np.int64)
    kind = np.repeat([1, 0, 2], [len(done), len(still_open), len(deleted)])
    return Lifetimes(age, kind == 1, kind == 2, len(still_open))


# ----- Changes -----


def merged(
    lead: Sequence[float | None], *, ago: int = 1, name: str = "engine/mill", review: float | None = None
) -> dict[str, list[Any]]:
    """Changes that were merged some days ago and took so many days each."""
    day = believable.LAST - timedelta(days=ago)
    n = len(lead)
    return {
        "collection": ["1"] * n, "collection_title": [name] * n, "merged_day": [day] * n, "lead_days": list(lead),
        "waiting_days": [review] * n, "review_days": [review] * n,
    }  # fmt: skip


def together(*tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """One table of several."""
    return {name: [value for table in tables for value in table[name]] for name in tables[0]}


def test_too_few_changes_have_no_section() -> None:
    """Nor has somebody without any; what is older than a quarter, or of unknown length, doesn't count."""
    for table in ({}, merged([1.0] * 9), merged([1.0] * 10, ago=91), merged([*[1.0] * 9, None])):
        assert sections.changes(table, LAST, WORDS) is None


def test_half_of_the_changes_take_the_median() -> None:
    """Of one repository a row; who reviewed nothing sees so."""
    section = sections.changes(merged([0.5] * 5 + [1.5] * 6), LAST, WORDS)

    assert section is not None
    assert section.title == "Half of the changes are merged within 36 hours of their first commit"
    assert (
        section.subtitle
        == "Medians of 11 changes merged in the last 13 weeks, of which 0 were reviewed before."
    )
    assert section.table is not None
    assert section.table.rows == (("engine/mill", "11", "36 hours", "too few", "too few"),)


def test_several_repositories_have_a_row_each_and_one_for_all() -> None:
    """Those with too few changes are in the one for all alone; the quarter before is told, where it has enough."""
    table = together(
        merged([4.0] * 10, review=0.25),
        merged([8.0] * 12, name="engine/loom"),
        merged([1.0] * 3, name="engine/toy"),
        merged([3.0] * 10, ago=90 + 7),
    )
    section = sections.changes(table, LAST, WORDS)

    assert section is not None
    assert section.subtitle.endswith(
        "10 were reviewed before. In the 13 weeks before, the whole took 3 days."
    )
    assert section.table is not None
    assert section.table.rows == (
        ("All", "25", "4 days", "6 hours", "6 hours"),
        ("engine/loom", "12", "8 days", "too few", "too few"),
        ("engine/mill", "10", "4 days", "6 hours", "6 hours"),
    )


# ----- Throughput -----


@pytest.mark.parametrize(
    ("before", "recent", "title"),
    [
        ([9, 11] * 13, [19, 21] * 2, "Done per week: 20 lately, up from 10"),
        ([19, 21] * 13, [9, 11] * 2, "Done per week: 10 lately, down from 20"),
        ([9, 11] * 13, [10, 11] * 2, "Done per week: 11 lately, about as before (10)"),
        ([2, 30] * 13, [2, 44] * 2, "Done per week: 23 lately, 16 before; that may be luck"),
        ([0, 1] * 13, [5, 7] * 2, "Done per week: 6 lately, up from 0.5"),
        ([0] * 26, [0] * 4, "Done per week: 0 lately, about as before (0)"),
    ],
)
def test_the_pace_is_told_as_it_is(before: list[int], recent: list[int], title: str) -> None:
    """A change is called one only where luck is unlikely; the numbers are the means of the bars."""
    assert sections.throughput(weekly_flow([*before, *recent]), WORDS).title == title


def test_a_short_history_is_not_compared() -> None:
    """Eleven weeks give bars and a mean, and say when a change can be told."""
    section = sections.throughput(weekly_flow([4, 6] * 5 + [5]), WORDS)

    assert section.title == "Done per week: 5 so far"
    assert "12 weeks" in section.note


@pytest.mark.parametrize("days", [0, 27])
def test_less_than_four_weeks_is_no_pace(days: int) -> None:
    """The section says what it needs and what there is."""
    done = np.ones(days, dtype=np.int64)
    section = sections.throughput(Flow(LAST - days + 1, done, done, 0 * done) if days else None, WORDS)

    assert section.chart is None
    assert section.lacking == f"A week's pace needs 4 weeks of history; so far: {days // 7} weeks."


def test_the_trend_of_a_steady_pace_is_that_pace() -> None:
    """Bias-corrected from the first day: a constant series is its own average."""
    done = np.full(7 * 20, 2, dtype=np.int64)
    section = sections.throughput(Flow(LAST - done.size + 1, done, done, 0 * done), WORDS)

    assert section.chart is not None
    assert {row[2] for row in section.chart.table.rows} == {"14"}


# ----- Flow -----


@given(st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=15, max_size=250))
def test_the_flow_adds_up(days: list[tuple[int, int, int]]) -> None:
    """Open now is open then plus what came less what went, in title, subtitle and table alike."""
    arrived, done, removed = (np.array(part, dtype=np.int64) for part in zip(*days, strict=True))
    made = Flow(LAST - len(days) + 1, arrived + done + removed, done, removed)
    section = sections.cumulative_flow(made, WORDS)
    span = min(len(days) - 1, 182)

    assert section.chart is not None
    came, finished, gone = (int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", section.subtitle))
    then, now = int(made.open[-1 - span]), int(made.open[-1])
    assert now == then + came - finished - gone
    assert WORDS.count("tasks", now) in section.title
    last = section.chart.table.rows[-1]
    assert [cell.replace(",", "") for cell in last[1:]] == [str(now), str(gone), str(finished)]


def test_two_weeks_are_too_short_for_a_flow() -> None:
    """The section says so instead of drawing a corner."""
    section = sections.cumulative_flow(weekly_flow([1, 1]), WORDS)

    assert section.chart is None
    assert "14 days" in section.lacking


# ----- Time to done -----


def time_to_done(some: Lifetimes) -> Section:
    """The section of these lives."""
    return sections.time_to_done(sections.typical(some), some, WORDS)


def test_the_curve_counts_open_tasks() -> None:
    """Twenty done within ten days and twenty open for a month: half are done by day ten, not by day five."""
    known = sections.typical(lives(range(1, 21), still_open=[30] * 20))

    assert known is not None
    assert known.half == 20
    assert np.isnan(known.most)
    assert time_to_done(lives(range(1, 21), still_open=[30] * 20)).title == (
        "Half of all tasks are done within 20 days; 85 % is out of sight"
    )


def test_what_became_of_tasks_adds_up_to_all() -> None:
    """Done, deleted and still open are told apart, and sum to one."""
    section = time_to_done(lives([1] * 60, still_open=[200] * 20, deleted=[2] * 20))

    assert section.note.startswith("After 3 months: 60 % are done, 20 % were deleted, 20 % are still open.")


def test_where_half_is_never_reached_nothing_is_made_up() -> None:
    """The title tells how far the curve got."""
    section = time_to_done(lives([2] * 20, still_open=[40] * 60))

    assert section.title == "After 40 days, 25 % of tasks are done; half is out of sight"


def test_a_task_done_on_its_day_took_no_day() -> None:
    """The median may be the same day."""
    assert time_to_done(lives([0] * 30)).title == (
        "Half of all tasks are done on the same day, 85 % on the same day"
    )


def test_nineteen_completions_are_no_curve() -> None:
    """The section says how many it needs."""
    section = time_to_done(lives([1] * 19))

    assert section.chart is None
    assert section.lacking == "The curve needs 20 tasks done; so far: 19."


@given(st.lists(st.integers(0, 3000), min_size=20, max_size=60), st.lists(st.integers(0, 3000), max_size=60))
def test_the_drawn_curve_only_rises_within_its_band(done: list[int], still_open: list[int]) -> None:
    """Shares stay within 0 and 1 and within their limits, and a long history has no more than a few hundred points."""
    section = time_to_done(lives(done, still_open))

    assert section.chart is not None
    rows = next(data for data in section.chart.spec["datasets"].values() if "band" in data[0])
    shares = [row["done"] for row in rows]
    assert shares == sorted(shares)
    assert all(0 <= row["low"] <= row["done"] <= row["high"] <= 1 for row in rows)
    assert len(rows) < 200


@pytest.mark.parametrize(
    ("days", "low", "high", "told"),
    [
        (41.0, 25.0, 70.0, "85 % will be done within 41 days (80 % sure: 25 days to 2 months)"),
        (5.0, 4.8, 5.2, "85 % will be done within 5 days (80 % sure)."),
        (41.0, 25.0, None, "within 41 days (80 % sure: 25 days or longer)"),
        (None, 900.0, None, "not within ten years"),
    ],
)
def test_what_was_begun_lately_is_told_beyond_the_curve(
    days: float | None, low: float, high: float | None, told: str
) -> None:
    """With how sure that is; where the curve sees less, this is said all the same."""
    some = lives(range(1, 21), still_open=[30] * 20)
    row = {"share": [0.85], "days": [days], "low": [low], "high": [high], "level": [0.8], "tasks": [120]}
    note = sections.time_to_done(sections.typical(some), some, WORDS, row).note

    assert "Of all 120 tasks begun in the last 90 days, " in note
    assert told in note.replace("\u00a0", " ")


# ----- Pace -----


def stretches(*means: float) -> dict[str, list[Any]]:
    """The table changes_of_pace: ten weeks at each of these paces, up to last week."""
    mondays = [MONDAY - timedelta(weeks=10 * back) for back in range(len(means), 0, -1)]
    return {
        "since": mondays,
        "until": [monday + timedelta(weeks=10, days=-1) for monday in mondays],
        "weeks": [10] * len(means),
        "a_week": list(means),
        "p": [None, *[0.004] * (len(means) - 1)],
    }


def weeks_of(*means: int) -> dict[str, list[Any]]:
    """The table whole_weeks of the same."""
    first = MONDAY - timedelta(weeks=10 * len(means))
    done = [mean for mean in means for _ in range(10)]
    return {"week": [first + timedelta(weeks=place) for place in range(len(done))], "done": done}


MONDAY = date(2026, 10, 26)


@pytest.mark.parametrize(
    ("means", "title"),
    [
        ((8, 12), "Since 17 August 2026: 12 tasks a week, 8 before"),
        ((12, 12), "12 tasks a week now; changes of pace since 8 June 2026: 1"),
    ],
)
def test_the_last_change_of_pace_is_told(means: tuple[int, ...], title: str) -> None:
    """With its evidence in the table; one back to what it was is no news."""
    section = sections.pace(stretches(*means), weeks_of(*means), WORDS)

    assert section is not None
    assert section.title == title
    assert section.chart is not None
    assert [row[-1] for row in section.chart.table.rows] == ["–", "1 in 250"]


def test_a_change_long_ago_is_still_drawn() -> None:
    """With half a year before it, however long the history is."""
    long = stretches(8, 12)
    long["since"][0] -= timedelta(weeks=400)
    weeks = {"week": [long["since"][0] + timedelta(weeks=n) for n in range(420)], "done": [1] * 420}
    long["since"][1] = weeks["week"][100]
    section = sections.pace(long, weeks, WORDS)

    assert section is not None
    assert section.chart is not None
    assert max(map(len, section.chart.spec["datasets"].values())) == 420 - 100 + 26


def test_one_pace_is_one_pace_and_a_quarter_is_too_short() -> None:
    """Sixteen weeks are needed to tell two apart."""
    steady = sections.pace(stretches(10) | {"weeks": [20]}, weeks_of(10, 10), WORDS)

    assert steady is not None
    assert steady.title == "One pace all along: 10 tasks a week"
    assert sections.pace(stretches(10), weeks_of(10), WORDS) is None


@pytest.mark.parametrize(
    ("signals", "title"),
    [
        ([None] * 12, "Usual ups and downs in the last 12 weeks: 2 to 22 tasks a week"),
        ([None] * 11 + ["outside"], "1 of the last 12 weeks is unusual; 2 to 22 tasks a week is the norm"),
        (["run"] * 8 + [None] * 4, "8 of the last 12 weeks are unusual; 2 to 22 tasks a week is the norm"),
    ],
)
def test_unusual_weeks_are_told_from_the_usual(signals: list[str | None], title: str) -> None:
    """Each with its rule."""
    n = len(signals)
    table = {name: [value] * n for name, value in {"lower": 2.0, "average": 12.0, "upper": 22.0}.items()}
    weeks = {"week": weeks_of(10, 10)["week"][:n], "value": [12] * n, "signal": signals}
    section = sections.behaviour({**weeks, **table}, WORDS)

    assert section is not None
    assert section.title == title
    assert section.chart is not None
    assert sum(row[2] != "–" for row in section.chart.table.rows) == sum(map(bool, signals))
    assert sections.behaviour({**weeks, **table, "average": [None] * n}, WORDS) is None


# ----- Estimates -----


def kinds(*rows: tuple[str, int, float]) -> dict[str, list[Any]]:
    """The table estimates_by_list: a list's title, tasks, and spent by estimated."""
    titles, tasks, ratio = zip(*rows, strict=True)
    return {"title": list(titles), "tasks": list(tasks), "ratio": list(ratio), "value": list(ratio)}


def test_the_list_whose_estimates_are_furthest_off_is_named() -> None:
    """Too little or too much; lists with few tasks are left out, and none are said to hold that don't."""
    told = sections.estimates(kinds(("Work", 50, 1.4), ("Home", 20, 0.5), ("Odd", 3, 9.0)), WORDS)
    close = sections.estimates(kinds(("Work", 50, 1.1), ("Home", 20, 0.95)), WORDS)

    assert told is not None
    assert close is not None
    assert told.title == "In Home, work takes 0.50 times the time it was estimated"
    assert close.title == "Estimates hold: the furthest off is Work with 1.10 times the time"
    assert told.table is not None
    assert [row[0] for row in told.table.rows] == ["Work", "Home"]
    assert sections.estimates(kinds(("Odd", 9, 9.0)), WORDS) is None


def test_open_estimates_are_hours_and_no_date() -> None:
    """Days of work where they are known."""
    names = ("title", "tasks", "estimated", "hours", "half", "sure")
    rows = [("Work", 40, 31, 88.0, 31.0, 52.0), ("Home", 12, 4, 6.5, None, None)]
    section = sections.hours({name: [row[at] for row in rows] for at, name in enumerate(names)}, WORDS)

    assert section is not None
    assert section.title == "Open estimates come to 95 h; Work alone to 88 h"
    assert section.table is not None
    assert section.table.rows[0] == ("Work", "40", "31", "88 h", "31 days", "52 days")
    assert section.table.rows[1][-1] == "not known"
    assert sections.hours({}, WORDS) is None


# ----- Forecasts -----


def standing(
    said: dict[str, dict[tuple[str, int], list[float | None]]], tried: int = 0, good: int = 0
) -> dict[str, Standing]:
    """What the view standing_forecasts says: each account's answers at the four levels by kind and amount."""
    rows = [
        {"account": account, "kind": kind, "amount": amount, "level": level, "value": value,
         "origin_day": believable.LAST + timedelta(days=1), "tried": tried, "tried_kept": good}
        for account, answers in said.items()
        for (kind, amount), values in answers.items()
        for level, value in zip(LEVELS, values, strict=True)
    ]  # fmt: skip
    return sections.standing({name: [row[name] for row in rows] for name in rows[0]})


FAN = {("how_many", 7): [9.0, 8.0, 6.0, 3.0], ("how_many", 30): [40.0, 36.0, 31.0, 20.0]}


def test_the_fan_begins_where_the_past_ends() -> None:
    """All promises start from what was done, and the surer one never lies above."""
    section = sections.forecast(standing({"a": FAN}), weekly_flow([10] * 8), WORDS)

    assert section.title == "At least 31 tasks done by 29 Nov, 85\u00a0% sure"
    assert section.chart is not None
    rows = [row for part in section.chart.spec["datasets"].values() for row in part]
    past, ahead = ([row for row in rows if ("done" in row) == told] for told in (True, False))
    assert [row["done"] for row in past] == [0] + [10] * 7 + [20] * 7 + [30] * 7 + [40] * 7
    assert [ahead[0][name] for name in NAMES] == [40] * 4
    assert [ahead[-1][name] for name in NAMES] == [80, 76, 71, 60]
    assert past[-1]["day"] == ahead[0]["day"]


def test_a_promise_of_a_day_is_told_beside_the_fan() -> None:
    """The first day counts; what can't be promised within a year says so."""
    said = {"a": FAN | {("when", 30): [1.0, 20.0, None, None]}}
    note = sections.forecast(standing(said), weekly_flow([10] * 8), WORDS).note

    assert note == (
        "The next 30 tasks are done by 31 October 2026 as likely as not, and by no day within a year with 85\u00a0%."
    )


def test_promises_of_several_accounts_are_not_added_up() -> None:
    """Each has a row."""
    said = {"a": FAN | {("when", 30): [9.0, 10.0, 12.0, 40.0]}, "b": {("how_many", 30): [4.0, 3.0, 2.0, 1.0]}}
    section = sections.forecast(standing(said), weekly_flow([10] * 8), WORDS)

    assert section.chart is None
    assert section.table is not None
    assert section.table.rows == (("a", "at least 31", "11 November 2026"), ("b", "at least 2", "not known"))


def test_promises_whose_days_are_over_are_no_plan() -> None:
    """An account that fell silent a month before the others is counted, not told."""
    told = standing(dict.fromkeys("abc", FAN))
    silent = {
        name: told[name]._replace(origin=told[name].origin - days) for name, days in (("b", 29), ("c", 30))
    }
    section = sections.forecast(told | silent, weekly_flow([10] * 8), WORDS)

    assert section.table is not None
    assert [row[0] for row in section.table.rows] == ["a", "b"]
    assert section.note.startswith("Of 1 other account ")


@pytest.mark.parametrize(("weeks", "told"), [(2, "so far: 2"), (8, "It is made when")])
def test_without_a_forecast_it_says_what_is_missing(weeks: int, told: str) -> None:
    """Days with something done, or nothing but the next look."""
    assert told in sections.forecast({}, weekly_flow([10] * weeks), WORDS).lacking


def coverage(n: int, good: int) -> dict[str, list[Any]]:
    """The view forecast_coverage with so many promises over at 85 %."""
    return {"account": ["a", "a"], "level": [0.85, 0.95], "n": [n, n], "kept": [good, n]}


def test_promises_made_are_graded_before_those_tried() -> None:
    """As soon as enough of them are over."""
    tried = standing({"a": FAN}, tried=50, good=40)
    made = sections.promises(coverage(20, 17), tried, WORDS)
    few = sections.promises(coverage(19, 17), tried, WORDS)

    assert made is not None
    assert few is not None
    assert made.title == "Our 85\u00a0% came true 85\u00a0% of the time"
    assert few.title == "On this past, 85\u00a0% would have come true 80\u00a0% of the time"
    assert few.table is not None
    assert few.table.rows[2] == ("85\u00a0%", "80\u00a0%", "100")  # two questions, 50 past days each


def test_without_grades_nothing_is_said_of_them() -> None:
    """Nineteen promises say too little."""
    assert sections.promises({}, {}, WORDS) is None
    assert sections.promises({}, standing({"a": {("when", 30): [1.0] * 4}}, 19, 19), WORDS) is None


# ----- Ageing -----


def open_work(ages: Sequence[int | None], known: Typical | None = None, **more: list[Any]) -> OpenWork:
    """Tasks of these ages, None for an unknown creation, as the view age_of_open_work has them."""
    created = [None if age is None else believable.LAST - timedelta(days=age) for age in ages]
    titles = [f"task {age}" for age in ages]
    table = {"created_day": created, "title": titles, "collection_title": ["Home"] * len(ages), **more}
    return sections.open_work(table, known, LAST)


def test_each_open_task_is_on_its_side_of_the_limit() -> None:
    """Those older than the age by which 85 % are done are counted as such, whatever bin they fall in."""
    known = sections.typical(lives([10] * 90 + [200] * 10))
    section = sections.ageing(open_work([0, 10, 11, 400, None], known), WORDS)

    assert section.title == "2 of 4 open tasks are older than 10 days, by when 85 % are done"
    assert section.note == "Left out, their day of creation being unknown: 1 task."
    assert section.chart is not None
    assert [sum(int(row[i]) for row in section.chart.table.rows) for i in (1, 2)] == [2, 2]


def test_ages_are_told_without_a_curve_too() -> None:
    """Where nothing is known of typical ages, no task is called late."""
    section = sections.ageing(open_work([3, 30, 90]), WORDS, 3)

    assert section.title == "3 open tasks, the oldest of 3 months"
    assert section.chart is not None
    assert section.chart.legend == ()
    assert section.note == ""


def test_the_open_tasks_shown_add_up_to_the_open_work() -> None:
    """With those that are left out, each for its reason."""
    note = sections.ageing(open_work([3, 30, None]), WORDS, 10).note

    assert note.startswith("Left out, their day of creation being unknown: 1 task. Open as well,")
    assert note.endswith("of unknown age: 7 tasks.")


def test_no_open_task_is_good_news() -> None:
    """And no empty chart."""
    nothing = sections.open_work({}, None, LAST)

    assert sections.ageing(nothing, WORDS).note == "Nothing is open, so nothing grows old."
    assert sections.oldest(nothing, WORDS) is None


def test_the_oldest_come_first() -> None:
    """Eight at most, by age, with what speaks for each."""
    known = sections.typical(lives([5] * 97 + [100] * 3))
    due = [None, believable.LAST - timedelta(days=9), *[None] * 8]
    section = sections.oldest(open_work([1, 50, *range(2, 10)], known, due_day=due), WORDS)

    assert section is not None
    assert [item.title for item in section.items] == ["task 50", *[f"task {age}" for age in range(9, 2, -1)]]
    assert section.items[0].facts == ("Home", "50 days", "97 % were done sooner", "9 days overdue")


def test_what_is_somebody_elses_is_counted_and_not_singled_out() -> None:
    """Neither among the oldest, nor where it is time to decide, nor in the chart; all are somewhere said to be there."""
    known = sections.typical(lives([10] * 90 + [200] * 10))
    about = {"account": ["github:mill"] * 3, "title": ["#12", "mine", "#7"]}
    work = open_work([11, 12, 500], known, **about)
    section, turning, chart = (
        sections.oldest(work, WORDS), sections.turning(work, WORDS), sections.ageing(work, WORDS).chart,
    )  # fmt: skip

    assert section is not None
    assert turning is not None
    assert chart is not None
    assert [item.title for item in section.items] == [item.title for item in turning.items] == ["mine"]
    assert section.note.startswith("2 open tasks are other people's")
    assert chart.legend[-1].label == "first to decide on: “mine”"
    alone = sections.oldest(open_work([3], known, account=["github:mill"], title=["#12"]), WORDS)
    assert alone is not None
    assert (alone.items, bool(alone.note)) == ((), True)


def test_the_task_nearest_the_limit_is_singled_out() -> None:
    """In the chart's legend and first in the list; those far from it, younger or older, are not there."""
    known = sections.typical(lives([10] * 90 + [200] * 10))
    work = open_work([0, 8, 11, 13, 400], known)
    chart, section = sections.ageing(work, WORDS).chart, sections.turning(work, WORDS)

    assert chart is not None
    assert chart.legend[-1].label == "first to decide on: “task 11”"
    assert "“task 11”" in chart.alt
    assert section is not None
    assert [item.title for item in section.items] == ["task 11", "task 8"]
    assert sections.turning(open_work([0, 400], known), WORDS) is None
    assert sections.turning(open_work([0, 8, 11]), WORDS) is None


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https:", "http://[", ""]
)
def test_a_link_leads_to_the_web_or_nowhere(link: str) -> None:
    """Nothing that runs or opens something else."""
    assert web_address(link) == ""


def test_a_web_address_is_kept() -> None:
    """As it is."""
    assert web_address("https://todoist.com/app/task/1?a=b#c") == "https://todoist.com/app/task/1?a=b#c"


# ----- Where and when -----


def by_collection(rows: Sequence[tuple[int, str | None, int]]) -> dict[str, list[Any]]:
    """The view work_by_collection: weeks back, title, done."""
    monday = believable.LAST - timedelta(days=believable.LAST.weekday())
    return {
        "week": [monday - timedelta(weeks=back) for back, _, _ in rows],
        "collection_title": [title for _, title, _ in rows],
        "done": [done for _, _, done in rows],
    }


def test_shares_are_of_all_that_was_done() -> None:
    """Collections of one name are one, those without a name are called so, and old weeks don't count."""
    rows = [(0, "Work", 30), (3, "Work", 30), (1, None, 20), (2, "Home", 20), (26, "Garden", 500)]
    section = sections.where(by_collection(rows), LAST, WORDS)

    assert section.title == "60 % of what gets done is in Work, 20 % in (no list)"
    assert section.chart is not None
    assert [row[:3] for row in section.chart.table.rows] == [
        ("Work", "60", "60 %"),
        ("(no list)", "20", "20 %"),
        ("Home", "20", "20 %"),
    ]


def test_many_collections_share_a_row() -> None:
    """Eight by name, one for the others; together they are all."""
    section = sections.where(by_collection([(0, f"list {n:02}", 100 - n) for n in range(30)]), LAST, WORDS)

    assert section.chart is not None
    assert len(section.chart.table.rows) == 9
    assert section.chart.table.rows[-1][0] == "22 others"
    assert sum(int(row[1].replace(",", "")) for row in section.chart.table.rows) == sum(range(71, 101))


def test_a_list_without_a_title_goes_by_its_id() -> None:
    """As a file's project column may be all there is; work in no list at all needs no chart."""
    table = by_collection([(0, None, 30), (1, None, 10)])

    assert sections.where({**table, "collection": ["PC2", "PC9"]}, LAST, WORDS).title.startswith(
        "75\u00a0% of what gets done is in PC2"
    )
    section = sections.where({**table, "collection": [None, None]}, LAST, WORDS)
    assert section.chart is None
    assert section.note == "What was done in the last half year is in no list."


def test_one_list_is_no_share() -> None:
    """All of it is there."""
    assert (
        sections.where(by_collection([(0, "Work", 25)]), LAST, WORDS).title == "All that gets done is in Work"
    )


def test_the_busiest_hours_and_day_are_named() -> None:
    """The three hours and the weekday with the most."""
    table = {"weekday": [2, 2, 7], "hour": [9, 11, 23], "done": [60, 20, 20]}

    assert (
        sections.when(table, WORDS).title
        == "80 % gets done from 9:00 to 12:00; Tuesday leads the week with 80 %"
    )


def test_blocks_are_outlined_and_told() -> None:
    """As one box each, past midnight on the next day; whether it goes on is said. Without any, nothing is said."""
    table = {"weekday": [2, 2, 7], "hour": [9, 11, 23], "done": [60, 20, 20]}
    rhythms = {
        "since": [date(2026, 2, 3), date(2025, 10, 5), date(2026, 2, 3)],
        "until": [date(2026, 5, 6), date(2026, 1, 4), date(2026, 5, 6)],
        "weekday": [2, 7, 5], "last_weekday": [3, 7, 6], "from_hour": [9, 22, 1], "to_hour": [11, 1, 3],
        "worked": [40, 20, 30], "possible": [56, 42, 60], "usual": [17.6, 8.1, 9.0], "gone": [False, True, False],
        "collection_title": ["Garden", None, None],
    }  # fmt: skip

    section = sections.when(table, WORDS, rhythms, date(2026, 5, 20))

    assert section.chart is not None
    spec = section.chart.spec
    drawn = spec["datasets"][spec["layer"][1]["data"]["name"]]
    assert [(row["name"], row["last"], row["start"], row["end"]) for row in drawn] == [
        ("Tue", "Wed", 9, 11), ("Sun", "Sun", 22, 24), ("Mon", "Mon", 0, 1), ("Sat", "Sun", 1, 3),
    ]  # fmt: skip
    assert section.table is not None
    assert section.table.rows[:2] == (
        ("Tue to Wed, 9:00 to 11:00", "since 3 February 2026", "40 of 56", "18", "Garden"),
        ("Sun, 22:00 to 1:00", "5 October 2025 to 4 January 2026", "20 of 42", "8", ""),
    )
    assert (sections.when(table, WORDS).table, sections.when(table, WORDS).note) == (None, "")


def test_what_fits_the_next_blocks_is_told() -> None:
    """Its day, the tasks with what helps to decide, the way to all of them, and where such work was done, as the past."""
    task = Fitting(
        account="a", task="1", occurrence="", title="<b>Prune", due=date(2026, 6, 9), age_days=3.0, late=0.7,
        link="javascript:alert(1)",
    )  # fmt: skip
    others = [
        msgspec.structs.replace(task, late=0.2, title="Mow"),
        msgspec.structs.replace(task, due=None, title=None),
    ]
    block = Coming(
        day=date(2026, 6, 8), weekday=1, last_weekday=1, from_hour=9, to_hour=11, since=date(2026, 2, 2),
        collection="7", collection_title="Garden", list_share=0.4, other_share=0.1, open=5, fitting=(task, *others),
    )  # fmt: skip

    section = coming(
        [block, msgspec.structs.replace(block, open=0, fitting=())], WORDS, "/tasks?list={}".format
    )

    assert section is not None
    first, empty = section.groups
    assert first.title == "Monday, 8 June 2026, 9:00 to 11:00: Garden"
    assert [(item.title, item.link, item.facts) for item in first.items] == [
        ("<b>Prune", "", ("70\N{NO-BREAK SPACE}% likely to miss its date, 9 June 2026",)),
        ("Mow", "", ("due 9 June 2026",)),
        ("(no title)", "", ("open for 3 days",)),
    ]
    assert (first.link, first.more) == ("/tasks?list=7", "5 open tasks in Garden")
    assert (empty.items, empty.lacking, empty.link) == (
        (), "Nothing that is open in Garden can wait until then.", ""
    )  # fmt: skip
    said = section.note.replace("\N{NO-BREAK SPACE}", " ")
    assert "40 % of Garden was done in these hours since 2 February 2026, of other work 10 %." in said
    assert coming([], WORDS, str) is None


def test_what_needs_attention_says_where_its_list_is_done() -> None:
    """By the surest block that goes on and is for its list; not of what is likely never done, or due before it comes."""
    table = believable.attention()
    named = next(
        name for name, need in zip(table["collection"], table["need"], strict=True) if need == "late"
    )
    rhythms = {
        "since": [date(2026, 2, 3)] * 2, "until": [believable.LAST] * 2, "gone": [False] * 2, "weekday": [2, 1], "last_weekday": [2, 1],
        "from_hour": [9, 9], "to_hour": [11, 11], "collection": [named] * 2, "collection_title": ["Garden"] * 2,
        "list_share": [0.4, 0.3], "other_share": [0.1, 0.1],
    }  # fmt: skip

    section = sections.attention(table, WORDS, rhythms, believable.LAST)
    later = sections.attention(table, WORDS, rhythms, believable.LAST + timedelta(60))

    assert section is not None
    said = [fact for group in section.groups for item in group.items for fact in item.facts]
    space = "\N{NO-BREAK SPACE}"
    assert f"40{space}% of Garden gets done Tue, 9:00 to 11:00; of other work 10{space}%" in said
    assert "30\N{NO-BREAK SPACE}% of Garden" not in str(said)
    assert later == sections.attention(table, WORDS)
    soon = {**table, "due_day": [believable.LAST + timedelta(1)] * len(table["task"])}
    assert "of Garden gets done" not in str(sections.attention(soon, WORDS, rhythms, believable.LAST))


@pytest.mark.parametrize(
    ("section", "so_far"),
    [
        (sections.where(by_collection([(0, "Work", 19)]), LAST, WORDS), "19"),
        (sections.when({"weekday": [1], "hour": [0], "done": [99]}, WORDS), "99"),
        (sections.quality({}, "UTC", WORDS), ""),
    ],
)
def test_too_little_evidence_is_said(section: Section, so_far: str) -> None:
    """No chart, and how much there is."""
    assert section.chart is None
    assert section.lacking
    assert so_far in section.lacking


def test_unknown_quality_is_unknown() -> None:
    """No share is made of nothing."""
    row = {
        "account": ["a"],
        "last_seen_at": [None],
        "records": [0],
        "quarantined": [0],
        "events": [0],
        "late_events": [0],
    }
    section = sections.quality({**row, "instant_share": [None], "undated_share": [None]}, "UTC", WORDS)

    assert section.title == "The data: every record could be read"
    assert section.table is not None
    assert [value for _, value in section.table.rows] == [
        "unknown",
        "0",
        "0",
        "unknown",
        "unknown",
        "unknown",
    ]


# ----- What needs attention -----


def plain(text: str) -> str:
    """The text with spaces that may break."""
    return text.replace("\u00a0", " ")


def test_what_needs_attention_is_told_with_its_chance_and_what_explains_it() -> None:
    """The surest first; a reason only where it points to what the task is there for."""
    section = sections.attention(believable.attention(), WORDS)

    assert section is not None
    assert section.title == "2 likely late, 31 likely never done, 2 quick wins"
    assert [len(group.items) for group in section.groups] == [2, 2, 2]
    late, never, soon = (
        [tuple(plain(fact) for fact in item.facts[1:]) for item in group.items] for group in section.groups
    )
    assert late == [
        ("90 % likely to miss its date, 4 November 2026",),
        (
            "70 % likely to miss its date, 4 November 2026",
            "half of such tasks take 9 days more",
            "against it: how its list does of late, how often it was moved",
        ),
    ]
    assert never == [
        (
            "80 % likely not to be done within a year",
            "open for 13 months; fewer of yours that old get done",
        ),
        ("75 % likely not to be done within a year", "open for 16 months"),
    ]
    assert soon == [
        ("80 % likely to be done within a week",),
        ("70 % likely to be done within a week", "open for 2 days; more of yours that new get done soon"),
    ]
    assert section.groups[0].items[0].link == "https://tasks.example/42"
    assert "from 24 or more tasks" in section.note


def test_attention_of_several_accounts_is_one_list() -> None:
    """The four surest of all, and everyone's added up."""
    mine = believable.attention()
    theirs = {**mine, "account": ["b"] * 7, "within_week": [0.95] * 7, "among": [5] * 7}
    section = sections.attention(together(mine, theirs, {**theirs, "account": ["c"] * 7}), WORDS)

    assert section is not None
    assert section.title == "12 likely late, 41 likely never done, 12 quick wins"
    assert [plain(item.facts[1]) for item in section.groups[2].items] == [
        "95 % likely to be done within a week"
    ] * 4


@pytest.mark.parametrize(
    ("need", "lacking"),
    [
        (
            "unknown",
            "Chances need 20 past tasks that stood open for longer than the open ones have; so far: 17.",
        ),
        ("wait", None),
    ],
)
def test_without_evidence_attention_says_what_it_needs(need: str, lacking: str | None) -> None:
    """And where all can wait it is not there."""
    table = {**believable.attention(), "need": [need] * 7, "at_risk": [17, 3, 0, 0, 0, 0, 0]}
    section = sections.attention(table, WORDS)

    assert (section and section.lacking) == lacking


def test_each_reason_has_words() -> None:
    """Of both languages, for whatever a model may tell."""
    for language in ("en", "zh"):
        assert all(f"reason.{name}" in catalogue(language) for name in GROUPS)


# ----- All of them -----


def test_titles_agree_with_the_tables(report: Report) -> None:
    """Open tasks in the flow and by age are the same ones, and the curve watched every task there was."""
    views = report.tables
    made = flow(views["daily_flow"], LAST)
    lifespans = lifetimes(views["lifetimes"])

    assert made is not None
    assert made.open[-1] == len(views["age_of_open_work"]["title"]) == lifespans.still_open
    assert made.done.sum() == lifespans.done.sum() == sum(views["work_by_weekday_hour"]["done"])


def test_every_section_is_whole(report: Report) -> None:
    """A title, and one of: a chart with its words, a list, a table, or what is missing."""
    for section in chosen(report, Words(report.language)):
        assert section.title
        parts = (section.chart, section.items, section.groups, section.table)
        assert sum(map(bool, parts)) == (0 if section.key == "as_of" else 1)
        if section.chart:
            assert section.chart.alt
            assert (
                len({len(row) for row in section.chart.table.rows} | {len(section.chart.table.columns)}) == 1
            )


def test_without_data_every_section_says_what_it_needs() -> None:
    """Nothing is drawn of nothing, in any language."""
    for language in ("en", "zh"):
        shown = chosen(Report(language=language, as_of=date(2026, 1, 1)), Words(language))

        assert [section.key for section in shown if section.chart] == []
        assert all(section.lacking or section.note for section in shown if section.key != "as_of")


def test_the_first_day_has_no_mark() -> None:
    """Where most tasks are done on the day they come, the curve starts above half, and no dot hangs below it."""
    section = time_to_done(lives([0] * 30 + [9] * 20))

    assert section.chart is not None
    marks = {
        row["label"] for data in section.chart.spec["datasets"].values() for row in data if "label" in row
    }
    assert marks == {"85\u00a0%: 9 days"}
