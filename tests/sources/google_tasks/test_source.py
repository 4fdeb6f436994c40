"""The Google Tasks source against the fake service: over random lives, with faults, races and interruptions."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from tests.sources.counting import counted

from worklens.sources.base import Context, Coverage, Page, Reading, Refused, Response
from worklens.sources.google_tasks.source import BUSY_WAIT, SPENT_WAIT, WHOLE, Cursor, GoogleTasks
from worklens.sources.google_tasks.walk import FEW, OVERLAP
from worklens.stages.driver import Driver, Unavailable, pull_pages
from worklens.tasks import DAY, NO_TIME, Collection, Moment, Removal, Task, day, instant
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.follow import Follower
from worklens.testing.google_tasks import (
    BASE,
    LINK,
    TOKEN,
    FakeGoogleTasks,
    current_tasks,
    limited,
    opaque,
    refused,
)
from worklens.testing.naps import scripted_naps
from worklens.testing.server import PASSING, Fault, json_reply
from worklens.testing.world import World

FEED = "google_tasks:me"
READING = Reading(feed=FEED, seen_at=1_000_000, zone="America/Los_Angeles")
HISTORIES = max(50, settings.default.max_examples if settings.default else 0)
RACES = HISTORIES if HISTORIES > 50 else 20
LARGE = (
    20_000 if HISTORIES > 50 else 1_000
)  # tasks of a large account; of the smaller one ten are a larger share
HABITS = Habits(
    plain_subtasks=False,
    due_tails=("", "T23:30:00"),
    weights={**Habits().weights, "prioritize": 0, "label": 0, "move": 2, "restore": 0.5},
)
LISTS = f"{BASE}/users/@me/lists"


def new_world() -> World:
    """A person's Google Tasks, empty."""
    return World(completes_children=True)


def following(fake: FakeGoogleTasks, **more: Any) -> Follower:
    """Somebody who follows the fake."""
    return Follower(GoogleTasks(), TOKEN, {"base_url": f"{fake.base_url}/", **more}, FEED)


def bare(task: Task) -> Task:
    """The task but for its update."""
    return msgspec.structs.replace(task, updated=None)


def assert_true(follower: Follower, fake: FakeGoogleTasks) -> None:
    """The follower knows the tasks that are there as they are, and nothing else."""
    world = fake.world
    want = current_tasks(world, FEED, fake.switches.moves)
    found = {key: bare(task) for (key, _), task in follower.tasks.items() if not task.deleted}
    assert {key: (found.get(key), task) for key, task in want.items() if found.get(key) != task} == {}
    assert found.keys() - want.keys() == set()
    titles = {opaque(key): there.title for key, there in world.lists.items()}
    assert titles.items() <= {key: there.title for key, there in follower.collections.items()}.items()
    assert follower.unreadable == []


def parsed(record: dict[str, Any] | bytes) -> Any:
    """The one thing in a raw record."""
    text = record if isinstance(record, bytes) else json.dumps(record).encode()
    (item,) = GoogleTasks().parse(text, READING)
    return item


TASK: dict[str, Any] = {
    "kind": "tasks#task",
    "id": "RzVtY1pHbmdWVWJqTFA5TA",
    "etag": '"LTEyMzQ"',
    "title": "Buy milk",
    "updated": "2026-01-03T21:00:30.000Z",
    "selfLink": "https://www.googleapis.com/tasks/v1/lists/x/tasks/y",
    "parent": "cGFyZW50",
    "position": "00000000000000000001",
    "notes": "two litres",
    "status": "needsAction",
    "due": "2026-01-09T00:00:00.000Z",
    "links": [],
    "webViewLink": f"{LINK}RzVt",
    "somethingNew": {"deep": [1, None]},
}


