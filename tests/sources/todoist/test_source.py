"""The Todoist source against the fake service: over random lives, with faults, races and interruptions."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worklens.sources.base import Context, Coverage, Done, Page, Reading, Refused
from worklens.sources.todoist.series import Head, Ledger, Log, Series
from worklens.sources.todoist.source import HOUR, WINDOW, Cursor, Todoist, windows
from worklens.stages.driver import Driver, Unavailable, pull_pages
from worklens.stages.settling import changes
from worklens.tasks import DAY, Collection, Moment, Removal, Task, day, instant, iso
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.clock import Clock
from worklens.testing.follow import Follower
from worklens.testing.naps import scripted_naps
from worklens.testing.server import PASSING, UNAUTHORIZED, Call, Fault, Reply
from worklens.testing.todoist import (
    BASE,
    THREE_MONTHS,
    TOKEN,
    FakeTodoist,
    advances,
    current_tasks,
    limited,
    opaque,
)
from worklens.testing.world import World

FEED = "todoist:me"
READING = Reading(feed=FEED, seen_at=1_000_000, zone="Europe/Berlin")
HISTORIES = max(50, settings.default.max_examples if settings.default else 0)
HABITS = Habits(
    priorities=(None, 1, 5, 9),
    due_tails=("", "T09:00:00", "T09:00:00Z"),
    plain_subtasks=False,
    weights={**Habits().weights, "restore": 0.5, "complete": 6},
)
NOW = instant("2026-03-01T00:00:00Z").micros


class Driven(Follower):
    """A follower that asks through the real driver, and keeps every raw record."""

    def __init__(self, fake: FakeTodoist, **settings: Any) -> None:
        super().__init__(Todoist(), TOKEN, {"base_url": f"{fake.base_url}/", **settings}, FEED)
        self.records: list[bytes] = []

    def _drive(self, context: Context, session: Any, pages: int | None) -> Done | None:
        with Driver(self.source, TOKEN) as driver:
            loop = pull_pages(self.source, context, driver)
            while True:
                try:
                    page = next(loop)
                except StopIteration as stop:
                    return msgspec.convert(stop.value, Done)
                if pages == 0:
                    return None
                pages = None if pages is None else pages - 1
                self._take_page(page, context.now)

    def _take_page(self, page: Page, now: int) -> None:
        self.records += page.records
        super()._take_page(page, now)


@contextmanager
def following(world: World, **switches: Any) -> Iterator[tuple[FakeTodoist, Driven]]:
    """A fake of the world and a follower of it; nobody sleeps."""
    with FakeTodoist(world, **switches) as fake, scripted_naps(lambda seconds: None):
        yield fake, Driven(fake)


def new_world() -> World:
    """A person's Todoist, empty."""
    return World(Clock(), advances=True, completes_children=True)


def essence(task: Task) -> Task:
    """The task but for its update; of a completed one only its times, as later edits of it needn't be told."""
    if not task.completed:
        return msgspec.structs.replace(task, updated=None)
    return Task(
        account=task.account,
        task=task.task,
        occurrence=task.occurrence,
        created=task.created,
        completed=task.completed,
    )


def past(world: World) -> dict[tuple[str, str], int]:
    """When each earlier occurrence of everything that ever repeated was completed."""
    done: dict[tuple[str, str], int] = {}
    for key in {fact.task for fact in world.facts if fact.task}:
        times = advances(world, key, world.clock.now())
        done |= {(opaque(key), name): at for name, at in zip(["", *map(iso, times)], times, strict=False)}
    return done


def restored(world: World) -> set[tuple[str, str]]:
    """Tasks that were deleted and brought back; of a completed one the service need not tell."""
    tasks = {fact.task for fact in world.facts if fact.kind == "restored"}
    return {(opaque(key), name) for key in tasks for name in ("", *map(iso, advances(world, key, 1 << 60)))}


def assert_true(follower: Follower, world: World) -> None:
    """The follower knows the tasks that are there, the completed occurrences of each, and nothing else."""
    found = {key: essence(task) for key, task in follower.tasks.items()}
    want = {key: essence(task) for key, task in current_tasks(world, world.clock.now(), FEED).items()}
    hidden = {key for key, task in want.items() if task.completed and key not in found} & restored(world)
    want = {key: task for key, task in want.items() if key not in hidden}
    assert [(found.get(key), task) for key, task in want.items() if found.get(key) != task] == []
    earlier = {key: task for key, task in found.items() if key not in want}
    assert {key: task.completed and task.completed.micros for key, task in earlier.items()} == past(world)
    assert all(task.created == instant(key) for (_, key), task in earlier.items() if key)
    titles = {opaque(key): found.title for key, found in world.lists.items()}
    assert titles.items() <= {key: found.title for key, found in follower.collections.items()}.items()
    assert follower.unreadable == []


