"""The Microsoft To Do source against the fake service: over random lives, with faults, races and interruptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import msgspec
import pytest
from hypothesis import settings

from worklens.sources.base import Context, Coverage
from worklens.sources.microsoft_todo.source import Cursor, MicrosoftToDo
from worklens.stages.driver import Driver
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.follow import Follower
from worklens.testing.microsoft_todo import (
    LISTS,
    TOKEN,
    FakeMicrosoft,
    ToDoWorld,
    current_tasks,
    list_id,
    opaque,
)
from worklens.testing.server import BROKEN, UNAUTHORIZED, Call, Fault, Reply, json_reply

FEED = "microsoft_todo:me"
HISTORIES = max(25, settings.default.max_examples if settings.default else 0)
HABITS = Habits(priorities=(None, 1, 9))
LOST = ["gone", "bad", "missing"]
EXPANSIONS = ["kept", "first", "ignored", "refused"]


@contextmanager
def following(world: ToDoWorld, **switches: Any) -> Iterator[tuple[FakeMicrosoft, Follower]]:
    """A fake of the world and a follower of it."""
    with FakeMicrosoft(world, **switches) as fake:
        yield fake, Follower(MicrosoftToDo(), TOKEN, {"base_url": fake.base_url + "/"}, FEED)


def assert_true(follower: Follower, world: ToDoWorld) -> None:
    """The follower knows the tasks that are there, and nothing else."""
    found = {
        task: msgspec.structs.replace(value, updated=None) for (task, _), value in follower.tasks.items()
    }
    assert current_tasks(world, world.clock.now(), FEED) == found
    assert not follower.unreadable


def asked(fake: FakeMicrosoft) -> list[str]:
    """What was asked since last time: the ends of the paths."""
    paths = [call.path.rpartition("/")[2] for call in fake.calls]
    fake.calls.clear()
    return paths


def world_of(lists: int = 2, tasks: int = 2, steps: int = 1) -> ToDoWorld:
    """So many lists, with so many tasks each, with so many steps each."""
    world = ToDoWorld()
    for key in [world.add_list(f"list {n}") for n in range(lists)]:
        for number in range(tasks):
            task = world.create(key, f"task {number}")
            for _ in range(steps):
                world.create(key, "step", parent=task)
    world.clock.advance(hours=1)
    return world


class TestLives:
    """Random lives, looked at now and then: the current tasks are the truth after every sync."""

    @pytest.mark.parametrize("seed", range(HISTORIES))
    def test_a_life_whose_tokens_are_forgotten(self, seed: int) -> None:
        """Tokens that expire between or within runs, failing requests and crashes make no difference in the end."""
        world, random = ToDoWorld(), seeded(seed)
        switches = {
            "keeps_ids": random.random() < 0.5,
            "expands": random.choice(EXPANSIONS),
            "lost": random.choice(LOST),
            "page": random.choice([1, 3]),
        }
        live(world, random, 10, HABITS)
        with following(world, **switches) as (fake, follower):
            fake.fail_by_chance(random, random.choice([0, 0.05]))
            fake.disorder = random.choice([None, random])
            for _ in range(3):
                live(world, random, random.randrange(20), HABITS)
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(4))
                if random.random() < 0.5:
                    fake.expire()
                while not follower.sync(world.clock.now(), full=random.random() < 0.2):
                    pass
                follower.sync(
                    world.clock.now()
                )  # of a list that broke off what is gone is seen the next time
                assert_true(follower, world)

    @pytest.mark.parametrize("seed", range(HISTORIES))
    def test_a_life_that_goes_on_meanwhile(self, seed: int) -> None:
        """While the person works on during the pull no living task is lost, and at rest all is true again."""
        world, random = ToDoWorld(), seeded(seed)
        live(world, random, 20, HABITS)
        with following(world, page=random.choice([1, 3]), expands=random.choice(EXPANSIONS)) as (
            fake,
            follower,
        ):
            for pace in (0.0, 0.1, 0.4):
                fake.before = lambda call, pace=pace: live(world, random, int(random.random() < pace), HABITS)
                before = {world.id_of(key) for key in world.tasks}
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(4))
                follower.sync(world.clock.now())
                alive = before & {world.id_of(key) for key in world.tasks}
                assert alive <= {task for task, _ in follower.tasks}
            fake.before = None
            follower.sync(world.clock.now())
            assert_true(follower, world)


class TestChanges:
    """What is asked when something changed."""

    def test_nothing_new_in_one_list_is_two_questions(self) -> None:
        """The lists, and the changes of the one; nothing is listed, so nothing is missing."""
        with following(world_of(1)) as (fake, follower):
            follower.sync(1)
            asked(fake)
            follower.sync(2)

            assert asked(fake) == ["lists", "delta"]
            assert Coverage() == follower.coverage

    def test_many_lists_are_asked_for_twenty_at_once(self) -> None:
        """Of 41 lists without news three requests bring the changes, which the list of lists comes before."""
        with following(world_of(41, 1, 0)) as (fake, follower):
            follower.sync(1)
            asked(fake)
            follower.sync(2)

            assert asked(fake) == ["lists", "$batch", "$batch", "delta"]

    @pytest.mark.parametrize("expands", EXPANSIONS)
    def test_few_changes_of_many_tasks_are_three_requests(self, expands: str) -> None:
        """Ten changes of a thousand tasks move less than a fortieth of the bytes; steps that don't come are asked
        for together.
        """
        world = world_of(1, 1_000, 0)
        with following(world, expands=expands) as (fake, follower):
            sizes = weighed(fake)
            follower.sync(1)
            whole = sum(sizes)
            for key in list(world.tasks)[::100]:
                world.rename(key, "new")
            fake.calls.clear()
            sizes.clear()
            follower.sync(2)

            assert len(asked(fake)) <= 3
            assert sum(sizes) < whole / 40
            assert_true(follower, world)

    @pytest.mark.deep
    def test_twenty_thousand_tasks(self) -> None:
        """Ten changes of 20,000 tasks are three requests at most, and less than 1 % of the bytes of a whole listing."""
        world = world_of(2, 10_000, 0)
        with following(world, page=100) as (fake, follower):
            sizes = weighed(fake)
            follower.sync(1)
            whole = sum(sizes)
            for key in list(world.tasks)[::2_000]:
                world.rename(key, "new")
            fake.calls.clear()
            sizes.clear()
            follower.sync(2)

            assert asked(fake) == ["lists", "$batch"]
            assert sum(sizes) < whole / 100

    def test_a_tenant_that_takes_no_batch(self) -> None:
        """Then each question is asked by itself."""
        with following(world_of(2), batches=False) as (fake, follower):
            follower.sync(1)
            asked(fake)
            follower.sync(2)

            assert asked(fake) == ["lists", "$batch", "delta", "delta"]

    def test_one_of_several_that_fails_is_asked_by_itself(self) -> None:
        """So that the driver waits for as long as it is told to."""
        world = world_of(2)
        with following(world) as (fake, follower):
            follower.sync(1)
            world.rename(next(iter(world.tasks)), "new")
            inner = json_reply(
                {"responses": [{"id": "1", "status": 429, "headers": {}, "body": {"error": {}}}]}
            )
            fake.fail(Fault(reply=inner), path="$batch")
            asked(fake)
            follower.sync(2)

            assert asked(fake) == ["lists", "$batch", "delta", "delta"]
            assert_true(follower, world)

    def test_a_change_in_part_is_asked_for_whole(self) -> None:
        """A due date that was not sent is not a due date that was cleared."""
        world = world_of(1)
        task = next(iter(world.tasks))
        world.reschedule(task, "2026-02-01")
        with following(world, partial=True) as (_, follower):
            follower.sync(1)
            world.rename(task, "new")
            follower.sync(2)

            assert_true(follower, world)

    def test_a_removed_task_takes_its_steps_along(self) -> None:
        """Only the task is named, but nothing is left under it; and a step that is deleted alone is missed too."""
        world = world_of(1, 2, 2)
        first, second = (key for key, task in world.tasks.items() if not task.parent)
        with following(world) as (_, follower):
            follower.sync(1)
            world.delete(first)
            world.delete(world.children(second)[0])
            follower.sync(2)

            assert set(follower.coverage.parents) == {opaque(first), opaque(second)}
            assert_true(follower, world)

    def test_a_step_that_moves_no_token_is_found_by_a_whole_listing(self) -> None:
        """Should a change of a step not be a change of its task, the next one of the task, or a whole listing, tells."""
        world = world_of(1, 1)
        task, step = world.tasks
        with following(world, touches=False) as (_, follower):
            follower.sync(1)
            world.complete(step)
            follower.sync(2)
            assert follower.tasks[world.id_of(step), ""].status == "open"

            follower.sync(3, full=True)
            assert_true(follower, world)
            world.reopen(step)
            world.rename(task, "new")
            follower.sync(4)
            assert_true(follower, world)

    @pytest.mark.parametrize("back", [False, True])
    def test_a_task_that_keeps_its_id_is_moved_and_not_gone(self, back: bool) -> None:
        """In whichever order the lists come, the removal from the one doesn't undo what the other shows."""
        world = world_of(2)
        one, two = world.lists
        key = next(key for key, task in world.tasks.items() if task.collection == (two if back else one))
        with following(world, keeps_ids=True) as (_, follower):
            follower.sync(1)
            world.move(key, one if back else two)
            follower.sync(2)

            assert_true(follower, world)

    def test_a_task_that_gets_another_id_is_another(self) -> None:
        """The one is gone with its steps, and the other is as old as the one was."""
        world = world_of(2)
        key = next(iter(world.tasks))
        created = world.tasks[key].created
        with following(world) as (_, follower):
            follower.sync(1)
            world.move(key, list(world.lists)[1])
            follower.sync(2)

            assert_true(follower, world)
            assert (opaque(key), "") not in follower.tasks
            assert {created} == {task.created.micros for task in follower.tasks.values() if task.created}

    def test_a_series_leaves_a_completed_copy(self) -> None:
        """Where the service does so, each completion is a task of its own, and the series goes on."""
        world = ToDoWorld()
        home = world.add_list("Tasks")
        with following(world, series=True) as (_, follower):
            key = world.create(home, "x", due="2026-01-05", repeat=("day", 1))
            follower.sync(1)
            world.complete(key)
            follower.sync(2)

            assert_true(follower, world)
            assert sorted(task.status for task in follower.tasks.values()) == ["completed", "open"]


