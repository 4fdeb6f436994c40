"""What may be had both ways of a Microsoft To Do, and what a perfect observer records of one."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.pipeline.services import MICROSOFT, Told, told_of
from worklens.tasks import Task
from worklens.testing import microsoft_todo
from worklens.testing.world import World


def switches(random: Random) -> dict[str, Any]:
    """The service's open habits, but that it may keep silent about steps."""
    flags = ("omits_empty", "partial", "batches", "keeps_ids", "series")
    return {
        **{name: random.random() < 0.5 for name in flags},
        "expands": random.choice(["kept", "first", "ignored", "refused"]),
        "lost": random.choice(["gone", "bad", "missing"]),
        "page": random.choice([1, 3, 50]),
        "zone": random.choice(["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"]),
    }


def events(world: World, syncs: list[int], whole: set[int]) -> list[Told]:
    """The events that a perfect observer records."""
    return sorted(map(told_of, world.expected(syncs, microsoft_todo.service_of(_to_do(world)))))


def tasks(world: World) -> dict[tuple[str, str], Task]:
    """The tasks and steps that are there, none of which has occurrences."""
    found = microsoft_todo.current_tasks(_to_do(world), world.clock.now(), MICROSOFT.feed)
    return {(key, ""): task for key, task in found.items()}


def _to_do(world: World) -> microsoft_todo.ToDoWorld:
    """The world, which is one of that service."""
    assert isinstance(world, microsoft_todo.ToDoWorld)
    return world