def parsed(record: dict[str, Any] | bytes, reading: Reading = READING) -> Any:
    """The one thing in a raw record."""
    text = record if isinstance(record, bytes) else json.dumps(record).encode()
    (item,) = Todoist().parse(text, reading)
    return item


ITEM: dict[str, Any] = {
    "id": "6X7rM8997g3RQmvh",
    "user_id": "2671355",
    "project_id": "6Jf8VQXxpwv56VQ7",
    "section_id": None,
    "parent_id": None,
    "content": "Buy **milk**",
    "description": "two litres",
    "priority": 4,
    "due": None,
    "deadline": None,
    "duration": {"amount": 45, "unit": "minute"},
    "labels": ["shop", "food", "shop"],
    "checked": False,
    "is_deleted": False,
    "added_at": "2026-01-02T21:00:30.000001Z",
    "completed_at": None,
    "updated_at": "2026-01-03T21:00:30Z",
    "responsible_uid": "77",
    "child_order": 1,
    "something_new": {"deep": [1, None]},
}


class TestParse:
    """Records as the API has them."""

    def test_a_whole_task(self) -> None:
        """Every field that has a place finds it."""
        assert parsed({"item": ITEM}) == Task(
            account=FEED,
            task="6X7rM8997g3RQmvh",
            collection="6Jf8VQXxpwv56VQ7",
            title="Buy **milk**",
            notes="two litres",
            labels=("food", "shop"),
            priority=1,
            created=instant("2026-01-02T21:00:30.000001Z"),
            estimate_seconds=2_700,
            assignee="77",
            link="https://app.todoist.com/app/task/6X7rM8997g3RQmvh",
            updated=instant("2026-01-03T21:00:30Z"),
        )

    def test_a_bare_task(self) -> None:
        """An id is all it takes; ids may be numbers beyond any float."""
        assert parsed({"item": {"id": 2**63 + 1}}) == Task(
            account=FEED, task=str(2**63 + 1), link=f"https://app.todoist.com/app/task/{2**63 + 1}"
        )

    @pytest.mark.parametrize(("theirs", "ours"), [(4, 1), (3, 5), (2, 9), (1, None), (None, None), (7, None)])
    def test_priorities(self, theirs: int | None, ours: int | None) -> None:
        """p1 to p3 are RFC 5545's three levels; p4 is none."""
        assert parsed({"item": {**ITEM, "priority": theirs}}).priority == ours

    @pytest.mark.parametrize(
        ("date", "zone", "moment"),
        [
            ("2016-12-01", None, day("2016-12-01")),
            ("2016-12-06T12:00:00", None, instant("2016-12-06T11:00:00Z")),
            ("2016-12-06T12:00:00.000000", None, instant("2016-12-06T11:00:00Z")),
            ("2026-07-06T12:00:00", None, instant("2026-07-06T10:00:00Z")),
            (
                "2016-12-06T13:00:00Z",
                "Europe/Madrid",
                Moment(instant("2016-12-06T13:00:00Z").micros, "instant", "Europe/Madrid"),
            ),
            ("2016-12-06T13:00:00.000000Z", None, instant("2016-12-06T13:00:00Z")),
        ],
    )
    def test_three_kinds_of_due(self, date: str, zone: str | None, moment: Moment) -> None:
        """A day stays a day, a floating time is read where the person lives, a fixed one keeps its zone."""
        due = {"date": date, "timezone": zone, "string": "x", "lang": "en", "is_recurring": False}

        assert parsed({"item": {**ITEM, "due": due}}).due == moment

    def test_a_repeating_task(self) -> None:
        """Its recurrence is the person's phrase; its occurrence began when the one before was completed."""
        due = {"date": "2026-01-09", "timezone": None, "string": "every friday", "is_recurring": True}
        key = "2026-01-02T10:00:00.500000Z"

        task = parsed({"item": {**ITEM, "due": due}, "occurrence": {"key": key}})

        assert (task.recurrence, task.due) == ("every friday", day("2026-01-09"))
        assert (task.occurrence, task.created, task.status) == (key, instant(key), "open")
        first = parsed({"item": {**ITEM, "due": due}, "occurrence": {"unborn": True}})
        assert (first.occurrence, first.created) == ("", None)

    def test_a_completed_occurrence(self) -> None:
        """It is told with the fields of the item, but with its own due date, for the item's has moved on."""
        due = {"date": "2026-01-09", "timezone": None, "string": "every friday", "is_recurring": True}
        which = {"completed": "2026-01-02T10:00:00Z", "due": "2026-01-02T09:00:00Z", "zone": "Asia/Tokyo"}

        task = parsed({"item": {**ITEM, "due": due}, "occurrence": which})

        assert task.completed == task.updated == instant("2026-01-02T10:00:00Z")
        assert task.due == Moment(instant("2026-01-02T09:00:00Z").micros, "instant", "Asia/Tokyo")
        assert task.recurrence == "every friday"
        del which["due"]
        assert parsed({"item": {**ITEM, "due": due}, "occurrence": which}).due is None

    def test_an_occurrence_of_a_task_that_is_no_more(self) -> None:
        """The log alone tells of it."""
        event = {
            "id": 2**121,
            "object_type": "item",
            "object_id": "6X7r",
            "event_type": "completed",
            "event_date": "2026-01-02T10:00:00.000000Z",
            "parent_project_id": "6Jf8",
            "parent_item_id": None,
            "extra_data": {"content": "Gym", "labels": ["b", "a"], "is_recurring": True},
        }
        key = "2026-01-01T10:00:00Z"

        assert parsed({"event": event, "occurrence": {"key": key, "due": "2026-01-02"}}) == Task(
            account=FEED,
            task="6X7r",
            occurrence=key,
            collection="6Jf8",
            title="Gym",
            labels=("a", "b"),
            created=instant(key),
            due=day("2026-01-02"),
            completed=instant("2026-01-02T10:00:00Z"),
            link="https://app.todoist.com/app/task/6X7r",
            updated=instant("2026-01-02T10:00:00Z"),
        )

    def test_a_completed_task(self) -> None:
        """With its instant; without one it is over since a time nobody knows, after it was made."""
        done = {**ITEM, "checked": True, "completed_at": "2026-01-04T10:00:00.000000Z"}
        assert parsed({"item": done}).completed == instant("2026-01-04T10:00:00Z")

        over = parsed({"item": {**done, "completed_at": None}})
        assert (over.status, over.closed) == ("closed", Moment(over.created.micros, "unknown"))

    def test_completed_goes_before_deleted(self) -> None:
        """An archived task once came with both flags; only the log's word makes it deleted too."""
        both = {**ITEM, "checked": 1, "is_deleted": 1, "completed_at": "2026-01-04T10:00:00.000000Z"}

        assert parsed({"item": both}).status == "completed"
        deleted = parsed({"item": both, "occurrence": {"deleted": "2026-01-05T10:00:00Z"}})
        assert (deleted.status, deleted.completed) == ("deleted", instant("2026-01-04T10:00:00Z"))

    def test_a_tombstone(self) -> None:
        """What is deleted is removed, at the log's instant where there is one."""
        tombstone = {"id": "6X7r", "is_deleted": True}
        at = "2026-01-05T10:00:00Z"

        assert parsed({"item": tombstone}) == Removal(account=FEED, task="6X7r")
        assert parsed({"item": tombstone, "occurrence": {"key": at, "deleted": at}}) == Removal(
            account=FEED, task="6X7r", occurrence=at, at=instant(at)
        )

    def test_a_heading_is_no_task(self) -> None:
        """What can't be completed is not work; a task that is made one is a task no more."""
        assert isinstance(parsed({"item": {**ITEM, "content": "* Groceries"}}), Removal)
        assert isinstance(parsed({"item": {**ITEM, "content": "*Groceries*"}}), Task)

    def test_a_deadline_stands_in_for_a_due_date(self) -> None:
        """Where there is no due date; else it is left out."""
        item = {**ITEM, "deadline": {"date": "2026-04-01", "lang": "en"}}

        assert parsed({"item": item}).due == day("2026-04-01")
        assert parsed({"item": {**item, "due": {"date": "2026-03-01"}}}).due == day("2026-03-01")

    def test_a_duration_in_days_is_no_estimate(self) -> None:
        """How much work is in two days on the calendar nobody says."""
        assert parsed({"item": {**ITEM, "duration": {"amount": 2, "unit": "day"}}}).estimate_seconds is None

    def test_a_project(self) -> None:
        """A project is a collection, in its parent."""
        project = {"id": "6Jf8", "name": "Home", "parent_id": "6Jf7", "is_deleted": False}

        assert parsed({"project": project}) == Collection(
            account=FEED, collection="6Jf8", title="Home", parent="6Jf7"
        )
        assert parsed({"project": {**project, "is_deleted": True}}).deleted


