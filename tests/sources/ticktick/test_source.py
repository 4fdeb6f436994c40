"""The TickTick source against the fake service: what is asked, and what becomes of what is seen nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from worklens.sources.base import Coverage, Response
from worklens.sources.ticktick.ledger import Cursor
from worklens.sources.ticktick.source import PAUSE, TickTick
from worklens.sources.ticktick.walk import LOOKUPS
from worklens.tasks import Task
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.follow import Follower
from worklens.testing.server import UNAUTHORIZED, Fault, Reply
from worklens.testing.ticktick import (
    INBOX,
    TOKEN,
    FakeTickTick,
    TickTickWorld,
    current_tasks,
    limited,
    list_id,
    opaque,
)

FEED = "ticktick:me"
HABITS = Habits(priorities=(None, 1, 5, 9), due_tails=("", "T09:00:00Z"), resolution=1_000_000)


@contextmanager
def following(world: TickTickWorld, **switches: Any) -> Iterator[tuple[FakeTickTick, Follower]]:
    """A fake of the world and a follower of it."""
    with FakeTickTick(world, **switches) as fake:
        yield fake, Follower(TickTick(), TOKEN, {"base_url": fake.base_url + "/"}, FEED)


def assert_true(follower: Follower, world: TickTickWorld) -> None:
    """The open tasks with their items are those that are there; of what is completed it is known that it is."""
    want = current_tasks(world, world.clock.now(), follower.feed)
    found = {task: replace(value, updated=None) for (task, _), value in follower.tasks.items()}
    assert _open(want) == _open(found)
    assert {
        key for key, task in want.items() if task.status == "completed" and "/" not in key
    } <= found.keys()
    assert not follower.unreadable


def _open(tasks: dict[str, Task]) -> dict[str, Task]:
    """The open tasks, with the items of these."""
    return {
        key: task
        for key, task in tasks.items()
        if (tasks.get(task.parent, task) if "/" in key else task).status == "open"
    }


def world_of(lists: int = 2, tasks: int = 2, items: int = 1) -> TickTickWorld:
    """The inbox and more lists, with so many tasks each, with so many items each."""
    world = TickTickWorld()
    for key in [world.add_list(f"list {n}") for n in range(lists)]:
        for number in range(tasks):
            task = world.create(key, f"task {number}")
            for _ in range(items):
                world.create(key, "item", parent=task)
    world.clock.advance(hours=1)
    return world


def asked(fake: FakeTickTick) -> list[str]:
    """What was asked since last time: the ends of the paths."""
    paths = [call.path.rpartition("/")[2] for call in fake.calls]
    fake.calls.clear()
    return paths


def sync(follower: Follower, world: TickTickWorld, **how: Any) -> None:
    """Look again an hour later."""
    world.clock.advance(hours=1)
    assert follower.sync(world.clock.now(), **how)


class TestOpen:
    """How the open tasks are listed."""

    def test_nothing_new_is_three_questions(self) -> None:
        """The projects, all that is open, and what was completed; and nothing is told again."""
        world = world_of(5)
        with following(world) as (fake, follower):
            sync(follower, world)
            asked(fake)
            follower.tasks.clear()
            sync(follower, world)

            assert asked(fake) == ["project", "filter", "completed"]
            assert not follower.tasks
            assert Coverage() == follower.coverage

    def test_the_first_time_each_project_is_asked(self) -> None:
        """And so with a whole listing, for the one answer might leave out what it doesn't say."""
        world = world_of(3)
        with following(world) as (fake, follower):
            sync(follower, world)

            assert asked(fake) == ["project", "data", "data", "data", "completed"]
            assert follower.coverage.collections == tuple(sorted(list_id(key) for key in world.lists))
            assert {INBOX: "Inbox"}.items() <= {
                key: found.title for key, found in follower.collections.items()
            }.items()
            assert_true(follower, world)

    def test_more_than_one_answer_holds(self) -> None:
        """200 open tasks may be all there are, or not: then each project is asked, which has no such bound."""
        world = world_of(2, 104, 0)
        with following(world) as (fake, follower):
            sync(follower, world)
            asked(fake)
            world.create(next(iter(world.lists)), "new")  # the answer's 200 are older
            sync(follower, world)

            assert asked(fake) == ["project", "filter", "data", "data", "completed"]
            assert_true(follower, world)

    def test_an_answer_that_lacks_many_is_not_gone_by(self) -> None:
        """Where more than a few are missed in the one answer, the projects are asked before single tasks are."""
        world = world_of(2, 30, 0)
        with following(world) as (fake, follower):
            sync(follower, world)
            asked(fake)
            fake.fail(
                Fault(reply=Reply(body=b"[]", headers={"Content-Type": "application/json"})), path="filter"
            )
            sync(follower, world)

            assert asked(fake) == ["project", "filter", "data", "data", "completed"]
            assert_true(follower, world)

    def test_projects_beyond_the_first_page(self) -> None:
        """The list of projects is asked for page by page."""
        world = world_of(210, 1, 0)
        with following(world) as (fake, follower):
            sync(follower, world)

            assert asked(fake)[:3] == ["project", "project", "data"]
            assert_true(follower, world)

    def test_an_inbox_that_has_no_name(self) -> None:
        """Then what the one answer holds of it is taken."""
        world = world_of(2)
        with following(world, inbox=False) as (_, follower):
            sync(follower, world)
            world.rename(next(iter(world.tasks)), "new")
            sync(follower, world)
            world.delete(next(iter(world.tasks)))
            sync(follower, world)
            sync(follower, world, full=True)

            assert_true(follower, world)