class TestParse:
    """Records as the API has them."""

    def test_a_whole_task(self) -> None:
        """Every field that has a place finds it; when it was made the service doesn't say."""
        assert parsed({"task": TASK, "list_id": "L1"}) == Task(
            account=FEED,
            task="RzVtY1pHbmdWVWJqTFA5TA",
            collection="L1",
            parent="cGFyZW50",
            title="Buy milk",
            notes="two litres",
            due=day("2026-01-09"),
            link=f"{LINK}RzVt",
            updated=instant("2026-01-03T21:00:30Z"),
        )

    def test_a_bare_task(self) -> None:
        """An id is all it takes."""
        assert parsed({"task": {"id": "a"}}) == Task(account=FEED, task="a")

    @pytest.mark.parametrize(
        "due", ["2026-01-09T00:00:00.000Z", "2026-01-09T00:00:00Z", "2026-01-09", "2026-01-09T23:59:00-08:00"]
    )
    def test_due_is_the_day_that_is_written(self, due: str) -> None:
        """No zone moves it, west of Greenwich neither."""
        assert parsed({"task": {**TASK, "due": due}}).due == day("2026-01-09")

    def test_a_completed_task(self) -> None:
        """With its instant; hidden is no more than that."""
        done = {**TASK, "status": "completed", "completed": "2026-01-04T10:00:00.250Z", "hidden": True}

        assert parsed({"task": done}).completed == instant("2026-01-04T10:00:00.25Z")
        assert parsed({"task": {**done, "status": None}}).status == "completed"
        assert parsed({"task": {**done, "status": "needsAction"}}).status == "open"
        over = parsed({"task": {**done, "completed": None}})
        assert (over.status, over.closed) == ("closed", NO_TIME)

    def test_a_tombstone(self) -> None:
        """An open task is gone, by its last change; a completed one is both."""
        by = Moment(instant("2026-01-03T21:00:30Z").micros, "seen")
        done = {"status": "completed", "completed": "2026-01-02T10:00:00.000Z"}

        assert parsed({"task": {**TASK, "deleted": True}}) == Removal(account=FEED, task=TASK["id"], at=by)
        assert parsed({"task": {"id": "a", "deleted": True}}) == Removal(account=FEED, task="a")
        both = parsed({"task": {**TASK, **done, "deleted": True}})
        assert (both.status, both.deleted, both.completed) == ("deleted", by, instant("2026-01-02T10:00:00Z"))

    def test_a_list(self) -> None:
        """It is a collection."""
        found = parsed({"list": {"id": "L1", "title": "Home", "updated": "2026-01-03T21:00:30.000Z"}})

        assert found == Collection(account=FEED, collection="L1", title="Home")


