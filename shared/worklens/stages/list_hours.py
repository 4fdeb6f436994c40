"""How much work a list is, by its estimates: hours, and the days they fill at the hours that the list got."""

from __future__ import annotations

import zlib
from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import NEVER
from worklens.analysis.estimates import LEAST, Correction, Corrector, Task
from worklens.analysis.forecast.lists import Work, list_dates
from worklens.analysis.forecast.questions import LEVELS
from worklens.analysis.plans import with_both
from worklens.stages.efforts import DONE, Efforts


class ListHours(NamedTuple):
    """What the estimates of a list's open tasks come to."""

    tasks: int  # open in it
    estimated: int  # of them
    seconds: float  # as estimated, those without one left out
    learnt: int  # the person's finished tasks with an estimate and a time spent
    levels: tuple[float, ...]
    days: tuple[float, ...]  # of work, one a level; NaN where too little is known, inf beyond a year


def correction(
    known: Corrector, efforts: Efforts, account: str, collection: str, estimate: float
) -> Correction | None:
    """What to make of an estimate in seconds, by what `learnt` made of the same efforts; None where too little is known."""
    if account not in efforts.accounts or not estimate > 0:
        return None
    kind = efforts.collections.index(collection) if collection in efforts.collections else -1
    found = known.correct(Task(efforts.accounts.index(account), kind, estimate))
    return found if found.tasks >= LEAST else None


def list_hours(
    efforts: Efforts, account: str, collection: str, day: int, known: Corrector | None = None
) -> ListHours:
    """The hours of one account's list at the end of `day`, the last whole one, learnt from all accounts of `efforts`.

    The same arguments give the same numbers; `known` is what `learnt` makes of them, for who asks of several lists. Days
    are no date: what is left of a list is mostly not waiting for hours.
    """
    person = efforts.accounts.index(account) if account in efforts.accounts else -1
    kind = efforts.collections.index(collection) if collection in efforts.collections else -2
    work = _work(efforts, person)
    rng = np.random.default_rng([day, zlib.crc32(collection.encode())])
    found = list_dates(work, kind, day, known or learnt(efforts, day), rng)
    left = work.estimate[(work.kind == kind) & (work.ended > day) & (work.begun <= day)]
    seconds = float(left[left > 0].sum())
    days = tuple(map(float, found.by_hours))
    return ListHours(found.tasks, found.estimated, seconds, found.learnt, LEVELS, days)


def estimated_lists(efforts: Efforts, day: int, most: int) -> list[tuple[str, str]]:
    """The lists with the most open estimated work at the end of `day`, the most first: account and id."""
    rows = (
        (efforts.created <= day) & (efforts.ended > day) & (efforts.estimate > 0) & (efforts.collection >= 0)
    )
    rows &= efforts.ending == 0
    places = len(efforts.collections)
    pair = efforts.account[rows] * places + efforts.collection[rows]
    pairs, place = np.unique(pair, return_inverse=True)
    seconds = np.bincount(place, weights=efforts.estimate[rows], minlength=pairs.size)
    chosen = pairs[np.argsort(-seconds, kind="stable")[:most]].tolist()
    return [(efforts.accounts[one // places], efforts.collections[one % places]) for one in chosen]


def learnt(efforts: Efforts, day: int) -> Corrector:
    """What everyone's tasks finished by then say of estimates."""
    rows = np.flatnonzero(efforts.dated & (efforts.ended <= day) & with_both(efforts.estimate, efforts.spent))
    corrector = Corrector()
    for row in rows[np.argsort(efforts.ended[rows], kind="stable")]:
        task = Task(int(efforts.account[row]), int(efforts.collection[row]), float(efforts.estimate[row]))
        corrector.learn(task, float(efforts.spent[row]))
    return corrector


def _work(efforts: Efforts, person: int) -> Work:
    """One person's tasks; what ended nobody knows when is left out, and an unknown creation is no age."""
    lost = (efforts.ending > 0) & (efforts.ended == NEVER)
    own = efforts.those((efforts.account == person) & ~lost)
    begun = np.minimum(np.minimum(own.created, own.started), own.ended)
    return Work(
        person=person,
        kind=own.collection,
        begun=np.where(begun == NEVER, 0, begun),
        ended=own.ended,
        done=own.ending == DONE,
        estimate=own.estimate,
        spent=own.spent,
    )