class TestAsking:
    """What is asked, and how far back."""

    def test_the_first_time(self) -> None:
        """A whole listing, the log, and two years of completions in windows the service allows."""
        world = new_world()
        live(world, seeded(1), 40, HABITS)
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())

            asked = [(call.path.removeprefix(BASE), call.query, call.form) for call in fake.calls]
        assert asked[0][0] == "/sync"
        assert asked[0][2]["sync_token"] == "*"
        assert "user" not in json.loads(asked[0][2]["resource_types"])
        completed = [query for path, query, _ in asked if path.endswith("by_completion_date")]
        assert len(completed) == 9
        assert {query["limit"] for query in completed} == {"200"}
        assert follower.coverage.listed == "open"
        assert set(follower.coverage.collections or ()) == {opaque(key) for key in world.lists}

    def test_nothing_new(self) -> None:
        """Three questions, no record, and absence means nothing."""
        world = new_world()
        live(world, seeded(1), 40, HABITS)
        world.clock.advance(days=3)
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            fake.calls.clear()
            follower.records.clear()
            world.clock.advance(hours=2)
            follower.sync(world.clock.now())

        assert [call.path for call in fake.calls] == [
            f"{BASE}/sync",
            f"{BASE}/activities",
            f"{BASE}/tasks/completed/by_completion_date",
        ]
        assert follower.records == []
        assert follower.coverage == Coverage()

    def test_the_history_is_as_long_as_is_set(self) -> None:
        """A setting says since when completions count; one that is no date is refused by name."""
        world = new_world()
        with FakeTodoist(world) as fake:
            follower = Driven(fake, history_since="2026-01-01")
            follower.sync(world.clock.now())
            assert [call.query["since"] for call in fake.calls if "completed" in call.path] == [
                "2026-01-01T00:00:00Z"
            ]
            with pytest.raises(Refused, match="wrong-setting"):
                Driven(fake, history_since="last year").sync(world.clock.now())

    @given(st.integers(0, NOW), st.integers(0, 3 * 366 * DAY))
    def test_windows_are_whole_and_short_enough(self, since: int, length: int) -> None:
        """They follow each other without a gap, and none is longer than the service takes."""
        found = list(windows(since, since + length))

        assert [begin for begin, _ in found] == [since, *(end for _, end in found[:-1])][: len(found)]
        assert all(0 < end - begin <= WINDOW <= THREE_MONTHS for begin, end in found)
        assert not found or found[-1][1] == since + length

    def test_another_version_of_us_asks_for_everything(self) -> None:
        """An old token would hide what the new version wants to know; the ledger is kept."""
        world = new_world()
        world.add_list("a")
        task = world.create("list-1", "t", due="2026-01-06", repeat=("day", 1))
        with following(world) as (fake, follower):
            world.clock.advance(days=1)
            world.complete(task)
            follower.sync(world.clock.now())
            cursor = msgspec.json.decode(follower.cursor, type=Cursor)
            follower.cursor = msgspec.json.encode(msgspec.structs.replace(cursor, schema=0)).decode()
            world.clock.advance(days=30)
            fake.calls.clear()
            follower.sync(world.clock.now())

            assert fake.calls[0].form["sync_token"] == "*"
            assert_true(follower, world)

    def test_a_cursor_nobody_can_read_is_no_cursor(self) -> None:
        """Then everything is asked for again."""
        world = new_world()
        live(world, seeded(3), 30, HABITS)
        with following(world) as (_, follower):
            follower.cursor = follower.checkpoint = '{"revision": 7}'
            follower.sync(world.clock.now())

            assert_true(follower, world)


