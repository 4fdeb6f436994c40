"""Effect once on the real topology: all comes twice and in any order, processes are killed, and nothing is lost or doubled."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from cloud_local.cloud import Cloud
from tests.emulators.following import at_home, following
from tests.emulators.watching import Watch
from tests.pipeline.services import WUNDERLIST, new_world
from worklens.testing.chance import live, seeded
from worklens.testing.world import World
from worklens.testing.wunderlist import current_tasks

STAGES = ("fetch", "transform", "score")


@pytest.fixture(autouse=True)
def _secrets_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring is asked."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")


def crowded(tasks: int) -> World:
    """A world of many tasks in a few lists, some of them done."""
    world = new_world(WUNDERLIST)
    lists = [world.add_list(f"list {n}") for n in range(4)]
    for number in range(tasks):
        world.clock.advance(seconds=10)
        key = world.create(lists[number % 4], f"task {number}")
        if number % 3 == 0:
            world.complete(key)
    return world


class Reaper:
    """Kills processes of the functions by chance, and starts them again, as often as it is told."""

    def __init__(self, cloud: Cloud, watch: Watch, dice: Random, times: int) -> None:
        """None is killed yet."""
        self.cloud, self.watch, self.dice, self.left = cloud, watch, dice, times

    def __call__(self) -> None:
        """Kill one, while there is work on the way, if any is left to kill and the dice say so."""
        if self.left and self.watch.open and self.dice.random() < 0.05:
            self.left -= 1
            self.cloud.functions.crash(self.dice.choice(STAGES))


def hold_against_home(
    cloud: Cloud, folder: Path, name: str, tasks: int, kills: int, seed: int, slow: float = 1.0
) -> None:
    """Sync a world under chaos, and again after it changed; the cloud ends as one calm machine does."""
    world, dice = crowded(tasks), seeded(seed)
    watch = Watch(cloud, dice)
    reaper = Reaper(cloud, watch, dice, kills)
    with following(cloud, name, world) as feed, at_home(folder, name, feed.fake.url) as home:
        for steps in (0, 40):
            live(world, seeded(seed), steps)
            feed.sync(watch, meanwhile=reaper, slow=slow)
            home.sync()
        expected, found = home.views(), feed.views()

    assert reaper.left < kills / 2
    assert min(watch.deliveries.values()) >= 2
    assert len(expected["current_tasks"]) >= tasks
    for view, rows in expected.items():
        assert found[view] == rows, view
    assert feed.platform.letters.all() == []


def test_chaos_ends_as_calm_does(deployed: Cloud, tmp_path: Path) -> None:
    """Every message twice and shuffled, and some processes killed."""
    hold_against_home(deployed, tmp_path, "wunderlist:chaos", tasks=300, kills=6, seed=1)


def test_nothing_is_lost_of_a_world_that_changes_meanwhile(deployed: Cloud) -> None:
    """The person goes on working between the requests of a sync, amid the same chaos; a quiet sync shows the truth."""
    world, random = crowded(60), seeded(3)
    watch = Watch(deployed, random)
    reaper = Reaper(deployed, watch, random, 2)
    with following(deployed, "wunderlist:restless", world) as feed:
        feed.fake.before = lambda call: live(world, random, 1)
        feed.sync(watch, meanwhile=reaper)
        feed.fake.before = None
        feed.sync(Watch(deployed))
        with feed.platform.warehouse.read() as session:
            tasks = session.query("current_tasks")
        truth = current_tasks(world, world.clock.now(), feed.feed)

    rows = zip(tasks["account"], tasks["task"], tasks["status"], strict=True)
    found = {task: status for account, task, status in rows if account == feed.feed}
    assert len(truth) > 30
    assert {task: status for task, status in found.items() if status != "deleted"} == {
        task: one.status for task, one in truth.items()
    }


@pytest.mark.deep
def test_a_hundred_kills_in_a_sync_of_twenty_thousand(deployed: Cloud, tmp_path: Path) -> None:
    """The same at full size."""
    hold_against_home(deployed, tmp_path, "wunderlist:deep", tasks=20_000, kills=100, seed=2, slow=8.0)


def test_an_outage_of_each_stage_in_turn_is_only_a_delay(deployed: Cloud, watch: Watch) -> None:
    """While one is down its messages wait; when it is back all is done, and nothing is a dead letter."""
    world = crowded(30)
    with following(deployed, "wunderlist:équipe 团队", world) as feed:
        watch.down.update(STAGES)
        run = feed.ask()
        for stage in STAGES:
            watch.until(lambda stage=stage: watch.attempts(stage) >= 3)  # type: ignore[misc]
            assert feed.settled(run) == (stage == "score")
            watch.down.remove(stage)
        watch.until(lambda: feed.settled(run) and watch.quiet())

    assert len(feed.views("current_tasks")["current_tasks"]) == 30
    assert feed.platform.letters.all() == []


def test_two_fetches_at_once_are_one_writer(deployed: Cloud, watch: Watch) -> None:
    """Two instances, asked for one feed at the same time: one run at a time, and nothing is there twice."""
    world = crowded(60)
    if len(deployed.functions.running["fetch"]) == 1:
        deployed.functions.add("fetch")
        deployed.forwarder.instances = deployed.functions.instances()
    with following(deployed, "wunderlist:two", world) as feed:
        runs = [feed.ask() for _ in range(4)]
        watch.until(lambda: feed.settled(runs[0]) or feed.settled(runs[1]))
        watch.rest()
        done = [run for run in runs if feed.settled(run)]
        begun = feed.runs

    views = feed.views("current_tasks", "known_events")
    assert len(views["current_tasks"]) == 60
    assert sum("created" in row for row in views["known_events"]) == 60
    assert begun == len(done)


def test_a_fetch_out_of_time_goes_on_where_it_stopped(deployed: Cloud, watch: Watch) -> None:
    """Each page in an invocation of its own: the continuations keep the run and its lease, and each page is asked once."""
    world = crowded(40)
    with (
        deployed.functions.changed("fetch", WORKLENS_SECONDS="0"),
        following(deployed, "wunderlist:slow", world) as feed,
    ):
        feed.sync(watch)
        asked = [(call.path, tuple(sorted(call.query.items()))) for call in feed.fake.calls]
        begun = feed.runs

    assert watch.pushes("fetch") > 4
    assert begun == 1
    assert len(feed.views("current_tasks")["current_tasks"]) == 40
    data = [call for call in asked if call[0] == "/tasks"]
    assert len(data) == len(set(data))


def test_a_lease_whose_holder_died_is_taken_over(deployed: Cloud, watch: Watch) -> None:
    """The next request goes on with the run; what the dead one would still write is refused."""
    from worklens.messages import SyncRequested
    from worklens.ports import LEASE_SECONDS, StaleLease

    world = crowded(30)
    with following(deployed, "wunderlist:orphan", world) as feed:
        state, clock = feed.platform.state, feed.platform.ports.clock
        long_ago = clock.now() - (LEASE_SECONDS + 60) * 1_000_000
        orphan = state.begin(SyncRequested(feed=feed.feed, run="orphan", window="w"), long_ago).run
        feed.ask()
        watch.until(lambda: feed.settled("orphan") and watch.quiet())

    assert len(feed.views("current_tasks")["current_tasks"]) == 30
    with pytest.raises(StaleLease):
        state.advance(orphan, "late", [], clock.now())


def test_poison_is_kept_once_and_acknowledged(deployed: Cloud, watch: Watch) -> None:
    """What can never be read is kept with its reason, however often it comes, and doesn't come again."""
    topic, letters = deployed.plan.named("tasks-fetched"), deployed.platform().letters
    for _ in range(2):
        deployed.pubsub.publish(topic, b"no event", {})
        deployed.pubsub.publish(
            topic, b"{}", {"ce-type": "worklens.tasks-fetched.v9", "ce-specversion": "1.0"}
        )
    watch.until(lambda: len(watch.deliveries) == 4 and watch.quiet())
    kept = letters.all()
    letters.forget("")

    assert set(watch.deliveries.values()) == {1}
    assert sorted(letter.type for letter in kept) == ["", "worklens.tasks-fetched.v9"]
    assert all(letter.reason for letter in kept)
