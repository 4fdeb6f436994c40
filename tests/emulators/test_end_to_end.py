"""The whole topology does what one machine does: the same world in, the same tables out, by push delivery alone."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from cloud_local.cloud import Cloud
from tests.emulators.following import at_home, following
from tests.emulators.watching import Watch
from tests.pipeline.services import WUNDERLIST, new_world
from worklens.local.clock import SystemClock
from worklens.messages import DigestRequested, LearnRequested
from worklens.testing.chance import live, seeded
from worklens.testing.wunderlist import TOKEN

CANARY = "feed the canary"


@pytest.fixture(autouse=True)
def _secrets_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring is asked."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")


def test_the_cloud_shows_what_one_machine_shows(deployed: Cloud, watch: Watch, tmp_path: Path) -> None:
    """A first sync and one of what changed since: every keyed view, row for row; and nothing private in any log."""
    world, random, name = new_world(WUNDERLIST), seeded(7), "wunderlist:equal"
    live(world, random, 150)
    world.create(next(iter(world.lists)), CANARY)
    with following(deployed, name, world) as feed, at_home(tmp_path, name, feed.fake.url) as home:
        for steps in (0, 60):
            live(world, random, steps)
            feed.sync(watch)
            home.sync()
            expected, found = home.views(), feed.views()
            assert len(expected["current_tasks"]) > 50
            for view, rows in expected.items():
                assert found[view] == rows, view

    logs = "".join(path.read_text() for path in deployed.folder.glob("logs/*.log"))
    assert "kind=settle-requested" in logs
    assert TOKEN not in logs
    assert CANARY not in logs


def test_a_tick_asks_for_the_sync_of_whoever_is_connected(deployed: Cloud, watch: Watch) -> None:
    """The timer's message goes through its topic; the hour's sync is pulled, settled and scored."""
    world = new_world(WUNDERLIST)
    live(world, seeded(1), 20)
    with following(deployed, "wunderlist:hourly", world) as feed:
        deployed.scheduler.run_now("tick")
        watch.until(lambda: feed.runs >= 1 and watch.quiet())  # the hour itself may have come, too

    assert len(feed.views("current_tasks")["current_tasks"]) == len(world.tasks_at(world.clock.now()))
    assert watch.pushes("score") >= 1


def test_the_night_and_monday_morning(deployed: Cloud, watch: Watch) -> None:
    """Learn says how its curve was graded, and notify remembers what it told, though each is asked twice."""
    world, name = new_world(WUNDERLIST), "wunderlist:nightly"
    live(world, seeded(2), 60)
    with following(deployed, name, world) as feed:
        feed.sync(watch)
        state, at = feed.platform.state, SystemClock().now()
        wish: dict[str, Any] = {"run": "night", "window": "night", "at": at}
        requests = [LearnRequested(feed=name, **wish), DigestRequested(feeds=(name,), **wish)]
        feed.platform.bus.publish([*requests, *requests])
        watch.until(
            lambda: bool(state.pointer(name, "digest") and state.pointer(name, "age-curve")) and watch.quiet()
        )
        learnt, told = state.pointer(name, "age-curve"), state.pointer(name, "digest")

    assert not learnt.evidence["accounts"][name]["passed"]  # of sixty steps nothing can be told
    assert told.evidence == {"at": at, "looked": told.evidence["looked"], "outcome": "kept"}
    assert watch.pushes("learn") >= 2


def test_private_functions_take_nothing_from_strangers(deployed: Cloud) -> None:
    """Straight to their ports, without a token or with a bad one; the page is there for whoever IAM lets in."""
    for name in deployed.plan.functions:
        statuses = {ask(deployed.functions.address(name), header) for header in ("", "Bearer a.b.c")}
        assert statuses == ({401} if name in deployed.plan.private else {405}), name


def ask(url: str, authorization: str) -> int:
    """Post to a function; the status."""
    request = urllib.request.Request(url, b"{}", {"Authorization": authorization})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
