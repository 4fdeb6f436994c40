"""The GitHub source against the fake service: over random lives, with faults, races and interruptions."""

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
from worklens.sources.github.graph import QUERY, stories
from worklens.sources.github.source import BASE_URL, MINUTE, GitHub
from worklens.sources.github.walk import FEW, LOOKUPS, OVERLAP, Cursor
from worklens.stages.driver import Driver, Unavailable, pull_pages
from worklens.tasks import DAY, Collection, Happened, Moment, Removal, Task, after, day, instant
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.follow import Follower
from worklens.testing.github import (
    BOT,
    ME,
    OTHER,
    SECOND,
    TOKEN,
    FakeGitHub,
    current_tasks,
    happened,
    issue_id,
    moves_of,
    repository,
    repository_id,
    secondary,
)
from worklens.testing.naps import scripted_naps
from worklens.testing.server import PASSING, UNAUTHORIZED, Fault, json_reply
from worklens.testing.world import World

FEED = "github:me"
READING = Reading(feed=FEED, seen_at=1_000_000)
HISTORIES = max(50, settings.default.max_examples if settings.default else 0)
RACES = HISTORIES if HISTORIES > 50 else 20
LARGE = (
    20_000 if HISTORIES > 50 else 1_000
)  # issues of a large account; of the smaller one ten are a larger share
NEVER = dict.fromkeys(("subtask", "prioritize", "repeat", "delete_list", "rename_list"), 0.0)
HABITS = Habits(resolution=SECOND, weights={**Habits().weights, **NEVER, "move": 1, "review": 2})


def following(fake: FakeGitHub, **more: Any) -> Follower:
    """Somebody who follows the fake."""
    return Follower(GitHub(), TOKEN, {"base_url": f"{fake.url}/", **more}, FEED)


def open_tasks(follower: Follower) -> set[str]:
    """The ids of those that are open."""
    return {key for (key, _), task in follower.tasks.items() if task.status == "open"}


def assert_true(follower: Follower, fake: FakeGitHub) -> None:
    """The follower knows the issues that are there as they are."""
    found = {key: msgspec.structs.replace(task, updated=None) for (key, _), task in follower.tasks.items()}
    want = current_tasks(fake.world, FEED)
    if fake.switches.graphql != "allowed":
        want = {key: msgspec.structs.replace(task, started=None, reviewed=None) for key, task in want.items()}
    assert {key: (found.get(key), task) for key, task in want.items() if found.get(key) != task} == {}
    true = happened(fake.world, FEED)
    heard = {key: word for key, word in follower.happened.items() if key in true}
    assert heard == {key: true[key] for key in heard}
    assert follower.unreadable == []


def assert_gone(follower: Follower, fake: FakeGitHub) -> None:
    """What isn't there is not open; a day after it went that is known."""
    assert open_tasks(follower) - current_tasks(fake.world, FEED).keys() == set()


def parsed(record: dict[str, Any] | bytes) -> Any:
    """The one thing in a raw record, what happened to it left out."""
    text = record if isinstance(record, bytes) else json.dumps(record).encode()
    (item,) = [item for item in GitHub().parse(text, READING) if not isinstance(item, Happened)]
    return item


ISSUE: dict[str, Any] = {
    "id": 2**40,
    "number": 12,
    "title": "Fix the mill",
    "body": "It **grinds**.",
    "state": "open",
    "labels": ["urgent", "bug", "urgent"],
    "assignee": ME,
    "due_on": "2026-03-01T08:00:00Z",
    "created_at": "2026-01-02T10:00:00Z",
    "updated_at": "2026-01-03T10:00:00Z",
    "html_url": "https://github.com/engine/mill/issues/12",
}
CLOSED = {"state": "closed", "closed_at": "2026-01-04T10:00:00Z"}


