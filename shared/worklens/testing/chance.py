"""A person who does something now and then, by chance from a seed: random histories for a scripted world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import Any

import msgspec

from worklens.testing.truth import Repeat, WorldTask
from worklens.testing.world import World

TITLES = (  # few, so that a task gets an old title back now and then
    "Water the plants",
    "Call Anna",
    "Pay rent",
    "写周报",
    "<script>alert(1)</script>",
    "\u202eevil",
    "🧹🧹",
    'quote " and \\ back',
    "x" * 255,
    "",
)
NOTES = ("", "first line\nsecond line", "milk, eggs", "see <b>there</b>")
LABELS: tuple[tuple[str, ...], ...] = ((), ("home",), ("home", "work"))
REPEATS: tuple[Repeat | None, ...] = (None, ("day", 1), ("week", 2), ("month", 1), ("year", 1))

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "create": 7,
        "subtask": 2,
        "complete": 5,
        "reopen": 1,
        "rename": 1,
        "reschedule": 2,
        "prioritize": 1,
        "annotate": 1,
        "label": 1,
        "repeat": 1,
        "move": 1,
        "delete": 1,
        "add_list": 0.5,
        "rename_list": 0.3,
        "delete_list": 0.2,
        "noise": 0.5,
    }
)


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """How often a person does what (weights), and with which values.

    ``plain_subtasks``: subtasks hold a title and whether they are done, nothing more, and have none of their own.
    ``touches_done``: what is done may be deleted, and given another priority.
    ``gap_hours`` is the mean time between two doings; all instants are whole multiples of ``resolution`` microseconds.
    """

    weights: Mapping[str, float] = WEIGHTS
    priorities: tuple[int | None, ...] = (None, 1)
    due_tails: tuple[str, ...] = ("",)  # what may follow the date, such as "T09:00:00"
    plain_subtasks: bool = True
    touches_done: bool = True
    gap_hours: float = 5.0
    resolution: int = 1_000


def seeded(seed: int) -> Random:
    """Chance that comes out the same for the same seed."""
    return Random(seed)


def live(world: World, random: Random, steps: int, habits: Habits | None = None) -> None:
    """Let time go on and something happen, `steps` times."""
    person = Person(world, random, habits or Habits())
    for _ in range(steps):
        person.do_something()


class Person:
    """Does one thing after another in a world, by chance."""

    def __init__(self, world: World, random: Random, habits: Habits) -> None:
        """Each doing in ``habits.weights`` is a method here; one that has nothing to work on does nothing."""
        self.world, self.random, self.habits = world, random, habits

    def do_something(self) -> None:
        """Wait a while, then do one thing."""
        ticks = self.random.expovariate(1 / self.habits.gap_hours) * 3.6e9 / self.habits.resolution
        self.world.clock.advance(micros=(1 + int(ticks)) * self.habits.resolution)
        names, weights = zip(*self.habits.weights.items(), strict=True)
        getattr(self, self.random.choices(names, weights)[0])()

    def create(self) -> None:
        """A task in some list, often with a due date."""
        if not self.world.lists:
            self.world.add_list("inbox")
        fields: dict[str, Any] = {"priority": self.random.choice(self.habits.priorities)}
        if self.random.random() < 0.5:
            fields["due"] = self._due()
        if self.random.random() < 0.2:
            fields["repeat"] = self.random.choice(REPEATS)
        self.world.create(self._list(), self.random.choice(TITLES), **fields)

    def subtask(self) -> None:
        """A subtask of some task."""
        for task in self._some(lambda task: not (task.parent and self.habits.plain_subtasks)):
            self.world.create(task.collection, self.random.choice(TITLES), parent=task.id)

    def complete(self) -> None:
        """Complete an open task."""
        for task in self._some(lambda task: task.completed is None):
            self.world.complete(task.id)

    def reopen(self) -> None:
        """Reopen a completed task, now and then completing it again at once."""
        for task in self._some(lambda task: task.completed is not None):
            self.world.reopen(task.id)
            if self.random.random() < 0.3 and not task.repeat:
                self.world.clock.advance(micros=self.habits.resolution)
                self.world.complete(task.id)

    def review(self) -> None:
        """Let somebody else review a task, open or done."""
        for task in self._some():
            self.world.review(task.id)

    def rename(self) -> None:
        """Give a task another title."""
        for task in self._some():
            self.world.rename(task.id, self.random.choice(TITLES))

    def reschedule(self) -> None:
        """Set or clear a due date."""
        for task in self._some(self._is_rich):
            self.world.reschedule(task.id, self.random.choice(["", self._due(), self._due()]))

    def prioritize(self) -> None:
        """Set or clear a priority."""
        for task in self._some(lambda task: self._is_rich(task) and self._is_touched(task)):
            self.world.prioritize(task.id, self.random.choice(self.habits.priorities))

    def annotate(self) -> None:
        """Write or clear notes."""
        for task in self._some(self._is_rich):
            self.world.annotate(task.id, self.random.choice(NOTES))

    def label(self) -> None:
        """Set or clear labels."""
        for task in self._some(self._is_rich):
            self.world.label(task.id, *self.random.choice(LABELS))

    def repeat(self) -> None:
        """Make a task repeat, or stop it."""
        for task in self._some(self._is_rich):
            self.world.repeat(task.id, self.random.choice(REPEATS))

    def move(self) -> None:
        """Move a task into another list, or the same."""
        for task in self._some(lambda task: not task.parent):
            self.world.move(task.id, self._list())

    def delete(self) -> None:
        """Delete a task."""
        for task in self._some(self._is_touched):
            self.world.delete(task.id)

    def restore(self) -> None:
        """Bring back a deleted task whose list and parent are still there."""
        gone = [
            task.id
            for task in self.world.trash.values()
            if task.collection in self.world.lists and (not task.parent or task.parent in self.world.tasks)
        ]
        if gone:
            self.world.restore(self.random.choice(gone))

    def add_list(self) -> None:
        """A new list."""
        self.world.add_list(self.random.choice(TITLES))

    def rename_list(self) -> None:
        """Give a list another title."""
        if self.world.lists:
            self.world.rename_list(self._list(), self.random.choice(TITLES))

    def delete_list(self) -> None:
        """Delete a list, but for the last."""
        if len(self.world.lists) > 1:
            self.world.delete_list(self._list())

    def noise(self) -> None:
        """Change what no task shows."""
        self.world.noise()

    def _list(self) -> str:
        return self.random.choice(list(self.world.lists))

    def _some(self, fits: Callable[[WorldTask], bool] = lambda task: True) -> list[WorldTask]:
        """One task that fits, or none."""
        found = [task for task in self.world.tasks.values() if fits(task)]
        return [self.random.choice(found)] if found else []

    def _is_rich(self, task: WorldTask) -> bool:
        return not (task.parent and self.habits.plain_subtasks)

    def _is_touched(self, task: WorldTask) -> bool:
        return self.habits.touches_done or task.completed is None

    def _due(self) -> str:
        today = date(1970, 1, 1) + timedelta(microseconds=self.world.clock.now())
        day = today + timedelta(days=self.random.randrange(-3, 30))
        return day.isoformat() + self.random.choice(self.habits.due_tails)
