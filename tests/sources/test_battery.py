"""The battery: what every service must stand. ``battery.py`` says how one joins."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from tests.sources.battery import LIMITED, Case, Driven, cases, followed, neither_lost_nor_invented
from tests.sources.counting import counted

from worklens.local.database import Database
from worklens.local.state import LocalState
from worklens.ports import Feed
from worklens.sources.base import Context, Refused
from worklens.sources.capabilities import CAPABILITIES
from worklens.sources.options import is_local, rate_of, totals_of
from worklens.sources.registry import services, source
from worklens.stages.budget import budget_of, reserve
from worklens.stages.driver import Driver, Unavailable, pull_pages
from worklens.stages.reconcile import compare
from worklens.stages.timers import HANDS
from worklens.testing.chance import live, seeded
from worklens.testing.clock import Clock
from worklens.testing.naps import scripted_naps
from worklens.testing.server import BROKEN, DROPPED, TRUNCATED, Fault, Reply
from worklens.testing.world import World

DEEP = bool(settings.default and settings.default.max_examples > 500)
HOUR = 3_600_000_000  # microseconds
LARGE = 20_000 if DEEP else 1_000  # tasks of a large account
PLACES = 99 if DEEP else 6  # requests of a sync at which it is made to fail

each_case = pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)


def lived(case: Case, seed: int, steps: int = 40) -> World:
    """A world in which somebody lived a while."""
    world = case.world()
    live(world, seeded(seed), steps, case.habits)
    world.clock.advance(hours=1)
    return world


def live_on(case: Case, world: World, seed: int, steps: int = 25) -> None:
    """More of the same; and a moment of rest, as the services' clocks tick by seconds."""
    live(world, seeded(seed), steps, case.habits)
    world.clock.advance(hours=1)


def test_every_service_has_its_case() -> None:
    """A source that one can connect to, and that asks over the network, is in the battery."""
    remote = {name for name in services() if not is_local(source(name))}

    assert remote - {case.name for case in cases()} == set()


@each_case
def test_clean_pulls_tell_the_truth(case: Case) -> None:
    """The first one, one after changes, one without any, and a whole one."""
    world = lived(case, 1)
    with followed(case, world) as (_, follower, naps):
        for full in (False, False, False, True):
            follower.catch_up(full=full)
            follower.verify()
            if not full and len(follower.checkpoints) < 2:
                live_on(case, world, 2)
        assert naps == []


def fail_at(place: int, fault: Fault, times: int, follower: Driven) -> Callable[[], int]:
    """From the request at this place on, let so many fail; how many requests came."""
    begun = len(follower.fake.calls)

    def strike(call: object) -> None:
        if len(follower.fake.calls) - begun == place + 1:
            follower.fake.fail(fault, times=times)

    follower.fake.before = strike
    return lambda: len(follower.fake.calls) - begun