class TestParse:
    """Records as the pull makes them."""

    def test_a_whole_issue(self) -> None:
        """Every field that has a place finds it."""
        assert parsed({"issue": ISSUE, "repository_id": 7}) == Task(
            account=FEED,
            task=str(2**40),
            collection="7",
            title="Fix the mill",
            notes="It **grinds**.",
            labels=("bug", "urgent"),
            created=instant("2026-01-02T10:00:00Z"),
            due=day("2026-03-01"),
            assignee=ME,
            link="https://github.com/engine/mill/issues/12",
            updated=instant("2026-01-03T10:00:00Z"),
        )

    def test_an_issue_of_somebody_else(self) -> None:
        """It has a number, and no words."""
        assert parsed({"issue": {"id": 1, "number": 12}}).title == "#12"

    @pytest.mark.parametrize(
        ("reason", "status"),
        [("completed", "completed"), ("", "completed"), ("not_planned", "closed"), ("duplicate", "closed")],
    )
    def test_why_it_was_closed(self, reason: str, status: str) -> None:
        """What isn't planned or is there already was closed, and not done; open until then."""
        task = parsed({"issue": {**ISSUE, **CLOSED, "state_reason": reason}})

        assert task.status == status
        when = instant("2026-01-04T10:00:00Z")
        assert (task.completed or task.closed) == (when if status == "completed" else after(when))

    def test_a_reopened_issue(self) -> None:
        """It is open."""
        assert parsed({"issue": {**ISSUE, "state_reason": "reopened"}}).status == "open"

    def test_a_merged_pull_request(self) -> None:
        """It began with its first commit and was done when it was merged: between them lies the lead time of a change."""
        pull = {"first_commit": "2026-01-01T08:00:00Z", "first_review": "2026-01-03T08:00:00Z"}
        issue = {**ISSUE, **CLOSED, "is_pull": True, "merged_at": "2026-01-04T10:00:00Z"}

        task = parsed({"issue": issue, "pull": pull})

        assert (task.kind, str(task.started), str(task.reviewed), str(task.completed)) == (
            "change",
            "2026-01-01T08:00:00Z",
            "2026-01-03T08:00:00Z",
            "2026-01-04T10:00:00Z",
        )

    def test_a_server_that_says_merged_in_one_place_alone(self) -> None:
        """Older ones leave it out of the lists."""
        pull = {"merged_at": "2026-01-04T09:00:00Z"}

        task = parsed({"issue": {**ISSUE, **CLOSED, "is_pull": True}, "pull": pull})

        assert task.completed == instant("2026-01-04T09:00:00Z")

    def test_a_pull_request_that_was_closed_unmerged(self) -> None:
        """It is over, and not done."""
        task = parsed({"issue": {**ISSUE, **CLOSED, "is_pull": True}})

        assert (task.completed, task.closed) == (None, after(instant("2026-01-04T10:00:00Z")))

    def test_an_issue_that_is_ours_no_more(self) -> None:
        """It is over for us at some time after it was last known to be ours."""
        task = parsed({"issue": ISSUE, "left": "2026-01-05T00:00:00Z"})

        assert (task.status, task.closed) == ("closed", after(instant("2026-01-05T00:00:00Z")))

    def test_a_repository_and_a_deletion(self) -> None:
        """A repository is a collection by its number; what was deleted is removed."""
        about = {"repository": {"id": 7, "full_name": "engine/mill"}}

        assert parsed(about) == Collection(account=FEED, collection="7", title="engine/mill")
        assert parsed({"gone": {"id": 8}}) == Removal(account=FEED, task="8")


