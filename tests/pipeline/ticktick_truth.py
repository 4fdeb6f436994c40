"""What may be had both ways of a TickTick, and what a perfect observer records of one."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.pipeline.services import TICKTICK, Told, told_of
from worklens.tasks import Task
from worklens.testing import ticktick
from worklens.testing.chance import Habits
from worklens.testing.world import World


def switches(random: Random) -> dict[str, Any]:
    """The service's open habits, but for those by which it hides more than its page says."""
    flags = ("filters", "series", "millis")
    chosen: dict[str, Any] = {name: random.random() < 0.5 for name in flags}
    return {
        **chosen,
        "inbox": not chosen["filters"] or random.random() < 0.5,  # else nobody could look into it
        "shape": random.choice(["items", "tasks"]),
        "zone": random.choice(["UTC", "Asia/Shanghai", "America/Los_Angeles"]),
    }


def habits(switches: Mapping[str, Any]) -> Habits:
    """Days and instants; whole seconds, for times may have no more."""
    return Habits(priorities=(None, 1, 5, 9), due_tails=("", "T09:00:00Z"), resolution=1_000_000)


def events(world: World, syncs: list[int], whole: set[int]) -> list[Told]:
    """The events that a perfect observer records."""
    return sorted(map(told_of, ticktick.seen(_ticktick(world), syncs, whole)))


def tasks(world: World) -> dict[tuple[str, str], Task]:
    """The tasks and items as they were shown last: of what is completed more may have changed since."""
    here = _ticktick(world)
    found = ticktick.canonical(here.last_seen.values(), here, TICKTICK.feed)
    return {(key, ""): task for key, task in found.items()}


def _ticktick(world: World) -> ticktick.TickTickWorld:
    """The world, which is one of that service."""
    assert isinstance(world, ticktick.TickTickWorld)
    return world
