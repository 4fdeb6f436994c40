"""The Wunderlist source against the fake service: over random lives, with faults, races and interruptions."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings

from worklens.messages import MAX_BYTES
from worklens.sources.base import Context, Coverage, Page, Reading, Request, Response, Unreadable
from worklens.sources.wunderlist.source import Cursor, Wunderlist
from worklens.stages.driver import Driver, pull_pages
from worklens.tasks import Collection, Moment, Task, day, instant
from worklens.testing.chance import live, seeded
from worklens.testing.follow import Follower
from worklens.testing.naps import scripted_naps
from worklens.testing.server import PASSING, UNAUTHORIZED, Call, Fault
from worklens.testing.world import World
from worklens.testing.wunderlist import (
    CLIENT,
    FIRST_TASK,
    TOKEN,
    FakeWunderlist,
    current_tasks,
    list_id,
    task_id,
)

FEED = "wunderlist:me"
READING = Reading(feed=FEED, seen_at=1_000_000)
HISTORIES = max(50, settings.default.max_examples if settings.default else 0)


def parsed(record: dict[str, Any] | bytes) -> Any:
    """The one thing in a raw record."""
    text = record if isinstance(record, bytes) else json.dumps(record).encode()
    (item,) = Wunderlist().parse(text, READING)
    return item


@contextmanager
def following(world: World, **switches: bool) -> Iterator[tuple[FakeWunderlist, Follower]]:
    """A fake of the world and a follower of it."""
    with FakeWunderlist(world, **switches) as fake:
        yield fake, Follower(Wunderlist(), f"{CLIENT}:{TOKEN}", {"base_url": fake.url + "/"}, FEED)


def assert_true(follower: Follower, world: World) -> None:
    """The follower knows the tasks that are there, and nothing else."""
    found = {task: value for (task, _), value in follower.tasks.items()}
    assert current_tasks(world, world.clock.now(), FEED) == found
    titles = {list_id(key): found.title for key, found in world.lists.items()}
    assert titles.items() <= {key: found.title for key, found in follower.collections.items()}.items()


def asked(fake: FakeWunderlist) -> list[str]:
    """The paths asked since last time."""
    paths = [call.path for call in fake.calls]
    fake.calls.clear()
    return paths


class TestParse:
    """Records as the API and the backups have them."""

    def test_a_whole_task(self) -> None:
        """Every field that Wunderlist has finds its place."""
        raw = {
            "id": 2**63 + 1,
            "list_id": 2**53 + 1,
            "title": "aaa",
            "created_at": "2017-01-12T17:08:30.495Z",
            "created_by_id": 1,
            "due_date": "2017-01-16",
            "starred": True,
            "recurrence_type": "week",
            "recurrence_count": 2,
            "assignee_id": 7,
            "completed_at": "2017-01-13T00:00:00Z",
            "revision": 14,
            "something_new": {"deep": [1, None]},
        }

        assert parsed({"task": raw, "notes": [{"content": "one\\ntwo"}, None, {"content": "three"}]}) == Task(
            account=FEED,
            task=str(2**63 + 1),
            collection=str(2**53 + 1),
            title="aaa",
            notes="one\ntwo\nthree",
            priority=1,
            created=instant("2017-01-12T17:08:30.495Z"),
            due=day("2017-01-16"),
            completed=instant("2017-01-13T00:00:00Z"),
            recurrence="FREQ=WEEKLY;INTERVAL=2",
            assignee="7",
        )

    def test_unset_fields_may_be_absent_false_or_null(self) -> None:
        """The API leaves them out, the backup says false, the last export null: it is the same task."""
        bare = {"id": 1}
        false = {**bare, "completed": False, "starred": False}
        null = dict.fromkeys(
            [
                "list_id",
                "title",
                "created_at",
                "completed",
                "completed_at",
                "due_date",
                "starred",
                "recurrence_type",
                "assignee_id",
            ]
        )

        assert Task(account=FEED, task="1") == parsed({"task": bare})
        assert (
            parsed({"task": bare})
            == parsed({"task": false})
            == parsed({"task": {**bare, **null}, "notes": None})
        )

    def test_a_subtask_is_a_task_of_its_own(self) -> None:
        """It has its parent and its parent's list, and its id can't be taken for a task's."""
        raw = {
            "id": 5,
            "task_id": 5,
            "title": "s",
            "completed": True,
            "completed_at": "2017-01-12T17:10:31.367Z",
        }

        assert parsed({"subtask": raw, "list_id": 9}) == Task(
            account=FEED,
            task="subtask-5",
            parent="5",
            collection="9",
            title="s",
            completed=instant("2017-01-12T17:10:31.367Z"),
        )

    def test_a_list_keeps_its_title(self) -> None:
        """The inbox's title is the word itself."""
        assert Collection(account=FEED, collection="3", title="inbox") == parsed(
            {"list": {"id": 3, "title": "inbox", "list_type": "inbox"}}
        )

    def test_done_at_an_unknown_time_is_closed(self) -> None:
        """Completed without a time: known open last when it was made."""
        raw = {"id": 1, "completed": True, "created_at": "1970-01-01T00:00:01Z"}

        assert Moment(1_000_000, "unknown") == parsed({"task": raw}).closed
        assert parsed({"task": raw}).status == "closed"

    def test_a_task_that_says_open_is_open(self) -> None:
        """A left-over completion time of a task that is not completed does not count."""
        assert (
            parsed({"task": {"id": 1, "completed": False, "completed_at": "2017-01-13T00:00:00Z"}}).status
            == "open"
        )

    @pytest.mark.parametrize(
        ("text", "due"),
        [
            ("2017-01-16", day("2017-01-16")),
            ("2017-01-16T00:00:00.000Z", day("2017-01-16")),
            ("2017-01-16T09:30:00.000Z", instant("2017-01-16T09:30:00Z")),
        ],
    )
    def test_due_dates(self, text: str, due: Moment) -> None:
        """A date is a date, also when written as its midnight."""
        assert due == parsed({"task": {"id": 1, "due_date": text}}).due

    @pytest.mark.parametrize(
        ("unit", "count", "rule"),
        [
            ("day", 1, "FREQ=DAILY"),
            ("week", None, "FREQ=WEEKLY"),
            ("month", 3, "FREQ=MONTHLY;INTERVAL=3"),
            ("year", 0, "FREQ=YEARLY"),
            ("fortnight", 2, "2 fortnight"),
        ],
    )
    def test_recurrence(self, unit: str, count: int | None, rule: str) -> None:
        """An RRULE, or the service's own words."""
        assert (
            rule == parsed({"task": {"id": 1, "recurrence_type": unit, "recurrence_count": count}}).recurrence
        )

    def test_text_goes_through_whole(self) -> None:
        """NUL, markup, right-to-left marks, emoji and length are a title like any other."""
        title = "a\0b <script>\u202e🧹" + "x" * 10_000

        assert title == parsed({"task": {"id": 1, "title": title}}).title

    def test_the_backup_speaks_the_same(self, test_data: Path) -> None:
        """The records of a real backup are read by the same parse."""
        data = json.loads((test_data / "wunderlist-backup-sample.json").read_text())["data"]
        notes = {note["task_id"]: [note] for note in data["notes"]}
        tasks = [parsed({"task": raw, "notes": notes.get(raw["id"], [])}) for raw in data["tasks"]]
        subtasks = [parsed({"subtask": raw}) for raw in data["subtasks"]]

        assert [task.status for task in tasks] == ["completed", "open", "open", "open"]
        assert tasks[1].notes == "dwafesfe"
        assert day("2017-01-16") == tasks[1].due
        assert [task.priority for task in tasks] == [None, None, None, 1]
        assert {tasks[1].task} == {task.parent for task in subtasks}


