"""The CalDAV source against the fake server: discovery, sync tokens and etags, moves, deletions, and what goes wrong."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import settings
from tests.sources.counting import counted

from worklens.sources.base import Context, Coverage, Reading, Refused
from worklens.sources.caldav.api import Home
from worklens.sources.caldav.known import Cursor, Kept, saved_cursor
from worklens.sources.caldav.source import CalDav
from worklens.stages.driver import Driver, performed, pull_pages
from worklens.stages.joining import verify
from worklens.tasks import Moment
from worklens.testing.caldav import (
    HOME,
    PASSWORD,
    PRINCIPAL,
    TOKEN,
    USER,
    FakeCalDav,
    current_tasks,
    path,
    uid,
)
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.follow import Follower
from worklens.testing.server import Call, Fault, Reply
from worklens.testing.world import World

FEED = "caldav:me"
DEEP = bool(settings.default and settings.default.max_examples > 500)
HABITS = Habits(
    priorities=(None, 1, 5, 9),
    due_tails=("", "T09:00:00", "T09:00:00Z"),
    plain_subtasks=False,
    weights={**Habits().weights, "restore": 0.5},
    resolution=1_000_000,
)


def new_world() -> World:
    """An empty one, in which what repeats is moved on in place."""
    return World(advances=True)


@contextmanager
def following(world: World, at: str = "/", **switches: Any) -> Iterator[tuple[FakeCalDav, Follower]]:
    """A fake of the world, and a follower who was given the address of this place on it."""
    with FakeCalDav(world, **switches) as fake:
        yield fake, Follower(CalDav(), TOKEN, {"url": fake.url + at, "user": USER}, FEED)


def assert_true(follower: Follower, world: World) -> None:
    """The follower knows the tasks that are there, and nothing else."""
    found = {task: value for (task, _), value in follower.tasks.items()}
    assert current_tasks(world, world.clock.now(), FEED) == found
    titles = {path(key): one.title or key for key, one in world.lists.items()}
    known = {name: one.title for name, one in follower.collections.items() if not one.deleted}
    assert titles.items() <= known.items()


def asked(fake: FakeCalDav) -> list[str]:
    """What was asked since last time."""
    calls = [f"{call.method} {unquote(call.path)}" for call in fake.calls]
    fake.calls.clear()
    return calls


def home_with(world: World, *titles: str) -> list[str]:
    """A task in each of these lists."""
    return [world.create(world.add_list(title), f"in {title}") for title in titles]


class TestDiscovery:
    """From whatever address a person knows to the calendars."""

    @pytest.mark.parametrize("at", ["/", "/dav/", PRINCIPAL, HOME, "/.well-known/caldav", "/somewhere/else/"])
    def test_from_any_address(self, at: str) -> None:
        """The server's, the person's, the folder's; or the well-known one, which leads elsewhere."""
        world = new_world()
        home_with(world, "Home", "Work")
        with following(world, at) as (_, follower):
            follower.sync(world.clock.now())
            assert_true(follower, world)

    def test_one_calendar(self) -> None:
        """Whose address is that of a calendar gets that and nothing else."""
        world = new_world()
        home, _ = home_with(world, "Home", "Work")
        with following(world, path("list-1")) as (_, follower):
            follower.sync(world.clock.now())

        assert [task for task, _ in follower.tasks] == [uid(home)]

    def test_a_place_that_was_moved_is_found_again(self) -> None:
        """The folder's address is remembered, and looked for anew where it isn't there any more."""
        world = new_world()
        home_with(world, "Home")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            asked(fake)
            fake.fail(Fault(reply=Reply(status=404)), path="/dav/calendars")
            world.create("list-1", "another")
            follower.sync(world.clock.now())
            assert_true(follower, world)
            assert "PROPFIND /.well-known/caldav" in asked(fake)

    @pytest.mark.parametrize("status", [404, 405, 403])
    def test_nothing_there(self, status: int) -> None:
        """It is said that there is no calendar."""
        with following(new_world()) as (fake, follower):
            fake.fail(Fault(reply=Reply(status=status)), times=9)
            with pytest.raises(Refused, match="no-calendars"):
                follower.sync(0)

    def test_events_are_left_alone(self) -> None:
        """Calendars that hold no to-dos, and the server's inbox, are not looked into."""
        world = new_world()
        home_with(world, "Home")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())

            assert not [call for call in asked(fake) if "/events/" in call or "/inbox/" in call]
            assert list(follower.collections) == [path("list-1")]

    def test_the_password_is_tried(self) -> None:
        """Connecting tells a wrong password, a place that is no CalDAV, and a right one, also without any list yet."""
        source, world = CalDav(), new_world()
        home_with(world, "Home")
        with FakeCalDav(world) as fake:
            there = {"url": fake.url, "user": USER}
            verify(source, source.secret(PASSWORD, there), there, 0)
            with pytest.raises(Refused, match="token-refused"):
                verify(source, source.secret("wrong", there), there, 0)
            fake.hidden.add("list-1")
            verify(source, source.secret(PASSWORD, there), there, 0)
            fake.fail(Fault(reply=Reply(status=404)), times=9)
            with pytest.raises(Refused, match="no-calendars"):
                verify(source, source.secret(PASSWORD, there), there, 0)

    @pytest.mark.parametrize("user", ["", "a:b"])
    def test_a_user_that_basic_authentication_cannot_name(self, user: str) -> None:
        """It is refused before anything is asked."""
        with pytest.raises(Refused, match="wrong-setting"):
            CalDav().secret("x", {"user": user})


