"""The views, each against rows derived by hand, through DuckDB."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stages.reference import first_facts
from tests.warehouse.conftest import SETTLED, Store, utc

from worklens.stages.settling import Seen, pair_events
from worklens.tasks import DAY, Moment, Task, state_hash

JAN, FEB, MARCH = date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2)  # Mondays


# ----- Which rows count -----


def test_only_settled_runs_count(store: Store) -> None:
    """A run that isn't settled yet, or failed, shows nothing; nor does one that was withdrawn."""
    for run, status in enumerate(["settled", "fetching", "settled"], start=1):
        store.run(run, status=status)
        store.state(f"t{run}", run=run, created=JAN)
        store.event("created", SETTLED, task=f"t{run}", run=run)
        store.add(
            "collections",
            feed="a:me", account="a:me", collection=f"c{run}", run=run, position=0, seen_at=SETTLED,
            title="", deleted=False,
        )  # fmt: skip
    store.run(3, status="withdrawn", seen=SETTLED + timedelta(days=1))

    assert store.pick("settled_runs", "run") == [(1,)]
    assert store.pick("settled_states", "task") == [("t1",)]
    assert store.pick("latest_states", "task") == [("t1",)]
    assert store.pick("known_events", "task") == [("t1",)]
    assert store.pick("latest_collections", "collection") == [("c1",)]


def test_the_same_run_number_of_another_feed_is_another_run(store: Store) -> None:
    """Withdrawing run 1 of one feed leaves run 1 of the other."""
    for feed in ("a:me", "b:me"):
        store.run(1, feed=feed)
        store.state("t", feed=feed, account=feed)
    store.run(1, feed="b:me", status="withdrawn")

    assert store.pick("latest_states", "account") == [("a:me",)]


def test_what_is_delivered_twice_counts_once(store: Store) -> None:
    """Runs, states, events, collections and zones repeat when a message does; keys make them one."""
    for _ in range(2):
        store.run()
        store.state("t", state_hash="same", completed=JAN)
        store.event("completed", SETTLED, event_id="same")
        store.zone("Asia/Tokyo")

    for view in (
        "settled_runs",
        "settled_states",
        "latest_states",
        "known_events",
        "latest_zones",
        "completions",
    ):
        assert len(store.ask(view)) == 1, view
    assert store.pick("data_quality", "runs", "events") == [(1, 1)]


def test_an_event_stands_with_the_first_run_that_counts(store: Store) -> None:
    """An event that a source delivers again later was seen the first time; unless that run was withdrawn."""
    for run in (1, 2, 3):
        store.run(run)
        store.event("completed", utc("2026-01-05 10:00"), event_id="same", run=run)
    store.run(1, status="withdrawn")

    assert store.pick("known_events", "run") == [(2,)]


def test_a_later_run_goes_before_time_and_time_before_position(store: Store) -> None:
    """The newest state is that of the highest run, then the last seen, then the last in order."""
    store.run(1)
    store.run(2)
    earlier = SETTLED - timedelta(hours=1)
    store.state("run", run=2, seen=earlier, title="new")
    store.state("run", run=1, title="old")
    store.state("seen", title="new", position=0)
    store.state("seen", seen=earlier, title="old")
    store.state("position", title="old", position=7)
    store.state("position", title="new", position=8)

    assert store.pick("latest_states", "task", "title") == [
        ("position", "new"),
        ("run", "new"),
        ("seen", "new"),
    ]
    assert store.pick("latest_states", "task", "first_seen_at")[2] == ("seen", earlier)


def test_a_task_that_goes_there_and_back_shows_both_states(store: Store) -> None:
    """A, B, A over three runs are three states; the newest is A again."""
    for run, title in enumerate("ABA", start=1):
        store.run(run)
        store.state("t", run=run, title=title, state_hash=title)

    assert store.pick("settled_states", "run", "title") == [(1, "A"), (2, "B"), (3, "A")]
    assert store.pick("latest_states", "run", "title") == [(3, "A")]


def test_a_row_that_says_only_gone_is_ignored(store: Store) -> None:
    """The task keeps its title: settling appends its full state, deleted, in the same run."""
    store.run(1)
    store.run(2)
    store.state("t", run=1, title="Water the plants")
    store.state("t", run=2, removal=True, deleted=SETTLED)
    assert store.pick("current_tasks", "status", "title") == [("open", "Water the plants")]

    store.state("t", run=2, title="Water the plants", deleted=SETTLED)
    assert store.pick("current_tasks", "status", "title") == [("deleted", "Water the plants")]


# ----- Current tasks -----


def test_status_takes_the_strongest_end(store: Store) -> None:
    """Deleted goes before completed, completed before closed."""
    store.run()
    ends: dict[str, Any] = {"closed_at": SETTLED, "completed": SETTLED, "deleted": SETTLED}
    store.state("open")
    store.state("closed", closed_at=ends["closed_at"])
    store.state("completed", closed_at=ends["closed_at"], completed=ends["completed"])
    store.state("deleted", **ends)

    assert all(task == status for task, status in store.pick("current_tasks", "task", "status"))


def test_a_task_carries_the_newest_title_of_its_list(store: Store) -> None:
    """A list's rename shows on tasks that did not change; another account's list of the same id doesn't."""
    store.run(1)
    store.run(2)
    store.state("t", collection="c")
    store.state("alone")
    for run, account, title in ((1, "a:me", "Old"), (2, "a:me", "New"), (2, "a:me/you", "Other")):
        store.add(
            "collections",
            feed="a:me", account=account, collection="c", run=run, position=0, seen_at=SETTLED,
            title=title, deleted=False,
        )  # fmt: skip

    assert store.ask("current_tasks")[0]["collection_title"] is None
    assert store.ask("current_tasks")[1]["collection_title"] == "New"