class TestLives:
    """Random lives, looked at now and then: the current tasks are the truth after every sync."""

    @pytest.mark.parametrize("seed", range(HISTORIES))
    def test_a_life_with_faults(self, seed: int) -> None:
        """Whatever the service's open habits, with failing requests, crashes and disorder."""
        world, random = World(), seeded(seed)
        switches = {
            name: random.random() < 0.5 for name in ("falsy_absent", "flags_completed", "escapes_newlines")
        }
        with following(world, **switches) as (fake, follower):
            fake.fail_by_chance(random, random.choice([0, 0.02, 0.1]))
            fake.disorder = random.choice([None, random])
            for _ in range(4):
                live(world, random, random.randrange(25))
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(3))
                while not follower.sync(world.clock.now(), full=random.random() < 0.2):
                    pass
                assert_true(follower, world)
            assert not follower.unreadable

    @pytest.mark.parametrize("seed", range(HISTORIES))
    def test_a_life_that_goes_on_meanwhile(self, seed: int) -> None:
        """While the person works on during the walk no living task is lost, and at rest all is true again."""
        world, random = World(), seeded(seed)
        live(world, random, 30)
        with following(world) as (fake, follower):
            for pace in (0.0, 0.1, 0.4):
                fake.before = lambda call, pace=pace: live(world, random, int(random.random() < pace))
                before = {task_id(key) for key in world.tasks}
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(4))
                follower.sync(world.clock.now())
                alive = before & {task_id(key) for key in world.tasks}
                assert alive <= {task for task, _ in follower.tasks}
            fake.before = None
            follower.sync(world.clock.now())
            assert_true(follower, world)


