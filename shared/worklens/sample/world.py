"""Two years lived day by day: what is written down, done, put off, forgotten and thrown away.

A task is a row of arrays; a day is a few vector operations over the open rows. Hours, titles and notes come later.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from worklens.sample import habits
from worklens.sample.dice import Dice, Floats, Ints
from worklens.sample.habits import CHORE, CHORES, KINDS, LISTS
from worklens.sample.timeline import Timeline

Mask = NDArray[np.bool_]

NONE = -1  # no due date, no chore, no original, not over yet
CAPACITY = 8_192  # rows; a history has about 3,300

RHYTHMS = tuple(habits.WEEKDAY)
_WEEKDAY = np.array([habits.WEEKDAY[name] for name in RHYTHMS])  # (rhythms, 7)
_LIST = {habit.title: index for index, habit in enumerate(LISTS)}
_PULL = np.array([habit.pull for habit in LISTS])
_PUT_OFF = np.array([habit.put_off for habit in LISTS])


class Step(NamedTuple):
    """Something that happened to a row on a day; before and after are due days of a rescheduling."""

    row: int
    day: int
    kind: str
    before: int = NONE
    after: int = NONE


@dataclass
class World:
    """All tasks ever written down, in the order of writing; ``size`` rows of each vector are in use."""

    size: int = 0
    collection: Ints = field(default_factory=lambda: _filled(0))
    rhythm: Ints = field(default_factory=lambda: _filled(0))
    hazard: Floats = field(default_factory=lambda: np.zeros(CAPACITY))
    created: Ints = field(default_factory=lambda: _filled(NONE))
    due: Ints = field(default_factory=lambda: _filled(NONE))
    first_due: Ints = field(default_factory=lambda: _filled(NONE))
    moves: Ints = field(default_factory=lambda: _filled(0))
    chore: Ints = field(default_factory=lambda: _filled(NONE))
    original: Ints = field(default_factory=lambda: _filled(NONE))
    previous: Ints = field(default_factory=lambda: _filled(NONE))  # the occurrence before this one
    open: Mask = field(default_factory=lambda: np.zeros(CAPACITY, dtype=bool))
    kinds: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    expected: list[float] = field(default_factory=list)  # by day: the sum of all chances

    def add(self, kind: str, **values: float) -> int:
        """Write down one task and return its row."""
        row = self.size
        for name, value in values.items():
            getattr(self, name)[row] = value
        self.first_due[row] = self.due[row]
        self.open[row] = True
        self.kinds.append(kind)
        self.size += 1
        return row

    def close(self, row: int, day: int, kind: str) -> None:
        """End a row on a day, as completed or deleted."""
        self.open[row] = False
        self.steps.append(Step(row, day, kind))


def _filled(value: int) -> Ints:
    return np.full(CAPACITY, value, dtype=np.int64)


def live(seed: int, line: Timeline) -> World:
    """Run the whole history of a seed along its timeline."""
    world = World()
    plan = _arrivals(Dice(seed, "arrivals"), line)
    dice = Dice(seed, "days")
    for number, chore in enumerate(CHORES):
        _start_chore(world, number, chore)
    for day in range(line.days):
        for kind, values in plan[day]:
            world.add(kind, created=day, **values)
        if line.pace[day] > 0:  # on holiday nothing is touched
            _one_day(world, day, line, dice)
        else:
            world.expected.append(0.0)
    return world


# ----- What is written down ---------------------------------------------------------------------------------


def _arrivals(dice: Dice, line: Timeline) -> list[list[tuple[str, dict[str, float]]]]:
    """The one-off tasks of each day, planned ahead: nothing that happens changes them."""
    rates = habits.ARRIVALS * line.pace * np.take(habits.ARRIVALS_BY_WEEKDAY, line.weekdays)
    return [[_one_off(dice, day) for _ in range(count)] for day, count in enumerate(dice.counts(rates))]


def _one_off(dice: Dice, day: int) -> tuple[str, dict[str, float]]:
    number = dice.index([habit.share for habit in LISTS])
    habit = LISTS[number]
    kind = KINDS[dice.index(habit.mix)]
    due = day + dice.whole(*habit.lead) if dice.chance(habit.dated) else NONE
    rhythm = RHYTHMS.index(habit.rhythm)
    return kind, {"collection": number, "rhythm": rhythm, "hazard": habits.HAZARD[kind], "due": due}


def _start_chore(world: World, number: int, chore: habits.Chore) -> None:
    rhythm = RHYTHMS.index(chore.rhythm)
    place = {"collection": _LIST[chore.collection], "rhythm": rhythm, "hazard": chore.chance, "chore": number}
    world.add(CHORE, created=0, due=chore.start, **place)


# ----- A day ------------------------------------------------------------------------------------------------


def _one_day(world: World, day: int, line: Timeline, dice: Dice) -> None:
    done = _get_done(world, day, line, dice)
    for row in done:
        world.close(row, day, "completed")
        if world.chore[row] != NONE:
            _next_occurrence(world, row, day, line)
    _settle_pairs(world, done, day, dice)
    _write_again(world, day, dice)
    _put_off(world, day, dice)
    _throw_away(world, day, dice)


def chances(world: World, day: int, line: Timeline) -> tuple[Ints, Floats]:
    """The open rows and the chance of each to be done on this day; docs/sample.md has the formula."""
    rows = np.flatnonzero(world.open[: world.size])
    until = world.due[rows] - day
    chore = world.chore[rows] != NONE
    near = (world.due[rows] != NONE) & (until >= 0) & (until <= 1) & (world.moves[rows] == 0)
    pull = np.where(near, _PULL[world.collection[rows]], 1.0)
    tired = habits.FATIGUE ** world.moves[rows]
    one_off = _WEEKDAY[world.rhythm[rows], day % 7] * line.burst[day] * pull * tired
    recurring = np.select([until > 1, until == 1], [0.0, habits.EARLY], 1.0)
    factor = np.where(chore, recurring, one_off)
    return rows, np.minimum(habits.CAP, world.hazard[rows] * line.pace[day] * factor)


def _get_done(world: World, day: int, line: Timeline, dice: Dice) -> list[int]:
    rows, chance = chances(world, day, line)
    world.expected.append(float(chance.sum()))
    done: list[int] = rows[dice.uniforms(len(rows)) < chance].tolist()
    return done


def _next_occurrence(world: World, row: int, day: int, line: Timeline) -> None:
    """Completing a recurring task writes down the next one, due at the first date of its pattern still to come."""
    chore = CHORES[world.chore[row]]
    due = line.date_of(int(world.due[row]))
    while due <= line.date_of(day) or due <= line.date_of(int(world.due[row])):
        due = _after(due, chore)
    place = {"collection": world.collection[row], "rhythm": world.rhythm[row], "hazard": chore.chance}
    days = (due - line.first).days
    world.add(CHORE, created=day, due=days, chore=world.chore[row], previous=row, **place)


def _after(due: date, chore: habits.Chore) -> date:
    if chore.unit in {"day", "week"}:
        return due + timedelta(days=chore.every * (7 if chore.unit == "week" else 1))
    months = due.month - 1 + chore.every * (12 if chore.unit == "year" else 1)
    year, month = due.year + months // 12, months % 12 + 1
    return date(year, month, min(due.day, monthrange(year, month)[1]))


# ----- Forgetting, putting off, throwing away ---------------------------------------------------------------


def _write_again(world: World, day: int, dice: Dice) -> None:
    """Now and then she writes down what is on a list already: a duplicate, to be done from tomorrow on."""
    if not dice.chance(habits.FORGOTTEN):
        return
    rows = np.flatnonzero(_one_offs(world) & _aged(world, day, *habits.FORGOTTEN_AGE) & ~_paired(world))
    if len(rows) == 0:
        return
    row = dice.pick(rows.tolist())
    copied = {name: getattr(world, name)[row] for name in ("collection", "rhythm", "hazard")}
    world.add(world.kinds[row], created=day, original=row, **copied)


def _settle_pairs(world: World, done: list[int], day: int, dice: Dice) -> None:
    """When one of a pair is done the other is mostly noticed: ticked off too, or thrown away; else it stays."""
    for row in done:
        twin = _twin(world, row)
        if twin == NONE or not world.open[twin]:
            continue
        match dice.index((0.3, 0.5, 0.2)):
            case 0:
                world.close(twin, day, "completed")
            case 1:
                world.close(twin, day, "deleted")


def _put_off(world: World, day: int, dice: Dice) -> None:
    """On the two evenings before it is due, or some day after, an open task may get a later date."""
    rows = np.flatnonzero(_one_offs(world) & (world.due != NONE) & (world.moves < habits.MOST_MOVES))
    until = world.due[rows] - day
    chance = np.select(
        [(until == 1) | (until == 2), until < 0], [_PUT_OFF[world.collection[rows]], habits.OVERDUE_MOVE], 0.0
    )
    chance[world.created[rows] == day] = 0.0
    for row in rows[dice.uniforms(len(rows)) < chance].tolist():
        before = int(world.due[row])
        world.due[row] = max(before, day) + dice.whole(*habits.MOVE_DAYS)
        world.moves[row] += 1
        world.steps.append(Step(row, day, "rescheduled", before, int(world.due[row])))


def _throw_away(world: World, day: int, dice: Dice) -> None:
    """Some tasks are deleted undone, a few any day, more in a spring-clean."""
    age = day - world.created
    chance = np.where(age >= habits.SETTLED_IN, habits.DELETION, 0.0)
    if day in habits.SPRING_CLEANS:
        chance[age >= habits.SPRING_CLEAN_AGE] = habits.SPRING_CLEAN_CHANCE
    rows = np.flatnonzero(_one_offs(world))
    for row in rows[dice.uniforms(len(rows)) < chance[rows]].tolist():
        world.close(row, day, "deleted")


def _one_offs(world: World) -> Mask:
    rows: Mask = world.open & (world.chore == NONE)
    return rows


def _aged(world: World, day: int, least: int, most: int) -> Mask:
    age = day - world.created
    rows: Mask = (age >= least) & (age <= most)
    return rows


def _paired(world: World) -> Mask:
    """Rows that are a copy or have one."""
    paired: Mask = world.original != NONE
    paired[world.original[paired]] = True
    return paired


def _twin(world: World, row: int) -> int:
    if world.original[row] != NONE:
        return int(world.original[row])
    copies = np.flatnonzero(world.original == row)
    return int(copies[0]) if len(copies) else NONE