DAYS = [
    # zone, the instant in UTC, the person's day and hour then
    ("UTC", "2026-03-29 23:59", date(2026, 3, 29), 23),
    ("Europe/Berlin", "2026-03-28 22:59", date(2026, 3, 28), 23),  # the eve of summer time: UTC+1
    ("Europe/Berlin", "2026-03-28 23:00", date(2026, 3, 29), 0),
    ("Europe/Berlin", "2026-03-29 00:59", date(2026, 3, 29), 1),  # the last minute before the clocks go on
    ("Europe/Berlin", "2026-03-29 01:00", date(2026, 3, 29), 3),  # there is no hour 2 on this day
    ("Europe/Berlin", "2026-03-29 21:59", date(2026, 3, 29), 23),  # a day of 23 hours
    ("Europe/Berlin", "2026-03-29 22:00", date(2026, 3, 30), 0),
    ("Europe/Berlin", "2026-10-24 22:00", date(2026, 10, 25), 0),  # UTC+2
    ("Europe/Berlin", "2026-10-25 00:59", date(2026, 10, 25), 2),
    ("Europe/Berlin", "2026-10-25 01:00", date(2026, 10, 25), 2),  # hour 2 comes twice
    ("Europe/Berlin", "2026-10-25 22:59", date(2026, 10, 25), 23),  # a day of 25 hours
    ("Europe/Berlin", "2026-10-25 23:00", date(2026, 10, 26), 0),
    ("Etc/GMT+12", "2026-03-01 11:59", date(2026, 2, 28), 23),  # UTC-12
    ("Etc/GMT+12", "2026-03-01 12:00", date(2026, 3, 1), 0),
    ("Pacific/Kiritimati", "2026-02-28 09:59", date(2026, 2, 28), 23),  # UTC+14
    ("Pacific/Kiritimati", "2026-02-28 10:00", date(2026, 3, 1), 0),
    ("Asia/Kolkata", "2026-03-01 18:30", date(2026, 3, 2), 0),  # UTC+5:30
]


def test_an_instant_falls_on_the_persons_day(store: Store) -> None:
    """Through both changes of the clocks, and where the day begins half a day from that in UTC."""
    for n, (zone, at, _, _) in enumerate(DAYS):
        then, whose = utc(at), {"feed": f"a:{n:02}", "account": f"a:{n:02}"}
        store.zone(zone, feed=whose["feed"])
        store.run(feed=whose["feed"])
        store.state("t", **whose, created=then, started=then, due=then, completed=then, closed_at=then)
        store.state("u", **whose, created=then, deleted=then)

    days, hours = [day for _, _, day, _ in DAYS], [hour for *_, hour in DAYS]
    tasks = store.ask("current_tasks")
    for name in ("created_day", "started_day", "due_day", "completed_day", "closed_day"):
        assert [row[name] for row in tasks if row["task"] == "t"] == days, name
    assert [row["deleted_day"] for row in tasks if row["task"] == "u"] == days
    assert store.pick("completions", "feed", "done_day", "done_hour") == [
        (f"a:{n:02}", day, hour) for n, (day, hour) in enumerate(zip(days, hours, strict=True))
    ]
    assert store.pick("daily_flow", "account", "day", "arrived", "done", "removed", "open") == [
        (f"a:{n:02}", day, 2, 1, 1, 0) for n, day in enumerate(days)
    ]
    for n, (_, _, day, hour) in enumerate(DAYS):
        (row, _) = store.ask("history", feed=f"a:{n:02}")
        assert row["created_day"] == row["completed_day"] == row["due_day"] == (day - date(1970, 1, 1)).days
        assert row["completed_hour"] == hour


def test_a_date_stays_that_date_in_every_zone(store: Store) -> None:
    """A date isn't shifted, has no hour, and a closing at such a date is one as well."""
    day = date(2026, 3, 29)
    zones = ["UTC", "Europe/Berlin", "Etc/GMT+12", "Pacific/Kiritimati"]
    for zone in zones:
        whose = {"feed": zone, "account": zone}
        store.zone(zone, feed=zone)
        store.run(feed=zone)
        store.state("t", **whose, created=day, started=day, due=day, completed=day, deleted=day)
        store.state("u", **whose, created=day, completed=day)
        store.state("v", **whose, created=day, started=day, closed_at=utc("2026-03-29"))
        store.state("w", **whose, created=day, closed_at=utc("2026-03-29"))

    for row in store.ask("current_tasks"):
        assert {row[name] for name in row if name.endswith("_day")} == {day, None}
    assert store.pick("completions", "done_day", "done_hour") == [(day, None)] * 2 * len(zones)
    assert store.pick("daily_flow", "day", "arrived", "done", "removed") == [(day, 4, 2, 2)] * len(zones)
    assert store.ask("work_by_weekday_hour") == []


def test_days_follow_the_person_to_another_zone(store: Store) -> None:
    """An instant falls on the day in the zone the person lived in then, not the one they live in now."""
    store.zone("Europe/Berlin", "2026-01-01", "2026-02-01")
    store.zone("Asia/Tokyo", "2026-02-01", "2026-03-01")
    store.run()
    store.state("in Berlin", completed=utc("2026-01-15 16:00"))
    store.state("in Tokyo", completed=utc("2026-02-15 16:00"))
    store.state("later", completed=utc("2026-03-15 16:00"))

    assert store.pick("completions", "task", "done_day", "done_hour") == [
        ("in Berlin", date(2026, 1, 15), 17),
        ("in Tokyo", date(2026, 2, 16), 1),
        ("later", date(2026, 3, 15), 16),
    ]


def test_the_newest_word_on_zones_counts(store: Store) -> None:
    """A corrected zone applies to the whole history; another feed's zones don't."""
    store.zone("Europe/Berlin")
    store.zone("Asia/Tokyo", version=2)
    store.zone("Pacific/Kiritimati", version=3, feed="b:me")
    store.run()
    store.state("t", completed=utc("2026-01-15 16:00"))

    assert store.pick("completions", "done_day") == [(date(2026, 1, 16),)]


@given(
    instants=st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31)), min_size=1, max_size=12),  # noqa: DTZ001
    zone=st.sampled_from(
        ["Europe/Berlin", "America/St_Johns", "Etc/GMT+12", "Pacific/Kiritimati", "Asia/Kathmandu"]
    ),
)
def test_days_and_hours_are_those_of_the_zone(tables: Any, instants: list[datetime], zone: str) -> None:
    """Whatever the instant, the day and hour are what Python's zone library says."""
    with_zone = [instant.replace(microsecond=0, tzinfo=UTC) for instant in instants]
    tables.execute("BEGIN")
    try:
        store = Store(tables)
        store.run()
        for at in with_zone:
            store.state(at.isoformat(), completed=at)
        for at in set(with_zone):
            offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
            store.add(
                "zones",
                feed="a:me", version=1, zone=zone, starts_at=at, ends_at=at + timedelta(seconds=1),
                offset_seconds=int(offset.total_seconds()),
            )  # fmt: skip
        found = {
            task: (day, hour)
            for task, day, hour in store.pick("completions", "task", "done_day", "done_hour")
        }
    finally:
        tables.execute("ROLLBACK")

    local = {at.isoformat(): at.astimezone(ZoneInfo(zone)) for at in with_zone}
    assert found == {task: (at.date(), at.hour) for task, at in local.items()}


# ----- Flow -----