class TestAsking:
    """What is asked, and at what cost."""

    def test_the_first_time(self) -> None:
        """Who we are, all that was ever assigned to us, when pulls were reviewed, and what is open."""
        world = World()
        live(world, seeded(1), 60, HABITS)
        with FakeGitHub(world) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())

            assert [call.path for call in fake.calls] == ["/user", "/issues", "/graphql", "/issues"]
            asked = fake.calls[1].query
            assert (asked["filter"], asked["state"], asked["per_page"]) == ("assigned", "all", "100")
            assert "since" not in asked
            assert fake.calls[3].query["state"] == "open"
            assert follower.coverage == Coverage()
            titles = {key: found.title for key, found in follower.collections.items()}
            used = {task.collection for task in world.tasks.values()}
            assert titles == {repository_id(key): repository(key) for key in used}

    @pytest.mark.parametrize("etags", ["strong", "weak"])
    def test_nothing_new_is_free(self, etags: str) -> None:
        """One question, answered with 304, which GitHub doesn't count; and so again and again."""
        world = World()
        live(world, seeded(1), 60, HABITS)
        with FakeGitHub(world, etags=etags) as fake:
            follower = following(fake)
            for hour in range(5):
                world.clock.advance(hours=1)
                fake.calls.clear()
                sizes = _measured(fake)
                follower.sync(world.clock.now())
                if hour > 1:
                    assert [call.path for call in fake.calls] == ["/issues"]
                    assert sizes == [0]
                    assert {call.query["since"] for call in fake.calls} == {
                        str(Moment(instant("2026-01-05T09:00:00Z").micros + _start(follower)))
                    }

    def test_without_etags(self) -> None:
        """It is one question all the same."""
        world = World()
        live(world, seeded(1), 60, HABITS)
        with FakeGitHub(world, etags="none") as fake:
            follower = following(fake)
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            fake.calls.clear()
            assert _pages(follower, fake) == []
            assert len(fake.calls) == 1

    def test_ten_of_twenty_thousand(self) -> None:
        """Two requests, and of 20,000 less than a hundredth of the bytes of a whole listing."""
        world = World()
        home = world.add_list("Home")
        for number in range(LARGE):
            world.clock.advance(seconds=1)
            world.create(home, f"Issue {number}")
        world.clock.advance(hours=1)
        with FakeGitHub(world) as fake:
            follower = following(fake)
            sizes = _measured(fake)
            follower.sync(world.clock.now())
            whole = sum(sizes)
            world.clock.advance(hours=1)
            for key in list(world.tasks)[:10]:
                world.complete(key)
            world.clock.advance(hours=1)
            fake.calls.clear()
            sizes.clear()
            follower.sync(world.clock.now())

            assert [call.path for call in fake.calls] == ["/issues", "/graphql"]
            assert sum(sizes) < whole / 100 * 20_000 / LARGE
            assert len(open_tasks(follower)) == LARGE - 10

    def test_many_changes_in_one_second(self) -> None:
        """More than a page of rows with the same time are paged through, and none is lost."""
        world = World()
        home = world.add_list("Home")
        for number in range(25):
            world.create(home, str(number))
        world.clock.advance(seconds=1)
        world.create(home, "later")
        with FakeGitHub(world, page=4) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())

            assert_true(follower, fake)

    def test_what_changes_while_we_read_pushes_nothing_out(self) -> None:
        """Pages by number would leave out the row that moves forward over their edge."""
        world = World()
        home = world.add_list("Home")
        for number in range(5):
            world.clock.advance(seconds=1)
            world.complete(world.create(home, str(number)))
        with FakeGitHub(world, page=2) as fake:

            def rename(call: Any) -> None:
                if call.path == "/issues" and sum(call.path == "/issues" for call in fake.calls) == 2:
                    world.clock.advance(seconds=1)
                    world.rename("task-1", "again")

            fake.before = rename
            follower = following(fake)
            follower.sync(world.clock.now())

            assert_true(follower, fake)

    def test_much_at_once_is_not_told_again_and_again(self) -> None:
        """After more than a few changes the next question begins later, and then rests."""
        world = World()
        home = world.add_list("Home")
        with FakeGitHub(world) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())
            for number in range(2 * FEW):
                world.clock.advance(seconds=1)
                world.create(home, str(number))
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            sizes = _measured(fake)
            follower.sync(world.clock.now())
            follower.sync(world.clock.now())

            assert sizes == [2, 0]

    def test_a_repository(self) -> None:
        """Its issues, of whomever, and nothing of another repository."""
        world = World()
        mill, other = world.add_list("Mill"), world.add_list("Other")
        world.create(mill, "Fix the mill")
        world.create(other, "Something else")
        with FakeGitHub(world) as fake:
            follower = following(fake, repository=repository(mill))
            follower.sync(world.clock.now())
            world.clock.advance(hours=1)
            world.create(mill, "Grease the mill")
            follower.sync(world.clock.now())

            assert sorted(task.title for task in follower.tasks.values()) == [
                "Fix the mill",
                "Grease the mill",
            ]
            assert {task.collection for task in follower.tasks.values()} == {repository_id(mill)}
            assert [found.title for found in follower.collections.values()] == [repository(mill)]
            assert [call.path for call in fake.calls].count(f"/repos/{repository(mill)}") == 1

    @pytest.mark.parametrize(
        "name", ["mill", "engine/mill/issues", "https://github.com/engine/mill", "a b/c"]
    )
    def test_a_repository_that_is_none(self, name: str) -> None:
        """It is refused by name, before anything is asked."""
        with FakeGitHub(World()) as fake, pytest.raises(Refused, match="wrong-setting"):
            _pages(following(fake, repository=name), fake)
        assert fake.calls == []

    def test_a_repository_that_is_not_to_be_seen(self) -> None:
        """It is said so."""
        with FakeGitHub(World()) as fake, pytest.raises(Refused, match="repository-unseen"):
            _pages(following(fake, repository="engine/secret"), fake)

    @pytest.mark.parametrize("other", ['{"revision": 7}', "version", "scope"])
    def test_a_cursor_that_is_of_no_use(self, other: str) -> None:
        """Of nobody, of another version of us, or of another repository: everything is asked for again."""
        world = World()
        live(world, seeded(3), 30, HABITS)
        with FakeGitHub(world) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())
            cursor = msgspec.json.decode(follower.cursor, type=Cursor)
            changed = {"version": {"schema": 0}, "scope": {"scope": "engine/list-9"}}.get(other)
            replaced = msgspec.structs.replace(cursor, **changed) if changed else None
            follower.cursor = msgspec.json.encode(replaced).decode() if replaced else other
            follower.tasks.clear()
            follower.sync(world.clock.now())

            assert_true(follower, fake)

    def test_an_own_server(self) -> None:
        """GraphQL lies beside the API's version there, and below the root at github.com."""
        from worklens.sources.github.api import Api

        for base, url in ((BASE_URL, f"{BASE_URL}/graphql"), ("https://h/api/v3", "https://h/api/graphql")):
            asked = next(Api(base, "").stories(["PR_1"], None))
            assert (asked.url, asked.method) == (url, "POST")