class TestChanges:
    """What one sync asks, and what it learns."""

    def test_three_requests(self) -> None:
        """The calendars, what changed in the one that did, and what that holds; one where nothing changed."""
        world = new_world()
        home = world.add_list("Home")
        world.add_list("Work")
        for number in range(30):
            world.create(home, f"Task {number}")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            asked(fake)
            follower.sync(world.clock.now())
            assert asked(fake) == [f"PROPFIND {HOME}"]
            for key in list(world.tasks)[:10]:
                world.clock.advance(seconds=1)
                world.rename(key, "other")
            follower.sync(world.clock.now())
            assert asked(fake) == [f"PROPFIND {HOME}", f"REPORT {path(home)}", f"REPORT {path(home)}"]
            assert_true(follower, world)

    def test_ten_changes_of_many_tasks_in_one_calendar(self) -> None:
        """Three requests, and under one percent of the bytes of a whole listing (20,000 tasks in a deep run)."""
        many = 20_000 if DEEP else 1_000
        world = new_world()
        home = world.add_list("Home")
        for number in range(many):
            world.clock.advance(seconds=1)
            world.create(home, f"Task {number}")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            whole, fake.sent = fake.sent, 0
            asked(fake)
            for key in list(world.tasks)[-9:]:
                world.rename(key, "other")
            world.delete(next(iter(world.tasks)))
            follower.sync(world.clock.now())
            assert_true(follower, world)

            assert len(asked(fake)) == 3
            assert fake.sent < 0.01 * whole * 20_000 / many

    @pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 412, 418, 507])
    def test_a_token_that_is_not_known(self, status: int) -> None:
        """However it is refused, all is listed and taken as a difference: only what changed is read."""
        world = new_world()
        home, work, more = home_with(world, "Home", "Work", "More")
        with following(world, bad_token=status) as (fake, follower):
            follower.sync(world.clock.now())
            fake.forget()
            world.clock.advance(seconds=1)
            world.rename(home, "other")
            world.delete(work)
            before = fake.sent
            follower.sync(world.clock.now())
            assert_true(follower, world)
            assert follower.coverage == Coverage()
            assert b"in More" not in b"".join(call.body for call in fake.calls)
            assert fake.sent > before
        assert uid(more) in {task for task, _ in follower.tasks}

    @pytest.mark.parametrize("tokens", ["exact", "fragile", "seconds", "broken", "none"])
    @pytest.mark.parametrize("tags", [False, True])
    def test_all_kinds_of_tokens(self, tokens: str, tags: bool) -> None:
        """With sync tokens of any kind or none, completions and deletions are seen."""
        world = new_world()
        home, work = home_with(world, "Home", "Home too")
        with following(world, tokens=tokens, tags=tags) as (_, follower):
            follower.sync(world.clock.now())
            world.clock.advance(seconds=1)
            world.complete(home)
            follower.sync(world.clock.now())
            assert_true(follower, world)
            world.clock.advance(seconds=1)
            world.delete(work)
            follower.sync(world.clock.now())
            assert_true(follower, world)

    @pytest.mark.parametrize("refuses", [False, True])
    def test_a_listing_that_is_cut_goes_on(self, refuses: bool) -> None:
        """With the token it came with; a server that only says that it is too much is asked for etags."""
        world = new_world()
        home = world.add_list("Home")
        for number in range(7):
            world.create(home, f"Task {number}")
        with following(world, piece=3, refuses_pieces=refuses) as (_, follower):
            follower.sync(world.clock.now())
            assert_true(follower, world)
            for key in list(world.tasks)[:5]:
                world.delete(key)
            follower.sync(world.clock.now())
            assert_true(follower, world)

    def test_a_cut_that_never_ends(self) -> None:
        """A server that gives the same token again is asked for etags."""
        world = new_world()
        home_with(world, "Home", "Work")
        with following(world, piece=1) as (fake, follower):
            world.create("list-1", "another")
            fake._token = lambda key: "https://example.com/ns/sync/0/0+0"  # type: ignore[method-assign]
            follower.sync(world.clock.now())
            assert_true(follower, world)

    def test_a_renamed_calendar(self) -> None:
        """Its title is told anew, though nothing in it changed."""
        world = new_world()
        home_with(world, "Home")
        with following(world) as (_, follower):
            follower.sync(world.clock.now())
            world.rename_list("list-1", "House")
            follower.sync(world.clock.now())
            assert_true(follower, world)


