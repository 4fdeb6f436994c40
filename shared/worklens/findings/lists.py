"""Lists and projects whose work gets done slowly, or hardly ever."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.analysis.competing import aalen_johansen
from worklens.analysis.contrasts import BLOCK_DAYS, Contrast, collection_contrast
from worklens.findings.history import History
from worklens.findings.model import NOTHING, Answer, Claim, Finding, Missing
from worklens.findings.plain import evidence, rounded, unusual

LEAST_BLOCKS = (
    10  # of 28 days: with fewer no result could stand beside the other questions (2 ** -9 times 12 is 0.02)
)
LEAST_TASKS = 30  # in a list that is told of
MOST_LISTS = 20  # the largest; the rest is compared with, but not told of
SLOW = 0.67  # times the others' chance a day
FAST = 1.5
HARDLY = 0.25  # done within HORIZON, at most
HORIZON = 90  # days: who has not got to a thing in a quarter has not got to it
ACTIONABLE = {"list_hardly_done": 1.0, "list_slow": 0.6, "list_fast": 0.2}


class Groups(NamedTuple):
    """Each row's list as a code; the last code is all the lists that are too small."""

    code: Ints  # (rows,)
    collections: Ints  # (groups,): into the history's; the last one has none

    @property
    def groups(self) -> int:
        """With the small ones as one."""
        return self.collections.size + 1


def ask(history: History, rng: np.random.Generator) -> Answer:
    """Contrast each large list with all other work of the same age on the same day."""
    rows = history.single
    grouped = largest(history.collection[rows], LEAST_TASKS)
    if not grouped.collections.size or np.unique(grouped.code).size < 2:
        return NOTHING
    days = history.end - history.first + 1
    if days < LEAST_BLOCKS * BLOCK_DAYS:
        return Answer(missing=Missing("lists", math.ceil((LEAST_BLOCKS * BLOCK_DAYS - days) / 7)))
    contrast = collection_contrast(
        history.stays(rows), grouped.code, grouped.groups, first=history.first, last=history.end, rng=rng
    )
    claims = [_claim(history, contrast, grouped, group) for group in range(grouped.collections.size)]
    return Answer(tuple(claim for claim in claims if claim))


def largest(collection: Ints, least: int) -> Groups:
    """The MOST_LISTS lists with the most rows, each with at least so many; all else in one group."""
    codes, counts = np.unique(collection[collection >= 0], return_counts=True)
    order = np.argsort(-counts, kind="stable")[:MOST_LISTS]
    chosen = np.sort(codes[order][counts[order] >= least])
    if not chosen.size:
        return Groups(np.zeros_like(collection), chosen)
    place = np.searchsorted(chosen, collection).clip(max=chosen.size - 1)
    return Groups(np.where(chosen[place] == collection, place, chosen.size), chosen)


def _claim(history: History, contrast: Contrast, grouped: Groups, group: int) -> Claim | None:
    ratio, rows = float(contrast.rate_ratio[group]), history.single
    inside = rows.copy()
    inside[rows] = grouped.code == group
    here, elsewhere = done_within(history, inside), done_within(history, rows & ~inside)
    hardly = here <= HARDLY and here < SLOW * elsewhere
    # Whether work is done at all is a question about everything; when it is done, also about what gets done.
    p = contrast.p_everyone[group] if hardly else contrast.p[group]
    if not (ratio <= SLOW or ratio >= FAST) or math.isnan(p):
        return None
    key = "list_hardly_done" if hardly and ratio <= SLOW else "list_slow" if ratio <= SLOW else "list_fast"
    size = unusual(here / elsewhere if hardly else ratio)
    params = _params(history, inside, int(grouped.collections[group]), here, elsewhere)
    finding = Finding(
        key=key,
        family="list",
        params=params | {"rate_ratio": rounded(ratio)},
        evidence=evidence(
            "tasks",
            "log-rank-day-age",
            int(inside.sum()),
            (history.first, history.end),
            effect=here,
            baseline=elsewhere,
            expected=rounded(contrast.expected[group]),
            blocks=int(contrast.blocks[group]),
        ),
        score=size * ACTIONABLE[key],
    )
    return Claim(finding, float(p))


def done_within(history: History, rows: Bools) -> float:
    """The share of these tasks done within HORIZON days, deletions counted as a competing end; NaN where unknown."""
    age = np.minimum(history.left[rows], history.end) - history.created[rows]
    cause = np.where(history.is_done[rows], 1, np.where(history.gone[rows] <= history.end, 2, 0))
    curve = aalen_johansen(age, cause)
    return float(curve.by(HORIZON))


def _params(
    history: History, inside: Bools, collection: int, here: float, elsewhere: float
) -> dict[str, object]:
    return {
        "collection": history.collections[collection],
        "collection_title": history.titles[collection],
        "tasks": int(inside.sum()),
        "done": int((inside & history.is_done).sum()),
        "open": int((inside & history.open).sum()),
        "days": HORIZON,
        "share": rounded(here),
        "elsewhere": rounded(elsewhere),
    }