def _start(follower: Follower) -> int:
    """Where the changes are asked from, after the clock's start."""
    since = msgspec.json.decode(follower.cursor, type=Cursor).since
    return since - instant("2026-01-05T09:00:00Z").micros


def _measured(fake: FakeGitHub) -> list[int]:
    """The sizes of the answers to come."""
    sizes: list[int] = []
    answer = FakeGitHub.answer

    def measured(call: Any) -> Any:
        reply = answer(fake, call)
        sizes.append(len(reply.body))
        return reply

    fake.answer = measured  # type: ignore[method-assign]
    return sizes


def _pages(follower: Follower, fake: FakeGitHub) -> list[Page]:
    """The pages of one pull from where the follower stands, by the real driver."""
    context = Context(feed=FEED, now=fake.now, cursor=follower.cursor, settings=follower.settings)
    with Driver(GitHub(), TOKEN) as driver, scripted_naps(lambda seconds: None):
        return list(pull_pages(GitHub(), context, driver))


SWITCHES: dict[str, list[Any]] = {
    "etags": ["strong", "weak", "none"],
    "graphql": ["allowed", "allowed", "forbidden", "partial"],
    "page": [100, 7, 2],
}


def chosen(random: Random) -> dict[str, Any]:
    """One position of each switch."""
    return {name: random.choice(values) for name, values in SWITCHES.items()}


class TestLives:
    """Random lives, several syncs each: after every sync the issues are the world's."""

    @pytest.mark.parametrize("seed", range(HISTORIES))
    def test_a_life_with_faults(self, seed: int) -> None:
        """With failing requests, crashes and disorder; a day later it is known too what went away."""
        world, random = World(), seeded(seed)
        with FakeGitHub(world, **chosen(random)) as fake:
            follower = following(fake)
            fake.fail_by_chance(random, random.choice([0, 0.02, 0.1]), (*PASSING, secondary()))
            for _ in range(4):
                live(world, random, random.randrange(25), HABITS)
                world.clock.advance(hours=1)
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(3))
                while not follower.sync(world.clock.now(), full=random.random() < 0.2):
                    pass
                assert_true(follower, fake)
            world.clock.advance(days=1)
            follower.sync(world.clock.now())

            assert_true(follower, fake)
            assert_gone(follower, fake)

    @pytest.mark.parametrize("seed", range(RACES))
    def test_a_life_that_goes_on_meanwhile(self, seed: int) -> None:
        """While the person works on during the sync nothing is lost, and at rest all is true again."""
        world, random = World(), seeded(seed)
        live(world, random, 30, HABITS)
        with FakeGitHub(world, **chosen(random)) as fake:
            follower = following(fake)
            for pace in (0.0, 0.1, 0.4):
                fake.before = lambda call, pace=pace: live(world, random, int(random.random() < pace), HABITS)
                if random.random() < 0.3:
                    follower.sync(world.clock.now(), pages=random.randrange(4))
                follower.sync(world.clock.now(), full=random.random() < 0.3)
            fake.before = None
            world.clock.advance(days=1, seconds=1)
            follower.sync(world.clock.now())

            assert_true(follower, fake)
            assert_gone(follower, fake)

    @pytest.mark.parametrize("seed", range(10))
    def test_lists_that_lag_behind(self, seed: int) -> None:
        """What comes late to the lists, but within the overlap, is not lost."""
        world, random = World(), seeded(seed)
        with FakeGitHub(world, **chosen(random)) as fake:
            follower = following(fake)
            fake.lag = OVERLAP - SECOND
            for _ in range(4):
                live(world, random, 20, HABITS)
                follower.sync(world.clock.now())
            world.clock.advance(days=1, hours=1)
            follower.sync(world.clock.now())

            assert_true(follower, fake)
            assert_gone(follower, fake)


def test_a_change_that_comes_late_is_found() -> None:
    """What happened before a sync and was not yet in its answers is asked for again."""
    world = World()
    world.clock.advance(hours=1)
    world.create(world.add_list("Home"), "Call Anna")
    world.clock.advance(seconds=300)
    with FakeGitHub(world) as fake:
        follower = following(fake)
        fake.lag = OVERLAP - SECOND
        follower.sync(world.clock.now())
        assert follower.tasks == {}
        fake.lag = 0
        world.clock.advance(hours=1)
        follower.sync(world.clock.now())
        assert_true(follower, fake)