class TestWalk:
    """What is asked, what is left alone, and what absence means."""

    def test_nothing_new_is_one_question(self) -> None:
        """An unchanged root ends the run; nothing is listed, so nothing is missing."""
        world = World()
        world.create(world.add_list("inbox"), "x")
        with following(world) as (fake, follower):
            follower.sync(1)
            asked(fake)
            cursor = follower.cursor
            follower.sync(2)

            assert asked(fake) == ["/root"]
            assert (cursor, Coverage()) == (follower.cursor, follower.coverage)

    def test_only_changed_lists_are_walked(self) -> None:
        """Of two lists the one with a new subtask is asked for, and it alone is covered."""
        world = World()
        one, two = world.add_list("inbox"), world.add_list("b")
        task = world.create(two, "x")
        world.create(one, "y")
        with following(world) as (fake, follower):
            follower.sync(1)
            fake.calls.clear()
            world.create(two, "sub", parent=task)
            follower.sync(2)

            assert {list_id(two)} == {c.query["list_id"] for c in fake.calls if "list_id" in c.query}
            assert Coverage(listed="everything", collections=(list_id(two),)) == follower.coverage
            assert_true(follower, world)

    def test_a_reminder_changes_the_root_alone(self) -> None:
        """Where only something else of the account changed no list is walked, and the next run ends at the root."""
        world = World()
        world.create(world.add_list("inbox"), "x")
        with following(world) as (fake, follower):
            follower.sync(1)
            asked(fake)
            world.noise()
            follower.sync(2)
            follower.sync(3)

            assert asked(fake) == ["/root", "/lists", "/root", "/root"]

    def test_in_full_all_is_walked(self) -> None:
        """A full run covers the whole account although nothing changed."""
        world = World()
        for title in ("inbox", "b"):
            world.create(world.add_list(title), "x")
        with following(world) as (fake, follower):
            follower.sync(1)
            asked(fake)
            follower.sync(2, full=True)

            assert len(asked(fake)) == 2 + 2 * 5 + 1
            assert Coverage(listed="everything") == follower.coverage

    def test_a_vanished_list_takes_its_tasks_with_it(self) -> None:
        """Its id is covered, so what was in it is deleted; what was moved out before is not."""
        world = World()
        one, two = world.add_list("inbox"), world.add_list("b")
        moved, lost = world.create(two, "x"), world.create(two, "y")
        with following(world) as (_, follower):
            follower.sync(1)
            world.move(moved, one)
            world.delete_list(two)
            follower.sync(2)

            assert {(task_id(moved), "")} == set(follower.tasks)
            assert task_id(lost) not in {task for task, _ in follower.tasks}
            assert set(follower.coverage.collections or ()) == {list_id(one), list_id(two)}

    def test_a_list_that_is_not_shown_deletes_nothing(self) -> None:
        """We could not look is not the same as gone; once it is shown again all is true."""
        world = World()
        one, two = world.add_list("inbox"), world.add_list("b")
        task = world.create(two, "x")
        with following(world) as (fake, follower):
            follower.sync(1)
            world.create(two, "y")
            world.create(one, "z")
            fake.forbidden = {two}
            follower.sync(2)
            assert Coverage() == follower.coverage
            assert (task_id(task), "") in follower.tasks

            fake.forbidden = set()
            follower.sync(3)
            assert_true(follower, world)

    def test_an_interrupted_run_goes_on_where_it_stopped(self) -> None:
        """Lists that were walked before the crash are not asked for again."""
        world = World()
        keys = [world.add_list(title) for title in ("inbox", "b", "c")]
        for key in keys:
            world.create(key, "x")
        with following(world) as (fake, follower):
            assert not follower.sync(1, pages=2)
            fake.calls.clear()
            assert follower.sync(1)

            walked = {call.query["list_id"] for call in fake.calls if "list_id" in call.query}
            assert set(map(list_id, keys[1:])) == walked
            assert Coverage(listed="everything") == follower.coverage
            assert_true(follower, world)

    def test_a_task_moved_behind_the_walker_is_not_lost(self) -> None:
        """It leaves a list not yet walked for one that was: it is found by walking that again."""
        world = World()
        one, two = world.add_list("inbox"), world.add_list("b")
        task = world.create(two, "x")
        with following(world) as (fake, follower):
            follower.sync(1)
            world.rename_list(one, "c")
            world.rename_list(two, "d")

            def move(call: Call) -> None:
                if call.query.get("list_id") == list_id(two) and world.tasks[task].collection == two:
                    world.move(task, one)

            fake.before = move
            follower.sync(2)
            assert {(task_id(task), "")} == set(follower.tasks)
            fake.before = None
            follower.sync(3)
            assert_true(follower, world)

    def test_a_task_deleted_behind_the_walker_is_missed_next_time(self) -> None:
        """It was seen in this run, so it is the next that finds it gone, although no list changed since."""
        world = World()
        home = world.add_list("inbox")
        task = world.create(home, "x")
        with following(world) as (fake, follower):
            fake.before = lambda call: (
                world.delete(task) if call.path == "/notes" and task in world.tasks else None
            )
            follower.sync(1)
            assert {(task_id(task), "")} == set(follower.tasks)
            follower.sync(2)
            assert not follower.tasks

    @pytest.mark.parametrize("last", [20, 1_000])
    def test_a_list_that_comes_during_the_walk_and_goes_is_missed(self, last: int) -> None:
        """Its tasks were seen, so they must be gone with it, though no cursor ever held a revision of it."""
        world = World()
        home = world.add_list("inbox")
        with following(world) as (fake, follower):
            follower.sync(1)
            brief: list[str] = []

            def come(call: Call) -> None:
                if call.path == "/notes" and not brief:
                    brief.append(world.add_list("b"))
                    world.create(brief[0], "x")
                if len(fake.calls) < last:
                    world.rename_list(home, f"{len(fake.calls)}")

            fake.calls.clear()
            world.rename_list(home, "c")
            fake.before = come
            follower.sync(2)
            assert follower.tasks

            fake.before = None
            world.delete_list(brief[0])
            follower.sync(3)
            assert not follower.tasks

    def test_a_restless_account_moves_no_cursor(self) -> None:
        """Where the changes never end nothing is lost and nothing is deleted: the next run begins where this did."""
        world = World()
        home = world.add_list("inbox")
        with following(world) as (fake, follower):
            fake.before = lambda call: world.rename_list(home, f"{len(fake.calls)}")
            follower.sync(1)

            assert ("", Coverage()) == (follower.cursor, follower.coverage)
            fake.before = None
            follower.sync(2)
            assert_true(follower, world)

    def test_reminders_that_never_end_stop_nothing(self) -> None:
        """Where only the root goes on changing the lists are at rest, and the walk is whole."""
        world = World()
        world.create(world.add_list("inbox"), "x")
        with following(world) as (fake, follower):
            fake.before = lambda call: world.noise()
            follower.sync(1)

            assert Coverage(listed="everything") == follower.coverage

    def test_numbers_that_floats_confuse(self) -> None:
        """Ids above 2^53 that differ by one stay apart, and so do a task and a subtask of the same number."""
        world = World()
        home = world.add_list("inbox")
        first = world.create(home, "x")
        second = world.create(home, "y")
        world.create(home, "sub", parent=first)
        with following(world) as (_, follower):
            follower.sync(1)

            assert {str(FIRST_TASK + 1), str(FIRST_TASK + 2), f"subtask-{FIRST_TASK + 1}"} == {
                task for task, _ in follower.tasks
            }
            assert float(task_id(first)) != int(task_id(first)) or float(task_id(second)) != int(
                task_id(second)
            )

    def test_an_open_subtask_of_a_completed_task_stays_open(self) -> None:
        """Completing a task says nothing of its subtasks."""
        world = World()
        home = world.add_list("inbox")
        task = world.create(home, "x")
        child = world.create(home, "y", parent=task)
        world.complete(task)
        with following(world) as (_, follower):
            follower.sync(1)

            assert follower.tasks[task_id(task), ""].status == "completed"
            assert follower.tasks[task_id(child), ""].status == "open"

    def test_a_recurring_task_goes_on_as_another(self) -> None:
        """Each completion is a task of its own with its own instant; the successor is open."""
        world = World()
        first = world.create(world.add_list("inbox"), "x", due="2026-01-05", repeat=("day", 1))
        second = world.complete(first)
        with following(world) as (_, follower):
            follower.sync(1)

            assert Moment(world.clock.now()) == follower.tasks[task_id(first), ""].completed
            assert day("2026-01-06") == follower.tasks[task_id(second), ""].due