class TestAsking:
    """What is asked, and how far back."""

    def test_the_first_time(self) -> None:
        """The lists, each of them whole in whatever state, and once more what changed meanwhile."""
        world = new_world()
        live(world, seeded(1), 60, HABITS)
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())

            lists = len(world.lists)
            assert fake.calls[0].path == LISTS
            assert len(fake.calls) == 1 + 2 * lists
            asked = [call.query for call in fake.calls[1:]]
            assert all(
                query[name] == "true"
                for query in asked
                for name in ("showCompleted", "showHidden", "showDeleted", "showAssigned")
            )
            assert {"updatedMin" in query for query in asked[:lists]} == {False}
            assert {"updatedMin" in query for query in asked[lists:]} == {True}
            assert {query["maxResults"] for query in asked} == {"100"}
            assert "links" not in asked[0]["fields"]
            assert follower.coverage == Coverage(listed="everything")

    def test_nothing_new(self) -> None:
        """One question a list and one for the lists; no record, and absence means nothing."""
        world = new_world()
        live(world, seeded(1), 60, HABITS)
        world.clock.advance(hours=3)
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())
            fake.calls.clear()
            world.clock.advance(hours=2)
            pages = [page for page in _pages(follower, fake) if isinstance(page, Page)]

            assert len(fake.calls) == 1 + len(world.lists)
            assert pages == []
            since = {call.query["updatedMin"] for call in fake.calls[1:]}
            assert since == {
                str(Moment(world.clock.now() // 1_000_000 * 1_000_000 - 2 * DAY // 24 - OVERLAP))
            }

    def test_ten_of_twenty_thousand(self) -> None:
        """Three requests with two lists, and of 20,000 less than a hundredth of the bytes of a whole listing."""
        world = new_world()
        home, work = world.add_list("Home"), world.add_list("Work")
        for number in range(LARGE):
            world.create(home if number % 2 else work, f"Task number {number}", due="2026-01-09")
        world.clock.advance(hours=1)
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            sizes = _measured(fake)
            follower.sync(world.clock.now())
            whole = sum(sizes)
            world.clock.advance(days=1)
            for key in list(world.tasks)[:10]:
                world.complete(key)
            world.clock.advance(hours=1)
            sizes.clear()
            fake.calls.clear()
            follower.sync(world.clock.now())

            assert len(fake.calls) == 3
            assert sum(sizes) < whole / 100 * 20_000 / LARGE
            assert sum(task.status == "completed" for task in follower.tasks.values()) == 10

    @pytest.mark.parametrize("why", ["asked", "week", "version"])
    def test_when_everything_is_listed_again(self, why: str) -> None:
        """When asked, after a week, and by another version of us; what is gone without a word is then seen to be."""
        world = new_world()
        home = world.add_list("Home")
        parent = world.create(home, "Move house")
        world.create(home, "Find boxes", parent=parent)
        with FakeGoogleTasks(world, cascade=False) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.clock.advance(days=1)
            world.delete(parent)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert len(follower.tasks) == 1  # the child: of it the service says nothing

            if why == "week":
                world.clock.advance(micros=WHOLE)
            if why == "version":
                cursor = msgspec.json.decode(follower.cursor, type=Cursor)
                follower.cursor = msgspec.json.encode(msgspec.structs.replace(cursor, schema=0)).decode()
            follower.sync(world.clock.now(), full=why == "asked")

            assert follower.tasks == {}

    def test_a_cursor_nobody_can_read_is_no_cursor(self) -> None:
        """Then everything is asked for again."""
        world = new_world()
        live(world, seeded(3), 30, HABITS)
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            follower.cursor = follower.checkpoint = '{"revision": 7}'
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())

            assert_true(follower, fake)


def _measured(fake: FakeGoogleTasks) -> list[int]:
    """The sizes of the answers to come."""
    sizes: list[int] = []
    answer = fake.answer

    def measured(call: Any) -> Any:
        reply = answer(call)
        sizes.append(len(reply.body))
        return reply

    fake.answer = measured  # type: ignore[method-assign]
    return sizes


def _pages(follower: Follower, fake: FakeGoogleTasks) -> list[Page]:
    """The pages of one pull from where the follower stands, by the real driver."""
    context = Context(feed=FEED, now=fake.now, cursor=follower.cursor, settings={"base_url": fake.base_url})
    with Driver(GoogleTasks(), TOKEN) as driver, scripted_naps(lambda seconds: None):
        return list(pull_pages(GoogleTasks(), context, driver))


SWITCHES: dict[str, list[Any]] = {
    "tombstones": ["whole", "bare"],
    "moves": ["same", "tombstone", "new"],
    "page": [100, 7, 2],
    "empty_pages": [False, True],
}


def chosen(random: Random) -> dict[str, Any]:
    """One position of each switch."""
    return {name: random.choice(values) for name, values in SWITCHES.items()}


class TestLives:
    """Random lives, several syncs each: after every sync the tasks are the world's."""

    @pytest.mark.parametrize("seed", range(HISTORIES))
    def test_a_life_with_faults(self, seed: int) -> None:
        """Whatever the service's open habits, with failing requests, crashes, lost tokens and disorder."""
        world, random = new_world(), seeded(seed)
        with FakeGoogleTasks(world, **chosen(random)) as fake:
            follower = following(fake)
            fake.fail_by_chance(random, random.choice([0, 0.02, 0.1]), (*PASSING, limited()))
            fake.disorder = random.choice([None, random])
            for _ in range(4):
                live(world, random, random.randrange(25), HABITS)
                world.clock.advance(hours=1)
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(3))
                fake.expire_tokens = random.choice([0, 0, 1, 3])
                while not follower.sync(world.clock.now(), full=random.random() < 0.2):
                    pass
                fake.expire_tokens = 0
                if fake.switches.moves == "same":  # see test_moved_into_a_list_that_is_deleted
                    follower.sync(world.clock.now(), full=True)
                assert_true(follower, fake)

    @pytest.mark.parametrize("seed", range(RACES))
    def test_a_life_that_goes_on_meanwhile(self, seed: int) -> None:
        """While the person works on during the sync nothing is lost, and at rest all is true again."""
        world, random = new_world(), seeded(seed)
        live(world, random, 30, HABITS)
        with FakeGoogleTasks(world, **chosen(random)) as fake:
            follower = following(fake)
            for pace in (0.0, 0.1, 0.4):
                fake.before = lambda call, pace=pace: live(world, random, int(random.random() < pace), HABITS)
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(4))
                follower.sync(world.clock.now(), full=random.random() < 0.3)
            fake.before = None
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            if fake.switches.moves == "same":
                follower.sync(world.clock.now(), full=True)

            assert_true(follower, fake)

    @pytest.mark.parametrize("seed", range(10))
    def test_answers_that_lag_behind(self, seed: int) -> None:
        """What comes late to the answers, but within the overlap, is not lost."""
        world, random = new_world(), seeded(seed)
        with FakeGoogleTasks(world, **chosen(random)) as fake:
            follower = following(fake)
            fake.lag = OVERLAP - 1_000_000
            for _ in range(4):
                live(world, random, 20, HABITS)
                follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            follower.sync(world.clock.now(), full=True)

            assert_true(follower, fake)