class TestWentAway:
    """Issues that are no longer in the lists."""

    @staticmethod
    def _known(world: World, fake: FakeGitHub) -> Follower:
        follower = following(fake)
        follower.sync(world.clock.now())
        world.clock.advance(hours=1)
        return follower

    def test_deleted(self) -> None:
        """The service says so, when it is asked, once a day."""
        world = World()
        task = world.create(world.add_list("Home"), "Call Anna")
        with FakeGitHub(world) as fake:
            follower = self._known(world, fake)
            world.delete(task)
            follower.sync(world.clock.now())
            assert len(follower.tasks) == 1
            world.clock.advance(days=1)
            follower.sync(world.clock.now())
            assert follower.tasks == {}

    @pytest.mark.parametrize("how", ["hidden", "repository", "access"])
    def test_out_of_sight_is_not_gone(self, how: str) -> None:
        """Where the service won't say what became of it, it stays as it was, and isn't asked for again."""
        world = World()
        home = world.add_list("Home")
        task = world.create(home, "Call Anna")
        with FakeGitHub(world, deleted="hidden") as fake:
            follower = self._known(world, fake)
            if how == "hidden":
                world.delete(task)
            elif how == "repository":
                world.delete_list(home)
            else:
                fake.hidden.add(home)
            for _ in range(2):
                world.clock.advance(days=1, hours=1)
                fake.calls.clear()
                follower.sync(world.clock.now())

            assert len(open_tasks(follower)) == 1
            assert [call.path for call in fake.calls] == ["/issues", "/issues"]
            if how == "access":
                fake.hidden.clear()
                world.clock.advance(days=1, hours=1)
                world.complete(task)
                follower.sync(world.clock.now())
                assert_true(follower, fake)

    def test_transferred(self) -> None:
        """It has another number in another repository: the one is over, the other begins with its old creation."""
        world = World()
        home, work = world.add_list("Home"), world.add_list("Work")
        task = world.create(home, "Call Anna")
        made = world.clock.now()
        with FakeGitHub(world) as fake:
            follower = self._known(world, fake)
            world.move(task, work)
            world.clock.advance(days=1)
            follower.sync(world.clock.now())

            old, new = follower.tasks[issue_id(task), ""], follower.tasks[issue_id(task, 1), ""]
            assert (old.status, old.closed, old.collection) == (
                "closed",
                after(Moment(made)),
                repository_id(home),
            )
            assert (new.status, new.created, new.collection) == ("open", Moment(made), repository_id(work))
            assert "/repositories/" in " ".join(call.path for call in fake.calls)

    @pytest.mark.parametrize("first", [True, False])
    def test_what_a_run_told_before_it_was_cut_off(self, first: bool) -> None:
        """Is known all the same: that it went is noticed, whether before the run went on or after."""
        world = World()
        home = world.add_list("Home")
        with FakeGitHub(world, page=1) as fake:
            follower = following(fake)
            if not first:
                follower.sync(world.clock.now())
            tasks = []
            for number in range(4):
                world.clock.advance(seconds=1)
                tasks.append(world.create(home, str(number)))
            assert not follower.sync(world.clock.now(), pages=3)
            world.delete(tasks[0])
            assert follower.sync(world.clock.now())
            world.delete(tasks[1])
            world.clock.advance(days=1)
            follower.sync(world.clock.now())

            assert_true(follower, fake)
            assert_gone(follower, fake)

    def test_given_to_somebody_else(self) -> None:
        """It is over for us; if it comes back it is open again."""
        world = World()
        task = world.create(world.add_list("Home"), "Call Anna")
        looked = world.clock.advance(hours=2)
        with FakeGitHub(world) as fake:
            follower = self._known(world, fake)
            fake.give(task)
            world.clock.advance(days=1)
            follower.sync(world.clock.now())
            assert follower.tasks[issue_id(task), ""].closed == after(Moment(looked))
            fake.others.clear()
            fake.given[task] = world.clock.advance(hours=1)
            world.noise()
            follower.sync(world.clock.now())
            assert follower.tasks[issue_id(task), ""].status == "open"

    def test_what_came_since_the_last_check_was_ours_when_it_was_made(self) -> None:
        """So it was not over before that."""
        world = World()
        home = world.add_list("Home")
        with FakeGitHub(world) as fake:
            follower = self._known(world, fake)
            task = world.create(home, "Call Anna")
            made = world.clock.now()
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            fake.give(task)
            world.clock.advance(days=1)
            follower.sync(world.clock.now())

        assert follower.tasks[issue_id(task), ""].closed == after(Moment(made))

    def test_no_more_are_looked_up_than_is_polite(self) -> None:
        """The rest is looked up another day."""
        world = World()
        home = world.add_list("Home")
        tasks = [world.create(home, str(number)) for number in range(LOOKUPS + 20)]
        with FakeGitHub(world) as fake:
            follower = self._known(world, fake)
            for task in tasks:
                world.delete(task)
            for left in (20, 0):
                world.clock.advance(days=1)
                follower.sync(world.clock.now())
                assert len(follower.tasks) == left

    @pytest.mark.parametrize("nth", range(6))
    def test_a_pull_that_fails_anywhere_closes_nothing(self, nth: int) -> None:
        """What is open stays open, and the next one ends as if nothing had been."""
        world = World()
        live(world, seeded(4), 40, HABITS)
        with FakeGitHub(world) as fake:
            follower = self._known(world, fake)
            before, cursor = open_tasks(follower), follower.cursor
            world.create(world.add_list("New"), "Write report")
            world.clock.advance(days=1)
            calls = len(fake.calls)
            fake.answer = lambda call: (  # type: ignore[method-assign]
                json_reply({}, 401) if len(fake.calls) > calls + nth else FakeGitHub.answer(fake, call)
            )
            with suppress(ConnectionRefusedError):
                follower.sync(world.clock.now(), full=bool(nth % 2))
            assert before <= open_tasks(follower)
            assert nth > 1 or follower.cursor == cursor
            fake.answer = FakeGitHub.answer.__get__(fake)  # type: ignore[method-assign]
            follower.sync(world.clock.now())
            assert_true(follower, fake)