SWITCHES: dict[str, list[Any]] = {
    "completed": ["plain", "archived", "absent"],
    "bad_token": ["whole", "refused"],
    "tombstones": ["whole", "bare"],
    "page": [200, 7, 1],
}


def chosen(random: Random) -> dict[str, Any]:
    """One position of each switch."""
    return {name: random.choice(values) for name, values in SWITCHES.items()}


class TestLives:
    """Random lives, several syncs each: after every sync the tasks are the world's."""

    @pytest.mark.parametrize("seed", range(HISTORIES))
    def test_a_life_with_faults(self, seed: int) -> None:
        """Whatever the service's open habits, with failing requests, crashes, forgotten tokens and disorder."""
        world, random = new_world(), seeded(seed)
        with following(world, **chosen(random)) as (fake, follower):
            fake.fail_by_chance(random, random.choice([0, 0.02, 0.1]), (*PASSING, limited(1)))
            fake.disorder = random.choice([None, random])
            for _ in range(4):
                live(world, random, random.randrange(25), HABITS)
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(3))
                if random.random() < 0.2:
                    fake.forget()
                fake.expire_cursors = int(random.random() < 0.2)
                while not follower.sync(world.clock.now(), full=random.random() < 0.2):
                    pass
                assert_true(follower, world)

    @pytest.mark.parametrize("seed", range(HISTORIES))
    def test_a_life_that_goes_on_meanwhile(self, seed: int) -> None:
        """While the person works on during the sync nothing is lost, and at rest all is true again."""
        world, random = new_world(), seeded(seed)
        live(world, random, 30, HABITS)
        with following(world, **chosen(random)) as (fake, follower):
            for pace in (0.0, 0.1, 0.4):
                fake.before = lambda call, pace=pace: live(world, random, int(random.random() < pace), HABITS)
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(4))
                follower.sync(world.clock.now())
            fake.before = None
            world.clock.advance(seconds=5)
            follower.sync(world.clock.now())

            assert_true(follower, world)

    @pytest.mark.parametrize("seed", range(10))
    def test_listings_that_lag_behind(self, seed: int) -> None:
        """A whole listing that was prepared a while ago is brought up to date at once."""
        world, random = new_world(), seeded(seed)
        with following(world, **chosen(random)) as (fake, follower):
            fake.stale = 20 * HOUR
            for _ in range(3):
                live(world, random, 25, HABITS)
                fake.forget()
                fake.stale, fake._oldest = 20 * HOUR, fake._oldest - 25
                follower.sync(world.clock.now())
                assert_true(follower, world)