class TestDone:
    """How completed tasks are listed."""

    def test_a_long_history_is_read_backwards(self) -> None:
        """200 an answer, to the very first; and it goes on where it was cut off."""
        world = world_of(1, 450, 0)
        for key in list(world.tasks):
            world.clock.advance(seconds=1)
            world.complete(key)
        with following(world) as (fake, follower):
            assert not follower.sync(world.clock.now(), pages=2)
            asked(fake)
            sync(follower, world)

            assert asked(fake) == ["project", "data", "completed", "completed"]
            assert_true(follower, world)
            assert len(follower.tasks) == 450

    def test_more_than_an_answer_holds_in_one_second(self) -> None:
        """Then the walk goes on a second earlier, and ends."""
        world = world_of(1, 250, 0)
        early, *late = world.tasks
        world.complete(early)
        world.clock.advance(hours=1)
        for key in late:
            world.complete(key)
        with following(world) as (_, follower):
            sync(follower, world)

            assert (opaque(early), "") in follower.tasks
            assert len(follower.tasks) == 201

    @pytest.mark.parametrize("completes", [False, True])
    def test_what_is_completed_is_completed_and_not_deleted(self, completes: bool) -> None:
        """Also where the service has no list of it: then each task that is missed says so itself."""
        world = world_of(2)
        with following(world, completes=completes) as (_, follower):
            sync(follower, world)
            world.complete(next(iter(world.tasks)))
            sync(follower, world)

            assert_true(follower, world)

    def test_what_is_completed_meanwhile_is_open_no_more(self) -> None:
        """Shown as open and then as completed in one run, it is not looked for among the open ones later."""
        world = world_of(2)
        task = next(iter(world.tasks))
        with following(world) as (fake, follower):
            fake.before = lambda call: (
                world.complete(task)
                if call.path.endswith("completed") and not world.tasks[task].completed
                else None
            )
            sync(follower, world)
            assert follower.tasks[opaque(task), ""].status == "completed"
            fake.before = None
            world.clock.advance(days=5)
            sync(follower, world)
            asked(fake)
            sync(follower, world)

            assert asked(fake) == ["project", "filter", "completed"]

    def test_completions_that_could_not_be_asked_for_are_asked_for_later(self) -> None:
        """However long that lasted, for what was made and completed meanwhile was never open to be missed."""
        world = world_of(2)
        with following(world) as (fake, follower):
            sync(follower, world)
            fake.completes = False
            brief = world.create(next(iter(world.lists)), "brief")
            world.complete(brief)
            for _ in range(3):
                world.clock.advance(days=4)
                sync(follower, world)
            fake.completes = True
            sync(follower, world)

            assert follower.tasks[opaque(brief), ""].status == "completed"

    def test_what_was_told_before_an_interruption_is_not_missed(self) -> None:
        """The run goes on behind it, and looks nothing of it up."""
        world = world_of(2)
        with following(world) as (fake, follower):
            sync(follower, world)
            for key in list(world.tasks)[::2]:
                world.clock.advance(hours=1)
                world.complete(key)
            assert not follower.sync(world.clock.now(), pages=2)
            asked(fake)
            sync(follower, world)

            assert asked(fake) == ["project", "filter", "completed"]
            assert_true(follower, world)

    def test_a_completion_told_days_late_is_found_by_looking_up(self) -> None:
        """A phone that was offline says when it really was, which lies before all that is asked for."""
        world = world_of(2)
        task = next(iter(world.tasks))
        with following(world) as (_, follower):
            world.clock.advance(days=10)
            sync(follower, world)
            world.tasks[task] = replace(world.tasks[task], completed=world.tasks[task].created + 1_000_000)
            sync(follower, world)

            assert follower.tasks[opaque(task), ""].status == "completed"