def test_throughput_has_each_day_between_the_first_and_the_last(store: Store) -> None:
    """Days without a completion count 0, from the account's first change to its last."""
    store.run()
    store.state("a", created=date(2026, 1, 5), completed=date(2026, 1, 7))
    store.state("b", created=date(2026, 1, 6), completed=date(2026, 1, 7))
    store.state("c", created=date(2026, 1, 6), completed=date(2026, 1, 9))
    store.state("x", account="a:me/you", created=date(2026, 1, 8))

    assert store.pick("throughput_daily", "account", "day", "value") == [
        ("a:me", date(2026, 1, 5), 0),
        ("a:me", date(2026, 1, 6), 0),
        ("a:me", date(2026, 1, 7), 2),
        ("a:me", date(2026, 1, 8), 0),
        ("a:me", date(2026, 1, 9), 1),
        ("a:me/you", date(2026, 1, 8), 0),
    ]


def test_a_week_begins_on_monday_and_says_how_whole_it_is(store: Store) -> None:
    """Sunday belongs to the week before; empty weeks are there; so is the turn of the year."""
    store.run()
    store.state("a", created=date(2025, 12, 28), completed=date(2025, 12, 28))  # a Sunday
    store.state("b", created=date(2025, 12, 29), completed=date(2026, 1, 4))  # Monday to Sunday
    store.state("c", created=date(2025, 12, 29), completed=date(2026, 1, 12))

    assert store.pick("throughput_weekly", "week", "value", "days") == [
        (date(2025, 12, 22), 1, 1),
        (date(2025, 12, 29), 1, 7),
        (date(2026, 1, 5), 0, 7),
        (date(2026, 1, 12), 1, 1),
    ]


def test_done_and_deleted_later_was_done(store: Store) -> None:
    """It counts on the day it was done, whoever looked in between; what only went, or came back, was not done."""
    store.run(1)
    store.run(2)
    store.state("cleared", run=1, created=JAN, completed=FEB)
    store.state("cleared", run=2, created=JAN, completed=FEB, deleted=MARCH)
    store.state("first seen so", run=2, created=JAN, completed=FEB, deleted=MARCH)
    store.state("between looks", run=1, created=JAN)
    store.state("between looks", run=2, created=JAN, completed=FEB, deleted=MARCH)
    store.state("dropped", run=1, created=JAN, completed=FEB)
    store.state("dropped", run=2, created=JAN, deleted=MARCH)

    done = [(task, FEB) for task in ("between looks", "cleared", "first seen so")]
    assert store.pick("completions", "task", "done_day") == done
    flow = {day: row for day, *row in store.pick("daily_flow", "day", "arrived", "done", "removed", "open")}
    assert [flow[day] for day in (JAN, FEB, MARCH)] == [[4, 0, 0, 4], [0, 3, 0, 1], [0, 0, 1, 0]]


def test_as_of_between_a_completion_and_a_deletion_that_were_seen_together(store: Store) -> None:
    """It was done then, though the one state that tells of it tells of the deletion too."""
    store.run(1, seen=utc("2026-01-10"))
    store.run(2)
    store.state("t", run=1, seen=utc("2026-01-10"), created=JAN)
    store.state("t", run=2, created=JAN, completed=FEB, deleted=MARCH)
    days = (JAN, FEB, MARCH)

    found = [store.pick("current_tasks", "status", as_of=utc(f"{day} 12:00")) for day in days]
    assert found == [[("open",)], [("completed",)], [("deleted",)]]
    done = [len(store.ask("completions", as_of=utc(f"{day} 12:00"))) for day in days]
    assert done == [0, 1, 1]


def test_reopened_is_not_done_and_done_again_is_done_once(store: Store) -> None:
    """Of several completions the last one stands, and only while no reopening came after it."""
    for run in (1, 2, 3):
        store.run(run)
        store.state("again", run=run, created=JAN, completed=[FEB, None, MARCH][run - 1])
        store.state("reopened", run=run, created=JAN, completed=[FEB, FEB, None][run - 1])

    assert store.pick("completions", "task", "done_day") == [("again", MARCH)]


def test_flow_balances(store: Store) -> None:
    """What is open is what arrived less what was done or removed; closing takes a task out of progress."""
    store.run()
    store.state("done", created=date(2026, 1, 5), completed=date(2026, 1, 6))
    store.state("closed", created=date(2026, 1, 5), started=date(2026, 1, 6), closed_at=utc("2026-01-06"))
    store.state("deleted", created=date(2026, 1, 6), deleted=date(2026, 1, 7))
    store.state("open", created=date(2026, 1, 6))

    assert store.pick("daily_flow", "day", "arrived", "done", "removed", "open") == [
        (date(2026, 1, 5), 2, 0, 0, 2),
        (date(2026, 1, 6), 2, 1, 1, 2),
        (date(2026, 1, 7), 0, 0, 1, 1),
    ]
    assert store.pick("cumulative_flow", "day", "arrived", "done", "removed", "open") == [
        (date(2026, 1, 5), 2, 0, 0, 2),
        (date(2026, 1, 6), 4, 1, 1, 2),
        (date(2026, 1, 7), 4, 1, 2, 1),
    ]


def test_a_task_of_unknown_creation_arrives_with_the_first_thing_known(store: Store) -> None:
    """That is its start, its end, or the time it was first seen; and none ends before it arrived."""
    store.run(1, seen=utc("2026-06-01 12:00"))
    store.run(2, seen=utc("2026-06-03 12:00"))
    store.state("started", started=date(2026, 5, 1), completed=date(2026, 5, 3))
    store.state("done", completed=date(2026, 5, 4))
    store.state("seen", run=1, seen=utc("2026-06-01 12:00"))
    store.state("seen", run=2, seen=utc("2026-06-03 12:00"), completed=utc("2026-06-03 10:00"))
    store.state("backwards", created=date(2026, 5, 6), completed=date(2026, 5, 2))

    assert store.pick("task_spans", "task", "arrived_day", "ended_day") == [
        ("backwards", date(2026, 5, 2), date(2026, 5, 2)),
        ("done", date(2026, 5, 4), date(2026, 5, 4)),
        ("seen", date(2026, 6, 1), date(2026, 6, 3)),
        ("started", date(2026, 5, 1), date(2026, 5, 3)),
    ]
    assert min(row["open"] for row in store.ask("daily_flow")) == 0