def repeating(world: World, due: str = "2026-01-06") -> str:
    """A list, and in it a task for every day."""
    world.add_list("Home")
    return world.create("list-1", "Water the plants", due=due, repeat=("day", 1))


class Settled:
    """Syncs a follower and says what settling makes of what it learnt, by occurrence."""

    def __init__(self, follower: Driven, world: World) -> None:
        self.follower, self.world = follower, world

    def sync(self, **how: Any) -> list[tuple[str, str]]:
        """The new occurrences and the events of those known before: (occurrence, kind)."""
        before = dict(self.follower.tasks)
        self.follower.sync(self.world.clock.now(), **how)
        after = self.follower.tasks
        found = [(key[1], "created") for key in after.keys() - before.keys()]
        found += [(key[1], "deleted") for key in before.keys() - after.keys()]
        for key in before.keys() & after.keys():
            found += [
                (key[1], fact.kind) for fact in changes(before[key], after[key], self.world.clock.now())
            ]
        return sorted(found)


class TestRepeating:
    """Completions that only the log tells of."""

    @pytest.mark.parametrize("due", ["2026-01-06", "2026-01-06T09:00:00", "2026-01-06T09:00:00Z"])
    def test_a_completion_is_no_rescheduling(self, due: str) -> None:
        """The occurrence is completed with the due date it had, and the next one begins at that instant."""
        world = new_world()
        task = repeating(world, due)
        with following(world) as (_, follower):
            settled = Settled(follower, world)
            assert settled.sync() == [("", "created")]
            world.clock.advance(days=1)
            world.complete(task)
            first = iso(world.clock.now())
            world.clock.advance(hours=1)
            assert settled.sync() == [("", "completed"), (first, "created")]
            assert_true(follower, world)

    def test_putting_off_is_a_rescheduling(self) -> None:
        """The due date of the same occurrence moves; so it does after some completions, too."""
        world = new_world()
        task = repeating(world)
        with following(world) as (_, follower):
            settled = Settled(follower, world)
            settled.sync()
            world.clock.advance(hours=1)
            world.reschedule(task, "2026-01-09")
            assert settled.sync() == [("", "rescheduled")]
            world.clock.advance(days=1)
            world.complete(task)
            first = iso(world.clock.now())
            settled.sync()
            world.clock.advance(days=9)
            world.reschedule(task, "2026-01-20")
            assert settled.sync() == [(first, "rescheduled")]
            assert_true(follower, world)

    def test_several_at_once(self) -> None:
        """Every completion between two syncs is an occurrence, with its own due date by the log."""
        world = new_world()
        task = repeating(world)
        with following(world) as (_, follower):
            follower.sync(world.clock.now())
            times = []
            for _ in range(3):
                world.clock.advance(hours=5)
                world.complete(task)
                times.append(world.clock.now())
            follower.sync(world.clock.now())

            assert_true(follower, world)
            dues = [str(follower.tasks[opaque(task), key].due) for key in ["", *map(iso, times)]]
        assert dues == ["2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"]

    def test_the_log_may_be_late(self) -> None:
        """An entry that shows up after its item is found by reading the log again, and the item is asked for."""
        world = new_world()
        task = repeating(world)
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            fake.lag = 2 * HOUR
            world.clock.advance(hours=10)
            world.complete(task)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert [key for _, key in follower.tasks] == [""]
            world.clock.advance(hours=20)
            follower.sync(world.clock.now())

            assert fake.calls[-1].path == f"{BASE}/tasks/{opaque(task)}"
            assert_true(follower, world)

    def test_a_completion_taken_back(self) -> None:
        """The occurrence is open again, and the one that had begun is none."""
        world = new_world()
        task = repeating(world)
        with following(world) as (_, follower):
            settled = Settled(follower, world)
            settled.sync()
            world.clock.advance(hours=10)
            world.complete(task)
            first = iso(world.clock.now())
            settled.sync()
            world.clock.advance(hours=1)
            world.reschedule(task, "2026-01-06")
            world._log("reopened", task, ("list-1",))
            assert settled.sync() == [("", "reopened"), (first, "deleted")]
            world.clock.advance(hours=1)
            world.complete(task)
            second = iso(world.clock.now())
            assert settled.sync() == [("", "completed"), (second, "created")]

    def test_deleted_after_completions(self) -> None:
        """What was done stays done; only the open occurrence is deleted. Even of a bare tombstone the log tells."""
        for tombstones in ("whole", "bare"):
            world = new_world()
            task = repeating(world)
            with following(world, tombstones=tombstones) as (_, follower):
                follower.sync(world.clock.now())
                world.clock.advance(hours=10)
                world.complete(task)
                done = iso(world.clock.now())
                world.clock.advance(hours=1)
                world.delete(task)
                at = Moment(world.clock.now())
                world.clock.advance(hours=1)
                follower.sync(world.clock.now())

                assert_true(follower, world)
                removal = Removal(account=FEED, task=opaque(task), occurrence=done, at=at)
                assert removal in [item for record in follower.records for item in [parsed(record)]]

    def test_a_short_memory_of_the_service(self) -> None:
        """Where the log goes back a week only, the first occurrence began nobody knows when."""
        world = new_world()
        task = repeating(world)
        times = []
        for _ in range(10):
            world.clock.advance(days=1)
            world.complete(task)
            times.append(world.clock.now())
        with following(world, log_days=7) as (_, follower):
            follower.sync(world.clock.now())
            done = sorted(task.completed.micros for task in follower.tasks.values() if task.completed)
            assert done == times[-8:]
            assert follower.tasks[opaque(task), ""].created is None
            for _ in range(3):
                world.clock.advance(days=5)
                world.complete(task)
                times.append(world.clock.now())
                follower.sync(world.clock.now())

        done = sorted(task.completed.micros for task in follower.tasks.values() if task.completed)
        assert done == times[-11:]
        assert follower.tasks[opaque(task), ""].created is None

    def test_a_log_of_older_years(self) -> None:
        """Where entries don't say what repeats, the item does."""
        world = new_world()
        task = repeating(world)
        once = world.create("list-1", "Call Anna")
        with following(world, told=False) as (_, follower):
            world.clock.advance(days=1)
            world.complete(task)
            world.complete(once)
            follower.sync(world.clock.now())
            world.clock.advance(days=1)
            world.complete(task)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())

            assert_true(follower, world)

    @pytest.mark.parametrize("says", ["plan", "403"])
    def test_no_log_at_all(self, says: str) -> None:
        """Without it a repeating task is one that is put off again and again; the rest is as it was."""
        world = new_world()
        task = repeating(world)
        world.create("list-1", "Call Anna")
        with following(world, log_days=0) as (fake, follower):
            if says == "403":
                fake._plan = dict  # type: ignore[method-assign]
            settled = Settled(follower, world)
            settled.sync()
            world.clock.advance(days=1)
            world.complete(task)
            assert settled.sync() == [("", "rescheduled")]
            assert any("activities" in call.path for call in fake.calls) == (says == "403")

    def test_completed_for_good(self) -> None:
        """The last completion of a repeating task is told by the item; the log's word of it adds nothing."""
        first, last = instant("2026-01-02T10:00:00Z"), instant("2026-01-03T10:00:00.250Z")
        event = {"event_type": "completed", "object_type": "item", "object_id": "7"}
        entries = [
            {**event, "event_date": str(at), "extra_data": {"is_recurring": True}} for at in (first, last)
        ]
        item = {"id": "7", "project_id": "1", "checked": True, "completed_at": "2026-01-03T10:00:00Z"}
        raw = json.dumps(item).encode()
        log = Log([msgspec.Raw(json.dumps(entry).encode()) for entry in entries], 0, None)
        ledger = Ledger({"7": Series(due="2026-01-02")}, log, None)

        records = ledger.take(msgspec.json.decode(raw, type=Head), raw)

        found = [parsed(record) for record in records]
        assert [(task.occurrence, str(task.completed)) for task in found] == [
            ("", "2026-01-02T10:00:00Z"),
            ("2026-01-02T10:00:00Z", "2026-01-03T10:00:00Z"),
        ]
        assert ledger.unmet == Ledger(ledger.kept(0), log, None).unmet == []

    def test_the_ledger_stays_small(self) -> None:
        """Of a task completed every day for a year the cursor keeps the last days."""
        world = new_world()
        task = repeating(world)
        with following(world) as (_, follower):
            for _ in range(60):
                world.clock.advance(days=1)
                world.complete(task)
                follower.sync(world.clock.now())
            assert_true(follower, world)

        series = msgspec.json.decode(follower.cursor, type=Cursor).series
        assert len(series[opaque(task)].times) <= 4