class TestLists:
    """Which lists are looked at, and what their absence means."""

    def test_lists_beyond_the_sixteenth_are_seen(self) -> None:
        """The service tells only 16 to those who don't say how many they want."""
        world = world_of(120, 1, 0)
        with following(world) as (_, follower):
            follower.sync(1)

            assert_true(follower, world)
            assert {list_id(key) for key in world.lists} == set(follower.collections)

    def test_a_list_that_is_deleted_takes_its_tasks_along(self) -> None:
        """Nobody names them one by one."""
        world = world_of(2)
        gone = list(world.lists)[1]
        with following(world) as (_, follower):
            follower.sync(1)
            world.delete_list(gone)
            follower.sync(2)

            assert follower.coverage.collections == (list_id(gone),)
            assert_true(follower, world)

    def test_another_persons_list_that_is_seen_no_more_is_not_deleted(self) -> None:
        """Its tasks stay as they were last seen, in whole listings too; if it comes back all is true again."""
        world = world_of(2)
        other = list(world.lists)[1]
        with following(world) as (fake, follower):
            fake.foreign = {other}
            follower.sync(1)
            fake.hidden = {other}
            follower.sync(2)
            follower.sync(3, full=True)
            follower.sync(4, full=True)
            assert_true(follower, world)

            world.delete(next(key for key, task in world.tasks.items() if task.collection == other))
            fake.hidden = set()
            follower.sync(5)
            assert_true(follower, world)
            follower.sync(6, full=True)
            assert Coverage(listed="everything") == follower.coverage

    def test_a_list_that_is_not_shown_deletes_nothing(self) -> None:
        """We could not look is not the same as gone; the others go on, and once it is shown again all is true."""
        world = world_of(2)
        one, two = world.lists
        with following(world) as (fake, follower):
            follower.sync(1)
            fake.forbidden = {two}
            world.create(two, "new")
            world.create(one, "new")
            follower.sync(2)
            follower.sync(3, full=True)
            assert follower.coverage.collections == (list_id(one),)

            fake.forbidden = set()
            follower.sync(4)
            assert_true(follower, world)

    def test_flagged_mails_are_no_tasks_unless_asked_for(self) -> None:
        """The list that holds them is left alone; with the setting it is a list like any other."""
        world = world_of(2)
        flagged = list(world.lists)[1]
        with following(world) as (fake, follower):
            fake.flagged = {flagged}
            follower.sync(1)
            assert list_id(flagged) not in follower.collections
            assert list_id(flagged) not in {task.collection for task in follower.tasks.values()}

            follower.settings["flagged_emails"] = "true"
            follower.sync(2)
            assert_true(follower, world)
            follower.settings["flagged_emails"] = "false"
            follower.sync(3, full=True)
            assert_true(follower, world)

    def test_no_list_at_all_is_no_answer_to_go_by(self) -> None:
        """Nobody is without one, so nothing is taken for deleted."""
        world = world_of(1)
        with following(world) as (fake, follower):
            follower.sync(1)
            cursor = follower.cursor
            fake.fail(Fault(reply=json_reply({"value": []})), path="lists")
            follower.sync(2, full=True)

            assert (cursor, Coverage()) == (follower.cursor, follower.coverage)
            assert_true(follower, world)


