"""The computed metrics: their columns are those described, and their numbers those of independent references."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_time

from tests.findings.makers import START, history, person
from tests.moulds import platform_in
from tests.stages.facts import FEED, settle
from worklens.analysis.arrays import NEVER
from worklens.analysis.days import date_of
from worklens.analysis.tail import cycle_time
from worklens.local.platform import Platform
from worklens.ports import Feed, ZonePeriod
from worklens.render.told import Rhythm
from worklens.stages.calendar import Calendar, with_calendar
from worklens.stages.efforts import read
from worklens.stages.history import load
from worklens.stages.measures import MEASURES, SHARES, Ground, Rows, measured
from worklens.stages.pages.rows import records
from worklens.stages.reckoned import RECKONED, Known
from worklens.tasks import DAY, Collection, Moment, Task, instant
from worklens.warehouse.metrics import metrics

TODAY = date(2026, 6, 1).toordinal() - date(1970, 1, 1).toordinal()  # a Monday
DAYS = 400
ME = Feed(name=FEED, source="wunderlist")
LISTS = [Collection(account=FEED, collection=name, title=f"The {name}") for name in ("A", "B")]


class Truth:
    """What was planted: tasks of 400 days, done or deleted at a constant rate, twice as many in the last 26 weeks."""

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        rate = np.where(np.arange(DAYS) < DAYS - 182, 1.0, 3.0)
        self.created = np.repeat(np.arange(TODAY - DAYS, TODAY), rng.poisson(rate))
        n = self.created.size
        self.lives = rng.geometric(0.2, n) - 1
        self.deleted = rng.random(n) < 0.1
        self.ended = np.where(rng.random(n) < 0.9, self.created + self.lives, TODAY + 999)
        self.waited = np.minimum(rng.integers(0, 4, n), self.lives)
        self.spent = 3600 * np.where(np.arange(n) % 2, 2.0, 1.0) * np.exp(rng.normal(0, 0.3, n))

    def tasks(self) -> list[Task]:
        """As the warehouse is given them: lists A and B in turn, those of B taking twice their estimate."""
        return [self._task(row) for row in range(self.created.size)]

    def _task(self, row: int) -> Task:
        over = int(self.ended[row]) < TODAY
        end = {"deleted" if self.deleted[row] else "completed": Moment(int(self.ended[row]) * DAY, "day")}
        begun = int(self.created[row] + self.waited[row])
        return Task(
            account=FEED,
            task=str(row),
            title=f"title {row}",
            collection="AB"[row % 2],
            labels=("big",) if row % 2 else (),
            created=Moment(int(self.created[row]) * DAY, "day"),
            started=Moment(begun * DAY, "day") if begun < TODAY else None,
            estimate_seconds=3600,
            spent_seconds=round(self.spent[row]),
            **(end if over else {}),
        )


@pytest.fixture(scope="module")
def truth() -> Truth:
    """The truth, the same for all tests."""
    return Truth()


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory, truth: Truth) -> Iterator[Platform]:
    """A platform with these tasks."""
    made = platform_in(tmp_path_factory.mktemp("data"))
    settle(made, truth.tasks(), LISTS, seen_at=TODAY * DAY + DAY // 2)
    yield made
    made.close()


def rows_of(platform: Platform, name: str) -> Rows:
    """A metric's rows."""
    with platform.warehouse.read() as session:
        return measured(name, session, [ME])


def test_what_is_computed_is_what_is_described() -> None:
    """Each metric without a view has a function, and no other."""
    assert list(MEASURES) == [name for name, one in metrics().items() if not one.view]


@pytest.mark.parametrize("name", MEASURES)
def test_the_columns_are_those_described(platform: Platform, name: str) -> None:
    """In order, all of one length, with numbers in the value and days in the day; the same rows each time."""
    rows, described = rows_of(platform, name), metrics()[name]

    assert list(rows) == list(described.columns)
    assert len({len(values) for values in rows.values()}) == 1
    assert set(rows["account"]) == ({FEED} if name != "rhythms" else set())  # these tasks' hours are unknown
    assert all(isinstance(value, int | float | None) for value in rows[described.value])
    assert not described.day or all(isinstance(day, date) for day in rows[described.day])
    assert rows_of(platform, name) == rows