class TestCompleted:
    """Tasks that are completed once."""

    def test_a_completion_is_told_once(self) -> None:
        """Though the changes and the list of what was completed both have it."""
        world = new_world()
        world.add_list("Home")
        task = world.create("list-1", "Call Anna")
        with following(world) as (_, follower):
            follower.sync(world.clock.now())
            world.clock.advance(hours=2)
            world.complete(task)
            follower.records.clear()
            follower.sync(world.clock.now())

        assert [parsed(record).status for record in follower.records] == ["completed"]

    def test_a_completion_during_the_sync_is_for_the_next_one(self) -> None:
        """The list may know already what the changes don't yet."""
        world = new_world()
        world.add_list("Home")
        task = world.create("list-1", "Call Anna")
        with following(world) as (fake, follower):
            settled = Settled(follower, world)
            settled.sync()

            def complete(call: Call) -> None:
                if call.path.endswith("activities"):
                    world.clock.advance(hours=1)
                    world.complete(task)
                    fake.before = None

            fake.before = complete
            assert settled.sync() == []
            assert settled.sync() == [("", "completed")]

    def test_the_list_may_be_late(self) -> None:
        """A completion that the changes never tell of is found, though it came late to the list."""
        world = new_world()
        world.add_list("Home")
        task = world.create("list-1", "Call Anna")
        with following(world, completed="absent") as (fake, follower):
            settled = Settled(follower, world)
            settled.sync()
            fake.lag = HOUR // 2
            world.clock.advance(hours=2)
            world.complete(task)
            world.clock.advance(seconds=60)
            assert settled.sync() == []
            world.clock.advance(hours=2)
            assert settled.sync() == [("", "completed")]

    @pytest.mark.parametrize("pages", range(1, 11))
    def test_a_run_that_was_cut_off_goes_on(self, pages: int) -> None:
        """It doesn't ask again for windows that were listed, and finds what was completed meanwhile."""
        world = new_world()
        live(world, seeded(2), 40, HABITS)
        start = world.clock.now()
        with following(world) as (fake, follower):
            assert not follower.sync(start, pages=pages)
            before = sum("completed" in call.path for call in fake.calls)
            fake.calls.clear()
            for task in list(world.tasks.values())[:4]:
                world.clock.advance(hours=1)
                world.complete(task.id)
            follower.sync(start)

            after = sum("completed" in call.path for call in fake.calls)
            assert before + after <= 9 + 2
            assert_true(follower, world)