def test_a_change_that_comes_late_is_found() -> None:
    """What happened before a sync and was not yet in its answers is asked for again."""
    world = new_world()
    home = world.add_list("Home")
    world.clock.advance(hours=1)
    with FakeGoogleTasks(world) as fake:
        follower = following(fake)
        follower.sync(world.clock.now())
        world.clock.advance(hours=1)
        world.create(home, "Call Anna")
        fake.lag = OVERLAP - 1_000_000
        world.clock.advance(seconds=300)
        follower.sync(world.clock.now())
        assert follower.tasks == {}
        fake.lag = 0
        world.clock.advance(hours=1)
        follower.sync(world.clock.now())
        assert_true(follower, fake)


class TestAbsence:
    """What is no longer there."""

    def test_a_deletion_has_its_time(self) -> None:
        """By the tombstone's last change; the next sync, which is told of it again, makes nothing of it."""
        world = new_world()
        task = world.create(world.add_list("Home"), "Call Anna")
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            world.delete(task)
            deleted = world.clock.now()
            world.clock.advance(seconds=60)
            (page,) = _pages(follower, fake)

            assert parsed(page.records[0]) == Removal(
                account=FEED, task=opaque(task), at=Moment(deleted, "seen")
            )
            follower.sync(world.clock.now())
            assert follower.tasks == {}
            assert follower.coverage == Coverage()

    def test_a_deleted_list(self) -> None:
        """There is no word of it: it is asked for by name, and then its tasks are gone, done ones too."""
        world = new_world()
        home, work = world.add_list("Home"), world.add_list("Work")
        here, done, there = (world.create(key, key) for key in (home, home, work))
        world.complete(done)
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.delete_list(home)
            world.clock.advance(hours=1)
            fake.calls.clear()
            follower.sync(world.clock.now())

            assert f"{LISTS}/{opaque(home)}" in [call.path for call in fake.calls]
            assert follower.coverage == Coverage(listed="everything", collections=(opaque(home),))
            assert [task for task, _ in follower.tasks] == [opaque(there)]
            assert here != done
            world.clock.advance(hours=1)
            follower.sync(
                world.clock.now()
            )  # the run before may have had records that no absence is concluded beside
            assert follower.coverage == Coverage(listed="everything", collections=(opaque(home),))
            follower.sync(world.clock.now(), full=True)
            follower.sync(world.clock.now())
            assert follower.coverage == Coverage()

    def test_a_list_that_is_left_out_is_not_gone(self) -> None:
        """Where it is there by its name it is walked, and nothing in it is deleted."""
        world = new_world()
        task = world.create(world.add_list("Home"), "Call Anna")
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.rename(task, "Call Bert")
            world.clock.advance(hours=1)
            fake.fail(
                Fault(reply=json_reply({"items": []}, Date="Mon, 05 Jan 2026 11:00:00 GMT")), path="lists"
            )
            follower.sync(world.clock.now())

            assert [task.title for task in follower.tasks.values()] == ["Call Bert"]

    def test_a_list_that_goes_away_meanwhile(self) -> None:
        """It is passed over; the next sync sees that it is gone."""
        world = new_world()
        home, work = world.add_list("Home"), world.add_list("Work")
        world.create(home, "Call Anna")
        left = world.create(work, "Write report")
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)

            def delete(call: Any) -> None:
                if call.path.endswith("/tasks"):
                    world.delete_list(home)
                    fake.before = None

            fake.before = delete
            follower.sync(world.clock.now())
            assert len(follower.tasks) == 2
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert [task for task, _ in follower.tasks] == [opaque(left)]

    @pytest.mark.parametrize("moves", ["same", "tombstone"])
    @pytest.mark.parametrize("back", [False, True])
    def test_a_moved_task_is_not_deleted(self, moves: str, back: bool) -> None:
        """Though the list it was in says so; whichever of the two is walked first."""
        world = new_world()
        first, second = world.add_list("Home"), world.add_list("Work")
        task = world.create(second if back else first, "Call Anna")
        with FakeGoogleTasks(world, moves=moves) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.move(task, first if back else second)
            world.clock.advance(hours=1)
            for full in (False, False, True):
                follower.sync(world.clock.now(), full=full)

                assert_true(follower, fake)

    def test_moved_while_we_look(self) -> None:
        """Into a list that was walked already: it is not seen there, and the tombstone is left for the next time."""
        world = new_world()
        keys = [world.add_list("Home"), world.add_list("Work")]
        with FakeGoogleTasks(world, moves="tombstone") as fake:
            order = sorted(keys, key=opaque)
            task = world.create(order[1], "Call Anna")
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)

            def move(call: Any) -> None:
                if call.path == f"{BASE}/lists/{opaque(order[1])}/tasks":
                    world.clock.advance(seconds=5)
                    world.move(task, order[0])
                    fake.before = None

            fake.before = move
            follower.sync(world.clock.now())
            assert fake.before is None
            assert [key for key, _ in follower.tasks] == [opaque(task)]
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert_true(follower, fake)

    def test_a_new_list_that_is_not_there_for_a_moment(self) -> None:
        """All of it is read the next time, not only what changed since."""
        world = new_world()
        world.create(world.add_list("Home"), "Call Anna")
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            work = world.add_list("Work")
            world.create(work, "Write report")
            world.clock.advance(hours=1)
            fake.fail(Fault(reply=refused(404, "notFound")), path=f"{opaque(work)}/tasks")
            follower.sync(world.clock.now())
            assert len(follower.tasks) == 1
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())

            assert_true(follower, fake)

    def test_moved_into_a_list_that_is_deleted(self) -> None:
        """If the list it was moved from keeps silent, it stays until all is listed."""
        world = new_world()
        home, work = world.add_list("Home"), world.add_list("Work")
        task = world.create(home, "Call Anna")
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.move(task, work)
            world.delete_list(work)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert len(follower.tasks) == 1
            follower.sync(world.clock.now(), full=True)
            assert follower.tasks == {}

    def test_a_tombstone_that_expired(self) -> None:
        """Who looks too late for it lists everything, and misses the task."""
        world = new_world()
        task = world.create(world.add_list("Home"), "Call Anna")
        with FakeGoogleTasks(world, retention=8) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            world.delete(task)
            world.clock.advance(days=30)
            follower.sync(world.clock.now())

            assert follower.tasks == {}

    def test_while_somebody_works_on_nothing_is_missed(self) -> None:
        """A whole listing during which there was no rest deletes nothing by absence; the next one does."""
        world = new_world()
        home = world.add_list("Home")
        task = world.create(home, "Call Anna")
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            fake.before = lambda call: (
                world.clock.advance(seconds=5),
                world.rename(task, call.path + str(len(fake.calls))),
            )
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert follower.coverage == Coverage()
            fake.before = None
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert follower.coverage == Coverage(listed="everything")
            assert_true(follower, fake)

    @pytest.mark.parametrize("nth", range(7))
    def test_a_pull_that_fails_anywhere_deletes_nothing(self, nth: int) -> None:
        """All is as before, and the next one ends as if nothing had been."""
        world = new_world()
        live(world, seeded(4), 40, HABITS)
        world.clock.advance(hours=1)
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())
            before, cursor = dict(follower.tasks), follower.cursor
            world.delete_list(next(iter(world.lists)))
            world.clock.advance(hours=1)
            calls = len(fake.calls)
            answer = fake.answer
            fake.answer = lambda call: (  # type: ignore[method-assign]
                refused(401, "authError") if len(fake.calls) > calls + nth else answer(call)
            )
            with suppress(ConnectionRefusedError):
                follower.sync(world.clock.now(), full=bool(nth % 2))
            fake.answer = answer  # type: ignore[method-assign]
            if follower.cursor == cursor:
                assert before.keys() <= follower.tasks.keys() | before.keys()
                assert {key for key in before if before[key].status == "open"} <= follower.tasks.keys()
            follower.sync(world.clock.now())
            assert_true(follower, fake)

    @pytest.mark.parametrize("moves", ["same", "tombstone"])
    def test_a_long_run_that_was_cut_off_goes_on(self, moves: str) -> None:
        """A whole walk is taken up at the page it had come to; what it can't tell of tombstones, absence tells."""
        world = new_world()
        keys = sorted((world.add_list("Home"), world.add_list("Work")), key=opaque)
        for number in range(FEW + 200):
            world.create(keys[0], str(number))
        moved = [world.create(keys[1], f"moved {number}") for number in range(20)]
        gone = world.create(keys[1], "gone")
        world.clock.advance(hours=1)
        with FakeGoogleTasks(world, moves=moves) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            for task in moved:
                world.move(task, keys[0])
            world.delete(gone)
            world.clock.advance(hours=1)
            assert not follower.sync(world.clock.now(), full=True, pages=1 + FEW // 100)
            fake.calls.clear()
            follower.sync(world.clock.now())

            first = [call for call in fake.calls if "updatedMin" not in call.query]
            assert 1 < len(first) < 6
            assert_true(follower, fake)

    def test_a_short_run_that_was_cut_off_begins_anew(self) -> None:
        """With the lists it had found: one that went away meanwhile is missed, with what was read of it."""
        world = new_world()
        home, work = sorted((world.add_list("Home"), world.add_list("Work")), key=opaque)
        world.create(home, "Call Anna")
        world.create(work, "Write report")
        world.clock.advance(hours=1)
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            assert not follower.sync(world.clock.now(), pages=2)
            world.delete_list(home)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert len(follower.tasks) == 2
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert_true(follower, fake)


class TestTotals:
    """The service's own count."""

    @pytest.mark.parametrize("page", [100, 2])
    def test_it_is_what_is_open(self, page: int) -> None:
        """In all lists, page by page."""
        world = new_world()
        live(world, seeded(5), 60, HABITS)
        world.clock.advance(hours=1)
        with FakeGoogleTasks(world, page=page) as fake, Driver(GoogleTasks(), TOKEN) as driver:
            counting = GoogleTasks().totals(Context(feed=FEED, now=0, settings={"base_url": fake.base_url}))
            found = counted(counting, driver)

        assert found.open.keys() == {
            opaque(task.id) for task in world.tasks.values() if task.completed is None
        }
        assert found.collections == {opaque(key) for key in world.lists}


class TestConsent:
    """How one signs in."""

    def test_no_more_is_asked_for_than_to_read(self) -> None:
        """And a refresh token each time, for the next consent would else bring none."""
        oauth = GoogleTasks.oauth

        assert oauth.scope == "https://www.googleapis.com/auth/tasks.readonly"
        assert oauth.extra == {"access_type": "offline", "prompt": "consent"}
        assert oauth.host == "127.0.0.1"


class TestTrouble:
    """What may go wrong with the service."""

    @pytest.mark.parametrize(
        ("status", "reason", "wait"),
        [
            (403, "rateLimitExceeded", BUSY_WAIT),
            (403, "userRateLimitExceeded", BUSY_WAIT),
            (403, "quotaExceeded", SPENT_WAIT),
            (403, "dailyLimitExceeded", SPENT_WAIT),
            (403, "insufficientPermissions", None),
            (404, "rateLimitExceeded", None),
        ],
    )
    def test_its_own_way_of_saying_too_many(self, status: int, reason: str, wait: float | None) -> None:
        """A 403 that names a limit is to be waited for; another one isn't."""
        reply = refused(status, reason)

        assert GoogleTasks().signal(Response(status=status, headers={}, body=reply.body)) == wait

    @pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "invalid"}', b'{"error":' * 5_000])
    def test_a_body_that_is_not_googles_says_nothing(self, body: bytes) -> None:
        """It is no signal."""
        assert GoogleTasks().signal(Response(status=403, headers={}, body=body)) is None

    def test_a_limit_is_waited_for(self) -> None:
        """By the driver, for as long as we think is polite."""
        world = new_world()
        naps: list[float] = []
        with (
            FakeGoogleTasks(world) as fake,
            Driver(GoogleTasks(), TOKEN) as driver,
            scripted_naps(naps.append),
        ):
            fake.fail(limited())
            context = Context(feed=FEED, now=fake.now, settings={"base_url": fake.base_url})
            list(pull_pages(GoogleTasks(), context, driver))

        assert naps == [BUSY_WAIT]

    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            ("accessNotConfigured", "google-api-off"),
            ("insufficientPermissions", "google-scope-missing"),
            ("forbidden", "token-refused"),
        ],
    )
    def test_why_it_refuses(self, reason: str, said: str) -> None:
        """What is to be done about it differs."""
        with FakeGoogleTasks(new_world()) as fake:
            fake.fail(limited(reason))
            with pytest.raises(Refused, match=said):
                _pages(following(fake), fake)

    def test_a_page_that_is_never_known_is_refused(self) -> None:
        """A list that can't be paged to its end is begun anew, but not for ever."""
        world = new_world()
        home = world.add_list("Home")
        for number in range(3):
            world.create(home, str(number))
        with FakeGoogleTasks(world, page=1) as fake:
            fake.expire_tokens = 100
            with pytest.raises(Refused, match="request-refused"):
                _pages(following(fake), fake)
            assert len(fake.calls) < 12

    def test_one_bad_record_is_one_bad_record(self) -> None:
        """What can't be read is said to be so; the rest is taken in."""
        world = new_world()
        world.create(world.add_list("Home"), "Call Anna")
        world.clock.advance(hours=1)
        with FakeGoogleTasks(world) as fake:
            page = fake._page
            bad = [None, 7, {"id": 7}, {"id": "bad", "updated": "soon"}, {"id": "worse", "due": "soon"}]
            fake._page = lambda query, rows: _with(page(query, rows), bad if "fields" in query else [])  # type: ignore[method-assign]
            follower = following(fake)
            follower.sync(world.clock.now())

            assert set(follower.unreadable) == {"wrong-shape", "unreadable-date"}
            assert [key for key, _ in follower.tasks] == [opaque("task-1")]

    @pytest.mark.parametrize("body", [b"", b"[]", b'{"items": {}}', b"<html>", b"\xff"])
    def test_another_answer_than_the_services(self, body: bytes) -> None:
        """It is refused or put off, never taken for an empty account."""
        with FakeGoogleTasks(new_world()) as fake:
            fake.fail(Fault(reply=msgspec.structs.replace(limited().reply, status=200, body=body)), times=9)
            with pytest.raises((Refused, Unavailable), match="answer-"):
                _pages(following(fake), fake)

    def test_the_token_shows_nowhere(self, caplog: pytest.LogCaptureFixture) -> None:
        """Not in records, cursors, errors or logs."""
        caplog.set_level(logging.DEBUG)
        world, random = new_world(), seeded(11)
        shown: list[str] = []
        with FakeGoogleTasks(world) as fake:
            follower = following(fake)
            for fault in (*PASSING, limited(), limited("forbidden"), Fault(reply=refused(401, "authError"))):
                live(world, random, 10, HABITS)
                fake.fail(fault, times=6)
                try:
                    shown += [repr(page) for page in _pages(follower, fake)]
                except (Refused, Unavailable) as error:
                    shown.append(f"{error!r} {vars(error)} {error.__cause__!r} {error.__context__!r}")
                fake._faults.clear()
            follower.sync(world.clock.now())
            assert all(call.headers["authorization"] == f"Bearer {TOKEN}" for call in fake.calls)

        shown += [follower.cursor, *(f"{record.getMessage()} {vars(record)}" for record in caplog.records)]
        assert len(shown) > 10
        assert [text for text in shown if TOKEN in text] == []


def _with(reply: Any, more: list[Any]) -> Any:
    body = json.loads(reply.body)
    return json_reply({**body, "items": [*more, *body.get("items", [])]})