class TestMissing:
    """What was open and is seen nowhere."""

    def test_a_deleted_task_is_deleted(self) -> None:
        """It is looked up, and the service doesn't know it; its items go along."""
        world = world_of(2)
        task = next(iter(world.tasks))
        with following(world) as (fake, follower):
            sync(follower, world)
            asked(fake)
            world.delete(task)
            sync(follower, world)

            assert asked(fake) == ["project", "filter", "completed", opaque(task)]
            assert_true(follower, world)

    def test_a_deleted_task_that_is_still_shown(self) -> None:
        """Should the service show it when it is asked for, its project doesn't."""
        world = world_of(2)
        with following(world, ghosts=True) as (_, follower):
            sync(follower, world)
            world.delete(next(iter(world.tasks)))
            sync(follower, world)

            assert_true(follower, world)

    @pytest.mark.parametrize("body", [b"", b"null", b"{}"])
    def test_a_task_that_is_nothing_is_gone(self, body: bytes) -> None:
        """An answer without a task says that there is none."""
        world = world_of(2)
        task = next(iter(world.tasks))
        with following(world) as (fake, follower):
            sync(follower, world)
            world.delete(task)
            nothing = Reply(body=body, headers={"Content-Type": "text/plain"})
            fake.fail(Fault(reply=nothing), path=opaque(task))
            sync(follower, world)

            assert_true(follower, world)

    def test_an_item_that_is_deleted_is_deleted(self) -> None:
        """Its task is told with the items it has."""
        world = world_of(2, 2, 2)
        task, item, *_ = world.tasks
        with following(world) as (_, follower):
            sync(follower, world)
            world.delete(item)
            sync(follower, world)

            assert follower.coverage.parents == (opaque(task),)
            assert_true(follower, world)

    def test_a_subtask_of_its_own_stays_when_its_parent_changes(self) -> None:
        """It is a task like any other, and not told with its parent."""
        world = world_of(2)
        with following(world, shape="tasks") as (_, follower):
            sync(follower, world)
            world.rename(next(iter(world.tasks)), "new")
            sync(follower, world)

            assert_true(follower, world)

    def test_a_task_that_was_given_up_is_closed(self) -> None:
        """Neither the open nor the completed are asked for it, so it is looked up."""
        world = world_of(2)
        task = next(iter(world.tasks))
        with following(world) as (fake, follower):
            sync(follower, world)
            fake.abandoned[task] = world.clock.now()
            sync(follower, world)
            sync(follower, world, full=True)

            assert follower.tasks[opaque(task), ""].status == "closed"

    def test_a_task_that_is_left_out_once_is_not_gone(self) -> None:
        """The project shows it, whatever the one answer left out."""
        world = world_of(2)
        with following(world) as (fake, follower):
            sync(follower, world)
            fake.before = lambda call: call.path.endswith("filter") and leave_out(fake)
            sync(follower, world)
            fake.before = None

            assert_true(follower, world)
            sync(follower, world)
            assert_true(follower, world)

    def test_a_project_that_is_deleted_answers_for_its_tasks(self) -> None:
        """One question and not one for each; what was completed in it stays completed."""
        world = world_of(3, 30)
        gone = list(world.lists)[1]
        done = next(key for key, task in world.tasks.items() if task.collection == gone)
        world.complete(done)
        with following(world) as (fake, follower):
            sync(follower, world)
            asked(fake)
            world.delete_list(gone)
            sync(follower, world)

            assert asked(fake) == ["project", "filter", "data", "data", "completed", list_id(gone)]
            assert_true(follower, world)
            assert follower.tasks[opaque(done), ""].status == "completed"

    @pytest.mark.parametrize("how", ["closed", "left"])
    def test_a_project_that_is_archived_or_left_deletes_nothing(self, how: str) -> None:
        """Its tasks stay as they were last seen, without being looked up each time; and come back with it."""
        world = world_of(3)
        away = list(world.lists)[1]
        with following(world) as (fake, follower):
            sync(follower, world)
            getattr(fake, how).add(away)
            sync(follower, world)
            asked(fake)
            sync(follower, world)
            assert asked(fake) == ["project", "filter", "completed"]
            sync(follower, world, full=True)
            assert_true(follower, world)

            getattr(fake, how).clear()
            world.rename(next(key for key, task in world.tasks.items() if task.collection == away), "new")
            sync(follower, world)
            assert_true(follower, world)

    def test_a_project_that_is_not_shown_deletes_nothing(self) -> None:
        """We could not look is not the same as gone."""
        world = world_of(3)
        with following(world) as (fake, follower):
            sync(follower, world)
            fake.fail(Fault(reply=Reply(status=403)), path=f"{list_id(list(world.lists)[1])}/data")
            sync(follower, world, full=True)
            assert_true(follower, world)
            sync(follower, world)
            assert_true(follower, world)

    def test_many_that_are_missed_are_looked_up_in_turns(self) -> None:
        """So many a run; the others wait for the next."""
        world = world_of(1, LOOKUPS + 50, 0)
        with following(world) as (_, follower):
            sync(follower, world)
            for key in list(world.tasks):
                world.delete(key)
            sync(follower, world)
            assert len(follower.tasks) == 50
            sync(follower, world)
            assert not follower.tasks

    def test_a_note_is_no_task(self) -> None:
        """A task that is made a note is gone, and comes back if it is made a task again."""
        world = world_of(2)
        task = next(iter(world.tasks))
        with following(world) as (fake, follower):
            sync(follower, world)
            fake.notes.add(task)
            sync(follower, world)
            assert (opaque(task), "") not in follower.tasks
            fake.notes.clear()
            sync(follower, world)
            assert_true(follower, world)