def test_the_services_own_count() -> None:
    """All that is open there, with the open steps of completed tasks, in the lists that are followed."""
    world = ToDoWorld()
    live(world, seeded(1), 60, HABITS)
    flagged = next(reversed(world.lists))
    with FakeMicrosoft(world, page=3) as fake:
        fake.flagged = {flagged}
        source = MicrosoftToDo()
        context = Context(feed=FEED, now=1, settings={"base_url": fake.base_url})
        counting = source.totals(context)
        with Driver(source, TOKEN) as driver:
            step = partial(next, counting)
            while True:
                try:
                    step = partial(counting.send, driver.answer(step()))
                except StopIteration as stop:
                    totals = stop.value
                    break

    open_ = {
        world.id_of(key): task.created
        for key, task in world.tasks.items()
        if task.completed is None and task.collection != flagged
    }
    assert totals.open == open_
    assert totals.collections == {list_id(key) for key in world.lists} - {list_id(flagged)}


class TestTokens:
    """Links that are no longer known."""

    @pytest.mark.parametrize("lost", LOST)
    def test_a_lost_link_is_a_whole_listing_taken_as_a_difference(self, lost: str) -> None:
        """What was deleted meanwhile is gone, in the lists that were listed, and nothing else is touched."""
        world = world_of(2, 3)
        with following(world, lost=lost, page=2) as (fake, follower):
            follower.sync(1)
            world.delete(next(iter(world.tasks)))
            fake.expire()
            follower.sync(2)

            assert set(follower.coverage.collections or ()) == {list_id(key) for key in world.lists}
            assert_true(follower, world)

    def test_a_page_that_is_lost_begins_the_list_anew(self) -> None:
        """What was told of it before and deleted since is missed in the next run, which lists it whole again."""
        world = world_of(1, 5, 0)
        first = next(iter(world.tasks))
        with following(world, page=2) as (fake, follower):

            def forget(call: Call) -> None:
                if "$skiptoken" in call.query and first in world.tasks:
                    fake.expire()
                    world.delete(first)

            fake.before = forget
            follower.sync(1)
            assert (opaque(first), "") in follower.tasks
            follower.sync(2)
            assert_true(follower, world)

    def test_pages_that_are_lost_again_and_again_close_nothing(self) -> None:
        """The list is left after a second try, with what was told of it; once the service keeps its word all is true."""
        world = world_of(1, 5, 0)
        with following(world, page=2) as (fake, follower):
            follower.sync(1)
            world.delete(list(world.tasks)[-1])
            fake.before = lambda call: fake.expire() if "$skiptoken" in call.query else None
            follower.sync(2, full=True)
            assert len(follower.tasks) == 5

            fake.before = None
            follower.sync(3)
            assert_true(follower, world)

    @pytest.mark.parametrize("cursor", ["", "nonsense", '{"schema":0,"lists":{}}', '{"lists":3}'])
    def test_a_cursor_of_another_version_means_whole_listings(self, cursor: str) -> None:
        """What we can't read of an earlier run is not believed."""
        with following(world_of()) as (_, follower):
            follower.cursor = follower.checkpoint = cursor
            follower.sync(1)

            assert Coverage(listed="everything") == follower.coverage
            assert msgspec.json.decode(follower.cursor, type=Cursor).schema == 1

    def test_links_are_kept_as_they_came(self) -> None:
        """No part of a link is taken out, decoded or put in again."""
        with following(world_of(1)) as (fake, follower):
            follower.sync(1)

            (known,) = msgspec.json.decode(follower.cursor, type=Cursor).lists.values()
            assert known.link.startswith(fake.url + LISTS)
            assert known.link.endswith("$deltatoken=t0k%2Ben%2f1%3D%3D")


