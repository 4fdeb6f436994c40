"""A feed's tasks as the hazard model sees them: whole days of the person, with what happened to each task on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from worklens.analysis.arrays import NEVER, Ints
from worklens.analysis.hazard.records import DELETED, DONE, Moves, Records, Sights
from worklens.findings.history import last_whole_day
from worklens.ports import Session
from worklens.stages.history import DAY, INSTANT, UNKNOWN, Columns, coded, read

FIRST, LAST = -25_567, 84_005  # 1900 and 2200, days since 1970: what lies outside is a slip of the pen


@dataclass(frozen=True, eq=False)
class Told:
    """A feed's records, row by row as its history."""

    history: Columns
    records: Records
    accounts: tuple[str, ...]  # by the records' codes of persons
    end: int  # the last whole day that can be reasoned from: after an old file's end nothing is known


def load(session: Session, feed: str, **when: Any) -> Told | None:
    """The records of a feed, ``as_of`` and ``known_at`` any past; None where nothing was settled by then."""
    history = read(session, feed, **when)
    return read_more(session, history, **when) if history else None


def read_more(session: Session, history: Columns, **when: Any) -> Told:
    """The records of a history that is read already."""
    moves = session.arrays("due_moves", feed=history.feed, **when)
    sights = session.arrays("sights", feed=history.feed, **when)
    return told(history, moves, sights)


def told(history: Columns, moves: Any, sights: Any) -> Told:
    """The records of a feed's history, and the columns of its moves and sights."""
    born, (ended, cause) = _born(history), _ends(history)
    impossible = (born < NEVER) & (ended < born)
    accounts, person = coded(history.text("account"))
    _, collection = coded(history.text("collection"))
    place = _places(history) if moves["seen_day"].size or sights["day"].size else {}
    records = Records(
        born=np.where(impossible, NEVER, born),
        ended=ended,
        cause=cause,
        person=person,
        collection=collection,
        due=_sound(history.day("due_day")),
        estimate=np.ma.filled(history.values["estimate_seconds"].astype(np.float64), np.nan),
        started=np.where(
            np.isin(history.precision("started"), (INSTANT, DAY)), history.day("started_day"), NEVER
        ),
        recurring=np.asarray(history.values["recurring"], dtype=np.bool_),
        moves=_moves(moves, place),
        sights=Sights(_of(sights, place), np.ma.filled(sights["day"].astype(np.int64), NEVER)),
    )
    signs = np.concatenate([born, ended[cause == DONE]])
    return Told(history, records, accounts, last_whole_day(signs, history.today))


def _born(history: Columns) -> Ints:
    known = np.isin(history.precision("created"), (INSTANT, DAY))
    return np.where(known, _sound(history.day("created_day")), NEVER)


def _ends(history: Columns) -> tuple[Ints, Ints]:
    """The day of each end and its cause; one that is only known to be over, or done at some time after, is of no cause."""
    known = history.precision("completed")
    done, deleted = known > 0, history.precision("deleted") > 0
    over = done | deleted | (history.precision("closed") > 0)
    cause = np.where(done & (known != UNKNOWN), DONE, np.where(deleted & ~done, DELETED, 0))
    return np.where(over, history.day("ended_day"), NEVER), cause.astype(np.int64)


def _sound(days: Ints) -> Ints:
    return np.where((days >= FIRST) & (days <= LAST), days, NEVER)


def _places(history: Columns) -> dict[tuple[str, str, str], int]:
    """Where each task stands."""
    keys = zip(*(history.text(name).tolist() for name in ("account", "task", "occurrence")), strict=True)
    return {key: place for place, key in enumerate(keys)}


def _of(columns: Any, place: dict[tuple[str, str, str], int]) -> Ints:
    """The place of each row's task."""
    keys = zip(
        *(np.ma.filled(columns[name], "").tolist() for name in ("account", "task", "occurrence")), strict=True
    )
    return np.array([place[key] for key in keys], dtype=np.int64)


def _moves(columns: Any, place: dict[tuple[str, str, str], int]) -> Moves:
    days: Sequence[Ints] = [
        _sound(np.ma.filled(columns[name].astype(np.int64), NEVER))
        for name in ("seen_day", "before_day", "after_day")
    ]
    return Moves(_of(columns, place), *days)
