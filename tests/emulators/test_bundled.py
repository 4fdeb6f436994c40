"""What is deployed is what runs: the bundles, each with its own lock installed and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from cloud_local import cloud as cloud_local
from cloud_local import emulators as services
from cloud_local.bundled import Bundled
from cloud_local.processes import Ports
from cloud_local.topology import topology
from tests.emulators.following import following
from tests.emulators.watching import Watch
from tests.pipeline.services import WUNDERLIST, new_world
from worklens.messages import LearnRequested
from worklens.testing.chance import live, seeded


@pytest.mark.deep
def test_the_bundles_do_what_the_sources_do(
    emulators: services.Emulators, free_ports: Ports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync is fetched, settled, scored and learned from; nothing that a function needs is missing in it."""
    monkeypatch.setattr(cloud_local, "Functions", Bundled)
    world, own = new_world(WUNDERLIST), replace(topology(), prefix="bundled")
    live(world, seeded(3), 60)
    with (
        cloud_local.Cloud(tmp_path, ports=free_ports, started=emulators, plan=own, timers=False) as cloud,
        following(cloud, "wunderlist:bundled", world) as feed,
    ):
        watch = Watch(cloud)
        feed.sync(watch)
        at = feed.platform.ports.clock.now()
        feed.platform.bus.publish([LearnRequested(feed=feed.feed, run="learn", window="learn", at=at)])
        feed.sync(watch)

    assert len(feed.views("current_tasks")["current_tasks"]) == len(world.tasks_at(world.clock.now()))
    assert {"fetch", "transform", "score", "learn"} <= {name for name, _ in watch.deliveries}
    logs = "".join(path.read_text() for path in tmp_path.glob("logs/*.log"))
    assert "ModuleNotFoundError" not in logs
    assert "severity=ERROR" not in logs