class TestAnswers:
    """Answers that are not as they should be."""

    def test_a_token_that_is_revoked_ends_the_pull(self) -> None:
        """401 is no status the pull accepts: it is the driver's to refuse."""
        with following(World()) as (fake, follower):
            fake.fail(UNAUTHORIZED)
            with pytest.raises(ConnectionRefusedError, match="401"):
                follower.sync(1)
            fake.tokens = {"another"}
            with pytest.raises(ConnectionRefusedError, match="401"):
                follower.sync(1)

    @pytest.mark.parametrize("fault", [fault for fault in PASSING if not fault.delay])
    def test_the_real_driver_overcomes_what_passes(self, fault: Fault) -> None:
        """Each question fails once: the records are those of a peaceful run."""
        world = World()
        live(world, seeded(5), 40)
        with FakeWunderlist(world) as fake, scripted_naps(lambda seconds: None):
            peaceful = driven(fake)
            failed: set[str] = set()

            def fail_once(call: Call) -> None:
                if str(call) not in failed:
                    failed.add(str(call))
                    fake.fail(fault)

            fake.before = fail_once
            assert driven(fake) == peaceful
            assert len(failed) > 2

    @pytest.mark.parametrize(
        ("path", "body", "error"),
        [
            ("/root", b"{}", msgspec.ValidationError),
            ("/root", b"<html>", msgspec.DecodeError),
            ("/lists", b'[{"id":1}]', msgspec.ValidationError),
            ("/lists", b'{"error":{}}', msgspec.ValidationError),
            ("/tasks", b'{"error":{}}', msgspec.ValidationError),
            ("/notes", b"[", msgspec.DecodeError),
        ],
    )
    def test_an_answer_of_another_shape_is_an_error(
        self, path: str, body: bytes, error: type[Exception]
    ) -> None:
        """Nothing is taken for an empty list that is none; the driver says so with the source's name."""
        answers = {"/root": b'{"revision": 1}', "/lists": b'[{"id": 1, "revision": 1}]', path: body}

        with pytest.raises(error):
            scripted(answers)

    def test_records_are_the_services_own_text(self) -> None:
        """What comes through is what the service sent, unknown fields and odd spacing included."""
        records = scripted(
            {
                "/root": b'{"revision": 1}',
                "/lists": b'[{"id": 1, "revision": 1, "x": 1.50}]',
                "/tasks": b'[ {"id": 18446744073709551617 , "y": 2.0} ]',
                "/notes": b'[{"id":1,"task_id":18446744073709551617,"content":"n"},{"id":2},{"id":3,"task_id":4}]',
            }
        )

        assert records == [
            b'{"list":{"id": 1, "revision": 1, "x": 1.50}}',
            b'{"task":{"id": 18446744073709551617 , "y": 2.0},'
            b'"notes":[{"id":1,"task_id":18446744073709551617,"content":"n"}]}',
        ]
        assert parsed(records[1]).notes == "n"

    def test_of_two_the_newest_revision_is_taken(self) -> None:
        """A task that an answer holds twice is one record: the newer, wherever it stands."""
        old, new = b'{"id":7,"revision":1,"title":"old"}', b'{"id":7,"revision":2,"title":"new"}'
        for pair in (old + b"," + new, new + b"," + old):
            answers = {
                "/root": b'{"revision": 1}',
                "/lists": b'[{"id": 1, "revision": 1}]',
                "/tasks": b"[" + pair + b"]",
            }
            assert [b'{"task":' + new + b"}"] == scripted(answers)[1:]

    def test_what_has_no_id_goes_on_to_quarantine(self) -> None:
        """A bad element among good ones is a record for parse to refuse; the good ones are kept."""
        records = scripted(
            {
                "/root": b'{"revision": 1}',
                "/lists": b'[{"id": 1, "revision": 1}]',
                "/tasks": b'[3, {"title": "no id"}, {"id": 7, "revision": null}, {"id": '
                + b"9" * 5000
                + b"}]",
            }
        )[1:]

        readable = [record for record in records if not is_unreadable(record)]
        assert (len(records), readable) == (4, [b'{"task":{"id": 7, "revision": null}}'])

    def test_a_bad_byte_stops_nothing(self) -> None:
        """An answer that is not UTF-8 goes on with a replacement mark where the byte was."""
        records = scripted(
            {
                "/root": b'{"revision": 1}',
                "/lists": b'[{"id": 1, "revision": 1}]',
                "/tasks": b'[{"id":1,"title":"a\xffb"}]',
            }
        )

        assert parsed(records[1]).title == "a\ufffdb"

    def test_a_note_of_50_megabytes_is_a_record_too_large(self) -> None:
        """The record is whole and alone, so that only it goes to quarantine."""
        note = b'[{"id":1,"task_id":7,"content":"' + b"x" * 50_000_000 + b'"}]'
        records = scripted(
            {
                "/root": b'{"revision": 1}',
                "/lists": b'[{"id": 1, "revision": 1}]',
                "/tasks": b'[{"id":7},{"id":8}]',
                "/notes": note,
            }
        )

        assert [len(record) > MAX_BYTES for record in records] == [False, True, False]

    @pytest.mark.parametrize("cursor", ["", "nonsense", '{"schema":0,"root":2,"lists":{}}', '{"root":"x"}'])
    def test_a_cursor_of_another_version_means_a_whole_walk(self, cursor: str) -> None:
        """What we can't read of an earlier run is not believed."""
        world = World()
        world.create(world.add_list("inbox"), "x")
        with following(world) as (_, follower):
            follower.cursor = follower.checkpoint = cursor
            follower.sync(1)

            assert Coverage(listed="everything") == follower.coverage
            assert msgspec.json.decode(follower.cursor, type=Cursor).schema == 1

    def test_headers(self) -> None:
        """The client's id may stand before the token, and is sent where it does."""
        source = Wunderlist()

        assert source.headers("t") == {"X-Access-Token": "t"}
        assert source.headers("c:t") == {"X-Access-Token": "t", "X-Client-ID": "c"}


def driven(fake: FakeWunderlist) -> list[bytes]:
    """The records of a first pull by the driver that the stages use."""
    source = Wunderlist()
    context = Context(feed=FEED, now=1, settings={"base_url": fake.url})
    with Driver(source, f"{CLIENT}:{TOKEN}") as driver:
        return [record for page in pull_pages(source, context, driver) for record in page.records]


def scripted(answers: dict[str, bytes]) -> list[bytes]:
    """The records of a first pull whose open half is answered like this, and all else by empty lists."""
    pull: Generator[Any, Any, Any] = Wunderlist().pull(Context(feed=FEED, now=1))
    records: list[bytes] = []
    answer = None
    while True:
        try:
            step = pull.send(answer)
        except StopIteration:
            return records
        if isinstance(step, Page):
            records += step.records
            answer = None
        else:
            assert isinstance(step, Request)
            path = step.url.removeprefix("https://a.wunderlist.com/api/v1")
            body = b"[]" if "completed" in step.params else answers.get(path, b"[]")
            answer = Response(status=200, headers={}, body=body)


def is_unreadable(record: bytes) -> bool:
    """Whether parse refuses it."""
    try:
        parsed(record)
    except Unreadable:
        return True
    return False