class TestAbsence:
    """What is no longer there."""

    def test_a_deleted_project_without_tombstones_of_its_tasks(self) -> None:
        """Its open tasks are gone with it; what was completed in it stays completed."""
        world = new_world()
        for title in ("Home", "Work"):
            world.add_list(title)
        home, done, work = (world.create(key, key) for key in ("list-1", "list-1", "list-2"))
        world.complete(done)
        with following(world, cascade=False) as (_, follower):
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            world.delete_list("list-1")
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())

        assert follower.coverage == Coverage(listed="open", collections=(opaque("list-1"),))
        left = {task: found.status for (task, _), found in follower.tasks.items()}
        assert left == {opaque(done): "completed", opaque(work): "open"}
        assert opaque(home) not in left
        assert follower.collections[opaque("list-1")].deleted

    @pytest.mark.parametrize("whole", [False, True])
    def test_an_archived_project_deletes_nothing(self, whole: bool) -> None:
        """Its tasks are in no listing, and yet they are not deleted; deletions elsewhere are seen."""
        world = new_world()
        for title in ("Home", "Work"):
            world.add_list(title)
        home, work = (world.create(key, key) for key in ("list-1", "list-2"))
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            fake.archive("list-1")
            if whole:
                fake.forget()
            world.clock.advance(hours=1)
            world.delete(work)
            follower.sync(world.clock.now())

        assert [task for task, _ in follower.tasks] == [opaque(home)]

    def test_a_failed_pull_deletes_nothing(self) -> None:
        """Where the service refuses in the middle, all is as before, and next time goes well."""
        world = new_world()
        live(world, seeded(4), 30, HABITS)
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            fake.forget()
            cursor = follower.cursor
            for path in ("sync", "activities", "completed"):
                fake.fail(UNAUTHORIZED, path=path)
                with pytest.raises(Refused, match="token-refused"):
                    follower.sync(world.clock.now())
                assert follower.cursor == cursor
            follower.sync(world.clock.now())

            assert_true(follower, world)

    def test_a_deletion_that_was_taken_back_before_the_completion_is_none(self) -> None:
        """Where "deleted" is said of all that is completed, only a deletion after the completion counts."""
        world = new_world()
        task = world.create(world.add_list("Home"), "Call Anna")
        with following(world, completed="archived") as (_, follower):
            world.clock.advance(hours=1)
            world.delete(task)
            world.clock.advance(hours=1)
            world.restore(task)
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            world.complete(task)
            follower.sync(world.clock.now())

        assert follower.tasks[opaque(task), ""].status == "completed"

    def test_a_moved_task_keeps_its_name(self) -> None:
        """It is the same task in another project."""
        world = new_world()
        task = repeating(world)
        world.add_list("Work")
        with following(world) as (_, follower):
            settled = Settled(follower, world)
            settled.sync()
            world.clock.advance(hours=1)
            world.move(task, "list-2")
            assert settled.sync() == [("", "moved")]


