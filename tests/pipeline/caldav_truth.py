"""A CalDAV server among the random lives: its people's habits, in what servers differ, and what shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.pipeline.services import CALDAV, Told, told_of
from worklens.tasks import Task
from worklens.testing import caldav
from worklens.testing.chance import Habits
from worklens.testing.world import World

Key = tuple[str, str]  # task and occurrence


def switches(random: Random) -> dict[str, Any]:
    """In what servers differ."""
    return {
        "tokens": random.choice(["exact", "exact", "fragile", "seconds", "broken", "none"]),
        "bad_token": random.choice([403, 409, 418]),
        "piece": random.choice([0, 0, 2]),
        "refuses_pieces": random.random() < 0.2,
        "names": random.choice(["uid", "other"]),
        "hrefs": random.choice(["escaped", "plain", "whole"]),
        "done": random.choice(["all", "time"]),
        "absent": random.choice(["status", "inside"]),
        "forgets": random.choice([0, 0, 0.4]),
        **{name: random.random() < 0.5 for name in ("tags", "kinds", "weak")},
    }


def habits(switches: Mapping[str, Any]) -> Habits:
    """All that a to-do can hold, to the second."""
    return Habits(
        priorities=(None, 1, 5, 9),
        due_tails=("", "T09:00:00", "T09:00:00Z"),
        plain_subtasks=False,
        weights={**Habits().weights, "restore": 0.5},
        resolution=1_000_000,
    )


def events(world: World, syncs: list[int], whole: set[int]) -> list[Told]:
    """The events that a perfect observer records of a CalDAV server."""
    return sorted(map(told_of, world.expected(syncs, caldav.CALDAV)))


def tasks(world: World) -> dict[Key, Task]:
    """The tasks that are there; no occurrences, since what repeats is moved on in place."""
    found = caldav.current_tasks(world, world.clock.now(), CALDAV.feed)
    return {(key, ""): task for key, task in found.items()}
