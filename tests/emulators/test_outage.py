"""Ten minutes without one of the functions, under the policies that are deployed: nothing is lost, nothing given up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from cloud_local.cloud import Cloud
from cloud_local.emulators import Emulators
from cloud_local.processes import Ports
from cloud_local.topology import topology
from tests.emulators.following import following
from tests.emulators.watching import Watch
from tests.pipeline.services import WUNDERLIST, new_world
from worklens.messages import DigestRequested, LearnRequested
from worklens.testing.chance import live, seeded
from worklens.testing.wunderlist import current_tasks

OUTAGE = 600  # seconds
FUNCTIONS = ("fetch", "transform", "score", "learn", "notify")


@pytest.mark.deep
@pytest.mark.parametrize("name", FUNCTIONS)
def test_ten_minutes_without_a_function(
    name: str, emulators: Emulators, free_ports: Ports, tmp_path: Path
) -> None:
    """Syncs, learning and a digest are asked for meanwhile; once it is back all of it is done, and no letter is dead."""
    world, random, account = new_world(WUNDERLIST), seeded(5), f"wunderlist:without-{name}"
    own = replace(topology(), prefix=f"without-{name}")
    with (
        Cloud(tmp_path, ports=free_ports, started=emulators, plan=own, timers=False) as cloud,
        following(cloud, account, world) as feed,
    ):
        watch, ports = Watch(cloud), feed.platform.ports
        with cloud.functions.out_of_order(name):
            at = ports.clock.now()
            learn = LearnRequested(feed=account, run="learn", window="learn", at=at)
            ports.bus.publish(
                [learn, DigestRequested(feeds=(account,), run="digest", window="digest", at=at)]
            )
            for _ in range(3):
                live(world, random, 40)
                feed.ask()
                time.sleep(OUTAGE / 3)
        watch.until(watch.quiet, slow=5.0)
        missed = watch.attempts(name) - watch.pushes(name)
        feed.sync(watch, slow=5.0)
        truth = current_tasks(world, world.clock.now(), account)
        with feed.platform.warehouse.read() as session:
            tasks = session.query("current_tasks")
            (scores,) = session.ask("scores", "WHERE feed = $feed", columns="COUNT(*) AS n", feed=account)[
                "n"
            ]
        rows = zip(tasks["account"], tasks["task"], tasks["status"], strict=True)
        found = {task: status for whose, task, status in rows if whose == account and status != "deleted"}

        assert found == {task: one.status for task, one in truth.items()}
        assert len(found) > 20
        assert scores >= 3
        assert ports.state.pointer(account, "age-curve")
        assert feed.platform.letters.all() == []
        assert missed > 3