def places(requests: int) -> list[int]:
    """The requests at which to fail: all of a few, and of many the first, the last, and some between."""
    step = max(1, requests // PLACES)
    return sorted({*range(0, requests, step), requests - 1})


FAULTS = (BROKEN, DROPPED, TRUNCATED)


@each_case
@pytest.mark.parametrize("full", [False, True], ids=["changes", "whole"])
def test_a_pull_that_fails_at_any_request(case: Case, full: bool) -> None:
    """It closes nothing and loses nothing, and the next one ends equal to a clean one."""
    world = lived(case, 3)
    with followed(case, world) as (fake, follower, _):
        follower.catch_up()
        live_on(case, world, 4)
        clean = follower.copy()
        count = fail_at(-1, BROKEN, 0, clean)
        clean.catch_up(full=full)
        for place in places(count()):
            unlucky = follower.copy()
            fail_at(place, FAULTS[place % len(FAULTS)], 99, unlucky)
            with pytest.raises(Unavailable):
                unlucky.catch_up(full=full)
            fake.recover()
            fake.before = None

            neither_lost_nor_invented(follower.tasks, unlucky.tasks, clean.tasks)
            unlucky.catch_up(full=full)
            unlucky.verify()


@each_case
@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_refusal_at_any_request_is_no_end(case: Case, status: int) -> None:
    """Whether the source knows what it means or gives up, at once: the next pull ends equal to a clean one."""
    world = lived(case, 5, steps=20)
    with followed(case, world) as (fake, follower, naps):
        follower.catch_up()
        live_on(case, world, 6, steps=8)
        clean = follower.copy()
        count = fail_at(-1, BROKEN, 0, clean)
        clean.catch_up()
        for place in places(count()):
            unlucky = follower.copy()
            fail_at(place, Fault(reply=Reply(status=status)), 1, unlucky)
            with suppress(Refused):
                unlucky.catch_up()
            fake.recover()
            fake.before = None
            unlucky.catch_up()
            unlucky.catch_up(full=True)
            unlucky.verify()
        assert naps == []


@each_case
def test_it_goes_on_from_any_page(case: Case) -> None:
    """A process that was stopped after any page, and began again, knows what a clean one knows."""
    world = lived(case, 7)
    with followed(case, world) as (_, follower, _):
        follower.catch_up()
        live_on(case, world, 8)
        pages = len(follower.checkpoints)
        for page in range(min(pages, PLACES)):
            stopped = follower.copy()
            stopped.sync(world.clock.now(), pages=page)
            stopped.catch_up()
            stopped.verify()


@each_case
@pytest.mark.parametrize("seed", range(3))
def test_order_and_repetition_change_nothing(case: Case, seed: int) -> None:
    """Rows that come twice, and in any order."""
    world = lived(case, 10 + seed)
    with followed(case, world) as (fake, follower, _):
        for more in range(3):
            fake.disorder = seeded(seed)
            follower.catch_up(full=more == 2)
            follower.verify()
            live_on(case, world, 20 + seed + more, steps=10)


@each_case
@pytest.mark.parametrize("hours", [-26, 26])
def test_a_wrong_clock_here_loses_nothing(case: Case, hours: float) -> None:
    """By more than a day, fast or slow, put right in between: what changed comes all the same."""
    world = lived(case, 90)
    with followed(case, world) as (_, follower, _):
        for skew in (hours, hours, 0.0, hours):
            follower.skew = int(skew * HOUR)
            follower.catch_up()
            follower.verify()
            live_on(case, world, 91 + int(skew), steps=10)
        follower.catch_up(full=True)
        follower.verify()


@pytest.mark.parametrize(
    "case", [case for case in cases() if totals_of(source(case.name))], ids=lambda case: case.name
)
def test_the_services_own_count_agrees(case: Case) -> None:
    """After a sync it and what is known are the same, task by task; after a change the difference is seen."""
    world = lived(case, 80)
    with followed(case, world) as (fake, follower, _):
        follower.catch_up()
        for changed in (False, True):
            if changed:
                world.create(next(iter(world.lists)), "brand new")
                world.clock.advance(hours=1)
            ask = totals_of(source(case.name))
            assert ask
            with Driver(source(case.name), case.token, settings=case.settings(fake)) as driver:
                found = counted(ask(Context(feed=follower.feed, now=0, settings=case.settings(fake))), driver)
            ours = {task.task: task.collection for task in follower.tasks.values() if task.status == "open"}
            compared = compare(found, ours, looked=world.clock.now(), held=0)

            assert (compared.theirs - compared.ours, compared.unexplained) == ((1, 1) if changed else (0, 0))


@each_case
def test_a_revoked_token(case: Case) -> None:
    """One clear error that only a person can mend, after one request; nothing is closed, and a new token goes on."""
    world = lived(case, 30)
    with followed(case, world) as (fake, follower, naps):
        follower.catch_up()
        before, asked = dict(follower.tasks), len(fake.calls)
        live_on(case, world, 31)
        taken, fake.tokens = fake.tokens, set()
        with pytest.raises(Refused) as caught:
            follower.catch_up()

        assert caught.value.reason in HANDS
        assert (follower.tasks, len(fake.calls) - asked, naps) == (before, 1, [])
        fake.tokens = taken
        follower.catch_up()
        follower.verify()


@each_case
def test_too_many_requests(case: Case) -> None:
    """The service's own signal is heeded to the second; where it lasts, it is left to the queue, and nothing is lost."""
    world = lived(case, 40)
    with followed(case, world) as (fake, follower, naps):
        fake.fail(case.limited)
        follower.catch_up()
        follower.verify()
        assert naps == [LIMITED]

        live_on(case, world, 41)
        asked = len(fake.calls)
        fake.fail(case.limited, times=99)
        with pytest.raises(Unavailable, match="too-many-requests") as caught:
            follower.catch_up()
        assert (caught.value.wait, len(fake.calls) - asked) == (LIMITED, 3)
        fake.recover()
        follower.catch_up()
        follower.verify()


def grown(case: Case, tasks: int) -> World:
    """A large account, quickly: a few lists, and tasks that nothing happened to yet."""
    world = case.world()
    lists = [world.add_list(f"List {number}") for number in range(5)]
    for number in range(tasks):
        world.clock.advance(seconds=1)
        world.create(lists[number % len(lists)], f"Task {number}", notes="x" * 40)
    world.clock.advance(days=40)
    return world


@each_case
def test_ten_changes_of_many_tasks_cost_what_the_table_says(case: Case) -> None:
    """So many requests, whether the changes are in one list or in all; and little is moved, where it says so."""
    cost = CAPABILITIES[case.name].cost
    assert cost
    world = grown(case, LARGE)
    lists = list(world.lists)
    with followed(case, world) as (fake, follower, _):
        follower.catch_up()
        whole = fake.sent
        follower.catch_up()
        for among in (lists[:1], lists):
            for key in [key for key in world.tasks if world.tasks[key].collection in among][-10:]:
                world.clock.advance(seconds=10)
                world.rename(key, f"changed {len(among)}")
            world.clock.advance(hours=1)
            asked, sent = len(fake.calls), fake.sent
            follower.catch_up()
            follower.verify()

            assert len(fake.calls) - asked == cost.of(len(lists), len(among))
        assert (fake.sent - sent < whole * 20_000 / LARGE / 100) == cost.is_small


LIMITED_CASES = [case for case in cases() if rate_of(source(case.name)).windows]


@pytest.mark.parametrize("case", LIMITED_CASES, ids=lambda case: case.name)
def test_the_limit_is_kept(case: Case, tmp_path: Path) -> None:
    """Of a window in which all but one request were sent, one more is; the rest is left to a later attempt."""
    service, clock = source(case.name), Clock()
    rate = rate_of(service)
    spent = min(window.requests for window in rate.windows if not window.quota) - 1
    state = LocalState(Database(tmp_path / "state.sqlite", tmp_path / "backups"))
    with case.fake(lived(case, 60)) as fake, scripted_naps(lambda seconds: None):
        feed = Feed(name=f"{case.name}:me", source=case.name, settings=case.settings(fake))
        state.save_feed(feed)
        budget = budget_of(service, feed, state, clock)
        assert budget
        state.repoint(*budget.place, lambda text: reserve(text, rate.windows, "", spent, clock.now()).text)
        context = Context(feed=feed.name, now=clock.now(), settings=feed.settings)
        with (
            Driver(service, case.token, settings=feed.settings, budget=budget) as driver,
            pytest.raises(Unavailable),
        ):
            deque(pull_pages(service, context, driver))

        assert len(fake.calls) == 1


@each_case
def test_the_token_shows_nowhere(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    """Not in what is published, in cursors, addresses, errors or logs; and no field that the source declares secret is."""
    caplog.set_level(logging.DEBUG)
    world = lived(case, 50)
    shown: list[str] = []
    with followed(case, world) as (fake, follower, _):
        follower.catch_up()
        for fault in (BROKEN, DROPPED, TRUNCATED, case.limited, Fault(reply=Reply(status=401))):
            live_on(case, world, 51, steps=5)
            fake.fail(fault, times=9)
            try:
                follower.catch_up()
            except (Refused, Unavailable) as error:
                shown += [repr(error), repr(vars(error)), repr(error.__cause__), repr(error.__context__)]
            fake.recover()
            follower.catch_up()
        shown += [f"{call.path} {dict(call.query)} {call.body!r}" for call in fake.calls]
        shown += [*map(repr, follower.published), follower.cursor, *follower.checkpoints]
        secret = [name.encode() for name in follower.source.secret_fields]
        assert [text for text in follower.published for name in secret if b'"%b":' % name in text] == []
    shown += [f"{record.getMessage()} {vars(record)}" for record in caplog.records]

    assert follower.published
    assert [text for text in shown if case.canary in text] == []
