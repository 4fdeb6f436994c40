"""What the report shows besides views: tables reckoned from a history and from what its tasks took, each where it is read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from worklens.analysis.days import date_of
from worklens.findings.history import History
from worklens.ports import Session
from worklens.render.columns import tally
from worklens.render.model import Columns
from worklens.stages import efforts
from worklens.stages.efforts import Efforts
from worklens.stages.list_hours import estimated_lists, learnt, list_hours
from worklens.stages.measures import Ground
from worklens.stages.measures.estimates import by_list
from worklens.stages.measures.pace import changes_of_pace, process_behaviour
from worklens.stages.measures.rhythms import blocks
from worklens.stages.measures.times import lately_row

LISTS = 8  # whose hours are told: as many as one would look through


class Known:
    """A history, and what its tasks took, read once."""

    def __init__(
        self, session: Session, feeds: Sequence[str], history: History, when: Mapping[str, Any]
    ) -> None:
        """``history`` is that of some accounts of the feeds, ``when`` the past it was read of."""
        self.session, self.feeds, self.history, self.when = session, feeds, history, when

    @cached_property
    def everyone(self) -> Efforts:
        """What the tasks of all the feeds' accounts took: what estimates come to is learnt from all of them."""
        return efforts.read(self.session, self.feeds, **self.when)

    @cached_property
    def efforts(self) -> Efforts:
        """Of the history's accounts alone."""
        names = {self.history.accounts[code] for code in self.history.account.tolist()}
        ours = [code for code, name in enumerate(self.everyone.accounts) if name in names]
        return self.everyone.those(np.isin(self.everyone.account, ours))

    @property
    def titles(self) -> Mapping[str, str]:
        """The lists' titles by their ids."""
        return dict(zip(self.history.collections, self.history.titles, strict=True))


def _whole_weeks(known: Known) -> Columns:
    first, weekly = known.history.whole_weeks
    return {"week": [date_of(first + 7 * place) for place in range(weekly.size)], "done": weekly.tolist()}


def _rhythms(known: Known) -> Columns:
    """The blocks of the week, with the titles of the lists that they are for."""
    rows = blocks(Ground(known.history))
    titles = [known.titles.get(kind) or kind for kind in rows["collection"]]
    return {**rows, "collection_title": titles}


def _estimates(known: Known) -> Columns:
    rows = by_list(known.efforts)
    return {**rows, "title": [known.titles.get(kind) or kind for kind in rows["kind"]]}


def _list_hours(known: Known) -> Columns:
    """The lists with the most open estimated work: null days are beyond a year, or unknown where `learnt` is too small."""
    names = ("account", "title", "tasks", "estimated", "hours", "learnt", "half", "sure")
    tasks, day = known.everyone, known.history.end
    asked = estimated_lists(known.efforts, day, LISTS)
    corrector = learnt(tasks, day) if asked else None
    rows = []
    for account, collection in asked:
        one = list_hours(tasks, account, collection, day, corrector)
        days = dict(zip(one.levels, one.days, strict=True))
        told = [days[level] if math.isfinite(days[level]) else None for level in (0.5, 0.85)]
        title = known.titles.get(collection) or collection
        rows.append((account, title, one.tasks, one.estimated, one.seconds / 3600, one.learnt, *told))
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


RECKONED: Mapping[str, Callable[[Known], Columns]] = {
    "lifetimes": lambda known: tally(known.history),
    "whole_weeks": _whole_weeks,
    "changes_of_pace": lambda known: changes_of_pace(Ground(known.history)),
    "process_behaviour": lambda known: process_behaviour(Ground(known.history)),
    "rhythms": _rhythms,
    "cycle_time_lately": lambda known: lately_row(known.efforts, known.history.end),
    "estimates_by_list": _estimates,
    "list_hours": _list_hours,
}
"""By the names under which sections read them."""