def test_an_end_without_any_time_has_none(store: Store) -> None:
    """Closed or deleted, nobody knows when, and never known open: it came and went when it was first seen."""
    nothing = utc("1970-01-01")
    store.run(seen=utc("2026-06-01 12:00"))
    seen = {"seen": utc("2026-06-01 12:00")}
    store.state("closed", **seen, closed_at=nothing)
    store.state("deleted", **seen, deleted=nothing, deleted_precision="unknown")

    columns = ("status", "closed_at", "closed_day", "deleted_at", "deleted_day")
    assert store.pick("current_tasks", *columns) == [
        (status, None, None, None, None) for status in ("closed", "deleted")
    ]
    assert store.pick("daily_flow", "day", "arrived", "done", "removed") == [(date(2026, 6, 1), 2, 0, 2)]
    columns = ("closed", "closed_precision", "deleted", "deleted_precision", "ended_day")
    day = date(2026, 6, 1).toordinal() - date(1970, 1, 1).toordinal()
    assert store.pick("history", *columns, feed="a:me") == [(None, 0, None, 4, day), (None, 4, None, 0, day)]
    assert store.ask("current_tasks", as_of=utc("2026-05-31")) == []
    assert len(store.ask("current_tasks", as_of=utc("2026-06-02"))) == 2


def test_nothing_is_lost_outside_the_calendar(store: Store) -> None:
    """A day before the calendar's first still counts, by itself."""
    store.run()
    store.state("old", created=date(1970, 1, 1), completed=date(1970, 1, 1))
    store.state("new", created=JAN, completed=JAN)

    assert sum(row["value"] for row in store.ask("throughput_daily")) == 2
    assert store.ask("throughput_weekly")[0] | {} == {
        "account": "a:me", "week": date(1970, 1, 1), "value": 1, "days": 1,
    }  # fmt: skip


# ----- What settling found, and what the views count -----


def state_of(step: tuple[str, int], before: Task | None) -> Task:
    """The next state of a task: an end (or none) on a day of its own, or two, or what stood before, deleted."""
    what, day = step
    at = Moment(day * DAY, "day")
    if what in {"cleared", "cancelled"}:
        done = at if what == "cleared" else None
        return Task(account="a:me", task="t", created=Moment(20_400 * DAY, "day"), completed=done, deleted=at)
    if what == "deleted" and before:
        return Task(
            account="a:me", task="t", created=before.created, completed=before.completed, closed=before.closed,
            deleted=before.deleted or at,
        )  # fmt: skip
    end: dict[str, Any] = (
        {what: Moment(at.micros, "unknown") if what == "closed" else at}
        if what in {"completed", "closed"}
        else {}
    )
    return Task(account="a:me", task="t", created=Moment(20_400 * DAY, "day"), **end)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["open", "completed", "closed", "deleted", "cleared", "cancelled"]),
            st.integers(20_454, 20_600),
        ),
        min_size=1,
        max_size=7,
    )
)
def test_the_completions_counted_are_those_settling_found(tables: Any, steps: list[tuple[str, int]]) -> None:
    """Throughput, counted from states, equals the last completion among the events that nothing undid."""
    states: list[Seen] = []
    for run, step in enumerate(steps, start=1):
        task = state_of(step, states[-1].task if states else None)
        if not states or task != states[-1].task:
            states.append(Seen(task, run, (20_700 + run) * DAY))
    tables.execute("BEGIN")
    try:
        store = Store(tables)
        for task, run, seen in states:
            store.run(run, seen=utc("1970-01-01") + timedelta(microseconds=seen))
            times: dict[str, Any] = {
                name: utc("1970-01-01") + timedelta(microseconds=moment.micros)
                for name in ("created", "completed", "deleted")
                if (moment := getattr(task, name))
            }
            days = {name: at.date() for name, at in times.items()}
            closed = utc("1970-01-01") + timedelta(microseconds=task.closed.micros) if task.closed else None
            store.state("t", run=run, state_hash=state_hash(task), closed_at=closed, **days)
        counted = store.pick("completions", "done_day")
    finally:
        tables.execute("ROLLBACK")

    assert counted == completions_of(states)


def completions_of(states: list[Seen]) -> list[tuple[date]]:
    """The day of the completion that stands, from the events alone."""
    first = [(fact.kind, fact.at.micros) for fact in first_facts(states[0].task, states[0].seen_at)]
    pairs = itertools.starmap(pair_events, itertools.pairwise(states))
    events = first + [(kind, at) for _, _, _, _, kind, at, *_ in itertools.chain.from_iterable(pairs)]
    turns = [(kind, at) for kind, at in events if kind in {"completed", "reopened", "closed"}]
    if not turns or turns[-1][0] != "completed":
        return []
    return [((utc("1970-01-01") + timedelta(microseconds=turns[-1][1])).date(),)]


# ----- Times -----


def test_lead_and_cycle_time(store: Store) -> None:
    """Exact between instants, whole days where a date is one end, unknown where there is no beginning before it."""
    store.zone("Europe/Berlin", "2026-03-01", "2026-04-30")
    store.run()
    store.state(
        "exact",
        created=utc("2026-03-28 12:00"),
        started=utc("2026-03-29 06:00"),
        completed=utc("2026-03-29 12:00"),
    )
    store.state(
        "to a date", created=utc("2026-03-28 23:30"), started=date(2026, 3, 31), completed=date(2026, 4, 2)
    )
    store.state("from a date", created=date(2026, 3, 28), completed=utc("2026-03-29 22:30"))
    store.state("same day", created=date(2026, 3, 28), completed=date(2026, 3, 28))
    store.state("unknown", completed=utc("2026-03-29 12:00"))
    store.state(
        "backwards",
        created=utc("2026-03-30 12:00"),
        started=date(2026, 3, 30),
        completed=utc("2026-03-29 12:00"),
    )

    assert {task: days for task, *days in store.pick("cycle_time", "task", "lead_days", "cycle_days")} == {
        "exact": [1.0, 0.25],
        "to a date": [4.0, 2.0],  # created on the 29th in Berlin
        "from a date": [2.0, None],  # done on the 30th in Berlin
        "same day": [0.0, None],
        "unknown": [None, None],
        "backwards": [None, None],
    }


def change(store: Store, task: str, merged: str, **about: Any) -> None:
    """A pull request that was opened on the first of March at noon, merged then, and what else is known of it."""
    store.state(task, kind="change", created=utc("2026-03-01 12:00"), completed=utc(merged), **about)