class TestTotals:
    """The service's own count."""

    @pytest.mark.parametrize("scope", ["", "list-1"])
    @pytest.mark.parametrize("page", [100, 2])
    def test_it_is_what_is_open(self, page: int, scope: str) -> None:
        """Page by page, with when it was made."""
        world = World()
        live(world, seeded(5), 60, HABITS)
        chosen = {"repository": repository(scope)} if scope else {}
        with FakeGitHub(world, page=page) as fake, Driver(GitHub(), TOKEN) as driver:
            context = Context(feed=FEED, now=0, settings={"base_url": fake.base_url, **chosen})
            found = counted(GitHub().totals(context), driver)

        here = [
            task for task in world.tasks.values() if task.completed is None and scope in {"", task.collection}
        ]
        assert found.open == {issue_id(task.id, moves_of(world, task.id)): task.created for task in here}
        assert found.collections >= {repository_id(task.collection) for task in here}


class TestPrivacy:
    """What of other people is kept."""

    def test_of_others_nothing_they_wrote(self) -> None:
        """In a repository's feed somebody else's issue is a number with times and labels; no name, title or text."""
        world = World()
        mill = world.add_list("Mill")
        ours = world.create(mill, "Fix the mill", notes="It grinds")
        theirs = world.create(mill, "A secret of hers", notes="An affair of hers")
        with FakeGitHub(world) as fake:
            fake.others.add(theirs)
            follower = following(fake, repository=repository(mill))
            kept = b"".join(record for page in _pages(follower, fake) for record in page.records)
            follower.sync(world.clock.now())

        assert follower.tasks[issue_id(ours), ""].title == "Fix the mill"
        assert (
            follower.tasks[issue_id(theirs), ""].title,
            follower.tasks[issue_id(theirs), ""].assignee,
        ) == ("#2", "")
        assert b"grinds" in kept
        assert [
            word for word in (b"secret", b"affair", OTHER.encode(), b"avatar", b"email") if word in kept
        ] == []

    def test_a_row_that_cannot_be_read_is_put_aside_without_its_text(self) -> None:
        """It might be somebody else's."""
        world = World()
        mill = world.add_list("Mill")
        world.create(mill, "Fix the mill")
        bad = [{"id": "x", "title": "secret"}, {"id": 1, "number": 2, "updated_at": "secret"}, 7]
        with FakeGitHub(world) as fake:
            fake.disordered = lambda rows: [*bad, *rows]  # type: ignore[method-assign]
            pages = _pages(following(fake, repository=repository(mill)), fake)

        rejected = [item for page in pages for item in page.rejected]
        assert {item.reason for item in rejected} == {"wrong-shape", "wrong-value"}
        assert "secret" not in repr(rejected)
        assert sum(b'"issue"' in record for page in pages for record in page.records) == 1


