"""The tasks of one or several people as arrays: when each came and ended, and what happened to it on which day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints

DONE, DELETED = 1, 2  # causes of an end; 0 is open, or last known to be open


def _no_days() -> Ints:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Moves:
    """Each time a due date was moved: (moves,) each, days since 1970, NEVER for no date. In any order."""

    task: Ints  # place in the records
    day: Ints  # on which it was moved, or noticed to be
    before: Ints
    after: Ints

    @classmethod
    def none(cls) -> Moves:
        """Nothing was ever moved, as far as is known."""
        return cls(_no_days(), _no_days(), _no_days(), _no_days())


@dataclass(frozen=True, eq=False)
class Sights:
    """Each day on which a log shows a task again after the first: (sights,) each. In any order."""

    task: Ints  # place in the records
    day: Ints

    @classmethod
    def none(cls) -> Sights:
        """Of a source that isn't a log."""
        return cls(_no_days(), _no_days())


@dataclass(frozen=True, eq=False)
class Records:
    """(tasks,) each; days are whole ones of the person, since 1970, NEVER where there is none."""

    born: Ints  # NEVER where unknown: nothing is learnt from such a task, and nothing told of it
    ended: Ints  # done, deleted, or over at an unknown time after this day; NEVER while it is open
    cause: Ints  # DONE, DELETED or 0
    person: Ints  # codes from 0
    collection: Ints  # codes from 0, -1 for none; the lists of two people may share a code
    due: Ints  # the last one set
    estimate: Floats  # seconds, NaN where unknown
    started: Ints
    recurring: Bools
    moves: Moves
    sights: Sights

    @classmethod
    def of(cls, born: Ints, ended: Ints, cause: Ints, **known: Any) -> Records:
        """Records of which only this much is known; the rest is as if nothing were: one person, no list, no due dates."""
        count = born.size
        plain: dict[str, Any] = {
            "person": np.zeros(count, dtype=np.int64),
            "collection": np.full(count, -1, dtype=np.int64),
            "due": np.full(count, NEVER, dtype=np.int64),
            "estimate": np.full(count, np.nan),
            "started": np.full(count, NEVER, dtype=np.int64),
            "recurring": np.zeros(count, dtype=np.bool_),
            "moves": Moves.none(),
            "sights": Sights.none(),
        }
        return cls(born, ended, cause, **{**plain, **known})

    @property
    def size(self) -> int:
        """How many tasks."""
        return self.born.size

    def those(self, which: Bools) -> Records:
        """Some of them, which (tasks,) marks, with their moves and sights."""
        columns: dict[str, Any] = {
            part.name: value[which]
            for part in fields(self)
            if isinstance(value := getattr(self, part.name), np.ndarray)
        }
        place = np.cumsum(which) - 1
        moved, seen = which[self.moves.task], which[self.sights.task]
        moves = Moves(
            place[self.moves.task[moved]],
            *(days[moved] for days in (self.moves.day, self.moves.before, self.moves.after)),
        )
        sights = Sights(place[self.sights.task[seen]], self.sights.day[seen])
        return Records(**columns, moves=moves, sights=sights)

    def arrays(self) -> list[Any]:
        """All that they are, for a fingerprint: the columns, and the moves and sights in an order of their own."""
        columns = [
            value for part in fields(self) if isinstance(value := getattr(self, part.name), np.ndarray)
        ]
        ragged = [
            np.stack([getattr(one, part.name) for part in fields(one)]) for one in (self.moves, self.sights)
        ]
        return [*columns, *(table[:, np.lexsort(table)] for table in ragged)]

    def open_at(self, day: int) -> Bools:
        """Which were open at the end of a day: (tasks,)."""
        still: Bools = (self.born <= day) & (day < self.ended)
        return still