class TestGone:
    """Deleted, moved, and not to be seen are different things."""

    @pytest.mark.parametrize("names", ["uid", "other"])
    @pytest.mark.parametrize("hrefs", ["escaped", "plain", "whole"])
    def test_a_tombstone(self, names: str, hrefs: str) -> None:
        """It names an address; the task is known by what stood there."""
        world = new_world()
        home, work = home_with(world, "Home", "Work")
        with following(world, names=names, hrefs=hrefs) as (_, follower):
            follower.sync(world.clock.now())
            world.delete(home)
            follower.sync(world.clock.now())

        assert [task for task, _ in follower.tasks] == [uid(work)]

    @pytest.mark.parametrize("there_and_back", [False, True])
    def test_a_move_is_no_deletion(self, there_and_back: bool) -> None:
        """Whichever of the two calendars is read first."""
        world = new_world()
        home, _ = home_with(world, "Home", "Work")
        seen: list[str] = []
        with following(world) as (_, follower):
            follower._take = _telling(follower, seen)  # type: ignore[method-assign]
            follower.sync(world.clock.now())
            for target in ("list-2", "list-1") if there_and_back else ("list-2",):
                world.move(home, target)
                follower.sync(world.clock.now())
                assert_true(follower, world)
        assert "Removal" not in seen

    @pytest.mark.parametrize("full", [False, True])
    @pytest.mark.parametrize("strike", range(1, 8))
    def test_a_move_under_our_eyes(self, strike: int, full: bool) -> None:
        """From a calendar that was not read yet to one that was: at whatever request it happens, it is no deletion."""
        world = new_world()
        home, work = home_with(world, "Home", "Work")
        seen: list[str] = []
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            follower._take = _telling(follower, seen)  # type: ignore[method-assign]
            world.rename(home, "other")
            world.rename(work, "other")
            begun = len(fake.calls)

            def move(call: Call) -> None:
                if len(fake.calls) - begun == strike:
                    world.move(work, "list-1")
                    world.move(home, "list-2")

            fake.before = move
            follower.sync(world.clock.now(), full=full)
            fake.before = None
            follower.sync(world.clock.now())
            assert_true(follower, world)
        assert "Removal" not in seen

    def test_calendars_that_never_rest(self) -> None:
        """What vanished from one while the others change on and on is no deletion yet; the next run asks again."""
        world = new_world()
        home, work, more = home_with(world, "Home", "Work", "More")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            world.delete(home)

            def rename(call: Call) -> None:
                world.clock.advance(seconds=1)
                world.rename(work, f"at {world.clock.now()}")

            fake.before = rename
            follower.sync(world.clock.now())
            assert uid(home) in {task for task, _ in follower.tasks}
            fake.before = None
            follower.sync(world.clock.now())
            assert_true(follower, world)
        assert uid(more) in {task for task, _ in follower.tasks}

    @pytest.mark.parametrize("absent", ["status", "inside"])
    def test_a_deleted_calendar_takes_its_tasks_along(self, absent: str) -> None:
        """The server says that it isn't there any more, in one way or the other."""
        world = new_world()
        _, work = home_with(world, "Home", "Work")
        with following(world, absent=absent) as (_, follower):
            follower.sync(world.clock.now())
            world.delete_list("list-1")
            follower.sync(world.clock.now())
            assert follower.collections[path("list-1")].deleted
        assert [task for task, _ in follower.tasks] == [uid(work)]

    @pytest.mark.parametrize("full", [False, True])
    @pytest.mark.parametrize("how", ["forbidden", "hidden"])
    def test_what_may_not_be_seen_is_not_deleted(self, how: str, full: bool) -> None:
        """A calendar that is there, but can't be looked into or isn't listed, keeps its tasks; the others go on."""
        world = new_world()
        home, work = home_with(world, "Home", "Work")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            getattr(fake, how).add("list-1")
            world.rename(home, "not to be seen")
            world.delete(work)
            follower.sync(world.clock.now(), full=full)
            assert [task for task, _ in follower.tasks] == [uid(home)]
            getattr(fake, how).clear()
            follower.sync(world.clock.now())
            assert_true(follower, world)

    def test_a_whole_listing_covers_what_it_listed(self) -> None:
        """So that what is known from before, and stands nowhere, is gone."""
        world = new_world()
        home_with(world, "Home", "Work")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            assert follower.coverage == Coverage(listed="everything")
            fake.forbidden.add("list-1")
            follower.sync(world.clock.now(), full=True)
            assert follower.coverage == Coverage(listed="everything", collections=(path("list-2"),))