class TestPullRequests:
    """When a change was begun, reviewed and merged."""

    def test_the_first_review_is_somebody_elses(self) -> None:
        """What a bot says at once or the author answers is none; the raw record keeps the time and not the name."""
        world = World()
        home = world.add_list("Home")
        (pull,) = [world.create(home, str(number)) for number in range(7)][6:]
        begun = world.clock.now()
        with FakeGitHub(world) as fake:
            assert [who for who, _ in fake._reviews(pull)] == [BOT, ME]
            reviewed = world.clock.advance(hours=1)
            world.review(pull)
            world.clock.advance(hours=1)
            world.review(pull)
            world.complete(pull)
            records = [
                json.loads(record) for page in _pages(following(fake), fake) for record in page.records
            ]
            (record,) = (record for record in records if record.get("issue", {}).get("number") == 7)

        assert record["pull"] == {
            "first_commit": str(Moment(begun - 3_600 * SECOND)),
            "first_review": str(Moment(reviewed)),
        }
        assert parsed(record).reviewed == Moment(reviewed)
        assert "__typename login" in QUERY

    def test_a_review_is_a_change(self) -> None:
        """It comes with the next sync, at two requests; a later one is no first one."""
        world = World()
        home = world.add_list("Home")
        pull = [world.create(home, str(number)) for number in range(3)][2]
        with FakeGitHub(world) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())
            assert follower.tasks[issue_id(pull), ""].reviewed is None
            for first in (world.clock.advance(hours=1), 0):
                world.review(pull)
                fake.calls.clear()
                world.clock.advance(hours=1)
                follower.sync(world.clock.now())
                assert [call.path for call in fake.calls] == ["/issues", "/graphql"]
                known = follower.tasks[issue_id(pull), ""].reviewed
                assert known == Moment(world.tasks[pull].reviewed or 0)
                assert not first or known == Moment(first)

    @pytest.mark.parametrize(
        "node",
        [
            {"commits": {"nodes": [{"commit": {"authoredDate": "0000"}}]}},
            {"commits": {"nodes": [{"commit": None}, None]}, "reviews": {"nodes": [None]}},
            {"commits": {"nodes": [None]}, "reviews": {"nodes": None}, "author": None},
            {"commits": None, "reviews": None, "mergedAt": None},
        ],
    )
    def test_what_may_be_missing(self, node: dict[str, Any]) -> None:
        """A commit's time may be nonsense, and nodes null where the token doesn't reach: then it isn't known."""
        world = World()
        home = world.add_list("Home")
        for number in range(3):
            world.create(home, str(number))
        with FakeGitHub(world) as fake:
            wrong = {"data": {"nodes": [{"id": "PR_task-3", **node}, None, {}]}}
            fake.fail(Fault(reply=json_reply(wrong)), path="graphql")
            follower = following(fake)
            follower.sync(world.clock.now())

        assert follower.tasks[issue_id("task-3"), ""].started is None
        assert follower.unreadable == []


class TestTimelines:
    """What happened between two looks."""

    @staticmethod
    def _story(follower: Follower) -> list[tuple[str, str, Moment]]:
        return [(word.event, word.kind, word.at) for word in follower.happened.values()]

    def test_what_was_undone_since_is_told_too(self) -> None:
        """Each closing, reopening and new title at its instant, and nothing from before the last look but ten minutes."""
        world = World()
        home = world.add_list("Home")
        task = world.create(home, "Call Anna")
        world.complete(task)
        done = world.clock.now()
        with FakeGitHub(world) as fake:
            follower = following(fake)
            world.clock.advance(hours=1)
            follower.sync(world.clock.now())
            assert self._story(follower) == [("E_2", "completed", Moment(done))]
            follower.happened.clear()
            times = [world.clock.advance(hours=1)]
            world.reopen(task)
            for title in ("Call Bert", "Call Anna"):
                times.append(world.clock.advance(hours=1))
                world.rename(task, title)
            follower.sync(world.clock.now())

        kinds = ("reopened", "renamed", "renamed")
        told = [(f"E_{3 + n}", kind, Moment(times[n])) for n, kind in enumerate(kinds)]
        assert self._story(follower) == told

    def test_what_was_closed_undone_is_known_as_of_any_closing(self) -> None:
        """At some time after it was known open."""
        world = World()
        home = world.add_list("Home")
        task = [world.create(home, str(number)) for number in range(6)][5]
        world.complete(task)
        with FakeGitHub(world) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())

        assert self._story(follower) == [("E_7", "closed", after(Moment(world.clock.now())))]

    @pytest.mark.parametrize("seconds", [0, 1])
    def test_a_merge_is_no_closing_besides(self, seconds: int) -> None:
        """Nor is it one where the two are told by clocks that differ a little; an earlier closing is one."""
        items = [
            {"__typename": "ClosedEvent", "id": "a", "createdAt": "2026-01-05T10:00:00Z"},
            {"__typename": "ReopenedEvent", "id": "b", "createdAt": "2026-01-05T11:00:00Z"},
            {"__typename": "ClosedEvent", "id": "c", "createdAt": f"2026-01-05T12:00:0{seconds}Z"},
            {"__typename": "MergedEvent", "id": "d", "createdAt": "2026-01-05T12:00:00Z"},
        ]
        body = json.dumps({"data": {"nodes": [{"id": "PR_1", "pulled": {"nodes": items}}]}}).encode()

        assert [(event.id, event.kind) for event in stories(body)["PR_1"].events] == [
            ("a", "closed"),
            ("b", "reopened"),
            ("d", "completed"),
        ]

    @pytest.mark.parametrize(
        "item",
        [None, {}, {"__typename": "LabeledEvent", "id": "a", "createdAt": "2026-01-05T10:00:00Z"},
         {"__typename": "ClosedEvent", "createdAt": "2026-01-05T10:00:00Z"},
         {"__typename": "ClosedEvent", "id": "a", "createdAt": "secret"}],
    )  # fmt: skip
    def test_what_cannot_be_read_is_left_out(self, item: Any) -> None:
        """It is known from the states then, as well as those tell."""
        body = json.dumps({"data": {"nodes": [{"id": "I_1", "timelineItems": {"nodes": [item]}}]}}).encode()

        assert stories(body)["I_1"].events == ()

    @pytest.mark.parametrize("graphql", ["forbidden", "partial"])
    def test_a_token_that_may_not_ask(self, graphql: str) -> None:
        """Everything else goes on."""
        world = World()
        task = world.create(world.add_list("Home"), "Call Anna")
        world.complete(task)
        with FakeGitHub(world, graphql=graphql) as fake:
            follower = following(fake)
            follower.sync(world.clock.now())
            assert_true(follower, fake)

        assert follower.happened == {}