@pytest.mark.parametrize("name", MEASURES)
def test_too_little_has_rows_all_the_same(tmp_path: Path, name: str) -> None:
    """Of an account with one open task, and of a feed that was never settled: nothing is made up, nothing fails."""
    platform = platform_in(tmp_path)
    assert rows_of(platform, name) == {}
    settle(platform, [Task(account=FEED, task="1", title="t")], seen_at=TODAY * DAY)
    rows = rows_of(platform, name)
    platform.close()

    assert list(rows) == list(metrics()[name].columns)
    assert {value for value in rows[metrics()[name].value] if value is not None} <= {0.0}


def test_only_the_accounts_asked_for(platform: Platform) -> None:
    """Another one has no rows."""
    with platform.warehouse.read() as session:
        assert measured("wip", session, [ME], ["csv:other"]) == {}


def test_work_in_progress_is_what_was_begun_and_not_ended(platform: Platform, truth: Truth) -> None:
    """Counted task by task on some days."""
    rows = rows_of(platform, "wip")
    begun = truth.created + truth.waited

    assert rows["day"][-1] == date(2026, 5, 31)
    for place in (0, 100, 250, len(rows["day"]) - 1):
        day = rows["day"][place].toordinal() - date(1970, 1, 1).toordinal()
        assert rows["value"][place] == int(((begun <= day) & (truth.ended > day)).sum())
    assert sum(rows["started"]) - sum(rows["left"]) == rows["value"][-1]


def test_time_to_done_is_that_of_lifelines(platform: Platform, truth: Truth) -> None:
    """The quantiles to 1e-9; and by then as many were done and deleted as the tasks' own lives show."""
    rows = rows_of(platform, "time-to-done")
    over = truth.ended < TODAY
    age = np.where(over, truth.lives, TODAY - truth.created)
    fitter = KaplanMeierFitter().fit(age, over & ~truth.deleted)

    assert rows["share"] == list(SHARES)
    for share, days in zip(rows["share"], rows["days"], strict=True):
        expected = qth_survival_time(1 - share, fitter.survival_function_)
        assert days is None if np.isinf(expected) else days == pytest.approx(expected, abs=1e-9)
    ended = over & (age <= rows["days"][0])
    assert rows["done_by"][0] == pytest.approx((ended & ~truth.deleted).mean(), abs=0.01)
    assert rows["deleted_by"][0] == pytest.approx((ended & truth.deleted).mean(), abs=0.01)


def test_residual_time_is_what_became_of_tasks_so_old(platform: Platform, truth: Truth) -> None:
    """Of a constant rate, half of the young are done within about three days; the share done sooner grows with age."""
    rows = rows_of(platform, "residual-time")
    still = truth.ended >= TODAY
    young = [half for age, half in zip(rows["age_days"], rows["half_within"], strict=True) if age <= 2]

    assert sorted(rows["age_days"]) == rows["age_days"] == sorted((TODAY - truth.created[still]).tolist())
    assert rows["title"] == [f"title {task}" for task in rows["task"]]
    assert set(young) <= {2, 3, 4, 5}
    assert np.diff(rows["older_than"]).min() >= 0
    assert all(half is None for half, n in zip(rows["half_within"], rows["at_risk"], strict=True) if n < 20)


def test_the_change_of_pace_is_found(platform: Platform) -> None:
    """Once, within a month of when it was planted, and upwards."""
    rows = rows_of(platform, "changes-of-pace")

    assert len(rows["since"]) == 2
    assert abs(rows["since"][1] - date(2025, 12, 1)) <= timedelta(28)
    assert rows["since"][1] == rows["until"][0] + timedelta(1)
    assert rows["ratio"][1] == pytest.approx(rows["a_week"][1] / rows["a_week"][0])
    assert rows["p"][1] <= 0.05