def _telling(follower: Follower, seen: list[str]) -> Any:
    """What takes each item in and writes down what it was."""
    take = follower._take

    def told(item: Any) -> None:
        seen.append(type(item).__name__)
        take(item)

    return told


class TestSeries:
    """What repeats, with each completed occurrence beside the series, as some clients keep it."""

    def text(self, *dates: str) -> str:
        """The series, and the occurrences of these days, completed."""
        rule = "UID:series\r\nDUE;VALUE=DATE:20260105\r\nRRULE:FREQ=DAILY"
        done = [f"UID:series\r\nRECURRENCE-ID;VALUE=DATE:{day}\r\nCOMPLETED:{day}T100000Z" for day in dates]
        todos = "".join(f"BEGIN:VTODO\r\n{each}\r\nEND:VTODO\r\n" for each in (rule, *done))
        return f"BEGIN:VCALENDAR\r\n{todos}END:VCALENDAR\r\n"

    def test_occurrences_come_and_go(self) -> None:
        """A completed one is one more task; taken back it is gone; with the series all of them go."""
        world = new_world()
        (home,) = home_with(world, "Home")
        with following(world) as (fake, follower):
            for dates in ((), ("20260105",), ("20260105", "20260106"), ("20260106",)):
                fake.text = lambda task, dates=dates: self.text(*dates)  # type: ignore[method-assign,misc]
                world.rename(home, f"so that it changes {dates}")
                follower.sync(world.clock.now())
                done = {key: task.completed for (_, key), task in follower.tasks.items() if key}
                assert done == {f"{day[:4]}-{day[4:6]}-{day[6:]}": _at_ten(follower, day) for day in dates}
            assert ("series", "") in follower.tasks
            world.delete(home)
            follower.sync(world.clock.now())
        assert follower.tasks == {}