class TestTrouble:
    """What may go wrong with the service."""

    @pytest.mark.parametrize(
        ("status", "headers", "message", "wait"),
        [
            (403, {"retry-after": "30"}, "", 30.0),
            (429, {"retry-after": "30", "x-ratelimit-remaining": "0"}, "", 30.0),
            (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767603720"}, "", 120.0),
            (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767603000"}, "", 1.0),
            (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}, "", MINUTE),
            (403, {"x-ratelimit-remaining": "12"}, "You have exceeded a secondary rate limit", MINUTE),
            (429, {}, "", MINUTE),
            (403, {"x-ratelimit-remaining": "12"}, "Resource not accessible by personal access token", None),
            (404, {"retry-after": "30"}, "", None),
            (200, {"x-ratelimit-remaining": "0"}, "rate limit", None),
        ],
    )
    def test_its_ways_of_saying_too_many(
        self, status: int, headers: dict[str, str], message: str, wait: float | None
    ) -> None:
        """By one header, by the other, by its words alone, or not at all: then a minute is waited."""
        dated = {"date": "Mon, 05 Jan 2026 09:00:00 GMT", **headers}  # 1767603600
        body = json.dumps({"message": message}).encode()

        assert GitHub().signal(Response(status=status, headers=dated, body=body)) == wait

    @pytest.mark.parametrize(("kind", "wait"), [("RATE_LIMITED", MINUTE), ("FORBIDDEN", None)])
    def test_graphql_says_it_with_200(self, kind: str, wait: float | None) -> None:
        """Among its errors, and nowhere else."""
        body = json.dumps({"data": None, "errors": [{"type": kind, "message": "RATE_LIMITED"}]}).encode()

        assert GitHub().signal(Response(status=200, headers={}, body=body)) == wait
        assert GitHub().signal(Response(status=200, headers={}, body=b'[{"title": "RATE_LIMITED"}]')) is None

    def test_a_limit_is_waited_for(self) -> None:
        """By the driver."""
        naps: list[float] = []
        with FakeGitHub(World()) as fake, Driver(GitHub(), TOKEN) as driver, scripted_naps(naps.append):
            fake.fail(secondary(Retry_After="7"))
            context = Context(feed=FEED, now=fake.now, settings={"base_url": fake.url})
            list(pull_pages(GitHub(), context, driver))

        assert naps == [7.0]

    def test_a_token_that_was_taken_back(self) -> None:
        """It is said so."""
        with FakeGitHub(World()) as fake:
            fake.fail(UNAUTHORIZED)
            with pytest.raises(Refused, match="token-refused"):
                _pages(following(fake), fake)

    @pytest.mark.parametrize("body", [b"", b"{}", b"[", b"<html>", b"\xff"])
    def test_another_answer_than_the_services(self, body: bytes) -> None:
        """It is refused or put off, never taken for an empty account."""
        reply = msgspec.structs.replace(json_reply({}), body=body, headers={"Content-Type": "text/html"})
        with FakeGitHub(World()) as fake:
            fake.fail(Fault(reply=reply), times=9, path="/issues")
            with pytest.raises((Refused, Unavailable), match="answer-"):
                _pages(following(fake), fake)

    def test_a_cursor_stays_small(self) -> None:
        """It knows the open issues, and few rows besides."""
        world = World()
        home = world.add_list("Home")
        for number in range(200):
            world.clock.advance(seconds=1)
            world.complete(world.create(home, str(number)))
        world.create(home, "open")
        with FakeGitHub(world) as fake:
            follower = following(fake)
            for _ in range(3):
                follower.sync(world.clock.now())
                world.clock.advance(hours=1)
        cursor = msgspec.json.decode(follower.cursor, type=Cursor)

        assert cursor.open == {repository(home): {int(issue_id("task-201")): 201}}
        assert len(cursor.marks) <= max(FEW, OVERLAP // SECOND)
        assert len(follower.cursor) < 40_000

    def test_the_token_shows_nowhere(self, caplog: pytest.LogCaptureFixture) -> None:
        """Not in records, cursors, errors or logs."""
        caplog.set_level(logging.DEBUG)
        world, random = World(), seeded(11)
        shown: list[str] = []
        with FakeGitHub(world) as fake:
            follower = following(fake)
            for fault in (*PASSING, secondary(), UNAUTHORIZED):
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
        assert DAY