def test_a_block_of_the_week_is_found(platform: Platform) -> None:
    """Tuesday to Thursday from 9 to 11 for the Garden, 28 weeks long, gone for ten: days, hours, list and since when; the
    same in the report and in the API of *Time*."""
    rng = np.random.default_rng(4)
    monday = TODAY - 40 * 7 + np.arange(40) * 7
    day = np.concatenate(
        [rng.integers(monday[0], TODAY, 500), np.repeat(monday[2:30], 6) + np.tile([1, 1, 2, 2, 3, 3], 28)]
    )
    hour = np.concatenate([rng.integers(8, 23, 500), np.tile([9, 10], 28 * 3)])
    stays = np.concatenate([np.ones(500, dtype=bool), rng.random(28 * 6) < 0.85])
    lists = np.concatenate([rng.integers(0, 2, 500), np.full(28 * 6, 2)])
    made = history(
        day[stays] - 1,
        day[stays],
        TODAY,
        lists=("A", "B", "Garden"),
        titles=("The A", "The B", "The Garden"),
        hour=hour[stays],
        collection=lists[stays],
    )

    rows = MEASURES["rhythms"](Ground(made))

    row = {name: values[0] for name, values in rows.items()}  # the surest
    assert [row[name] for name in ("weekday", "last_weekday", "from_hour", "to_hour")] == [2, 4, 9, 11]
    assert (row["collection"], row["gone"]) == ("Garden", True)
    assert abs(row["until"] - date_of(int(monday[29]) + 3)) <= timedelta(7)
    assert row["share"] == pytest.approx(row["worked"] / row["possible"])
    assert row["worked_since"] < row["possible_since"] / 3
    with platform.warehouse.read() as session:  # what the section and the API have of it
        told = records(RECKONED["rhythms"](Known(session, [], made, {})), Rhythm)
    assert [{name: getattr(one, name) for name in rows} for one in told] == [
        dict(zip(rows, values, strict=True)) for values in zip(*rows.values(), strict=True)
    ]
    assert told[0].collection_title == "The Garden"


def test_the_chart_has_the_last_year(platform: Platform) -> None:
    """52 whole weeks from Monday, the change in them being a signal on both sides of the average."""
    rows = rows_of(platform, "process-behaviour")

    assert len(rows["week"]) == 52
    assert rows["week"][-1] == date(2026, 5, 25)
    assert "run" in rows["signal"]
    assert len(set(rows["average"])) == 1


def test_littles_law_is_told_with_what_it_rests_on(platform: Platform, truth: Truth) -> None:
    """Steady but for the tasks that nobody ends, which grow older: the law's row says so, each assumption has one."""
    rows = rows_of(platform, "littles-law")
    told = dict(zip(rows["assumption"], rows["holds"], strict=True))

    assert list(told) == ["law", "balance", "finished", "steady", "young", "units"]
    assert told["units"]
    assert not told["law"]
    assert (rows["since"][0], rows["until"][0]) == (date(2026, 3, 2), date(2026, 5, 31))


def test_what_nobody_can_tell_of_the_law_is_unknown() -> None:
    """Of half a year without a single task gone nothing holds and nothing fails."""
    made = history(np.array([START, START + 200]), np.array([NEVER, NEVER]), START + 201)
    rows = MEASURES["littles-law"](Ground(made))
    told = dict(zip(rows["assumption"], rows["holds"], strict=True))

    assert (told["law"], told["finished"]) == (None, None)


def test_flow_efficiency_is_time_since_the_start_over_time_since_the_creation(
    platform: Platform, truth: Truth
) -> None:
    """Added up over a month, by hand."""
    rows = rows_of(platform, "flow-efficiency")
    place = rows["month"].index(date(2026, 4, 1))
    first, last = (
        day.toordinal() - date(1970, 1, 1).toordinal() for day in (date(2026, 4, 1), date(2026, 4, 30))
    )
    done = (truth.ended >= first) & (truth.ended <= last) & ~truth.deleted

    assert rows["tasks"][place] == int(done.sum())
    expected = (truth.lives - truth.waited)[done].sum() / truth.lives[done].sum()
    assert rows["value"][place] == pytest.approx(expected)