class TestFailures:
    """Requests that fail for good."""

    @pytest.mark.parametrize("expands", ["kept", "ignored"])
    def test_a_pull_that_fails_anywhere_closes_nothing(self, expands: str) -> None:
        """Whichever request fails, what is known stays known, and the next run ends in the truth."""
        failing = 0
        while True:
            world = world_of(2, 3)
            with following(world, page=2, expands=expands) as (fake, follower):
                follower.sync(1)
                before = set(follower.tasks)
                keys = list(world.tasks)
                world.delete(keys[0])
                world.rename(keys[2], "new")
                world.delete_list(list(world.lists)[1])
                fake.calls.clear()
                fake.before = lambda call, at=failing, fake=fake: fail_at(fake, at)
                try:
                    follower.sync(2)
                except ConnectionError:
                    assert before - set(follower.tasks) <= {(opaque(keys[0]), "")}
                else:
                    break
                fake.before = None
                follower.sync(3)
                assert_true(follower, world)
            failing += 1
        assert failing >= 2

    def test_a_token_that_is_revoked_ends_the_pull(self) -> None:
        """401 is no status the pull accepts: it is the driver's to refuse."""
        with following(world_of()) as (fake, follower):
            fake.fail(UNAUTHORIZED)
            with pytest.raises(ConnectionRefusedError, match="401"):
                follower.sync(1)
            fake.tokens = {"another"}
            with pytest.raises(ConnectionRefusedError, match="401"):
                follower.sync(1)

    def test_a_permission_that_is_missing_ends_the_pull(self) -> None:
        """Of the list of lists 403 means that nothing may be read at all, and nothing is closed."""
        with following(world_of()) as (fake, follower):
            fake.fail(Fault(reply=Reply(status=403)))
            with pytest.raises(ConnectionRefusedError, match="403"):
                follower.sync(1)


def fail_at(fake: FakeMicrosoft, number: int) -> None:
    """Let the request of this number fail, however often it is tried."""
    if len(fake.calls) - 1 >= number:
        fake.fail(BROKEN)


def weighed(fake: FakeMicrosoft) -> list[int]:
    """The sizes of all answers from now on."""
    sizes: list[int] = []
    handle = fake.handle

    def weigh(call: Call) -> tuple[Reply, Fault]:
        reply, fault = handle(call)
        sizes.append(len(reply.body))
        return reply, fault

    fake.handle = weigh  # type: ignore[method-assign]
    return sizes