def test_how_long_a_change_took(store: Store) -> None:
    """From its first commit or its opening, whichever was earlier; a review after the merge was none, a date no instant."""
    store.zone("Europe/Berlin")
    store.run()
    change(
        store, "whole", "2026-03-03 12:00", started=utc("2026-02-28 12:00"), reviewed=utc("2026-03-01 18:00")
    )
    change(store, "amended", "2026-03-02 00:00", started=utc("2026-03-01 18:00"))
    change(store, "reviewed late", "2026-03-01 18:00", reviewed=utc("2026-03-01 19:00"))
    change(store, "reviewed as a draft", "2026-03-01 18:00", reviewed=utc("2026-03-01 06:00"))
    change(store, "by day", "2026-03-04 12:00", started=date(2026, 2, 20), reviewed=date(2026, 3, 2))
    change(store, "at night", "2026-03-08 23:30")  # the 9th, a Monday, in Berlin
    store.state("of another service", kind="change", completed=utc("2026-03-04 12:00"))
    store.state("by a file", kind="change", created=date(2026, 3, 1), completed=date(2026, 3, 2))
    store.state("an issue", created=utc("2026-03-01 12:00"), completed=utc("2026-03-02 12:00"))
    store.state("open", kind="change", created=utc("2026-03-01 12:00"), reviewed=utc("2026-03-01 13:00"))

    columns = ("task", "merged_day", "lead_days", "waiting_days", "review_days")
    assert store.pick("merged_changes", *columns) == [
        ("amended", date(2026, 3, 2), 0.5, None, None),
        ("at night", date(2026, 3, 9), 7 + 11.5 / 24, None, None),
        ("by day", date(2026, 3, 4), 3.0, None, None),
        ("of another service", date(2026, 3, 4), None, None, None),
        ("reviewed as a draft", date(2026, 3, 1), 0.25, None, 0.5),
        ("reviewed late", date(2026, 3, 1), 0.25, None, None),
        ("whole", date(2026, 3, 3), 3.0, 0.25, 1.75),
    ]


def test_lead_time_for_changes(store: Store) -> None:
    """Medians by repository and week, each of what is known; the week is that of the merge."""
    store.run()
    for number, hours in enumerate((1, 2, 4, 40)):
        reviewed = {"reviewed": utc("2026-03-02 12:00")} if number else {}
        merged = utc("2026-03-02 12:00") + timedelta(hours=hours)
        created = utc("2026-03-01 12:00") - timedelta(days=number)
        store.state(
            f"mill-{number}", collection="mill", kind="change", created=created, completed=merged, **reviewed
        )
    change(store, "loom", "2026-03-03 12:00", collection="loom")
    change(store, "later", "2026-03-09 12:00", collection="mill")

    columns = ("week", "collection", "merged", "reviewed", "lead_days", "waiting_days", "review_days")
    found = [(*row[:4], *map(approx, row[4:])) for row in store.pick("lead_time_for_changes", *columns)]
    assert found == [
        (MARCH, "loom", 1, 0, 2.0, None, None),
        (MARCH, "mill", 4, 3, 2.625, 3.0, 4 / 24),
        (MARCH + timedelta(days=7), "mill", 1, 0, 8.0, None, None),
    ]


def approx(value: float | None) -> Any:
    """Equal but for the last digits."""
    return None if value is None else pytest.approx(value)


def test_a_review_is_taken_back_as_of_a_time_before_it(store: Store) -> None:
    """It had not happened yet; that it is a change is so from the beginning."""
    store.run()
    change(store, "t", "2026-03-03 12:00", reviewed=utc("2026-03-02 12:00"))

    def then(at: str) -> list[tuple[Any, ...]]:
        return store.pick("current_tasks", "kind", "reviewed_at", as_of=utc(at))

    assert then("2026-03-02 11:59") == [("change", None)]
    assert then("2026-03-02 12:00") == [("change", utc("2026-03-02 12:00"))]
    assert store.pick("merged_changes", "task", as_of=utc("2026-03-03 11:00")) == []


def test_age_is_measured_at_the_last_look(store: Store) -> None:
    """Now is the greatest time any of the feed's runs was made at, and its day that of the person."""
    store.zone("Pacific/Kiritimati")
    store.run(1, seen=utc("2026-06-01 12:00"))  # 02:00 of the 2nd there
    store.run(2, seen=utc("2026-05-01 12:00"))
    store.run(1, feed="b:me", seen=utc("2026-12-01 12:00"))
    store.state("exact", created=utc("2026-05-31 06:00"), due=date(2026, 6, 2))
    store.state("date", created=date(2026, 5, 31), due=date(2026, 6, 1), collection="c", title="Tax")
    store.state("unknown", due=utc("2026-05-31 12:00"))  # the 1st of June there
    store.state("done", created=JAN, completed=FEB)

    assert store.pick("age_of_open_work", "task", "age_days", "overdue_days", "title") == [
        ("date", 2.0, 1, "Tax"),
        ("exact", 1.25, None, None),
        ("unknown", None, 1, None),
    ]
    assert {row["task"]: row["age_days"] for row in store.ask("current_tasks")}["done"] is None


# ----- Where the work goes -----


def test_work_by_list_and_label(store: Store) -> None:
    """A done task counts in its list's week, and once under each of its labels."""
    store.run()
    store.add(
        "collections",
        feed="a:me", account="a:me", collection="h", run=1, position=0, seen_at=SETTLED, title="Home",
        deleted=False,
    )  # fmt: skip
    store.state("a", completed=date(2026, 1, 5), collection="h", labels=["x", "y", "x"])
    store.state("b", completed=date(2026, 1, 11), collection="h", labels=["x"])
    store.state("c", completed=date(2026, 1, 12), collection="h")
    store.state("d", completed=date(2026, 1, 12))
    store.state("e", collection="h", labels=["x"])

    assert store.pick("work_by_collection", "week", "collection_title", "done") == [
        (JAN, "Home", 2),
        (date(2026, 1, 12), None, 1),
        (date(2026, 1, 12), "Home", 1),
    ]
    assert store.pick("work_by_label", "week", "label", "done") == [(JAN, "x", 2), (JAN, "y", 1)]


def test_work_by_weekday_and_hour_counts_instants_only(store: Store) -> None:
    """A date has no hour, and when a completion was noticed says nothing of the work."""
    store.zone("Europe/Berlin", "2026-01-01", "2026-02-01")
    store.run()
    store.state("a", completed=utc("2026-01-04 22:30"))  # 23:30 on Sunday
    store.state("b", completed=utc("2026-01-04 23:30"))  # 00:30 on Monday
    store.state("c", completed=utc("2026-01-05 23:30"))
    store.state("d", completed=utc("2026-01-11 23:59"))
    store.state("date", completed=JAN)
    store.state("noticed", completed=utc("2026-01-05 09:00"), completed_precision="seen")

    assert store.pick("work_by_weekday_hour", "weekday", "hour", "done") == [(1, 0, 2), (2, 0, 1), (7, 23, 1)]