class TestLives:
    """A person who works on meanwhile."""

    @pytest.mark.parametrize("seed", range(15))
    def test_a_life_that_goes_on_meanwhile(self, seed: int) -> None:
        """No living task is lost while it does, and at rest all is true again."""
        world, random = TickTickWorld(), seeded(seed)
        live(world, random, 20, HABITS)
        with following(world, filters=random.random() < 0.5) as (fake, follower):
            for pace in (0.0, 0.1, 0.4):
                fake.before = lambda call, pace=pace: live(world, random, int(random.random() < pace), HABITS)
                before = {world.id_of(key) for key in world.tasks if not world.is_item(key)}
                follower.sync(world.clock.now())
                alive = before & {world.id_of(key) for key in world.tasks}
                assert alive <= {task for task, _ in follower.tasks}
            fake.before = None
            sync(follower, world)
            assert_true(follower, world)


class TestAnswers:
    """Refusals, and what is remembered."""

    def test_too_many_is_said_with_status_500(self) -> None:
        """The source knows it by its code, and for how long where it is said; another 500 is no such thing."""
        signal = TickTick().signal
        said = limited(7).reply
        assert said is not None

        assert signal(Response(status=500, headers={"retry-after": "7"}, body=said.body)) == 7.0
        assert signal(Response(status=500, headers={}, body=said.body)) == PAUSE
        assert signal(Response(status=500, headers={}, body=b"oops")) is None
        assert signal(Response(status=200, headers={}, body=b'[{"title":"exceed_query_limit"}]')) is None

    def test_a_token_that_is_revoked_ends_the_pull(self) -> None:
        """401 is no status the pull accepts: it is the driver's to refuse."""
        with following(world_of()) as (fake, follower):
            fake.fail(UNAUTHORIZED)
            with pytest.raises(ConnectionRefusedError, match="401"):
                follower.sync(1)

    @pytest.mark.parametrize("cursor", ["", "nonsense", '{"schema":0,"at":1}', '{"at":"x"}'])
    def test_a_cursor_of_another_version_tells_all_anew(self, cursor: str) -> None:
        """What we can't read of an earlier run is not believed."""
        world = world_of()
        with following(world) as (_, follower):
            follower.cursor = follower.checkpoint = cursor
            sync(follower, world)

            assert follower.coverage.listed == "open"
            assert msgspec.json.decode(follower.cursor, type=Cursor).at == world.clock.now()

    def test_what_is_remembered_is_short(self) -> None:
        """Two hashes of 64 bits and an id or less for an open task: it must fit a store's entity."""
        world = world_of(5, 200, 0)
        with following(world) as (_, follower):
            sync(follower, world)

            assert len(follower.cursor) < 50 * 1_000


def leave_out(fake: FakeTickTick) -> None:
    """Let the next answer lack all but one task."""
    (key, *_) = fake.world.tasks
    reply = Reply(body=msgspec.json.encode([fake._task(key)]), headers={"Content-Type": "application/json"})
    fake.fail(Fault(reply=reply))
