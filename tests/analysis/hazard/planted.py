"""The sample's two years as records, and what multiplied the chance of each day: what was planted is known exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.hazard.features import Past
from worklens.analysis.hazard.landmarks import landmarks
from worklens.analysis.hazard.records import DELETED, DONE, Moves, Records
from worklens.sample import habits
from worklens.sample.dice import Dice
from worklens.sample.habits import KINDS, LISTS
from worklens.sample.timeline import timeline
from worklens.sample.world import NONE, RHYTHMS, World, live


@dataclass(frozen=True, eq=False)
class Days:
    """Every day on which a one-off task of no pair could be done: (days,) each."""

    done: Bools
    kind: Ints  # place in KINDS
    collection: Ints  # place in LISTS
    rhythm: Ints
    weekday: Ints
    moves: Ints
    near: Bools  # the day before it is due, or that day, and never moved
    hazard: Floats
    steady: Floats  # pace times burst
    week: Floats  # the weekday's factor
    pull: Floats
    tired: Floats


def days(seed: int = 7) -> Days:
    """The days of a seed's history. A task written down today can be done today, so that it is born yesterday here."""
    line = timeline(Dice(seed, "timeline"))
    world = live(seed, line)
    records = records_of(world, line.days)
    grid = np.arange(-1, line.days - 1)
    rows = landmarks(records, grid)
    day = rows.day + 1  # the day that is looked at lies after the origin
    rows, day = (each for each in (rows.those(line.pace[day] > 0), day[line.pace[day] > 0]))
    past = Past.of(records, grid)
    until = past.features(rows).until_due
    _, moves = past.moves.until(rows)
    task, collection = rows.task, world.collection[rows.task]
    rhythm, weekday = world.rhythm[task], day % 7
    near = (until >= 1) & (until <= 2) & (moves == 0)
    pulls, weeks = (
        np.array([habit.pull for habit in LISTS]),
        np.array([habits.WEEKDAY[name] for name in RHYTHMS]),
    )
    return Days(
        (rows.left == 1) & (rows.cause == DONE),
        np.array([KINDS.index(kind) if kind in KINDS else -1 for kind in world.kinds])[task],
        collection,
        rhythm,
        weekday,
        moves,
        near,
        world.hazard[task],
        line.pace[day] * line.burst[day],
        weeks[rhythm, weekday],
        np.where(near, pulls[collection], 1.0),
        habits.FATIGUE**moves,
    )


def records_of(world: World, last: int) -> Records:
    """One-off tasks but copies, which are never born; an original is lost from sight on the day it is copied.

    To leave originals out would be to leave out what stood open for long.
    """
    size = world.size
    ended, cause = np.full(size, NEVER), np.zeros(size, dtype=np.int64)
    moves: list[tuple[int, int, int, int]] = []
    for step in world.steps:
        if step.kind == "rescheduled":
            moves.append((step.row, step.day, step.before, step.after))
        elif cause[step.row] == 0:
            ended[step.row], cause[step.row] = step.day, DONE if step.kind == "completed" else DELETED
    copies = np.flatnonzero(world.original[:size] != NONE)
    originals, day = world.original[copies], world.created[copies]
    ended[originals] = day  # no day of theirs is looked at after
    cause[originals] = 0
    out = (world.original[:size] != NONE) | (world.chore[:size] != NONE)
    due = np.where(world.due[:size] == NONE, NEVER, world.due[:size])
    columns = np.array(moves, dtype=np.int64).reshape(-1, 4).T
    born = np.where(out, NEVER, world.created[:size] - 1)
    return Records.of(born, ended, cause, due=due, collection=world.collection[:size], moves=Moves(*columns))