def test_rescheduling_counts_moves_between_looks(store: Store) -> None:
    """A first due time is no move; one taken away and given again is; only the last word of each run counts."""
    dues: dict[str, list[Any]] = {
        "once": [date(2026, 1, 5), date(2026, 1, 5), date(2026, 1, 12)],
        "there and back": [date(2026, 1, 5), date(2026, 1, 9), date(2026, 1, 5)],
        "given late": [None, date(2026, 1, 5), date(2026, 1, 4)],
        "taken away": [date(2026, 1, 5), None, date(2026, 1, 8)],
        "never": [date(2026, 1, 5), date(2026, 1, 5), None],
        "recurring": [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)],
    }
    for run in (1, 2, 3):
        store.run(run)
        for task, due in dues.items():
            store.state(task, run=run, due=date(2027, 1, 1))  # overwritten within the run
            store.state(task, run=run, due=due[run - 1], recurrence="weekly" if task == "recurring" else None)

    assert store.pick("rescheduling", "task", "times_moved", "days_moved") == [
        ("given late", 1, -1),
        ("once", 1, 7),
        ("taken away", 1, 3),
        ("there and back", 2, 0),
    ]


def test_days_moved_are_the_persons_days(store: Store) -> None:
    """From half past eleven at night to half past midnight is a day on, where the person lives."""
    store.zone("Etc/GMT+12")
    for run, due in enumerate([utc("2026-01-06 11:30"), utc("2026-01-06 12:30"), date(2026, 1, 8)], start=1):
        store.run(run)
        store.state("t", run=run, due=due)

    assert store.pick("rescheduling", "times_moved", "days_moved") == [(2, 3)]


def test_estimates_where_both_are_known(store: Store) -> None:
    """Only done tasks with an estimate and a time spent tell how far estimates miss."""
    store.run()
    store.state("both", completed=JAN, estimate_seconds=3600, spent_seconds=5400)
    store.state("one", completed=JAN, estimate_seconds=3600)
    store.state("nought", completed=JAN, estimate_seconds=0, spent_seconds=60)
    store.state("open", estimate_seconds=3600, spent_seconds=5400)

    assert store.pick("estimate_vs_actual", "task", "done_day", "ratio") == [("both", JAN, 1.5)]


def test_data_quality(store: Store) -> None:
    """Fresh, complete, readable, in time: a feed's row says how much; withdrawn runs count nowhere."""
    store.run(1, records=5)
    store.run(2, records=7, seen=SETTLED + timedelta(days=1))
    store.run(3, records=9, seen=SETTLED + timedelta(days=2))
    store.run(3, status="withdrawn", seen=SETTLED + timedelta(days=2))
    store.state("a", completed=SETTLED)
    store.state("b", completed=JAN)
    store.state("c", created=JAN)
    store.state("d")
    store.state("e", deleted=SETTLED)
    for quarantine_id, run, status in (
        ("held", 1, "held"), ("held", 2, "held"), ("replayed", 1, "held"), ("replayed", 1, "replayed"),
        ("withdrawn", 3, "held"), ("not settled yet", 4, "held"),
    ):  # fmt: skip
        store.add(
            "quarantine",
            quarantine_id=quarantine_id, feed="a:me", run=run, batch="", place="", reason="", seen_at=SETTLED,
            status=status,
        )  # fmt: skip
    late = timedelta(days=1, seconds=1)
    store.event("completed", SETTLED - late)
    store.event("completed", SETTLED - timedelta(days=1))
    store.event("completed", utc("2026-05-30"), precision="day")  # over since the 31st: within a day or so
    store.event("completed", utc("2026-05-29"), precision="day")
    store.event("edited", SETTLED - 9 * late, precision="seen")

    (row,) = store.ask("data_quality")
    assert row == {
        "account": "a:me",
        "last_seen_at": SETTLED + timedelta(days=1),
        "runs": 2,
        "records": 12,
        "quarantined": 2,
        "instant_share": 0.5,
        "undated_share": 0.5,
        "events": 5,
        "late_events": 3,
    }


def test_a_feed_whose_records_all_failed_is_in_the_data_quality(store: Store) -> None:
    """Nothing known is no share of nought: it is unknown."""
    store.add(
        "quarantine",
        quarantine_id="q", feed="b:me", run=1, batch="", place="", reason="", seen_at=SETTLED, status="held",
    )  # fmt: skip

    (row,) = store.ask("data_quality")
    assert (row["account"], row["runs"], row["quarantined"]) == ("b:me", 0, 1)
    assert row["last_seen_at"] is row["instant_share"] is row["undated_share"] is None


# ----- As of, and known at -----


@pytest.fixture
def story(store: Store) -> Store:
    """A task done in March, reopened in April, done again in June, deleted in July; looked at five times."""
    times: list[tuple[str, dict[str, Any]]] = [
        ("2026-01-10", {"title": "first"}),
        ("2026-03-10", {"completed": utc("2026-03-09 10:00")}),
        ("2026-04-10", {"updated_at": utc("2026-04-09 10:00")}),
        ("2026-06-10", {"completed": utc("2026-06-09 10:00"), "updated_at": utc("2026-06-09 10:00")}),
        ("2026-07-10", {"completed": utc("2026-06-09 10:00"), "deleted": utc("2026-07-09 10:00")}),
    ]
    for run, (seen, given_) in enumerate(times, start=1):
        store.run(run, seen=utc(seen))
        store.state("t", run=run, seen=utc(seen), created=utc("2026-01-01 10:00"), **given_)
    return store


@pytest.mark.parametrize(
    ("day", "status", "done"),
    [
        ("2026-01-01 09:59", None, []),
        ("2026-01-01 10:00", "open", []),
        ("2026-03-09 09:59", "open", []),
        ("2026-03-09 10:00", "completed", [(date(2026, 3, 9),)]),
        ("2026-04-09 09:59", "completed", [(date(2026, 3, 9),)]),
        ("2026-04-09 10:00", "open", []),
        ("2026-06-09 10:00", "completed", [(date(2026, 6, 9),)]),
        ("2026-07-09 10:00", "deleted", [(date(2026, 6, 9),)]),
    ],
)
def test_as_of_shows_what_had_happened(story: Store, day: str, status: str | None, done: list[Any]) -> None:
    """However late it was seen; what came later is undone."""
    found = story.ask("current_tasks", as_of=utc(day))

    assert [row["status"] for row in found] == ([status] if status else [])
    assert story.pick("completions", "done_day", as_of=utc(day)) == done