def _at_ten(follower: Follower, day: str) -> Moment | None:
    return follower.tasks["series", f"{day[:4]}-{day[4:6]}-{day[6:]}"].completed


class TestTrouble:
    """What may go wrong with a server."""

    @pytest.mark.parametrize(("length", "place"), [(90, ":to-do 1"), (60, ""), (1, "")])
    def test_one_bad_object_is_one_bad_object(self, length: int, place: str) -> None:
        """It is put aside, and the rest is taken in; nothing of it counts as deleted."""
        world = new_world()
        home, work = home_with(world, "Home", "Work")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            text = fake.text
            cut = {home: length}
            fake.text = lambda task: text(task)[: cut.get(task.id)]  # type: ignore[method-assign]
            world.rename(home, "other")
            world.rename(work, "other")
            rejected = rejections(fake, follower)
            follower.sync(world.clock.now())
            assert [(item.place, item.reason) for item in rejected] == [
                (f"{path('list-1')}{fake.name(home)}{place}", "broken-component")
            ]
            assert {task for task, _ in follower.tasks} == {uid(home), uid(work)}

    def test_content_that_is_not_given_is_asked_for_again(self) -> None:
        """Though the calendar doesn't change any more."""
        world = new_world()
        home, _ = home_with(world, "Home", "Work")
        with following(world) as (fake, follower):
            fake.silent.add(home)
            rejected = rejections(fake, follower)
            follower.sync(world.clock.now())
            assert [item.reason for item in rejected] == ["member-not-given"]
            fake.silent.clear()
            follower.sync(world.clock.now())
            assert_true(follower, world)
            asked(fake)
            follower.sync(world.clock.now())
            assert len(asked(fake)) == 1

    def test_what_is_deleted_while_it_is_read(self) -> None:
        """Between the listing and the reading: it is neither an error nor forgotten."""
        world = new_world()
        home, work = home_with(world, "Home", "Work")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            world.rename(home, "other")

            def delete(call: Call) -> None:
                if b"multiget" in call.body and home in world.tasks:
                    world.delete(home)

            fake.before = delete
            follower.sync(world.clock.now())
            assert {task for task, _ in follower.tasks} == {uid(home), uid(work)}
            follower.sync(world.clock.now())
            assert_true(follower, world)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<html/>",
            b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
            b'{"a": 1}',
            b"<d:multistatus xmlns:d='DAV:'>",
        ],
    )
    def test_another_answer(self, body: bytes) -> None:
        """It is refused or put off, never taken for an empty account."""
        world = new_world()
        home_with(world, "Home")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            reply = Reply(status=207, body=body, headers={"Content-Type": "text/plain"})
            fake.fail(Fault(reply=reply), times=9)
            context = Context(
                feed=FEED, now=0, cursor=follower.cursor, settings={"url": fake.url, "user": USER}
            )
            with Driver(CalDav(), TOKEN) as driver, pytest.raises(Exception, match="answer-"):
                list(pull_pages(CalDav(), context, driver))

    def test_characters_that_no_xml_may_hold(self) -> None:
        """A control character in a title is replaced, and hides nothing."""
        world = new_world()
        home, work = home_with(world, "Home", "Work")
        world.rename(home, "a\x0bb")
        with following(world) as (_, follower):
            follower.sync(world.clock.now())
        titles = {task: found.title for (task, _), found in follower.tasks.items()}
        assert titles == {uid(home): "a\N{REPLACEMENT CHARACTER}b", uid(work): "in Work"}

    def test_the_password_shows_nowhere(self) -> None:
        """Neither as it was typed nor as it travels."""
        world = new_world()
        home_with(world, "Home")
        with following(world) as (fake, follower):
            follower.sync(world.clock.now())
            assert all(call.headers["authorization"] == f"Basic {TOKEN}" for call in fake.calls)
        assert PASSWORD not in follower.cursor
        assert TOKEN not in follower.cursor

    def test_another_server(self) -> None:
        """Connected under the same name: nothing is asked of the first one any more, and its tasks are gone."""
        first, second = new_world(), new_world()
        home_with(first, "Home", "Work")
        first.clock.advance(hours=1)
        home_with(second, "Other", "And more")
        with following(first) as (fake, follower), following(second) as (other, _):
            follower.sync(first.clock.now())
            asked(fake)
            follower.settings = {"url": other.url, "user": USER}
            follower.sync(second.clock.now())

            assert asked(fake) == []
            assert_true(follower, second)

    def test_a_cursor_of_another_version_means_a_whole_listing(self) -> None:
        """So does one that a file left."""
        world = new_world()
        home_with(world, "Home")
        with following(world) as (_, follower):
            for cursor in ('{"schema":0}', '{"file":"x"}', "[]", "{"):
                follower.cursor = cursor
                follower.sync(world.clock.now())
                assert follower.coverage == Coverage(listed="everything")
                assert_true(follower, world)