def test_the_cycle_time_is_that_which_is_graded(platform: Platform) -> None:
    """The same tasks, starts and day as `worklens evaluate` takes at a month's end; of nothing there is none."""
    rows = rows_of(platform, "cycle-time-lately")
    row = {name: values[0] for name, values in rows.items()}
    with platform.warehouse.read() as session:
        history, efforts = load(session, [FEED]), read(session, [FEED])
    assert history is not None
    expected = cycle_time(*efforts.lives(), history.end)

    assert (row["days"], row["low"], row["high"]) == (expected.days, expected.low, expected.high)
    assert row["tasks"] == expected.tasks > 10
    assert row["since"] == "started"
    assert MEASURES["cycle-time-lately"](Ground(history))["days"] == []


def test_estimates_are_told_by_list_and_by_label(platform: Platform) -> None:
    """List B takes twice its estimate, and so does the label that all of it has."""
    rows = rows_of(platform, "estimates-by-kind")
    told = {
        (by, kind): value for by, kind, value in zip(rows["by"], rows["kind"], rows["value"], strict=True)
    }

    assert told[("list", "A")] == pytest.approx(1, rel=0.1)
    assert told[("list", "B")] == pytest.approx(2, rel=0.1)
    assert told[("label", "big")] == pytest.approx(2, rel=0.1)
    assert dict(zip(rows["kind"], rows["title"], strict=True)) == {"A": "The A", "B": "The B", "big": "big"}


def test_working_time_is_that_of_the_calendar(tmp_path: Path) -> None:
    """From Friday 16:00 to Monday 10:30 in Berlin, on both sides of the change to summer time; dates have no hours."""
    platform = platform_in(tmp_path)
    friday, monday = instant("2026-03-27T15:00:00Z"), instant("2026-03-30T08:30:00Z")
    dates = {
        name: Moment(day.micros // DAY * DAY, "day")
        for name, day in (("created", friday), ("completed", monday))
    }
    settle(
        platform,
        [
            Task(account=FEED, task="exact", title="t", created=friday, started=friday, completed=monday),
            Task(account=FEED, task="dates", title="t", **dates),
        ],
        seen_at=TODAY * DAY,
    )
    berlin = Feed(name=FEED, source="wunderlist", zones=(ZonePeriod("Europe/Berlin"),))
    office = with_calendar(berlin, Calendar(week=(0, 1, 2, 3, 4), hours=(9, 17)))
    with platform.warehouse.read() as session:
        at_work, always = (measured("working-time", session, [feed]) for feed in (office, berlin))
    platform.close()

    assert dict(zip(at_work["task"], at_work["lead_days"], strict=True)) == {"exact": 1, "dates": 1}
    assert dict(zip(at_work["task"], at_work["lead_hours"], strict=True)) == {"exact": 2.5, "dates": None}
    assert dict(zip(at_work["task"], at_work["cycle_hours"], strict=True)) == {"exact": 2.5, "dates": None}
    assert dict(zip(always["task"], always["lead_days"], strict=True)) == {"exact": 3, "dates": 3}
    assert dict(zip(always["task"], always["lead_hours"], strict=True))["exact"] == 66.5


def test_a_history_alone_is_ground_enough() -> None:
    """As the report has it: no titles then."""
    made = person(np.random.default_rng(3), days=300)
    for name in (
        "wip",
        "time-to-done",
        "residual-time",
        "changes-of-pace",
        "process-behaviour",
        "rhythms",
        "littles-law",
    ):
        rows = MEASURES[name](Ground(made))

        assert list(rows) == [column for column in metrics()[name].columns if column != "account"]
    assert set(MEASURES["residual-time"](Ground(made))["title"]) == {None}