def test_as_of_shows_a_task_before_it_was_first_seen(store: Store) -> None:
    """An import of today tells of years ago: of the one state, what came later than the question is left out."""
    store.run()
    store.state("t", created=JAN, started=FEB, completed=MARCH)

    (row,) = store.ask("current_tasks", as_of=utc("2026-02-15"))
    assert (row["status"], row["started_day"], row["completed_at"], row["completed_precision"]) == (
        "open",
        FEB,
        None,
        None,
    )
    assert row["age_days"] == 41  # from the 5th of January to the 15th of February
    assert store.pick("daily_flow", "day", "open", as_of=utc("2026-01-05"))[-1] == (JAN, 1)


def test_a_task_of_unknown_creation_is_there_once_anything_is_known_of_it(store: Store) -> None:
    """Before its start, or before it was first seen, nobody can say."""
    store.run()
    store.state("started", started=FEB)
    store.state("seen")

    def there(day: str) -> list[tuple[Any, ...]]:
        return store.pick("current_tasks", "task", as_of=utc(day))

    assert there("2026-02-01") == []
    assert there("2026-02-02") == [("started",)]
    assert there("2026-06-01 12:00") == [("seen",), ("started",)]


@pytest.mark.parametrize(
    ("zone", "before", "then"),
    [
        ("Etc/GMT+12", "2026-03-02 11:59", "2026-03-02 12:00"),  # UTC-12
        ("Pacific/Kiritimati", "2026-03-01 09:59", "2026-03-01 10:00"),  # UTC+14
        ("Europe/Berlin", "2026-03-01 22:59", "2026-03-01 23:00"),
    ],
)
def test_a_date_has_come_when_the_persons_day_has(store: Store, zone: str, before: str, then: str) -> None:
    """As of an instant, dates up to the date where the person is have come; so with states, events and now."""
    store.zone(zone)
    store.run()
    store.state("t", created=JAN, completed=MARCH)
    store.event("completed", utc("2026-03-02"), precision="day")

    assert store.pick("completions", "done_day", as_of=utc(before)) == []
    assert store.pick("known_events", "kind", as_of=utc(before)) == []
    assert store.pick("clocks", "now_day", as_of=utc(before)) == [(date(2026, 3, 1),)]
    assert store.pick("completions", "done_day", as_of=utc(then)) == [(MARCH,)]
    assert store.pick("known_events", "kind", as_of=utc(then)) == [("completed",)]
    assert store.pick("clocks", "now_day", as_of=utc(then)) == [(MARCH,)]


def test_known_at_shows_only_what_had_been_seen(story: Store) -> None:
    """Done on the 9th of March and seen on the 10th: known at the 9th it was open."""
    assert story.pick("current_tasks", "status", known_at=utc("2026-01-09")) == []
    assert story.pick("current_tasks", "status", known_at=utc("2026-03-09 23:00")) == [("open",)]
    assert story.pick("current_tasks", "status", known_at=utc("2026-03-10")) == [("completed",)]
    assert story.pick("clocks", "now_at", known_at=utc("2026-03-11")) == [(utc("2026-03-10"),)]


def test_known_at_and_as_of_together(story: Store) -> None:
    """As of the 20th of March it was done; who had looked only in January didn't know."""
    asked = {"as_of": utc("2026-03-20"), "known_at": utc("2026-02-01")}

    assert story.pick("current_tasks", "status", **asked) == [("open",)]
    assert story.pick("clocks", "now_at", **asked) == [(utc("2026-01-10"),)]


def test_a_withdrawn_run_is_gone_from_the_past_too(story: Store) -> None:
    """A wrong import was never true, so a question about a time before its withdrawal doesn't bring it back."""
    story.run(1, status="withdrawn", seen=utc("2026-08-01"))

    assert story.pick("current_tasks", "status", known_at=utc("2026-02-01")) == []


@pytest.mark.parametrize(
    "view",
    [
        "current_tasks",
        "daily_flow",
        "cycle_time",
        "age_of_open_work",
        "rescheduling",
        "data_quality",
        "throughput_weekly",
    ],
)
def test_as_of_the_end_of_time_is_now(story: Store, view: str) -> None:
    """With nothing after it to hide, the past is the present."""
    story.zone("Europe/Berlin")
    story.state("dated", created=JAN, due=FEB, completed=MARCH)
    story.state("closed", created=JAN, closed_at=utc("2026-01-05"))
    story.state("moved", run=1, created=JAN, due=FEB)
    story.state("moved", run=2, created=JAN, due=MARCH)
    end = utc("2030-01-01")

    assert story.ask(view, as_of=end, known_at=end) == story.ask(view)


# ----- History -----


def test_history_is_narrow_and_numeric(store: Store) -> None:
    """Seconds, days since 1970, codes for precision; NULL where there is nothing; only the feed's tasks."""
    store.zone("Europe/Berlin")
    store.run(1)
    store.run(2)
    store.run(1, feed="b:me")
    store.state("elsewhere", feed="b:me", account="b:me")
    store.state("bare", collection="c", parent="p", recurrence="weekly")
    store.state("full", run=1, created=utc("2026-01-04 23:30"), due=FEB)
    store.state(
        "full",
        run=2, account="a:me", created=utc("2026-01-04 23:30"), started=JAN, due=MARCH,
        completed=utc("2026-01-06 09:15"), completed_precision="seen", priority=1, estimate_seconds=60,
        spent_seconds=90,
    )  # fmt: skip
    store.state("team", account="a:me/you", created=JAN, deleted=FEB, closed_at=utc("2026-01-05"))

    bare, full, team = store.ask("history", feed="a:me")
    day = (JAN - date(1970, 1, 1)).days
    assert {name for name, value in bare.items() if value is None} == {
        "created", "started", "due", "completed", "closed", "deleted", "created_day", "started_day", "due_day",
        "completed_day", "completed_hour", "ended_day", "priority", "estimate_seconds", "spent_seconds",
    }  # fmt: skip
    assert (bare["collection"], bare["parent"], bare["recurring"]) == ("c", "p", True)
    assert bare["first_seen"] == int(SETTLED.timestamp())
    assert full["created"] == int(utc("2026-01-04 23:30").timestamp())
    assert [full[f"{name}_precision"] for name in ("created", "started", "due", "completed", "closed", "deleted")] == [
        1, 2, 2, 3, 0, 0,
    ]  # fmt: skip
    assert full["started_day"] == (JAN - date(1970, 1, 1)).days
    assert (full["created_day"], full["arrived_day"], full["completed_day"], full["ended_day"]) == (
        day,
        day,
        day + 1,
        day + 1,
    )
    assert (full["times_moved"], full["days_moved"], full["recurring"]) == (1, 28, False)
    assert (full["priority"], full["estimate_seconds"], full["spent_seconds"]) == (1, 60, 90)
    assert (team["account"], team["completed"], team["closed_precision"], team["ended_day"]) == (
        "a:me/you", None, 2, day + 28,
    )  # fmt: skip