class TestTrouble:
    """What may go wrong with the service."""

    def test_it_says_how_long_to_wait(self) -> None:
        """The wait in the body of a 429 is kept."""
        world = new_world()
        naps: list[float] = []
        with FakeTodoist(world) as fake, scripted_naps(naps.append):
            fake.fail(limited(66))
            Driven(fake).sync(world.clock.now())

        assert naps == [66.0]

    def test_an_older_address_is_gone_for_good(self) -> None:
        """It is said so, and not tried again."""
        with FakeTodoist(new_world()) as fake:
            follower = Driven(fake)
            follower.settings["base_url"] = f"{fake.url}/sync/v9"
            with pytest.raises(Refused, match="service-gone"):
                follower.sync(NOW)
        assert len(fake.calls) == 1

    def test_a_cursor_that_is_never_known_is_refused(self) -> None:
        """A list that can't be paged to its end is started anew, but not for ever."""
        world = new_world()
        world.add_list("Home")
        for number in range(3):
            world.complete(world.create("list-1", str(number)))
        world.clock.advance(hours=1)
        with following(world, page=1) as (fake, follower):
            fake.expire_cursors = 100
            with pytest.raises(Refused, match="request-refused"):
                follower.sync(world.clock.now())

    def test_one_bad_record_is_one_bad_record(self) -> None:
        """What can't be read is said to be so; the rest is taken in."""
        world = new_world()
        repeating(world)
        with following(world) as (fake, follower):
            bad = [
                None,
                7,
                {"id": "bad", "added_at": "soon"},
                {"id": "worse", "due": {"date": "2016-12-0T12:00:00"}},
            ]
            whole = fake._whole
            fake._whole = lambda when: {**(found := whole(when)), "items": [*bad, *found["items"]]}  # type: ignore[method-assign]
            follower.sync(world.clock.now())

        assert len(follower.unreadable) == 4
        assert len(follower.tasks) == 1

    def test_a_log_entry_that_cannot_be_read_is_rejected(self) -> None:
        """With its place and reason; the others count."""
        good = {
            "event_date": "2026-01-02T10:00:00Z",
            "event_type": "completed",
            "object_type": "task",
            "object_id": 7,
        }
        entries = [msgspec.Raw(json.dumps(entry).encode()) for entry in [{}, good, good, 3]]

        log = Log(entries, 0, None)

        assert [(item.place, item.reason) for item in log.rejected] == [("activities", "wrong-shape")] * 2
        assert list(log.completed) == ["7"]

    def test_what_comes_after_the_sync_is_for_the_next_time(self) -> None:
        """A completion during the sync is neither told twice nor lost: the item's next state comes with it."""
        world = new_world()
        task = repeating(world)
        with following(world) as (fake, follower):
            settled = Settled(follower, world)
            settled.sync()
            world.clock.advance(days=1)
            world.rename(task, "Water")

            def complete(call: Call) -> None:
                if call.path.endswith("activities"):
                    world.clock.advance(seconds=5)
                    world.complete(task)
                    fake.before = None

            fake.before = complete
            assert settled.sync() == [("", "renamed")]
            at = iso(world.clock.now())
            world.clock.advance(seconds=5)
            assert settled.sync() == [("", "completed"), (at, "created")]

    @pytest.mark.parametrize(
        "body",
        [b"", b"[]", b"{}", b'{"sync_token": 7}', b'{"sync_token": "a", "items": {}}', b"<html>", b"\xff"],
    )
    def test_another_answer_than_the_services(self, body: bytes) -> None:
        """It is refused or put off, never taken for an empty account."""
        world = new_world()
        with following(world) as (fake, follower):
            fake.fail(Fault(reply=Reply(body=body, headers={"Content-Type": "text/html"})))
            with pytest.raises((Refused, Unavailable), match="answer-"):
                follower.sync(world.clock.now())

    def test_the_token_shows_nowhere(self, caplog: pytest.LogCaptureFixture) -> None:
        """Not in records, cursors, errors or logs, though the service sends it along with the user."""
        caplog.set_level(logging.DEBUG)
        world, random = new_world(), seeded(11)
        errors = []
        with following(world) as (fake, follower):
            for fault in (*PASSING, UNAUTHORIZED, limited(900), limited(1)):
                live(world, random, 10, HABITS)
                fake.fail(fault, times=6)
                try:
                    follower.sync(world.clock.now())
                except (Refused, Unavailable) as error:
                    errors.append(f"{error!r} {vars(error)} {error.__cause__!r} {error.__context__!r}")
                fake._faults.clear()
            follower.sync(world.clock.now())
            assert all(call.headers["authorization"] == f"Bearer {TOKEN}" for call in fake.calls)

        assert len(errors) > 3
        shown = [*map(repr, follower.records), follower.cursor, *errors]
        shown += [f"{record.getMessage()} {vars(record)}" for record in caplog.records]
        assert follower.records
        assert [text for text in shown if TOKEN in text] == []
        assert Todoist().secret_fields >= {"token"}