@pytest.mark.parametrize("tokens", ["exact", "none"])
def test_the_servers_own_count_is_what_is_open(tokens: str) -> None:
    """In all calendars that can be looked into."""
    world = new_world()
    live(world, seeded(5), 60, HABITS)
    world.add_list("Not for us")
    with FakeCalDav(world, tokens=tokens) as fake, Driver(CalDav(), TOKEN) as driver:
        hidden = list(world.lists)[-1]
        fake.forbidden.add(hidden)
        context = Context(feed=FEED, now=0, settings={"url": fake.url, "user": USER})
        found = counted(CalDav().totals(context), driver)

    there = {uid(task.id): task.created for task in world.tasks.values() if task.completed is None}
    assert found.open == there
    assert found.collections == {path(key) for key in world.lists} - {path(hidden)}


def rejections(fake: FakeCalDav, follower: Follower) -> list[Any]:
    """What the next pull will put aside, found out without the follower's knowledge."""
    context = Context(feed=FEED, now=0, cursor=follower.cursor, settings={"url": fake.url, "user": USER})
    with Driver(CalDav(), TOKEN) as driver:
        pages = list(performed(CalDav().pull(context), "caldav", driver))
    return [item for page in pages for item in page.rejected]


def test_a_large_cursor_has_room_in_the_cloud() -> None:
    """Of 20,000 tasks with random names: two thirds of the megabyte that Datastore gives an entity."""
    random = seeded(1)
    etags = {f"{random.getrandbits(128):032x}.ics": f"{random.getrandbits(40):010x}" for _ in range(20_000)}
    cursor = Cursor(home=Home(("https://dav.example.com/",)), calendars={"/a/": Kept(url="/a/", etags=etags)})

    text = msgspec.json.encode(cursor)

    assert len(zlib.compress(text)) < 700_000
    assert saved_cursor(text.decode(), "") == cursor


@pytest.mark.parametrize("seed", range(5))
def test_random_lives(seed: int) -> None:
    """With requests that fail, and rows in any order; the pipeline's worlds have many more."""
    world, random = new_world(), seeded(seed)
    with following(world, forgets=0.3, piece=2) as (fake, follower):
        fake.disorder = random
        for _ in range(4):
            live(world, random, 25, HABITS)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now(), full=random.random() < 0.3)
            assert_true(follower, world)


def test_parse_reads_what_files_hold_too() -> None:
    """One reader for both."""
    record = b'{"todo":{"uid":"a","text":"BEGIN:VTODO\\nUID:a\\nEND:VTODO","calendar":"/x/"}}'
    (task,) = CalDav().parse(record, Reading(feed=FEED, seen_at=0))

    assert getattr(task, "task", "") == "a"