def test_lives_are_the_history_less_what_ages_do_without(store: Store) -> None:
    """The same rows in the same order, with the same values in the columns that both have."""
    store.zone("Europe/Berlin")
    store.run()
    store.state("b", created=utc("2026-01-04 23:30"), completed=utc("2026-01-06 09:15"))
    store.state("a", created=JAN, due=FEB, deleted=MARCH)
    store.state("bare", closed_at=utc("2026-01-05"))

    history, lives = store.ask("history", feed="a:me"), store.ask("lives", feed="a:me")
    assert lives == [{name: row[name] for name in lives[0]} for row in history]
    assert len(lives) == 3


def test_efforts_are_days_and_times(store: Store) -> None:
    """Days are the person's: a start at half past eleven in the evening, UTC, is of the next day in Berlin."""
    store.zone("Europe/Berlin")
    store.run()
    store.state(
        "a", created=JAN, started=utc("2026-01-06 23:30"), completed=utc("2026-01-08 09:00"), estimate_seconds=60,
        spent_seconds=90, collection="c",
    )  # fmt: skip
    store.state("b", created=utc("2026-01-05 10:00"), created_precision="seen", deleted=FEB)
    store.state("c", completed=utc("2026-01-08 09:00"), completed_precision="seen")
    store.state("d", created=JAN, closed_at=utc("2026-01-20 12:00"))
    store.state("e", started=utc("2026-01-06 12:00"), started_precision="unknown")

    columns = (
        "ending",
        "collection",
        "created_day",
        "started_day",
        "ended_day",
        "estimate_seconds",
        "spent_seconds",
    )
    found = {tuple(row[name] for name in columns) for row in store.ask("efforts", feed="a:me")}
    first = (date(2026, 1, 1) - date(1970, 1, 1)).days - 1
    created, deleted = ((day - date(1970, 1, 1)).days for day in (JAN, FEB))
    assert found == {
        (1, "c", created, first + 7, first + 8, 60, 90),
        (2, "", None, None, deleted, None, None),
        (1, "", None, None, None, None, None),
        (3, "", created, None, first + 20, None, None),
        (0, "", None, None, None, None, None),
    }


def test_history_of_the_past(story: Store) -> None:
    """The same composition as for views: as of April it was done in March, and not yet deleted."""
    (row,) = story.ask("history", feed="a:me", as_of=utc("2026-04-01"))

    assert row["completed"] == int(utc("2026-03-09 10:00").timestamp())
    assert row["deleted"] is None


# ----- Links -----


def linked(store: Store, *, undone: bool = False, seen: datetime = SETTLED) -> None:
    """The task `old` of `a:me`, created in January, is the task `new` of `b:me`, which came in February."""
    about = {"link": "key", "undone": undone, "seen_at": seen, "occurrence": ""}
    store.add(
        "links", feed="a:me", account="a:me", task="old", side="older", created_at=utc("2026-01-05 00:00"),
        created_precision="day", first_seen_at=utc("2026-01-06 00:00"), **about,
    )  # fmt: skip
    store.add(
        "links",
        feed="b:me",
        account="b:me",
        task="new",
        side="newer",
        created_at=utc("2026-02-02 00:00"),
        **about,
    )


def moved(store: Store) -> None:
    """Two accounts of a person who moved: one task of each is the same, the others are not."""
    for feed in ("a:me", "b:me"):
        store.run(1, feed=feed)
    for task in ("old", "other"):
        store.state(task, created=JAN)
    store.state("new", feed="b:me", account="b:me", created=FEB, completed=MARCH)
    store.state("own", feed="b:me", account="b:me", created=FEB)


def test_linked_tasks_count_once(store: Store) -> None:
    """The newer stands for both, and is as old as the older; all others are as they were."""
    moved(store)
    linked(store)
    rows = store.pick("current_tasks", "account", "task", "status", "created_day")
    assert rows == [
        ("a:me", "other", "open", JAN),
        ("b:me", "new", "completed", JAN),
        ("b:me", "own", "open", FEB),
    ]
    assert store.pick("latest_states", "first_seen_at", "task")[0] == (utc("2026-01-06 00:00"), "new")
    assert [row["arrived_day"] for row in store.ask("task_spans") if row["task"] == "new"] == [JAN]
    assert sum(row["arrived"] for row in store.ask("daily_flow")) == 3


def test_before_the_newer_came_the_older_counts(store: Store) -> None:
    """Of any past each task is counted once, and what had not been said by then is not known."""
    moved(store)
    linked(store)
    before = store.pick("current_tasks", "task", as_of=utc("2026-01-20 00:00"))
    assert before == [("old",), ("other",)]
    assert store.pick("current_tasks", "task", as_of=utc("2026-02-20 00:00")) == [
        ("new",),
        ("other",),
        ("own",),
    ]
    assert len(store.ask("current_tasks", known_at=SETTLED)) == 3
    store.run(2, seen=SETTLED - timedelta(days=1))
    linked(store, seen=SETTLED + timedelta(days=1), undone=True)
    assert len(store.ask("current_tasks", known_at=SETTLED)) == 3
    assert len(store.ask("current_tasks")) == 4


def test_a_link_ends_with_either_side(store: Store) -> None:
    """Undone, or its newer account undone or forgotten: then each counts for itself, as old as its account says."""
    moved(store)
    linked(store)
    store.run(1, feed="b:me", status="withdrawn")
    assert store.pick("current_tasks", "task") == [("old",), ("other",)]


def test_one_link_each(store: Store) -> None:
    """Said of two older tasks that they are the same newer one, the later word counts, and nothing doubles."""
    moved(store)
    linked(store)
    about = {"link": "key 2", "undone": False, "seen_at": SETTLED + timedelta(hours=1), "occurrence": ""}
    store.add(
        "links",
        feed="a:me",
        account="a:me",
        task="other",
        side="older",
        created_at=utc("2026-01-01 00:00"),
        created_precision="day",
        **about,
    )
    store.add(
        "links",
        feed="b:me",
        account="b:me",
        task="new",
        side="newer",
        created_at=utc("2026-02-02 00:00"),
        **about,
    )
    assert store.pick("current_tasks", "task", "created_day") == [
        ("new", date(2026, 1, 1)),
        ("old", JAN),
        ("own", FEB),
    ]
